"""Who may call: keys, scopes and rates, before a byte of the body is read."""

from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import scope_of
from api.errors import KeyMissingError, ScopeError, TooManyError
from api.headers import header
from api.keys import KeyRing
from api.metrics import Metrics


def key_of(scope: Scope) -> str | None:
    """Return the key of ``Authorization: Bearer`` or ``X-API-Key``; None where there is none."""
    if given := header(scope, b"authorization"):
        kind, _, key = given.partition(" ")
        if kind.lower() == "bearer" and key.strip():
            return key.strip()
    return header(scope, b"x-api-key")


class Access:
    """Lets only those in who may call; leaves the caller in the request's state."""

    def __init__(self, app: ASGIApp, keys: KeyRing, metrics: Metrics) -> None:
        self.app = app
        self.keys = keys
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on where its key allows it."""
        if scope["type"] == "http":
            needed = scope_of(scope["path"])
            if needed is not None:
                try:
                    caller = self.keys.caller(key_of(scope))
                    scope["state"]["key"] = caller.name
                    caller.require(needed)
                    caller.request()
                except (KeyMissingError, ScopeError, TooManyError) as error:
                    self.metrics.refused.labels(type(error).__name__.removesuffix("Error")).inc()
                    raise
                scope["state"]["caller"] = caller
        await self.app(scope, receive, send)
