"""``detente serve`` as a user starts it: a key with limits, a feedback database, figures on; and its memory."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.keys import hash_key, new_key
from benchmarks.client import request
from benchmarks.file_runs import ROOT, tree, workers_of

KEY: Final = new_key()
CONFIG: Final = f"""[[keys]]
name = "load"
sha256 = "{hash_key(KEY)}"
scopes = ["admin"]
rate = 1000000
quota = 1000000000
"""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    def memory(self) -> float:
        """Return the resident megabytes of all its processes.

        Not their share (PSS), as elsewhere: that grows when another program that uses the same libraries ends.
        """
        return sum(_resident(pid) for pid in tree(self.process.pid))

    def workers(self) -> list[int]:
        """Return its worker processes; none where it is its own."""
        return workers_of(self.process.pid)

    def startups(self) -> int:
        """Return how many processes have begun to serve, those that are gone too."""
        return self.log.read_bytes().count(b"Application startup complete")

    def get(self, path: str) -> str:
        """Return what a call answers.  Raises OSError where it fails."""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"x-api-key": KEY})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return str(answer.read().decode())


def _resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def running(folder: Path, models: Path, workers: int = 1) -> Iterator[Service]:
    """Start a service and stop it after.  Raises SystemExit where it does not start."""
    port, config = _free_port(), folder / "detente.toml"
    config.write_text(CONFIG)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DETENTE_")}
    environment["DETENTE_FEEDBACK_URL"] = f"sqlite:///{folder}/feedback.db"
    detente = shutil.which("detente", path=Path(sys.executable).parent)
    if detente is None:
        raise SystemExit("expected the command detente beside this Python, found none; run: pip install -e '.[api]'")
    options = ["--port", str(port), "--workers", str(workers), "--model", str(models), "--config", str(config)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([detente, "serve", *options], cwd=ROOT, stdout=log, stderr=log, env=environment)
        service = Service(port, process, folder / "log")
        try:
            _await(service, workers)
            yield service
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(40)


def _await(service: Service, workers: int) -> None:
    """Wait until every worker serves: a crowd that comes earlier would all go to the first."""
    deadline = time.monotonic() + 60
    while service.startups() < workers:
        if service.process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(
                f"expected a service on port {service.port}, found none: {service.log.read_text()[-2000:]}"
            )
        time.sleep(0.05)
    service.get("/v2/health/ready")


def predict(body: bytes) -> bytes:
    """Return a request to /v1/predict, with the key."""
    return request("/v1/predict", body, [("x-api-key", KEY)])
