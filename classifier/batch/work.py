"""A chunk of input -> a chunk of output: what a worker does, in whatever process it runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pyarrow as pa

from classifier.batch.core import score_batches
from classifier.model import Classifier
from classifier.tables.chunks import Chunk, Columns
from classifier.tables.formats import Kind
from classifier.tables.readers import read_rows
from classifier.tables.render import render
from classifier.tables.rows import Reject


@dataclass(frozen=True, slots=True)
class Result:
    """A scored chunk."""

    number: int
    data: bytes | bytearray
    """What is appended to the output."""
    rows: int
    """Rows that were scored."""
    rejects: Sequence[Reject]
    position: int = 0


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to be built; small, so that it can be sent to a process."""

    model_path: Path
    columns: Columns
    output: Kind

    def build(self) -> "Worker":
        """Load the model and return a worker."""
        return Worker.from_setup(self)


class Worker:
    """Scores chunks with one loaded model."""

    def __init__(self, classifier: Classifier, columns: Columns, output: Kind) -> None:
        self.classifier = classifier
        self.columns = columns
        self.output = output

    @classmethod
    def from_setup(cls, setup: Setup) -> Self:
        """Load the model that ``setup`` names.  Raises as Classifier.load does."""
        return cls(Classifier.load(setup.model_path), setup.columns, setup.output)

    def work(self, chunk: Chunk) -> Result:
        """Read, score and render a chunk; rows that cannot be scored become rejects."""
        rows = read_rows(chunk, self.columns)
        if not rows.rows:
            return Result(chunk.number, b"", 0, rows.rejects, chunk.position)
        scored = next(score_batches([rows.batch()], self.classifier, probabilities=True))
        errors = scored.column("error").to_pylist()
        kept = [i for i, error in enumerate(errors) if error is None]
        if len(kept) < len(errors):
            for i, error in enumerate(errors):
                if error is not None:
                    rows.refuse_row(i, error)
            scored = scored.take(pa.array(kept, pa.int64()))
        data = render(rows, kept, scored, self.output)
        rejects = sorted(rows.rejects, key=lambda reject: (reject.source, reject.line))
        return Result(chunk.number, data, len(kept), rejects, chunk.position)


def killed(chunk: Chunk) -> Result:
    """Return the result of a chunk that ended every worker it was given to: all of its rows are rejects."""
    first, last = chunk.span
    reason = (
        f"expected a worker to outlive lines {first} to {last}, found it killed twice on them; "
        f"there may be too little memory: score these lines alone, with one worker"
    )
    if chunk.batch is not None:
        rejects = [Reject(chunk.source, line, reason) for line in range(first, last + 1)]
    else:
        names = chunk.names or [chunk.source] * len(chunk.lines)
        rejects = [
            Reject(name, line.number, reason, line.data[:100_000].decode("utf-8", "backslashreplace").rstrip("\r\n"))
            for name, line in zip(names, chunk.lines, strict=True)
        ]
    return Result(chunk.number, b"", 0, rejects, chunk.position)
