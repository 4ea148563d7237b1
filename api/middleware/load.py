"""How much at once: more connections or requests in work than allowed are answered 503, before they cost memory."""

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import OPEN, OPEN_UNDER
from api.errors import UnavailableError
from api.metrics import Metrics
from api.middleware.body import STREAMS
from api.settings import Settings

ALWAYS: Final = OPEN | {"/metrics"}
"""Paths that are answered under any load."""
CROWDED: Final = "crowded"
"""In a request's state: whether there are more connections than allowed."""


class ConnectionLimit:
    """Refuses the requests of connections over the limit before anything of them is read."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics
        self._most = settings.max_connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or raise UnavailableError."""
        if scope.get("state", {}).get(CROWDED) and scope["path"] not in ALWAYS:
            self.metrics.refused.labels("Connections").inc()
            raise UnavailableError(f"the service has {self._most:,} connections, as many as it may; try again shortly")
        await self.app(scope, receive, send)


class LoadLimit:
    """Counts requests whose body has arrived, and streams, apart."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics
        self._most = {True: settings.max_streams, False: settings.max_in_flight}
        self._now = {True: 0, False: 0}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or raise UnavailableError."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path in ALWAYS or path.startswith(OPEN_UNDER):
            await self.app(scope, receive, send)
            return
        stream = path in STREAMS
        if self._now[stream] >= self._most[stream]:
            self.metrics.refused.labels("Overload").inc()
            kind = "streams" if stream else "requests"
            raise UnavailableError(
                f"the service works on {self._most[stream]} {kind}, as many as it may; try again shortly"
            )
        self._now[stream] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._now[stream] -= 1
