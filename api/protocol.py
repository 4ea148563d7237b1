"""Connections, made patient with the good and impatient with the slow: limits, header timeouts, a drain at the end."""

import asyncio
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.encoding import encode
from api.errors import PROBLEM_TYPE
from api.middleware.body import ARRIVED
from api.middleware.load import CROWDED
from api.settings import Settings

MOST_HEADER_BYTES: Final = 64 * 1024
"""Most bytes of a request before its body."""


class PatientProtocol(HttpToolsProtocol):
    """Closes connections that do not say what they want, and lets clients finish what they began.

    After the sign to stop, an idle connection stays open for a moment: a request already on its way is answered, with
    ``Connection: close``.
    """

    header_timeout = 10.0
    write_timeout = 30.0
    drain = 0.5
    max_connections = 2000

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._header_bytes = 0
        self._in_headers = True
        self._begun = False
        self._draining = False
        self._waiting: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait_for_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        self._stop_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes in, up to a limit before the body."""
        if self._in_headers:
            end = data.find(b"\r\n\r\n")
            self._header_bytes += len(data) if end < 0 else end
            if self._header_bytes > MOST_HEADER_BYTES:
                if not self.transport.is_closing():
                    self.send_400_response(f"expected at most {MOST_HEADER_BYTES:,} bytes of headers, found more")
                return
        super().data_received(data)
        # most requests come in one piece, and need no time to be watched
        if self._in_headers and self._begun and self._waiting is None:
            self._wait_for_headers()

    def pause_writing(self) -> None:
        """Give the client a time to take what was written; nothing more is written meanwhile."""
        super().pause_writing()
        if self._writing is None:
            self._writing = self.loop.call_later(self.write_timeout, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on writing."""
        self._stop_writing()
        super().resume_writing()

    def on_message_begin(self) -> None:
        """Note that a request has begun."""
        super().on_message_begin()
        self._begun = True

    def on_headers_complete(self) -> None:
        """Hand the request on."""
        self._stop_waiting()
        self._in_headers = False
        self._header_bytes = 0
        crowded = len(self.connections) > self.max_connections
        self.scope["state"][CROWDED] = crowded
        super().on_headers_complete()
        if (self._draining or crowded) and self.cycle is not None:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """Say that the body is here, and count the headers of the next request from here."""
        super().on_message_complete()
        self.scope["state"][ARRIVED] = True
        self._in_headers = True
        self._begun = False
        self._header_bytes = 0

    def send_400_response(self, msg: str) -> None:
        """Answer what is not HTTP; no application has seen it, so this answer is made here."""
        title = HTTPStatus.BAD_REQUEST.phrase
        body = encode(
            {"type": "urn:detente:problem:bad-request", "title": title, "status": 400, "detail": msg, "errors": []}
        )
        head = f"HTTP/1.1 400 {title}\r\ncontent-type: {PROBLEM_TYPE}\r\ncontent-length: {len(body)}\r\n"
        self.transport.write(f"{head}connection: close\r\n\r\n".encode("ascii") + body)
        self.transport.close()

    def shutdown(self) -> None:
        """Close after what is in work, and an idle connection after a moment."""
        if self.cycle is None or self.cycle.response_complete:
            self._draining = True
            self.loop.call_later(self.drain, self._close_if_idle)
        else:
            super().shutdown()

    def _close_if_idle(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()

    def _wait_for_headers(self) -> None:
        self._waiting = self.loop.call_later(self.header_timeout, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _stop_writing(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None


def configure_protocol(settings: Settings) -> None:
    """Set the times of this process's connections: uvicorn makes them itself, from the class."""
    PatientProtocol.header_timeout = settings.header_timeout
    PatientProtocol.write_timeout = settings.write_timeout
    PatientProtocol.drain = settings.drain
    PatientProtocol.max_connections = settings.max_connections
