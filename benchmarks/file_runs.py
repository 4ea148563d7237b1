"""Files of statements, and commands measured in time and memory, for the file benchmark."""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.csv
import pyarrow.json
import pyarrow.parquet as pq

from classifier.artifact import resolve

ROOT = Path(__file__).parents[1]
SCORE = (sys.executable, "-c", "from classifier.cli import main; main()", "score", "--quiet")
MODEL = resolve(ROOT / "models")
"""The model in use when the program starts: one trained meanwhile changes nothing."""


@dataclass(frozen=True)
class Run:
    """What a command took."""

    seconds: float
    peak: float
    """Megabytes of all its processes at once."""


def corpus() -> list[str]:
    """Return the texts of the statements in ``seeds/``."""
    files = sorted((ROOT / "seeds" / "statements").glob("*.jsonl"))
    return [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def rows(count: int, targets: bool = False) -> Iterator[dict[str, Any]]:
    """Yield statements in a mixed order, no two alike; with ``targets``, every third has its second word as one."""
    texts = corpus()
    random.Random(0).shuffle(texts)
    for i in range(count):
        text = f"{texts[i % len(texts)]} No. {i}."
        yield {"id": i, "text": text, **({"target": text.split()[1]} if targets and i % 3 == 0 else {})}


def write_jsonl(path: Path, count: int, targets: bool = False) -> Path:
    """Write statements as JSONL."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(count, targets))
    return path


def convert(source: Path, ending: str) -> Path:
    """Write a JSONL file in another format."""
    path = source.with_suffix(ending)
    table = pyarrow.json.read_json(source)
    if ending == ".csv":
        pyarrow.csv.write_csv(table, path)
    else:
        pq.write_table(table, path)
    return path


def tree(pid: int) -> list[int]:
    """Return a process and all that it began."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [pid, *(each for child in text.split() for each in tree(int(child)))]


def workers_of(pid: int) -> list[int]:
    """Return the worker processes below a process: not what multiprocessing keeps for itself."""
    return [each for each in tree(pid)[1:] if b"spawn_main" in _command(each)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def pss(pid: int) -> float:
    """Return a process's share of memory in megabytes; pages that several map count once in all."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def measure(command: Sequence[object]) -> Run:
    """Run a command to its end."""
    started, peak = time.perf_counter(), 0.0
    process = subprocess.Popen([str(each) for each in command], cwd=ROOT)
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.25):
            peak = max(peak, sum(pss(pid) for pid in tree(process.pid)))

    sampler = threading.Thread(target=watch)
    sampler.start()
    code = process.wait()
    done.set()
    sampler.join()
    if code:
        raise SystemExit(f"expected exit code 0 of {command}, found {code}")
    return Run(time.perf_counter() - started, peak)


def score(source: Path, output: Path, *more: object) -> Run:
    """Score a file by the command."""
    return measure([*SCORE, source, "-o", output, "--model", MODEL, *more])
