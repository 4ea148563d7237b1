"""Staged flat columns -> one CSV or Parquet file: the columns of all chunks, of types that hold every chunk's."""

import gzip
import hashlib
import io
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from classifier.tables.formats import Compression, Format, Kind
from classifier.tables.values import json_text

GROUP_ROWS: Final = 50_000
"""Rows after which a Parquet row group ends."""
GROUP_BYTES: Final = 32 << 20


class _Hashed(io.BufferedWriter):
    """A file whose SHA-256 is taken while it is written, and that the disk holds when it is closed."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path, "wb"))
        self.sha256 = hashlib.sha256()

    def write(self, data: Any) -> int:
        """Write all of ``data``."""
        self.sha256.update(data)
        return super().write(data)

    def close(self) -> None:
        """Close the file when the disk holds what was written; streams that compress close it themselves."""
        try:
            if not self.closed:
                self.flush()
                os.fsync(self.fileno())
        finally:
            super().close()


def stitch(staged: Path, ends: Sequence[int], output: Path, kind: Kind, empty: Any, threads: int = 1) -> str:
    """Write the staged chunks, which end at ``ends``, as one file, to the disk; return its SHA-256 in hexadecimal.

    ``empty`` is the schema where there are no chunks.  ``threads`` read chunks, and make CSV of them, at once; what is
    written is the same.
    """
    schema = empty
    for i, each in enumerate(dict.fromkeys(pa.ipc.open_stream(chunk).schema for chunk in _chunks(staged, ends))):
        schema = each if i == 0 else unify(schema, each)
    with _Hashed(output) as file:
        if kind.format is Format.PARQUET:
            batches = _ahead(lambda chunk: _batch(chunk, schema), _chunks(staged, ends), threads)
            with pq.ParquetWriter(file, schema, compression="zstd") as writer:
                for table in _groups(batches, schema):
                    writer.write_table(table)
        else:
            _write_csv(_chunks(staged, ends), schema, file, kind.compression, threads)
    return file.sha256.hexdigest()


def _chunks(staged: Path, ends: Sequence[int]) -> Iterator[Any]:
    """Yield the Arrow stream of each chunk, read when it is wanted: memory does not grow with the file."""
    with pa.OSFile(str(staged)) if ends and ends[-1] else pa.BufferReader(b"") as file:
        start = 0
        for end in ends:
            if end > start:
                file.seek(start)
                yield file.read_buffer(end - start)
            start = end


def _batch(chunk: Any, schema: Any) -> Any:
    """Return the rows of a staged chunk, which are one batch, in the columns of ``schema``."""
    (batch,) = pa.ipc.open_stream(chunk)
    return fit(batch, schema)


def _ahead(function: Callable[[Any], Any], items: Iterable[Any], threads: int) -> Iterator[Any]:
    """Yield ``function`` of each item in order, a few of them worked on ahead by as many threads."""
    if threads == 1:
        yield from map(function, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Any]] = deque()
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def unify(one: Any, other: Any) -> Any:
    """Return a schema with the columns of both, each of a type that holds both's values, text at the last."""
    kinds = {field.name: field.type for field in one}
    for field in other:
        kinds[field.name] = _common(kinds.get(field.name, pa.null()), field.type)
    return pa.schema([pa.field(name, kind) for name, kind in kinds.items()])


def _common(one: Any, other: Any) -> Any:
    if one == other or pa.types.is_null(other):
        return one
    if pa.types.is_null(one):
        return other
    if pa.types.is_integer(one) and pa.types.is_integer(other):
        return one if one.bit_width > other.bit_width else other
    if all(pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in (one, other)):
        return pa.float64()
    return pa.string()


def fit(batch: Any, schema: Any) -> Any:
    """Return ``batch`` with the columns and types of ``schema``."""
    arrays = []
    for field in schema:
        if field.name not in batch.schema.names:
            arrays.append(pa.nulls(batch.num_rows, field.type))
            continue
        array = batch.column(field.name)
        arrays.append(array if array.type == field.type else _cast(array, field.type))
    return pa.record_batch(arrays, schema=schema)


def _cast(array: Any, kind: Any) -> Any:
    if pa.types.is_string(kind) and not pa.types.is_null(array.type):
        return _text(array)
    return pc.cast(array, kind)


def _text(array: Any) -> Any:
    values = array.to_pylist()
    return pa.array([v if v is None or isinstance(v, str) else json.loads(_quoted(v)) for v in values], pa.string())


def _quoted(value: Any) -> str:
    """Return the JSON string of a value's text: of its JSON, or of what stands in for it there."""
    text = json_text(value)
    return text if text.startswith('"') else json.dumps(text)


def _groups(batches: Iterator[Any], schema: Any) -> Iterator[Any]:
    held: list[Any] = []
    rows = size = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        size += batch.nbytes
        if rows >= GROUP_ROWS or size >= GROUP_BYTES:
            yield pa.Table.from_batches(held, schema)
            held, rows, size = [], 0, 0
    if held:
        yield pa.Table.from_batches(held, schema)


def _write_csv(chunks: Iterator[Any], schema: Any, file: BinaryIO, compression: Compression, threads: int) -> None:
    plain = pa.schema([pa.field(f.name, f.type if _is_plain(f.type) else pa.string()) for f in schema])

    def render(chunk: Any) -> Any:
        return _csv(fit(_batch(chunk, schema), plain), header=False)

    with _packed(file, compression) as sink:
        sink.write(_csv(plain.empty_table(), header=True))
        for data in _ahead(render, chunks, threads):
            sink.write(data)


def _csv(rows: Any, *, header: bool) -> Any:
    """Return rows as the bytes of CSV."""
    sink = pa.BufferOutputStream()
    pa.csv.write_csv(rows, sink, pa.csv.WriteOptions(include_header=header))
    return sink.getvalue()


def _is_plain(kind: Any) -> bool:
    return not (pa.types.is_nested(kind) or pa.types.is_dictionary(kind) or pa.types.is_binary(kind))


def _packed(file: BinaryIO, compression: Compression) -> AbstractContextManager[Any]:
    match compression:
        case Compression.GZIP:
            return gzip.GzipFile("", "wb", 6, file, mtime=0)
        case Compression.ZSTD:
            return pa.CompressedOutputStream(file, "zstd")  # type: ignore[no-any-return]
        case Compression.NONE:
            return nullcontext(file)
