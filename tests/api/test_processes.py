"""The service as its operators run it: processes that start, are killed, and stop under load."""

import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from waiting import wait_for

BODY = {"statements": [{"text": "We condemn Iran in the strongest terms."}] * 20}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def process(
    models: Path, folder: Path, *arguments: str, **variables: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run ``detente serve`` on a free port until the end of the block."""
    port = free_port()
    command = [sys.executable, "-c", "from classifier.cli import main; main()", "serve", "--port", str(port)]
    environment = {**os.environ, "DETENTE_FEEDBACK_URL": "", "DETENTE_MODEL": str(models), **variables}
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen([*command, *arguments], env=environment, stderr=log, stdout=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_ready(url, running, folder / "log")
            yield url, running
        finally:
            if running.poll() is None:
                running.terminate()
                running.wait(20)


def wait_until_ready(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            if httpx.get(f"{url}/v2/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
        assert running.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()


class Load:
    """Clients that ask until told to stop; what became of each request."""

    def __init__(self, url: str, clients: int) -> None:
        self.stop = threading.Event()
        self.answered = 0
        self.lost: list[str] = []
        self._url = url
        self._threads = [threading.Thread(target=self._ask) for _ in range(clients)]

    def _ask(self) -> None:
        with httpx.Client(base_url=self._url, timeout=20) as client:
            while not self.stop.is_set():
                try:
                    answer = client.post("/v1/predict", json=BODY)
                except httpx.ConnectError:
                    return  # nobody listens any more
                except httpx.TransportError as error:
                    self.lost.append(repr(error))
                    continue
                assert answer.status_code == 200
                self.answered += 1
                if answer.headers.get("connection") == "close":
                    return  # the service has said that it leaves

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self._threads:
            thread.join()


@pytest.mark.parametrize("workers", [1, 2])
def test_stopping_under_load_loses_nothing_in_flight(models: Path, tmp_path: Path, workers: int) -> None:
    with process(models, tmp_path, "--workers", str(workers)) as (url, running):
        with Load(url, 4) as load:
            time.sleep(1)
            running.send_signal(signal.SIGTERM)
            assert running.wait(20) == 0
        assert load.lost == []
        assert load.answered > 4
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert "stopped" in log


def test_a_killed_worker_is_replaced_while_others_serve(models: Path, tmp_path: Path) -> None:
    with process(models, tmp_path, "--workers", "2", DETENTE_LOG_LEVEL="warning") as (url, running):
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")

        def workers() -> list[int]:
            return [
                int(pid) for pid in children.read_text().split()
                if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
            ]  # fmt: skip

        before = workers()
        with Load(url, 4) as load:
            time.sleep(0.5)
            os.kill(before[0], signal.SIGKILL)
            deadline = time.monotonic() + 20
            while len(set(workers()) - {before[0]}) < 2:
                assert time.monotonic() < deadline
                time.sleep(0.1)
            answered = load.answered
            wait_for(lambda: load.answered > answered)
        assert len(load.lost) <= 4
        wait_until_ready(url, running, tmp_path / "log")
        figures = httpx.get(f"{url}/metrics").text
        assert "detente_requests_total" in figures
        assert "detente_requests_in_flight 1.0" in figures


@pytest.mark.parametrize(
    ("arguments", "words"), [(["--model", "/nowhere"], "expected a model"), (["--host", "0.0.0.0"], "keys")]
)
def test_what_cannot_start_says_why_in_one_line(tmp_path: Path, models: Path, arguments: list[str], words: str) -> None:
    environment = {**os.environ, "DETENTE_FEEDBACK_URL": "", "DETENTE_MODEL": str(models)}
    command = [sys.executable, "-c", "from classifier.cli import main; main()", "serve", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_more_connections_than_open_files_were_allowed_are_served(models: Path, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, hard))
    try:
        with process(models, tmp_path) as (url, _):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            address = ("127.0.0.1", int(url.rpartition(":")[2]))
            with ExitStack() as stack:
                for _ in range(300):
                    stack.enter_context(socket.create_connection(address, 5))
                assert httpx.get(f"{url}/v1/labels").status_code == 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_port_that_is_taken_is_told(tmp_path: Path, models: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        environment = {**os.environ, "DETENTE_FEEDBACK_URL": "", "DETENTE_MODEL": str(models)}
        command = [sys.executable, "-c", "from classifier.cli import main; main()", "serve", "--port", port]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert f"the service could not start on 127.0.0.1:{port}" in done.stderr
    assert "address already in use" in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_the_serving_process_loads_no_scikit_learn_and_no_pickles() -> None:
    code = """if True:
        import sys, api.server, api.app, api.cli
        print([name for name in ("sklearn", "joblib", "scipy", "training") if name in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.strip() == "[]"
