"""How much and how slowly: limits of bodies, kept before anything is parsed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import TooLargeError, TooSlowError, UnavailableError
from api.headers import header
from api.metrics import Metrics
from api.room import STREAMS, Room
from api.settings import Settings

ARRIVED: Final = "arrived"
"""In a request's state: whether its body is here whole, so that reading it takes no time."""


class BodyLimits:
    """Reads bodies whole, up to the limit and within the time, so that no route waits for a slow client.

    Bodies of streams that say no small length are passed on, each piece within the time.
    """

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics, room: Room) -> None:
        self.app = app
        self.room = room
        self.settings = settings
        self.metrics = metrics
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body read, or raise TooLargeError, TooSlowError or UnavailableError."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self.app(scope, receive, send)
            return
        await self.room.wait(scope["path"])
        length = self._length(scope)
        if scope["path"] in STREAMS and (length is None or length > self.settings.max_body_bytes):
            await self.app(scope, self._piecewise(receive), send)
            return
        if length is not None and length > self.settings.max_body_bytes:
            raise self._too_large()
        body = bytearray()
        try:
            arrived = scope.get("state", {}).get(ARRIVED)
            async with nullcontext() if arrived else self._in_time():
                await self._read(receive, body)
            await self.app(scope, self._replay(bytes(body), receive), send)
        finally:
            self._held -= len(body)

    async def _read(self, receive: Receive, body: bytearray) -> None:
        """Read a body into ``body``, every byte of it counted as held."""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            piece: bytes = message.get("body", b"")
            self._hold(len(piece))
            body += piece
            if len(body) > self.settings.max_body_bytes:
                raise self._too_large()
            more = message.get("more_body", False)

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        """Raise TooSlowError where what comes from the client takes too long."""
        try:
            async with asyncio.timeout(self.settings.body_timeout):
                yield
        except TimeoutError as error:
            self.metrics.refused.labels("TooSlow").inc()
            raise TooSlowError(
                f"expected the body within {self.settings.body_timeout:g} seconds, found it incomplete"
            ) from error

    @staticmethod
    def _length(scope: Scope) -> int | None:
        value = header(scope, b"content-length") or ""
        return int(value) if value.isascii() and value.isdigit() else None

    def _hold(self, size: int) -> None:
        if self._held + size > self.settings.max_buffered_bytes:
            self.metrics.refused.labels("Memory").inc()
            raise UnavailableError("the service holds as many bodies as it may; try again shortly")
        self._held += size

    @staticmethod
    def _replay(body: bytes, receive: Receive) -> Receive:
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        return replay

    def _piecewise(self, receive: Receive) -> Receive:
        async def piecewise() -> Message:
            async with self._in_time():
                return await receive()

        return piecewise

    def _too_large(self) -> TooLargeError:
        self.metrics.refused.labels("TooLarge").inc()
        return TooLargeError(
            f"expected at most {self.settings.max_body_bytes:,} bytes, found more; send less at once, or use /v1/batch"
        )
