"""HTTP: the service beside the same call over scikit-learn, LitServe, BentoML, and an endpoint that does nothing."""

import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.keys import hash_key, new_key
from benchmarks.client import Load, Tally, request
from benchmarks.inputs import ROOT, development_texts
from benchmarks.measure import TURNS, ratio, unpinned
from benchmarks.peers import plain_path
from benchmarks.results import Figure, Part
from classifier import Classifier

SECONDS: Final = 2.0
"""How long each server is asked in a round, in all."""
CONNECTIONS: Final = 16
BATCH: Final = 1000
BIN: Final = Path(sys.executable).parent
DETENTE: Final = "Detente"
KEYED: Final = "Detente, with a key"


@dataclass(frozen=True, slots=True)
class Server:
    """A server to measure: how it is started, and what it is asked."""

    command: Sequence[str]
    port: int
    requests: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Turns:
    """What became of the requests of a server in a round."""

    tallies: Sequence[Tally]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return sum(len(each.seconds) for each in self.tallies) / sum(each.elapsed for each in self.tallies)

    def percentile(self, share: float) -> float:
        """Return the mean of the turns' latencies, in milliseconds, under which ``share`` of the answers came."""
        return statistics.fmean(each.percentile(share) for each in self.tallies)


def _body(text: str) -> bytes:
    return json.dumps({"statements": [{"text": text}]}).encode()


def _servers(folder: Path) -> dict[str, Server]:
    texts = development_texts()[:500]
    ours = [request("/v1/predict", _body(text)) for text in texts]
    theirs = [request("/predict", json.dumps({"text": text}).encode()) for text in texts]
    key, config = new_key(), folder / "detente.toml"
    config.write_text(f'[[keys]]\nname = "bench"\nsha256 = "{hash_key(key)}"\nscopes = ["score"]\nrate = 1000000\n')
    keyed = [request("/v1/predict", _body(text), [("x-api-key", key)]) for text in texts]
    serve = (str(BIN / "detente"), "serve", "--port")
    uvicorn = (sys.executable, "-m", "uvicorn", "--factory", "--no-access-log", "--log-level", "error", "--port")
    bento = (str(BIN / "bentoml"), "serve", "benchmarks.bentoml_app:Service", "--port")
    return {
        DETENTE: Server((*serve, "8911"), 8911, ours),
        KEYED: Server((*serve, "8912", "--config", str(config)), 8912, keyed),
        "FastAPI over scikit-learn": Server((*uvicorn, "8913", "benchmarks.apps:plain"), 8913, ours),
        "a constant": Server((*uvicorn, "8914", "benchmarks.apps:constant"), 8914, ours),
        "LitServe": Server((sys.executable, "-m", "benchmarks.litserve_app", "8915"), 8915, theirs),
        "BentoML": Server((*bento, "8916"), 8916, theirs),
    }


