"""A whole run: inputs -> an output that is moved into place when it is whole, and a manifest beside it."""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from classifier.artifact import LAYOUT, resolve, sha256
from classifier.batch.core import schema_of
from classifier.batch.journal import Journal, beside, unwritable
from classifier.batch.pool import Pool, work_here
from classifier.batch.watch import Watch
from classifier.batch.work import Result, Setup
from classifier.errors import TableError
from classifier.model import DEFAULT_PATH
from classifier.tables.chunks import CHUNK_ROWS, Chunk, Columns, read_chunks
from classifier.tables.formats import STANDARD, Format, output_kind
from classifier.tables.sources import Source, expand, fingerprint
from classifier.tables.stitch import stitch


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be scored, with what, to where."""

    inputs: Sequence[str]
    output: str
    columns: Columns = field(default_factory=Columns)
    model_path: Path = DEFAULT_PATH
    workers: int = 1
    """Processes that score; 1 scores in this one."""
    resume: bool = False
    rejects: Path | None = None
    articles: bool = False
    chunk_rows: int = CHUNK_ROWS
    """Rows that a worker takes at once; a crash costs no more than the chunks under way."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did."""

    rows: int
    rejects: int
    resumed: int = 0
    """Rows among them that an earlier run had done."""


def run(job: Job, watch: Watch) -> Outcome:
    """Score the inputs.  Raises TableError or ModelError; what was done by then stays, for ``resume``."""
    sources = expand(job.inputs, articles=job.articles)
    kind = output_kind(job.output)
    if job.output == STANDARD:
        return _run_to_standard(job, sources, watch)
    output = Path(job.output)
    _check_paths(job, sources, output)
    folder = resolve(job.model_path)
    configuration = _configuration(job, sources, folder)
    if job.resume and (done := _done_already(output, job.rejects, configuration)):
        watch.note("done", f"{output} is whole already, of the same input and model", rows=done.rows)
        return done
    journal = Journal(output, job.rejects, configuration, hashed=kind.format is Format.JSONL)
    try:
        whole = _open(journal, job, watch)
        before = _sum(journal)
        watch.begin(_total(sources), before.rows)
        chunks = islice(read_chunks(sources, job.columns, job.chunk_rows), whole, None)
        for result in _scored(Setup(folder, job.columns, kind), job.workers, chunks, watch):
            _tell(result, watch)
            journal.append(result.number, [result.data, _reject_lines(result)], result.rows, len(result.rejects))
        _finish(journal, job, configuration)
        total = _sum(journal)
        return Outcome(total.rows, total.rejects, before.rows)
    finally:
        journal.close()


def _open(journal: Journal, job: Job, watch: Watch) -> int:
    if not job.resume:
        if journal.path.exists() and journal.path.stat().st_size:
            watch.note("anew", f"an unfinished run of {job.output} is written over; --resume would have continued it")
        beside(journal.output, ".manifest.json").unlink(missing_ok=True)
    whole = journal.open(resume=job.resume)
    if whole:
        watch.note("resume", f"continuing after {_sum(journal).rows:,} rows that were done", rows=_sum(journal).rows)
    return whole


def _scored(setup: Setup, workers: int, chunks: Iterator[Chunk], watch: Watch) -> Iterator[Result]:
    if workers == 1:
        return work_here(setup, chunks)

    def on_death(code: int | None, chunk: Chunk) -> None:
        first, last = chunk.span
        why = f"a worker died ({code}) on lines {first} to {last} of {chunk.source}"
        watch.note("worker-died", why, source=chunk.source, first=first, last=last, code=code)

    return Pool(setup, workers, on_death).work(chunks)


def _run_to_standard(job: Job, sources: Sequence[Source], watch: Watch) -> Outcome:
    if job.resume:
        raise TableError("expected an output file with --resume, found standard output; name one with -o")
    rows = rejects = 0
    watch.begin(_total(sources), 0)
    setup = Setup(resolve(job.model_path), job.columns, output_kind(STANDARD))
    with contextlib.ExitStack() as stack:
        refused = stack.enter_context(_rejects_file(job.rejects)) if job.rejects else None
        for result in _scored(setup, job.workers, read_chunks(sources, job.columns, job.chunk_rows), watch):
            _tell(result, watch)
            _write_standard(result.data)
            if refused:
                refused(_reject_lines(result))
            rows += result.rows
            rejects += len(result.rejects)
    return Outcome(rows, rejects)


