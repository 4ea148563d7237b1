"""A real server in a thread, for tests that speak HTTP to it."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.logs import make_log
from api.protocol import PatientProtocol, configure_protocol
from api.settings import Settings


@dataclass(frozen=True, slots=True)
class Served:
    """A service that runs."""

    url: str
    app: FastAPI
    written: BytesIO

    @property
    def log(self) -> str:
        """What the service has logged."""
        return self.written.getvalue().decode()

    @property
    def address(self) -> tuple[str, int]:
        host, _, port = self.url.removeprefix("http://").partition(":")
        return host, int(port)


@contextmanager
def serving(**settings: Any) -> Iterator[Served]:
    """Serve with these settings on a free port."""
    written = BytesIO()
    given = Settings(**{"port": 0, "feedback_url": "", "reload_interval": 0, "drain": 0.1, **settings})
    app = create_app(given, make_log("info", written))
    configure_protocol(given)
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, http=PatientProtocol, ws="none", log_config=None, access_log=False,
        timeout_graceful_shutdown=5, server_header=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=asyncio.run, args=(server.serve(),), daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive(), f"the server did not start: {written.getvalue().decode()}"
        assert time.monotonic() < deadline, "the server did not start in time"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Served(f"http://127.0.0.1:{port}", app, written)
    finally:
        server.should_exit = True
        thread.join(15)
