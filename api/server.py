"""Uvicorn as this service runs it: its sockets, its workers, its end."""

import contextlib
import gc
import importlib.util
import logging
import os
import resource
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from typing import Any, Final

import uvicorn
from uvicorn.supervisors import Multiprocess

from api.logs import StandardHandler, make_log
from api.metrics import SHARED
from api.protocol import PatientProtocol, configure_protocol
from api.settings import Settings

OTHER_FILES: Final = 200
"""Files that a process needs besides its connections."""
YOUNG: Final = 10_000
"""So many new objects before the garbage collector looks for circles: those of a large request come and go together."""
LOOP: Final = "uvloop" if importlib.util.find_spec("uvloop") else "asyncio"
LISTENERS: Final = (32, 4) if LOOP == "uvloop" else (1, 1)
"""Listening descriptors of one process that serves alone, and of each of several.

uvloop takes one connection of each between two rounds of work: with one descriptor a crowd of new clients waits for
seconds behind those already served; with many, one of several workers takes the whole crowd.
"""


class Workers(Multiprocess):
    """Worker processes; one that dies is replaced."""

    def terminate_all(self) -> None:
        """Stop listening here too, so that nobody connects to a service that ends, and then end the workers."""
        for listening in self.sockets:
            listening.close()
        super().terminate_all()


def configure_workers(settings: Settings) -> None:
    """Set what the connections, the loggers and the memory of this process need."""
    gc.set_threshold(YOUNG, 10, 10)
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


def _allow_files(connections: int) -> None:
    """Let the system give this process, and those it starts, a file for each connection, as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


def run(settings: Settings) -> bool:
    """Serve until told to stop; False where the service could not start."""
    configure_workers(settings)
    _allow_files(settings.max_connections)
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
