"""Input in pieces of bounded size: what the runner reads and hands to a worker.

Where a chunk ends depends on the input alone, so that a run that is resumed cuts where the first one did.
"""

import csv
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from classifier.errors import TableError
from classifier.tables.formats import Compression, Format
from classifier.tables.lines import MAX_LINE, Line, Lines, read_lines, read_records
from classifier.tables.sources import Source, open_stored, open_unpacked

CHUNK_ROWS: Final = 1000
"""Most rows of a chunk, unless told otherwise."""
CHUNK_BYTES: Final = 4 << 20
"""Bytes after which a chunk ends early."""
_DELIMITERS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of the input hold what; an absent id is the row's number, an absent target no target."""

    text: str = "text"
    id: str = "id"
    target: str = "target"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive rows of one source, or several articles."""

    number: int
    """Of the run, from 0."""
    source: str
    format: Format
    lines: Sequence[Line] = ()
    """The rows of a text format, or an article each."""
    header: tuple[str, ...] = ()
    """The columns of a CSV file."""
    delimiter: str = ","
    first: int = 1
    """Number of the first row of ``batch``, from 1."""
    batch: Any = None
    """The rows of a Parquet file, as a pyarrow RecordBatch."""
    names: tuple[str, ...] = field(default=())
    """The articles' names."""
    position: int = 0
    """Bytes of all sources that were read when the chunk ended."""

    @property
    def span(self) -> tuple[int, int]:
        """Numbers of the first and last row."""
        if self.batch is not None:
            return self.first, self.first + self.batch.num_rows - 1
        return self.lines[0].number, self.lines[-1].number

    def __len__(self) -> int:
        return len(self.lines) if self.batch is None else int(self.batch.num_rows)


def read_chunks(sources: Sequence[Source], columns: Columns, size: int = CHUNK_ROWS) -> Iterator[Chunk]:
    """Read sources in order, in chunks of at most ``size`` rows.

    Raises TableError where one cannot be read on or lacks the text column.
    """
    number, done = 0, 0
    if sources and sources[0].kind.format is Format.ARTICLE:
        for chunk in _article_chunks(sources, size):
            yield replace(chunk, number=number)
            number += 1
        return
    for source in sources:
        read = _parquet_chunks if source.kind.format is Format.PARQUET else _line_chunks
        for chunk in read(source, columns, size):
            yield replace(chunk, number=number, position=done + chunk.position)
            number += 1
        done += source.size or 0


def _line_chunks(source: Source, columns: Columns, size: int) -> Iterator[Chunk]:
    with open_unpacked(source) as (stream, stored):
        try:
            lines = read_lines(_checked(stream, source))
            shape: dict[str, Any] = {}
            if source.kind.format is Format.CSV:
                header, delimiter = _read_header(lines, source, columns)
                shape = {"header": header, "delimiter": delimiter}
                lines = read_records(lines, delimiter.encode())
            for piece in _pieces(lines, size):
                position = 0 if source.standard else stored.tell()
                yield Chunk(0, source.name, source.kind.format, piece, position=position, **shape)
        except (EOFError, zlib.error, OSError) as error:
            raise _unreadable(source, error) from error


def _unreadable(source: Source, error: Exception) -> TableError:
    if source.kind.compression is Compression.NONE:
        return TableError(f"expected to read {source.name} to its end, found: {error}; check the disk or connection")
    return TableError(
        f"expected whole {source.kind.compression} data in {source.name}, found it cut short or damaged ({error}); "
        f"copy the file again. Nothing was moved into place"
    )


def _checked(stream: BinaryIO, source: Source) -> BinaryIO:
    peek: Callable[[int], bytes] | None = getattr(stream, "peek", None)
    start = peek(4)[:4] if peek else b""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise TableError(
            f"expected UTF-8 in {source.name}, found UTF-16; convert it: iconv -f UTF-16 -t UTF-8 IN > OUT"
        )
    if start == b"PAR1":
        raise TableError(f"expected lines in {source.name}, found a Parquet file; name it .parquet")
    if start[:2] == b"\x1f\x8b" and source.kind.compression is Compression.NONE:
        raise TableError(f"expected lines in {source.name}, found gzip; name it with .gz at the end")
    return stream


