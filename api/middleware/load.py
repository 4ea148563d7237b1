"""How much at once: more connections or requests in work than allowed are answered 503, before they cost memory."""

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import UnavailableError
from api.metrics import Metrics
from api.room import Room, is_always_answered
from api.settings import Settings

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
        if scope.get("state", {}).get(CROWDED) and not is_always_answered(scope["path"]):
            self.metrics.refused.labels("Connections").inc()
            raise UnavailableError(f"the service has {self._most:,} connections, as many as it may; try again shortly")
        await self.app(scope, receive, send)


class LoadLimit:
    """Lets as many requests in as there is room for.

    They are asked twice: before their body is read, and when it has arrived, so that slow bodies hold no room.
    """

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app = app
        self.room = room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or raise UnavailableError."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with self.room.taken(scope["path"]):
            await self.app(scope, receive, send)
