"""Which scope a call needs: the one table, used by the guard and by the OpenAPI document."""

from collections.abc import Mapping
from typing import Final

from api.settings import Scope

OPEN: Final = frozenset(
    {"/", "/docs", "/openapi.json", "/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/detente/ready"}
)
"""Paths that need no key: the page, the documents, and what a load balancer asks."""
OPEN_UNDER: Final = "/static/"

SCOPES: Final[Mapping[str, Scope]] = {"/v1/feedback": "feedback", "/v1/review": "feedback", "/metrics": "admin"}
"""Paths that need more than the scope to score."""

ELSE: Final[Scope] = "score"


def scope_of(path: str) -> Scope | None:
    """Return the scope that a path needs; None for an open one.  Unknown paths need a key too."""
    if path in OPEN or path.startswith(OPEN_UNDER):
        return None
    return SCOPES.get(path, ELSE)
