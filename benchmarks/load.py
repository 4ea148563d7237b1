"""``python -m benchmarks.load``: the service under load, abuse and faults, as a user would start it.

The service runs by ``detente serve`` with a key, its limits, figures and logs on; its clients are other processes.
"""

import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from benchmarks import load_faults
from benchmarks.client import Load
from benchmarks.file_runs import rows
from benchmarks.load_abuse import KINDS, abuse
from benchmarks.load_service import KEY, Service, predict, running
from benchmarks.results import Figure, Part, finish, show
from classifier.model import DEFAULT_PATH

CONNECTIONS: Final = (16, 256)
POLITE: Final = 8
"""Connections of the client that behaves."""
COUNTS: Final[Mapping[str, int]] = {"slow": 500, "half-open": 500, "oversized": 2000, "malformed": 5000}
MANY: Final = 500
"""Statements of a large request."""
GROWTH: Final = 1.05
"""How many times what it was at the first sample memory may be at the end."""
HELD: Final = 64
"""Megabytes of bodies that the service holds at most (its ``max_buffered_bytes``): abuse may cost no more memory."""

Run = Callable[[Path, Path, Sequence[bytes], float], Iterator[Part]]


class Memory:
    """Megabytes at a third of the time, at two thirds and at the end: by then everything is loaded and warm."""

    def __init__(self, service: Service, seconds: float) -> None:
        self._due = [seconds / 3, seconds * 2 / 3]
        self._service = service
        self.found: list[float] = [service.memory()]

    def __call__(self, spent: float) -> None:
        """Sample where it is time."""
        if self._due and spent >= self._due[0]:
            self._due.pop(0)
            self.found.append(self._service.memory())


def steady(folder: Path, models: Path, requests: Sequence[bytes], seconds: float) -> Iterator[Part]:
    """Keep so many connections busy for so many seconds."""
    for connections in CONNECTIONS:
        yield _kept_busy(folder, models, requests, connections, seconds, "one statement a request")


def overload(folder: Path, models: Path, _: Sequence[bytes], seconds: float) -> Iterator[Part]:
    """Ask for far more than can be done, and again at once whatever the answer."""
    requests = statements(MANY, together=MANY)
    yield _kept_busy(folder, models, requests, CONNECTIONS[-1], seconds, f"{MANY} statements a request, no patience")


def _kept_busy(
    folder: Path, models: Path, requests: Sequence[bytes], connections: int, seconds: float, what: str
) -> Part:
    with running(folder, models) as service:
        memory = Memory(service, seconds)
        tally = Load(service.port, requests, connections).run(seconds, memory)
        start, warm, later, end = *memory.found, service.memory()
    return Part(
        f"{connections} connections for {seconds:g} s, {what}",
        [
            Figure("requests a second", tally.rate, ""),
            Figure("half of the answers within", tally.percentile(0.5), "ms"),
            Figure("99 % of the answers within", tally.percentile(0.99), "ms"),
            Figure("the slowest answer within", tally.percentile(1), "ms"),
            Figure("answers 200", tally.statuses[200], ""),
            Figure("answers 503", tally.statuses[503], ""),
            Figure("other answers, and requests lost", tally.strange + tally.lost, "", 0, most=True),
            Figure("memory before", start, "MB"),
            Figure("memory at a third", warm, "MB"),
            Figure("memory at two thirds", later, "MB"),
            Figure("memory at the end", end, "MB", warm * GROWTH, most=True),
        ],
    )


def abused(folder: Path, models: Path, requests: Sequence[bytes], seconds: float) -> Iterator[Part]:
    """Measure a client that behaves, alone and beside those that do not."""
    with running(folder, models) as service:
        alone = Load(service.port, requests, POLITE).run(seconds)
        before = service.memory()
        yield Part(
            f"A client of {POLITE} connections, alone, {seconds:g} s",
            [
                Figure("requests a second", alone.rate, ""),
                Figure("99 % of the answers within", alone.percentile(0.99), "ms"),
            ],
        )
        spawn = get_context("spawn")
        for kind in KINDS:
            answers = spawn.Queue()
            other = spawn.Process(target=abuse, args=(kind, service.port, KEY, seconds, COUNTS[kind], answers))
            other.start()
            memory = Memory(service, seconds)
            tally = Load(service.port, requests, POLITE).run(seconds, memory)
            said: Counter[str] = answers.get(timeout=300)
            other.join()
            told = ", ".join(f"{what} {count:,}" for what, count in said.most_common())
            yield Part(
                f"The same beside {said.total():,} {kind} clients, which were told: {told}",
                [
                    Figure("requests a second", tally.rate, ""),
                    Figure("99 % of the answers within", tally.percentile(0.99), "ms"),
                    Figure("answers other than 200, and requests lost",
                           len(tally.seconds) - tally.statuses[200] + tally.lost, "", 0, most=True),
                    Figure("abusers told 200 or 500", said["200"] + said["500"], "", 0, most=True),
                    Figure("memory, most", max(*memory.found, service.memory()), "MB", before + HELD, most=True),
                ],
            )  # fmt: skip


PARTS: Final[Mapping[str, Run]] = {
    "steady": steady,
    "overload": overload,
    "abuse": abused,
    "killed": load_faults.killed,
    "replaced": load_faults.replaced,
    "stopped": load_faults.stopped,
}


def statements(count: int = 2000, together: int = 1) -> list[bytes]:
    """Return requests of ``count`` statements of the corpus, some with a target, so many together in a request."""
    made = random.Random(0)
    texts = [row["text"] for row in islice(rows(count), count)]
    bodies = [
        {"text": text, "target": made.choice(text.split())} if made.random() < 0.2 else {"text": text}
        for text in texts
    ]  # fmt: skip
    parts = [bodies[first : first + together] for first in range(0, count, together)]
    return [predict(json.dumps({"statements": part}).encode()) for part in parts]


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(list(PARTS)))
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(min=2), help="Seconds of each load.")
@click.option(
    "--model",
    default=DEFAULT_PATH,
    show_default=True,
    type=click.Path(exists=True, path_type=Path),
    help="A model's folder, or a folder of models with one in use.",
)
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures as JSON too.")
def main(parts: Sequence[str], seconds: float, model: Path, output: Path | None) -> None:
    """Put the service under load and measure PARTS, everything by default.

    steady: 16 and 256 connections.  overload: far more than can be done.  abuse: slow, half-open, oversized and
    malformed clients beside one that behaves.  killed, replaced, stopped: a worker killed, models replaced, SIGTERM.
    Exit code 1 where a figure falls short.
    """
    console, found = Console(), list[Part]()
    requests = statements()
    columns = SpinnerColumn(), TextColumn("{task.description:12}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=2) as progress:
        task = progress.add_task("", total=len(parts or PARTS))
        for name in parts or PARTS:
            progress.update(task, description=name)
            with tempfile.TemporaryDirectory(prefix="detente-load-") as folder:
                for part in PARTS[name](Path(folder), model, requests, seconds):
                    found.append(part)
                    show(part, console)
            progress.advance(task)
    finish(found, console, output, seconds=seconds)


if __name__ == "__main__":
    main()
