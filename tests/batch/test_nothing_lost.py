"""Runs that are killed, interrupted or starved end with the output of an uninterrupted run, byte for byte."""

import hashlib
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console
from runs import command, read_jsonl, score, statements, texts, write_jsonl

from classifier.batch import Job, run
from classifier.batch.pool import Pool
from classifier.batch.watch import Watch
from classifier.batch.work import Result
from classifier.errors import TableError
from classifier.tables.chunks import Chunk
from classifier.tables.formats import Format
from classifier.tables.lines import Line


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let what is started be interrupted: a shell's background jobs ignore SIGINT, and so does all that they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def start(models: Path, *arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(command(models, *arguments), stderr=subprocess.PIPE, text=True, start_new_session=True)


def await_growth(path: Path, process: "subprocess.Popen[str]", growth: int = 700) -> None:
    """Wait until a journal has grown by so many bytes (a chunk has about 90), or the process has ended."""
    before = path.stat().st_size if path.exists() else 0
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        if path.exists() and path.stat().st_size > before + growth:
            return
        time.sleep(0.005)


def children(pid: int) -> list[int]:
    """Return the processes that a process has begun."""
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    found = [int(each) for each in tasks.read_text().split()]
    return [each for each in found if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]


@pytest.mark.parametrize(("output", "workers"), [("out.jsonl.gz", 1), ("out.parquet", 2)])
def test_a_run_killed_again_and_again_ends_with_the_output_of_an_uninterrupted_one(
    output: str, workers: int, tmp_path: Path, models: Path
) -> None:
    rows = [{"id": f"s{i}", "text": text if i % 50 else None} for i, text in enumerate(texts(1500))]
    source = write_jsonl(tmp_path / "in.jsonl", rows)
    arguments = ["--chunk-rows", 10, "--rejects", tmp_path / "bad.jsonl", "--workers", workers]
    out = tmp_path / output
    chance = random.Random(7)
    for _ in range(5):
        process = start(models, source, "-o", out, *arguments, "--resume")
        await_growth(out.with_name(out.name + ".journal"), process, chance.randint(200, 1500))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert not out.exists()
    done = score(models, source, "-o", out, *arguments, "--resume")
    assert (done.returncode, "continuing after" in done.stderr) == (3, True)
    rejects = (tmp_path / "bad.jsonl").read_bytes()
    whole = tmp_path / f"whole.{output.partition('.')[2]}"
    assert score(models, source, "-o", whole, *arguments).returncode == 3
    assert out.read_bytes() == whole.read_bytes()
    assert (tmp_path / "bad.jsonl").read_bytes() == rejects
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        ["bad.jsonl", "in.jsonl", output, f"{output}.manifest.json", whole.name, f"{whole.name}.manifest.json"]
    )


