"""What an operator fears, made to happen while clients ask: a worker killed, models replaced, the end."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.client import Load
from benchmarks.load_service import running
from benchmarks.results import Figure, Part
from classifier.artifact import CURRENT, LAYOUT, resolve

CONNECTIONS = 16


class Schedule:
    """Does each thing once its time has come."""

    def __init__(self, *things: tuple[float, Callable[[], object]]) -> None:
        self._things = sorted(things, key=lambda thing: thing[0])

    def __call__(self, spent: float) -> None:
        """Do what is due after so many seconds."""
        while self._things and spent >= self._things[0][0]:
            self._things.pop(0)[1]()


def copies(models: Path, folder: Path, *names: str) -> Path:
    """Make a folder of the model in use under several versions, the first of them in use."""
    for name in names:
        made = folder / name
        shutil.copytree(resolve(models), made, ignore=shutil.ignore_patterns("*.joblib", "*.png"))
        manifest = json.loads((made / LAYOUT.manifest).read_text())
        (made / LAYOUT.manifest).write_text(json.dumps(manifest | {"model_version": name}))
    use(folder, names[0])
    return folder


def use(models: Path, name: str) -> None:
    """Make a model the one in use, at one stroke."""
    (models / ".next").write_text(name + "\n")
    os.replace(models / ".next", models / CURRENT)


def killed(folder: Path, models: Path, requests: Sequence[bytes], seconds: float) -> Iterator[Part]:
    """Kill one of two workers under load."""
    with running(folder, models, workers=2) as service:
        before = service.workers()
        back: list[float] = []

        def watch(spent: float) -> None:
            kill(spent)
            if spent > seconds / 3 and not back and service.startups() > 2:
                back.append(spent - seconds / 3)

        kill = Schedule((seconds / 3, lambda: os.kill(before[0], signal.SIGKILL)))
        load = Load(service.port, requests, CONNECTIONS)
        tally = load.run(seconds, watch)
    yield Part(
        f"A worker of 2 killed under {CONNECTIONS} connections, {seconds:g} s",
        [
            Figure("answers that are not 200 or 503", tally.strange, "", 0, most=True),
            Figure("requests lost with the worker (at most its connections)", tally.lost, "", CONNECTIONS, most=True),
            Figure("answers", len(tally.seconds), ""),
            Figure("another serves in its place after", back[0] if back else float("inf"), "s", 15, most=True),
        ],
    )


def replaced(folder: Path, models: Path, requests: Sequence[bytes], seconds: float) -> Iterator[Part]:
    """Replace the model again and again under load, and then by one that is damaged.

    The service looks for a new one every 2 seconds: in less than 12 seconds it may miss some.
    """
    (folder / "models").mkdir()
    own = copies(models, folder / "models", "first", "second", "damaged")
    weights = own / "damaged" / LAYOUT.weights
    weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])
    with running(folder, own) as service:
        step = seconds / 4
        changes = Schedule(*((step * (i + 0.2), partial(use, own, ("second", "first")[i % 2])) for i in range(4)))
        tally = Load(service.port, requests, CONNECTIONS).run(seconds, changes)
        yield Part(
            f"The model replaced 4 times under {CONNECTIONS} connections, {seconds:g} s",
            [
                Figure("requests failed or lost", tally.strange + tally.lost + tally.statuses[503], "", 0, most=True),
                Figure("answers", len(tally.seconds), ""),
                Figure("models that answered", len(tally.versions), "", 2),
                Figure("99 % of the answers within", tally.percentile(0.99), "ms"),
            ],
        )
        wanted = "second" if "second" in service.get("/v2/models/detente/ready") else "first"
        tally = Load(service.port, requests, CONNECTIONS).run(seconds, Schedule((1, lambda: use(own, "damaged"))))
        refused = json.loads(service.get("/v1/model"))["refused"]
        yield Part(
            f"A damaged model named under {CONNECTIONS} connections, {seconds:g} s",
            [
                Figure("requests failed or lost", tally.strange + tally.lost + tally.statuses[503], "", 0, most=True),
                Figure("answers of the old model", tally.versions[wanted], "", len(tally.seconds)),
                Figure("the damaged one named as refused", refused == "damaged", "", 1),
            ],
        )


def stopped(folder: Path, models: Path, requests: Sequence[bytes], seconds: float) -> Iterator[Part]:
    """Tell the service to stop under load, with one and with two workers."""
    for workers in (1, 2):
        with running(folder, models, workers=workers) as service:
            end = Schedule((seconds / 2, partial(service.process.send_signal, signal.SIGTERM)))
            tally = Load(service.port, requests, CONNECTIONS).run(seconds, end, until_gone=True)
            began = time.monotonic()
            code = service.process.wait(40)
            waited = time.monotonic() - began
        yield Part(
            f"SIGTERM under {CONNECTIONS} connections, {workers} worker(s)",
            [
                Figure("requests lost", tally.lost, "", 0, most=True),
                Figure("answers that are not 200 or 503", tally.strange, "", 0, most=True),
                Figure("answers", len(tally.seconds), ""),
                Figure("exit code", abs(code), "", 0, most=True),
                Figure("ended within, after the last answer", waited, "s", 5, most=True),
            ],
        )
