"""Files: rows a second, memory, kills, equal values, and what a billion rows would take.

usage: python -m benchmarks.files [speed] [kills] [equal] [--rows N] [--rounds N] [--large N] [--kills N]
                                  [--equal-rows N]

Every figure is of this run on this machine.  ``speed`` scores N statements of the corpus, made unlike by a number, as
JSONL, CSV and Parquet with 1 and 2 workers by turns, and gives medians of the rounds, beside a plain script with json
and scikit-learn (word features, the same four heads); memory is the sum of PSS over all processes, sampled, at its
highest in any round.  The full sizes of the issue: ``--rows 1000000``.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow.parquet as pq

import classifier.spark
from benchmarks.file_runs import MODEL, ROOT, SCORE, Run, convert, measure, score, workers_of, write_jsonl
from classifier import Classifier, Statement

PLAIN = ROOT / "benchmarks" / "plain_script.py"


def speed(folder: Path, count: int, rounds: int, large: int) -> float:
    """Print point 1; return rows a second of one worker."""
    source = write_jsonl(folder / "in.jsonl", count)
    startup = score(write_jsonl(folder / "one.jsonl", 1), folder / "one.out.jsonl").seconds
    print(f"{count:,} rows; start and end of the command alone: {startup:.2f} s")
    print(f"{'format':>9} {'workers':>8} {'seconds':>8} {'rows/s':>8} {'peak MB':>8}  2 workers : 1, by round")
    found: dict[tuple[str, int], Run] = {}
    for ending in (".jsonl", ".csv", ".parquet"):
        path = source if ending == ".jsonl" else convert(source, ending)
        runs = by_turns(path, folder / f"out{ending}", rounds)
        ratios = sorted(one.seconds / two.seconds for one, two in zip(runs[1], runs[2], strict=True))
        for workers, several in runs.items():
            run = Run(median(each.seconds for each in several), max(each.peak for each in several))
            found[ending, workers] = run
            scale = f"  {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})" if workers == 2 else ""
            rate = count / run.seconds
            print(f"{ending:>9} {workers:>8} {run.seconds:8.1f} {rate:8,.0f} {run.peak:8.0f}{scale}", flush=True)
    one, two = found[".jsonl", 1], found[".jsonl", 2]
    apart = two_commands(folder, source, count)
    print(f"two commands that share nothing, on a half of the JSONL rows each: {one.seconds / apart:.2f} times one,")
    print("which is what this machine's two cores give together")
    plain = measure([sys.executable, PLAIN, source, folder / "plain.jsonl"])
    fitted = float((folder / "plain.jsonl.fit").read_text())
    spent = plain.seconds - fitted
    print(f"plain json and scikit-learn script, its fitting left out: {spent:.1f} s, {count / spent:,.0f} rows/s")
    print(f"end to end {spent / one.seconds:.2f} times that with 1 worker, {spent / two.seconds:.2f} with 2")
    if large > count:
        run = score(write_jsonl(folder / "large.jsonl", large), folder / "large.out.jsonl", "--workers", 2)
        print(f"{large:,} rows, 2 workers: {large / run.seconds:,.0f} rows/s, peak {run.peak:.0f} MB")
    return count / one.seconds


def by_turns(source: Path, output: Path, rounds: int) -> dict[int, list[Run]]:
    """Return the runs of 1 and of 2 workers, one of each in every round; the first of the two changes by round."""
    runs: dict[int, list[Run]] = {1: [], 2: []}
    for number in range(rounds):
        for workers in (1, 2) if number % 2 == 0 else (2, 1):
            runs[workers].append(score(source, output, "--workers", workers))
    return runs


def two_commands(folder: Path, source: Path, count: int) -> float:
    """Return the seconds of two independent commands at once, each on half of the rows."""
    halves = [folder / "half1.jsonl", folder / "half2.jsonl"]
    with source.open("rb") as lines:
        for half in halves:
            with half.open("wb") as file:
                file.writelines(islice(lines, -(-count // 2)))
    began = time.perf_counter()
    commands = [[*SCORE, half, "-o", half.with_suffix(".out.jsonl"), "--model", MODEL] for half in halves]
    for process in [subprocess.Popen([str(each) for each in command], cwd=ROOT) for command in commands]:
        process.wait()
    return time.perf_counter() - began


def kills(folder: Path, times: int) -> None:
    """Print point 2: runs killed at random moments, and runs whose workers are, against an uninterrupted one."""
    source = write_jsonl(folder / "kill.jsonl", 80_000)
    whole, chance = folder / "whole.jsonl", random.Random(1)
    length = score(source, whole, "--chunk-rows", 200, "--workers", 2).seconds
    for victim in ("runner", "worker"):
        equal = hit = 0
        for i in range(times):
            out = folder / f"{victim}{i}.jsonl"
            command = [*SCORE, source, "-o", out, "--model", MODEL, "--chunk-rows", 200, "--workers", 2]
            process = subprocess.Popen(
                [str(each) for each in command], cwd=ROOT, stderr=subprocess.PIPE, text=True, encoding="utf-8"
            )
            time.sleep(chance.uniform(1.0, 0.9 * length))
            target = chance.choice(await_workers(process)) if victim == "worker" else process.pid
            os.kill(target, signal.SIGKILL)
            _, notes = process.communicate()
            journal = out.with_name(f"{out.name}.journal")
            midway = journal.is_file() and journal.read_bytes().count(b"\n") > 1
            hit += "a worker died" in notes if victim == "worker" else midway
            score(source, out, "--chunk-rows", 200, "--resume", "--workers", 1 + i % 2)
            equal += out.read_bytes() == whole.read_bytes()
        what = "deaths were noticed and their chunk redone" if victim == "worker" else "left a half-written run"
        print(f"{victim} killed at {times} random moments: {equal} outputs identical; {hit} {what}", flush=True)


def await_workers(process: subprocess.Popen[str]) -> list[int]:
    """Return the workers of a run, which may have only begun."""
    while not (found := workers_of(process.pid)):
        if process.poll() is not None:
            raise SystemExit(f"expected a run with workers, found it ended with exit code {process.returncode}")
        time.sleep(0.05)
    return found


def equal(folder: Path, count: int) -> None:
    """Print point 3: the same rows by the Python call, the script, HTTP and Spark."""
    source = write_jsonl(folder / "same.jsonl", count, targets=True)
    given = [json.loads(line) for line in source.open(encoding="utf-8")]
    called = Classifier.load(MODEL).predict_many(
        [Statement(row["text"], row.get("target"), row["id"]) for row in given]
    )
    wanted = [prediction.as_dict() for prediction in called]
    score(source, folder / "same.out.jsonl", "--workers", 2)
    scripted = [json.loads(line) for line in (folder / "same.out.jsonl").open(encoding="utf-8")]
    same = sum({key: got[key] for key in want} == want for got, want in zip(scripted, wanted, strict=True))
    print(f"script: {same:,} of {count:,} predictions equal to the Python call's, every value", flush=True)
    served = list(by_http(source))
    same = sum(got == want for got, want in zip(served, wanted, strict=True))
    print(f"HTTP (/v1/batch): {same:,} of {count:,} equal", flush=True)
    if shutil.which("java"):
        sparked = {row["id"]: row for row in by_spark(source, folder / "spark")}
        same = sum({key: sparked[p.id][key] for key in p.as_row()} == p.as_row() for p in called)
        print(f"Spark local[2]: {same:,} of {count:,} equal in every flat column", flush=True)


def by_http(source: Path, port: int = 8917) -> Iterator[dict[str, Any]]:
    """Score a file by POST /v1/batch, 5,000 lines a call."""
    import httpx

    code = "from classifier.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", str(port), "--model", str(MODEL)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=300) as client:
            await_server(client)
            lines = source.read_bytes().splitlines(keepends=True)
            for at in range(0, len(lines), 5000):
                answer = client.post("/v1/batch", content=b"".join(lines[at : at + 5000])).raise_for_status()
                yield from (json.loads(line) for line in answer.text.splitlines())
    finally:
        server.terminate()
        server.wait()


def await_server(client: Any) -> None:
    """Wait until a server is ready."""
    import httpx

    for _ in range(100):
        try:
            if client.get("/v2/health/ready").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise SystemExit("expected the server to become ready within 20 s, found it not; start `detente serve` by hand")


def by_spark(source: Path, output: Path) -> list[dict[str, Any]]:
    """Score a file by the documented submit line."""
    submit = Path(sys.executable).with_name("spark-submit")
    settings = ("--master", "local[2]", "--conf", "spark.ui.enabled=false")
    command = [str(submit), *settings, classifier.spark.__file__, str(source), "-o", str(output), "--model", str(MODEL)]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "PATH": f"{submit.parent}:{os.environ['PATH']}"}
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    print(f"Spark took {time.perf_counter() - started:.0f} s, its start with it")
    return list(pq.read_table(output).to_pylist())


def growth(rate: float) -> None:
    """Print point 5: what a billion statements would take at this run's rate."""
    hours = 1e9 / rate / 3600
    print(
        f"one billion statements at {rate:,.0f} rows/s a core: {hours:,.0f} core hours; {hours / 64:.1f} h on 64 cores"
    )


def main() -> None:
    """Run what is asked for, everything by default."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=["speed", "kills", "equal", []])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=1, help="runs of each format and number of workers")
    parser.add_argument("--large", type=int, default=0, help="rows of a larger file whose memory is compared")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--equal-rows", type=int, default=5_000)
    options = parser.parse_args()
    parts = options.parts or ["speed", "kills", "equal"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "speed" in parts:
            growth(speed(folder, options.rows, options.rounds, options.large))
        if "kills" in parts:
            kills(folder, options.kills)
        if "equal" in parts:
            equal(folder, options.equal_rows)


if __name__ == "__main__":
    main()
