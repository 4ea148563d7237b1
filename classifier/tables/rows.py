"""A chunk's rows: what is to be scored of each, and the rest of it, to be kept."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pyarrow as pa

from classifier.tables.chunks import Columns
from classifier.tables.lines import Line
from classifier.tables.values import encodable

LONGEST_ORIGINAL: Final = 100_000
"""Most characters of a row that a reject keeps."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot be scored."""

    source: str
    line: int
    reason: str
    original: str | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the fields by name, ready for JSON."""
        return {"source": self.source, "line": self.line, "reason": self.reason, "original": self.original}


class Row(NamedTuple):
    """What is scored of a row, and where the row stands."""

    line: int
    id: Any
    text: str
    target: str | None
    own: bool = False
    """Whether the row names its id itself."""


class Rows(ABC):
    """The rows of a chunk that could be read, and the rejects among them."""

    def __init__(self, source: str, columns: Columns) -> None:
        self.source = source
        self.names = columns
        self.rows: list[Row] = []
        self.rejects: list[Reject] = []

    def objects(self, kept: Sequence[int]) -> list[str]:
        """Return each kept row as JSON object text, as given wherever it can be."""
        return self._objects(kept)

    def columns(self, kept: Sequence[int]) -> dict[str, Any]:
        """Return the columns of the kept rows as Arrow arrays by name, their types kept."""
        return self._columns(kept)

    def original(self, index: int) -> str:
        """Return a row as it was given."""
        return self._original(index)

    def keys(self, index: int) -> Iterable[str]:
        """Return the names of a row's columns."""
        return self._keys(index)

    @abstractmethod
    def _objects(self, kept: Sequence[int]) -> list[str]: ...

    @abstractmethod
    def _columns(self, kept: Sequence[int]) -> dict[str, Any]: ...

    @abstractmethod
    def _original(self, index: int) -> str: ...

    @abstractmethod
    def _keys(self, index: int) -> Iterable[str]: ...

    def batch(self) -> Any:
        """Return what is scored, as a record batch for the core."""
        texts = pa.array([encodable(row.text) for row in self.rows], type=pa.string())
        targets = pa.array([row.target and encodable(row.target) for row in self.rows], type=pa.string())
        return pa.record_batch([texts, targets], names=["text", "target"])

    def refuse(self, line: int, reason: str, original: str | bytes | None) -> None:
        """Add a reject."""
        if isinstance(original, bytes):
            original = original[: 4 * LONGEST_ORIGINAL].decode("utf-8", "backslashreplace").rstrip("\r\n")
        self.rejects.append(Reject(self.source, line, reason, original and original[:LONGEST_ORIGINAL]))

    def refuse_row(self, index: int, reason: str) -> None:
        """Add a reject for a row that was read but cannot be scored."""
        self.refuse(self.rows[index].line, reason, self.original(index))


def decode(line: Line) -> str:
    """Return a line's text.  Raises ValueError, with the sentence to show, where it is faulty or not UTF-8."""
    if line.fault:
        raise ValueError(line.fault)
    try:
        return line.data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"expected UTF-8, found the byte 0x{line.data[error.start]:02x} at {error.start}; save the file as UTF-8"
        ) from error