def _write_standard(data: bytes | bytearray) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(Path("standard output"), error) from error


@contextlib.contextmanager
def _rejects_file(path: Path) -> Iterator[Callable[[bytes], object]]:
    aside = beside(path, ".part")
    try:
        with aside.open("wb") as file:
            yield file.write
        aside.replace(path)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error


def _check_paths(job: Job, sources: Sequence[Source], output: Path) -> None:
    taken = {Path(source.name).resolve() for source in sources if not source.standard}
    for path in (output, *([job.rejects] if job.rejects else [])):
        if path.resolve() in taken:
            raise TableError(f"expected an output that is not an input, found {path} as both; name another output")
        if path.is_dir():
            raise TableError(f"expected a file's name for the output, found the folder {path}; name a file in it")
        taken.add(path.resolve())
    if job.resume and any(source.standard for source in sources):
        raise TableError("expected files as input with --resume, found standard input, which cannot be read again")


def _configuration(job: Job, sources: Sequence[Source], model: Path) -> dict[str, Any]:
    kind = output_kind(job.output)
    return {
        "inputs": [{"name": source.name, "sha256": fingerprint(source)} for source in sources],
        "model": {"version": model.name, "manifest_sha256": sha256(model / LAYOUT.manifest)},
        "columns": {**asdict(job.columns), "articles": job.articles},
        "chunk_rows": job.chunk_rows,
        "output": {"format": kind.format.value, "compression": kind.compression.value},
        "rejects": job.rejects is not None,
    }


def _done_already(output: Path, rejects: Path | None, configuration: Mapping[str, Any]) -> Outcome | None:
    """Return the outcome of a whole run with this configuration, or None; its last moves are made up for."""
    path = beside(output, ".manifest.json")
    if not path.is_file() or not output.is_file():
        return None
    manifest = json.loads(path.read_text(encoding="utf-8"))
    if any(manifest.get(key) != value for key, value in configuration.items()):
        return None
    if manifest["sha256"] != sha256(output):
        return None
    _clear(output, rejects)
    return Outcome(manifest["rows"], manifest["rejected"], manifest["rows"])


def _clear(output: Path, rejects: Path | None) -> None:
    if rejects and beside(rejects, ".part").exists():
        beside(rejects, ".part").replace(rejects)
    beside(output, ".part").unlink(missing_ok=True)
    beside(output, ".journal").unlink(missing_ok=True)


def _finish(journal: Journal, job: Job, configuration: Mapping[str, Any]) -> None:
    """Write the manifest, move everything into place, and drop the journal last."""
    output, part, kind = journal.output, journal.paths[0], output_kind(job.output)
    try:
        # what is only staged need not last; rejects are moved into place as they are
        journal.sync(output=journal.sha256 is not None)
        if journal.sha256:
            digest = journal.sha256.hexdigest()
        else:
            stitched = beside(output, ".stitched")
            ends = [entry.end for entry in journal.entries]
            digest = stitch(part, ends, stitched, kind, schema_of(pa.string()), threads=job.workers)
            part = stitched
        total = _sum(journal)
        manifest = {**configuration, "rows": total.rows, "rejected": total.rejects, "sha256": digest}
        aside = beside(output, ".manifest.part")
        aside.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        aside.replace(beside(output, ".manifest.json"))
        os.replace(part, output)
        _clear(output, job.rejects)
    except OSError as error:
        raise unwritable(output, error, "free some room and run the same command with --resume") from error


def _sum(journal: Journal) -> Outcome:
    return Outcome(sum(e.rows for e in journal.entries), sum(e.rejects for e in journal.entries))


def _total(sources: Sequence[Source]) -> int | None:
    sizes = [source.size for source in sources if source.size is not None]
    return sum(sizes) if len(sizes) == len(sources) else None


def _tell(result: Result, watch: Watch) -> None:
    for reject in result.rejects:
        watch.reject(reject)
    watch.advance(result)


def _reject_lines(result: Result) -> bytes:
    return "".join(f"{json.dumps(reject.as_dict())}\n" for reject in result.rejects).encode()
