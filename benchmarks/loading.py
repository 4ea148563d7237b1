"""From nothing to the first prediction: seconds and memory, and the pages that serving workers share."""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.client import Load, request
from benchmarks.inputs import ROOT
from benchmarks.peers import plain_path
from benchmarks.results import Figure, Part
from classifier.artifact import LAYOUT, resolve

TEXT: Final = "The ministry denied that it had threatened to close the border."
PORT: Final = 8921

_TAIL: Final = """
took = time.perf_counter() - began
{predict}
print(took, next(line.split()[1] for line in open("/proc/self/smaps_rollup") if line.startswith("Pss:")))
"""
_HEAD: Final = "import sys, time\nsys.path.insert(0, {root!r})\nbegan = time.perf_counter()\n"
_OURS: Final = "from classifier import Classifier\nmodel = Classifier.load({path!r})"
_JOBLIB: Final = "import joblib\nmodel = joblib.load({path!r})"
_MEGABYTE: Final = 1024


def _program(code: str, path: Path, predict: str) -> str:
    return _HEAD.format(root=str(ROOT)) + code.format(path=str(path)) + _TAIL.format(predict=predict)


def _programs() -> dict[str, str]:
    folder = resolve(ROOT / "models")
    return {
        "Python alone": _HEAD.format(root=str(ROOT)) + _TAIL.format(predict=""),
        "Detente": _program(_OURS, folder, f"model.predict({TEXT!r}).escalation"),
        "its scikit-learn pipeline by joblib": _program(
            _JOBLIB, folder / LAYOUT.pipeline, f"model.predict_proba('act', [({TEXT!r}, None)])"
        ),
        "plain scikit-learn by joblib": _program(_JOBLIB, plain_path("word"), f"model.predict_proba([{TEXT!r}])"),
    }


def _run(program: str) -> tuple[float, float]:
    """Return the seconds until the model is loaded, imports with it, and the megabytes after one prediction."""
    found = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT)
    seconds, kilobytes = found.stdout.split()
    return float(seconds), float(kilobytes) / _MEGABYTE


def load(rounds: int, tell: Callable[[str], None]) -> Iterator[Part]:
    """Measure load and memory in fresh processes, then two serving workers."""
    programs = _programs()
    runs: Mapping[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for turn in range(rounds + 1):
        for name, program in programs.items():
            tell(name)
            found = _run(program)
            if turn:
                runs[name].append(found)
    seconds = {name: statistics.median(each[0] for each in found) for name, found in runs.items()}
    memory = {name: statistics.median(each[1] for each in found) for name, found in runs.items()}
    figures = [Figure(f"{name}: load", 1e3 * each, "ms") for name, each in seconds.items()]
    figures += [Figure(f"{name}: memory", each, "MB") for name, each in memory.items()]
    for name in list(programs)[2:]:
        figures.append(Figure(f"load, {name} : Detente", seconds[name] / seconds["Detente"], "times", 8.0))
        share = memory["Detente"] / memory[name]
        figures.append(Figure(f"memory, Detente : {name}", share, "times", 0.25, most=True))
    yield Part("From a new process to a loaded model", figures)
    tell("two serving workers")
    yield _shared()


def _model_pages(pid: int, folder: Path) -> tuple[float, float]:
    """Return the resident and the proportional megabytes of the model's files in a process."""
    resident = proportional = 0
    ours = False
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            ours = str(folder) in line
        elif ours and line.startswith("Rss:"):
            resident += int(line.split()[1])
        elif ours and line.startswith("Pss:"):
            proportional += int(line.split()[1])
    return resident / _MEGABYTE, proportional / _MEGABYTE


def _children(pid: int) -> Sequence[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def _shared() -> Part:
    """Start a service with two workers, have both score, and add up the model's pages."""
    folder = resolve(ROOT / "models")
    asked = [request("/v1/predict", json.dumps({"statements": [{"text": TEXT}]}).encode())]
    with tempfile.TemporaryDirectory() as name:
        environment = {**os.environ, "DETENTE_FEEDBACK_URL": f"sqlite:///{name}/feedback.db"}
        command = [str(Path(sys.executable).with_name("detente")), "serve", "--workers", "2", "--port", str(PORT)]
        service = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _until_ready(asked)
            Load(PORT, asked, 16).run(1.0)
            pages = [_model_pages(pid, folder) for pid in _children(service.pid)]
        finally:
            service.terminate()
            service.wait()
    using = [each for each in pages if each[0]]
    size = sum((folder / each).stat().st_size for each in LAYOUT.scored) / 2**20
    figures = [Figure("the model's files", size, "MB"), Figure("workers that map them", len(using), "", 2.0)]
    for i, (resident, proportional) in enumerate(using, 1):
        figures.append(Figure(f"worker {i}: resident", resident, "MB"))
        figures.append(Figure(f"worker {i}: proportional (PSS)", proportional, "MB"))
    total = sum(proportional for _, proportional in using) / max(resident for resident, _ in using)
    figures.append(Figure("PSS of both : resident of one", total, "times", 1.1, most=True))
    return Part("Two serving workers, one copy of the model", figures)


def _until_ready(asked: Sequence[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if Load(PORT, asked, 1).run(0.1).seconds:
            return
    raise SystemExit("expected the service to answer within 30 s, found it not; start `detente serve` by hand")
