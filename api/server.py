"""Uvicorn, made patient with the good and impatient with the slow: header timeouts, and a drain before the end."""

import asyncio
import contextlib
import importlib.util
import logging
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import Multiprocess

from api.logs import StandardHandler, make_log
from api.metrics import SHARED
from api.settings import Settings

MOST_HEADER_BYTES: Final = 64 * 1024
"""Most bytes of a request before its body."""
LOOP: Final = "uvloop" if importlib.util.find_spec("uvloop") else "asyncio"
LISTENERS: Final = (32, 4) if LOOP == "uvloop" else (1, 1)
"""Listening descriptors of one process that serves alone, and of each of several.

uvloop takes one connection of each between two rounds of work: with one descriptor a crowd of new clients waits for
seconds behind those already served; with many, one of several workers takes the whole crowd.
"""


class PatientProtocol(HttpToolsProtocol):
    """Closes connections that do not say what they want, and lets clients finish what they began.

    After the sign to stop, an idle connection stays open for a moment: a request already on its way is answered, with
    ``Connection: close``.
    """

    header_timeout = 10.0
    write_timeout = 30.0
    drain = 0.5

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._header_bytes = 0
        self._in_headers = True
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
                    self.send_400_response("Request header fields too large.")
                return
        super().data_received(data)

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
        """Begin to wait for the headers of a request."""
        super().on_message_begin()
        if self._waiting is None:
            self._wait_for_headers()

    def on_headers_complete(self) -> None:
        """Hand the request on."""
        self._stop_waiting()
        self._in_headers = False
        self._header_bytes = 0
        super().on_headers_complete()
        if self._draining and self.cycle is not None:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """Count the headers of the next request from here."""
        super().on_message_complete()
        self._in_headers = True
        self._header_bytes = 0

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


class Workers(Multiprocess):
    """Worker processes; one that dies is replaced."""

    def terminate_all(self) -> None:
        """Stop listening here too, so that nobody connects to a service that ends, and then end the workers."""
        for listening in self.sockets:
            listening.close()
        super().terminate_all()


def configure_protocol(settings: Settings) -> None:
    """Set the times of this process's connections: uvicorn makes them itself, from the class."""
    PatientProtocol.header_timeout = settings.header_timeout
    PatientProtocol.write_timeout = settings.write_timeout
    PatientProtocol.drain = settings.drain


def configure_workers(settings: Settings) -> None:
    """Set what the connections and the loggers of this process need."""
    configure_protocol(settings)
    root = logging.getLogger()
    root.handlers = [StandardHandler(make_log(settings.log_level))]
    root.setLevel(settings.log_level.upper())


def config_of(settings: Settings) -> uvicorn.Config:
    """Return uvicorn's configuration."""
    return uvicorn.Config(
        "api.server:worker_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        http=PatientProtocol,
        ws="none",
        loop=LOOP,
        access_log=False,
        log_config=None,
        server_header=False,
        limit_concurrency=settings.max_connections,
        timeout_keep_alive=settings.keep_alive,
        timeout_graceful_shutdown=settings.shutdown_timeout,
        backlog=2048,
    )


def worker_app() -> Any:
    """Return the application of a worker process."""
    from api.app import from_environment

    app = from_environment()
    configure_workers(app.state.services.settings)
    return app


@contextlib.contextmanager
def _shared_figures(workers: int) -> Iterator[None]:
    """Give worker processes a folder for their figures."""
    if workers == 1:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="detente-metrics-") as folder:
        os.environ[SHARED] = folder
        try:
            yield
        finally:
            del os.environ[SHARED]


def _listening(config: uvicorn.Config) -> list[socket.socket]:
    """Return one bound socket by as many descriptors as the loop needs.  Raises SystemExit where it cannot be bound."""
    first = config.bind_socket()
    return [first, *(first.dup() for _ in range(LISTENERS[config.workers > 1] - 1))]


def run(settings: Settings) -> bool:
    """Serve until told to stop; False where the service could not start."""
    configure_workers(settings)
    # uvicorn raises the signal again when all is done: that is an end in order, whose exit code is 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    config = config_of(settings)
    try:
        sockets = _listening(config)
    except SystemExit:
        return False
    with _shared_figures(settings.workers):
        if settings.workers > 1:
            Workers(config, sockets=sockets).run()
            return True
        server = uvicorn.Server(config)
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets)
        return bool(server.started)