def _pieces(lines: Iterator[Line], most: int) -> Iterator[Lines]:
    piece, size = Lines(), 0
    for line in lines:
        _, data, fault = line
        if (not data or data.isspace()) and not fault:
            continue
        piece.append(line)
        size += len(data)
        if len(piece) >= most or size >= CHUNK_BYTES:
            yield piece
            piece, size = Lines(), 0
    if piece:
        yield piece


def _read_header(lines: Iterator[Line], source: Source, columns: Columns) -> tuple[tuple[str, ...], str]:
    first = next((line for line in lines if line.data.strip()), None)
    if first is None:
        raise TableError(f"expected a header in {source.name}, found an empty file; the first line names the columns")
    try:
        text = first.data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TableError(f"expected a header in UTF-8 in {source.name}, found {error.reason}; convert it") from error
    found: tuple[str, ...] = ()
    for delimiter in _DELIMITERS:
        header = tuple(next(csv.reader([text], delimiter=delimiter), []))
        if columns.text in header:
            if len(set(header)) < len(header):
                twice = sorted({name for name in header if header.count(name) > 1})
                raise TableError(f"expected every column of {source.name} to be named once, found {twice} twice")
            return header, delimiter
        found = max(found, header, key=len)
    raise _no_column(source, columns.text, found)


def _no_column(source: Source, column: str, found: Sequence[str]) -> TableError:
    named = ", ".join(found[:20])
    return TableError(
        f"expected a column {column!r} in {source.name}, found the columns {named}; name the text's: --text-column"
    )


def _parquet_chunks(source: Source, columns: Columns, size: int) -> Iterator[Chunk]:
    stored = open_stored(source)
    try:
        file = pq.ParquetFile(stored, pre_buffer=False, buffer_size=1 << 20)
        names = file.schema_arrow.names
        if columns.text not in names:
            raise _no_column(source, columns.text, names)
        kind = file.schema_arrow.field(columns.text).type
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
            raise TableError(f"expected strings in the column {columns.text!r} of {source.name}, found {kind}; cast it")
        first, total = 1, max(1, file.metadata.num_rows)
        for batch in file.iter_batches(batch_size=size):
            position = (source.size or 0) * (first + batch.num_rows - 1) // total
            yield Chunk(0, source.name, Format.PARQUET, first=first, batch=batch, position=position)
            first += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        raise TableError(
            f"expected a whole Parquet file in {source.name}, found it damaged or no Parquet ({error}); write it again"
        ) from error
    finally:
        stored.close()


def _article_chunks(sources: Sequence[Source], most: int) -> Iterator[Chunk]:
    lines = Lines()
    names: list[str] = []
    size, done = 0, 0
    for source in sources:
        lines.append(_read_article(source))
        names.append(source.name)
        size += len(lines[-1].data)
        done += source.size or 0
        if size >= CHUNK_BYTES // 16 or len(lines) >= max(1, most // 10):
            yield Chunk(0, names[0], Format.ARTICLE, lines, names=tuple(names), position=done)
            lines, names, size = Lines(), [], 0
    if lines:
        yield Chunk(0, names[0], Format.ARTICLE, lines, names=tuple(names), position=done)


def _read_article(source: Source) -> Line:
    with open_unpacked(source) as (stream, _):
        try:
            data = stream.read(MAX_LINE + 1)
        except (EOFError, zlib.error, OSError) as error:
            return Line(1, b"", str(_unreadable(source, error)))
    if len(data) > MAX_LINE:
        return Line(1, data[:1000], f"expected an article of at most {MAX_LINE:,} bytes, found more; split it")
    return Line(1, data)