@contextlib.contextmanager
def running(servers: Sequence[Server], folder: Path) -> Iterator[None]:
    """Start servers, wait until each answers, and stop them after.  Raises SystemExit where one does not start."""
    environment = {**os.environ, "DETENTE_FEEDBACK_URL": f"sqlite:///{folder}/feedback.db", "BENTOML_DO_NOT_TRACK": "1"}
    with contextlib.ExitStack() as stack:
        log = stack.enter_context((folder / "servers.log").open("w+"))
        for server in servers:
            process = subprocess.Popen(
                server.command, cwd=ROOT, stdout=log, stderr=log, env=environment, start_new_session=True
            )
            stack.callback(_end, process)
        for server in servers:
            _await(server, folder / "servers.log")
        yield


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a server, and then what it started and left behind."""
    process.terminate()
    process.wait()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _await(server: Server, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if Load(server.port, server.requests, 1).run(0.1).statuses.keys() == {200}:
            return
    raise SystemExit(
        f"expected {' '.join(server.command)} to answer within 60 s, found it not; it said:\n{log.read_text()}"
    )


def http(rounds: int, tell: Callable[[str], None]) -> Iterator[Part]:
    """Measure one statement a request on 16 connections, and 1,000 a request on one."""
    plain_path("word")
    with tempfile.TemporaryDirectory() as name, unpinned():
        servers = _servers(Path(name))
        tell("starting servers")
        with running(list(servers.values()), Path(name)):
            yield _single(servers, rounds, tell)
            yield _batch(servers[DETENTE].port, rounds, tell)


def _single(servers: dict[str, Server], rounds: int, tell: Callable[[str], None]) -> Part:
    asked: dict[str, list[Tally]] = {server: [] for server in servers}
    names = [*servers]
    for turn in range((rounds + 1) * TURNS):
        # what stands behind an idle server in the row gains by it, so nobody keeps a place
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            server = servers[name]
            tell(name)
            answers = Load(server.port, server.requests, CONNECTIONS).run(SECONDS / TURNS)
            if answers.statuses.keys() != {200}:
                raise SystemExit(f"expected only status 200 of {name}, found {dict(answers.statuses)}")
            asked[name].append(answers)
    # the first round warms up
    found = {name: [Turns(each[i : i + TURNS]) for i in range(TURNS, len(each), TURNS)] for name, each in asked.items()}
    rates = {name: [each.rate for each in runs] for name, runs in found.items()}
    figures = [Figure(name, statistics.median(each), "requests/s") for name, each in rates.items()]
    floors = {"FastAPI over scikit-learn": 4.0, "a constant": 0.5, "LitServe": 8.0, "BentoML": None}
    for ours in (DETENTE, KEYED):
        figures += [
            Figure(f"{ours} : {peer}", ratio(rates[ours], rates[peer]), "times", floors[peer]) for peer in floors
        ]
        p50, p99 = ([each.percentile(part) for each in found[ours]] for part in (0.5, 0.99))
        figures.append(Figure(f"{ours}, p50", statistics.median(p50), "ms"))
        figures.append(Figure(f"{ours}, p99", statistics.median(p99), "ms"))
        figures.append(Figure(f"{ours}, p99 : p50", ratio(p99, p50), "times", 4.0, most=True))
    return Part(f"HTTP, one worker, one statement a request, {CONNECTIONS} connections", figures)


def _batch(port: int, rounds: int, tell: Callable[[str], None]) -> Part:
    texts = development_texts()[:BATCH]
    body = json.dumps({"statements": [{"text": text} for text in texts]}).encode()
    asked = [request("/v1/predict", body)]
    classifier = Classifier.load(ROOT / "models")
    work: list[Callable[[], float]] = [
        lambda: Load(port, asked, 1).run(SECONDS / TURNS).rate * BATCH,
        lambda: _rate(lambda: classifier.predict_many(texts)),
        lambda: _rate(lambda: [prediction.as_dict() for prediction in classifier.predict_many(texts)]),
    ]
    rounds_of: list[list[float]] = []
    for _ in range(rounds + 1):
        tell("1,000 statements a request")
        turns = [[rate() for rate in work] for _ in range(TURNS)]
        rounds_of.append([statistics.harmonic_mean(rates) for rates in zip(*turns, strict=True)])
    served, looked_at, as_answered = zip(*rounds_of[1:], strict=True)
    return Part(
        f"HTTP, one worker, {BATCH:,} statements a request, one connection",
        [
            Figure("Detente by HTTP", statistics.median(served), "statements/s"),
            Figure("in process, predictions", statistics.median(looked_at), "statements/s"),
            Figure("in process, predictions as the answer holds them", statistics.median(as_answered), "statements/s"),
            Figure("HTTP : predictions as the answer holds them", ratio(served, as_answered), "times"),
            Figure("HTTP : predictions", ratio(served, looked_at), "times", 0.6),
        ],
    )


def _rate(work: Callable[[], object]) -> float:
    """Return statements a second of work on a batch, done as long as a server is asked in a turn."""
    started, times = time.perf_counter(), 0
    while (spent := time.perf_counter() - started) < SECONDS / TURNS:
        work()
        times += 1
    return times * BATCH / spent