def test_killed_workers_are_noticed_and_their_chunks_redone(tmp_path: Path, models: Path) -> None:
    source = statements(tmp_path / "in.jsonl", 1500)
    out = tmp_path / "out.jsonl"
    process = start(models, source, "-o", out, "--workers", 2, "--chunk-rows", 10)
    chance = random.Random(3)
    for _ in range(3):
        await_growth(tmp_path / "out.jsonl.journal", process, chance.randint(200, 1500))
        os.kill(chance.choice(children(process.pid)), signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert errors.count("a worker died (-9) on lines") >= 3
    assert score(models, source, "-o", tmp_path / "whole.jsonl").returncode == 0
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@dataclass(frozen=True)
class Poisoned:
    """Builds workers that one text kills."""

    def build(self) -> "Poisoned":
        return self

    def work(self, chunk: Chunk) -> Result:
        if any(b"poison" in line.data for line in chunk.lines):
            os.kill(os.getpid(), signal.SIGKILL)
        return Result(chunk.number, b"%d " % chunk.number, len(chunk), [])


def test_a_chunk_that_kills_twice_is_rejected_and_named_and_the_others_go_on() -> None:
    def chunks() -> Iterator[Chunk]:
        for i in range(12):
            words = b"poison" if i == 5 else b"talks"
            yield Chunk(i, "in.txt", Format.TEXT, [Line(2 * i + 1, words), Line(2 * i + 2, b"more\n")])

    deaths: list[int] = []
    pool = Pool(Poisoned(), 2, lambda code, chunk: deaths.append(chunk.number))
    results = list(pool.work(chunks()))
    assert [result.number for result in results] == list(range(12))
    assert deaths == [5, 5]
    assert [(r.line, r.original) for r in results[5].rejects] == [(11, "poison"), (12, "more")]
    assert "killed twice" in results[5].rejects[0].reason


@dataclass(frozen=True)
class DiesAnswering:
    """Builds workers of which the first is killed while its long answer is under way."""

    mark: Path
    """A file that is there once one has been killed."""

    def build(self) -> "DiesAnswering":
        return self

    def work(self, chunk: Chunk) -> Result:
        result = Result(chunk.number, b"%d" % chunk.number * 100_000_000, len(chunk), [])
        if not self.mark.exists():
            self.mark.touch()
            # an alarm that nothing handles ends the process, here long before it has sent all
            signal.setitimer(signal.ITIMER_REAL, 0.01)
        return result


def test_a_worker_killed_in_the_midst_of_its_answer_is_noticed_and_its_chunk_redone(tmp_path: Path) -> None:
    chunks = [Chunk(i, "in.txt", Format.TEXT, [Line(i + 1, b"talks\n")]) for i in range(2)]
    deaths: list[int | None] = []
    pool = Pool(DiesAnswering(tmp_path / "mark"), 1, lambda code, chunk: deaths.append(code))
    for i, result in enumerate(pool.work(chunks)):
        assert (result.number, result.rejects) == (i, [])
        assert len(result.data) == result.data.count(b"%d" % i) == 100_000_000
    assert deaths == [-signal.SIGALRM]


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_in_a_sentence_and_leaves_no_process_and_no_output(
    number: signal.Signals, tmp_path: Path, models: Path
) -> None:
    source = statements(tmp_path / "in.jsonl", 4000)
    out = tmp_path / "out.jsonl"
    process = start(models, source, "-o", out, "--workers", 2, "--chunk-rows", 20)
    await_growth(tmp_path / "out.jsonl.journal", process)
    workers = children(process.pid)
    process.send_signal(number)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "interrupted after" in errors
    assert "--resume continues" in errors
    assert "Traceback" not in errors
    assert not out.exists()
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def unfinished(tmp_path: Path, models: Path) -> Job:
    """Leave a run whose third chunk cannot be read."""
    statements(tmp_path / "in.jsonl", 30)
    job = Job([str(tmp_path / "in.jsonl")], str(tmp_path / "out.jsonl"), model_path=models, chunk_rows=10)

    class Stops(Watch):
        def advance(self, result: Result) -> None:
            if result.number == 2:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(job, Stops(Console(stderr=True)))
    return job


def resumed(job: Job, **changes: object) -> int:
    values = {name: getattr(job, name) for name in job.__slots__} | {"resume": True} | changes
    return run(Job(**values), Watch(Console(stderr=True))).resumed


def test_resume_continues_after_the_last_whole_chunk(tmp_path: Path, models: Path) -> None:
    assert resumed(unfinished(tmp_path, models)) == 20
    assert [row["n"] for row in read_jsonl(tmp_path / "out.jsonl")] == list(range(30))


@pytest.mark.parametrize("damage", [lambda raw: raw[:-5], lambda raw: raw[:-5] + b"\0\0\0\0\0"])
def test_resume_redoes_a_chunk_whose_bytes_are_not_what_was_written(
    damage: Callable[[bytes], bytes], tmp_path: Path, models: Path
) -> None:
    job = unfinished(tmp_path, models)
    part = tmp_path / "out.jsonl.part"
    part.write_bytes(damage(part.read_bytes()))
    assert resumed(job) == 10
    assert [row["n"] for row in read_jsonl(tmp_path / "out.jsonl")] == list(range(30))


def test_resume_refuses_another_input_model_or_columns(tmp_path: Path, models: Path) -> None:
    job = unfinished(tmp_path, models)
    with pytest.raises(TableError, match="found --chunk-rows changed"):
        resumed(job, chunk_rows=5)
    with pytest.raises(TableError, match="found the rejects file changed"):
        resumed(job, rejects=tmp_path / "bad.jsonl")
    statements(tmp_path / "in.jsonl", 31)
    with pytest.raises(TableError, match="found the input changed; bring it back, or leave out --resume"):
        resumed(job)
    statements(tmp_path / "in.jsonl", 30)
    journal = tmp_path / "out.jsonl.journal"
    journal.write_bytes(journal.read_bytes().replace(b'"model": {"version": "2', b'"model": {"version": "1'))
    with pytest.raises(TableError, match="found the model changed"):
        resumed(job)


def test_resume_of_a_whole_run_changes_nothing(tmp_path: Path, models: Path) -> None:
    job = unfinished(tmp_path, models)
    resumed(job)
    before = (tmp_path / "out.jsonl").stat().st_mtime_ns
    assert resumed(job) == 30
    assert (tmp_path / "out.jsonl").stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.csv.gz", "out.csv.zst", "out.parquet"])
def test_the_disk_holds_an_output_before_it_gets_its_name(
    name: str, tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: dict[int, int] = {}

    def sync(descriptor: int, real: Callable[[int], None] = os.fsync) -> None:
        assert not (tmp_path / name).exists()
        real(descriptor)
        found = os.fstat(descriptor)
        held[found.st_ino] = found.st_size

    monkeypatch.setattr(os, "fsync", sync)
    source = statements(tmp_path / "in.jsonl", 12)
    run(Job([str(source)], str(tmp_path / name), model_path=models), Watch(Console(stderr=True)))
    found = (tmp_path / name).stat()
    assert held[found.st_ino] == found.st_size


def test_two_runs_cannot_write_one_output(tmp_path: Path, models: Path) -> None:
    source = statements(tmp_path / "in.jsonl", 3000)
    process = start(models, source, "-o", tmp_path / "out.jsonl", "--chunk-rows", 20)
    await_growth(tmp_path / "out.jsonl.journal", process)
    with pytest.raises(TableError, match="found another run writing it"):
        run(Job([str(source)], str(tmp_path / "out.jsonl"), model_path=models), Watch(Console(stderr=True)))
    process.kill()
    process.communicate()


def test_the_manifest_says_what_was_scored_with_what(tmp_path: Path, models: Path) -> None:
    source = statements(tmp_path / "in.jsonl", 12)
    run(Job([str(source)], str(tmp_path / "out.jsonl"), model_path=models), Watch(Console(stderr=True)))
    manifest = json.loads((tmp_path / "out.jsonl.manifest.json").read_text())
    assert manifest["inputs"] == [{"name": str(source), "sha256": hashlib.sha256(source.read_bytes()).hexdigest()}]
    assert manifest["model"]["version"] == (models / "current").read_text().strip()
    assert manifest["sha256"] == hashlib.sha256((tmp_path / "out.jsonl").read_bytes()).hexdigest()
    assert (manifest["rows"], manifest["rejected"]) == (12, 0)
