"""The rows of each format."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from classifier.tables.chunks import Chunk, Columns
from classifier.tables.formats import Format
from classifier.tables.lines import MAX_LINE
from classifier.tables.rows import Row, Rows, decode
from classifier.tables.values import column_of, json_text


class JsonRows(Rows):
    """Lines of JSON objects."""

    def __init__(self, chunk: Chunk, columns: Columns) -> None:
        super().__init__(chunk.source, columns)
        self.values: list[dict[str, Any]] = []
        self.raw: list[str] = []
        for line in chunk.lines:
            try:
                raw = decode(line).strip()
                row = self._read(raw, line.number, columns)
            except ValueError as error:
                self.refuse(line.number, str(error), line.data)
            else:
                self.rows.append(row)
                self.raw.append(raw)

    def _read(self, raw: str, number: int, columns: Columns) -> Row:
        try:
            value = _DECODER.decode(raw)
        except RecursionError as error:
            raise ValueError("expected a JSON object, found one nested too deeply to read; flatten it") from error
        except json.JSONDecodeError as error:
            raise ValueError(
                f"expected a JSON object, found broken JSON ({error.msg} at {error.colno}); mend it"
            ) from error
        if not isinstance(value, dict):
            raise ValueError(f'expected a JSON object, found {type(value).__name__}; write {{"text": ...}}')
        text = value.get(columns.text)
        if not isinstance(text, str):
            found = "no such key" if columns.text not in value else type(text).__name__.replace("NoneType", "null")
            raise ValueError(
                f"expected a string at {columns.text!r}, found {found}; name the text's key: --text-column"
            )
        target = value.get(columns.target)
        if target is not None and not isinstance(target, str):
            raise ValueError(f"expected a string or null at {columns.target!r}, found {type(target).__name__}")
        identity = value.get(columns.id)
        self.values.append(value)
        return Row(number, number if identity is None else identity, text, _target(target), identity is not None)

    def _objects(self, kept: Sequence[int]) -> list[str]:
        return [self.raw[i] for i in kept]

    def _columns(self, kept: Sequence[int]) -> dict[str, Any]:
        names = dict.fromkeys(name for i in kept for name in self.values[i])
        return {name: column_of([self.values[i].get(name) for i in kept]) for name in names}

    def _original(self, index: int) -> str:
        return self.raw[index]

    def _keys(self, index: int) -> Iterable[str]:
        return self.values[index]


def _no_constant(name: str) -> None:
    raise ValueError(f"expected JSON, found {name}, which JSON does not have; write null")


_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)


def _target(value: str | None) -> str | None:
    return value if value and value.strip() else None


class TextRows(Rows):
    """Lines of plain text, a statement each."""

    def __init__(self, chunk: Chunk, columns: Columns) -> None:
        super().__init__(chunk.source, columns)
        for line in chunk.lines:
            try:
                text = decode(line).rstrip("\r\n")
            except ValueError as error:
                self.refuse(line.number, str(error), line.data)
            else:
                self.rows.append(Row(line.number, line.number, text, None))

    def _objects(self, kept: Sequence[int]) -> list[str]:
        return [json_text({"text": self.rows[i].text}) for i in kept]

    def _columns(self, kept: Sequence[int]) -> dict[str, Any]:
        return {"text": column_of([self.rows[i].text for i in kept])}

    def _original(self, index: int) -> str:
        return self.rows[index].text

    def _keys(self, index: int) -> Iterable[str]:
        return ("text",)


class CsvRows(Rows):
    """Records of a CSV file."""

    def __init__(self, chunk: Chunk, columns: Columns) -> None:
        super().__init__(chunk.source, columns)
        csv.field_size_limit(MAX_LINE)
        self.header = chunk.header
        self.cells: list[list[str]] = []
        self.raw: list[bytes] = []
        at = {name: i for i, name in enumerate(chunk.header)}
        text, identity, target = at[columns.text], at.get(columns.id), at.get(columns.target)
        for line in chunk.lines:
            try:
                cells = self._read(decode(line), chunk.delimiter)
            except (ValueError, csv.Error) as error:
                self.refuse(line.number, str(error), line.data)
                continue
            key = cells[identity] if identity is not None else ""
            toward = None if target is None else _target(cells[target])
            self.rows.append(Row(line.number, key or line.number, cells[text], toward, bool(key)))
            self.cells.append(cells)
            self.raw.append(line.data)

    def _read(self, record: str, delimiter: str) -> list[str]:
        cells = next(csv.reader([record], delimiter=delimiter, strict=True))
        if len(cells) != len(self.header):
            raise ValueError(
                f"expected {len(self.header)} fields as in the header, found {len(cells)}; "
                f"put quotation marks around fields that hold the delimiter"
            )
        return cells

    def _objects(self, kept: Sequence[int]) -> list[str]:
        return [json_text(dict(zip(self.header, self.cells[i], strict=True))) for i in kept]

    def _columns(self, kept: Sequence[int]) -> dict[str, Any]:
        cells = [self.cells[i] for i in kept]
        return {name: pa.array([row[at] for row in cells], pa.string()) for at, name in enumerate(self.header)}

    def _original(self, index: int) -> str:
        return self.raw[index].decode("utf-8").rstrip("\r\n")

    def _keys(self, index: int) -> Iterable[str]:
        return self.header


class ParquetRows(Rows):
    """Rows of a Parquet file."""

    def __init__(self, chunk: Chunk, columns: Columns) -> None:
        super().__init__(chunk.source, columns)
        present = chunk.batch.schema.names
        texts = chunk.batch.column(columns.text).to_pylist()
        nothing: list[Any] = [None] * len(texts)
        targets = chunk.batch.column(columns.target).to_pylist() if columns.target in present else nothing
        ids = chunk.batch.column(columns.id).to_pylist() if columns.id in present else nothing
        good: list[int] = []
        for i, (text, target, key) in enumerate(zip(texts, targets, ids, strict=True)):
            line = chunk.first + i
            if text is None or not isinstance(target, str | None):
                found = f"null at {columns.text!r}" if text is None else f"{target!r} at {columns.target!r}"
                original = json_text(chunk.batch.slice(i, 1).to_pylist()[0])
                self.refuse(line, f"expected a string, found {found}; write one or drop the row", original)
                continue
            good.append(i)
            self.rows.append(Row(line, line if key is None else key, text, _target(target), key is not None))
        self.table = chunk.batch if len(good) == len(texts) else chunk.batch.take(pa.array(good, pa.int64()))

    def _kept(self, kept: Sequence[int]) -> Any:
        return self.table if len(kept) == self.table.num_rows else self.table.take(pa.array(kept, pa.int64()))

    def _objects(self, kept: Sequence[int]) -> list[str]:
        return [json_text(row) for row in self._kept(kept).to_pylist()]

    def _columns(self, kept: Sequence[int]) -> dict[str, Any]:
        return dict(zip(self.table.schema.names, self._kept(kept).columns, strict=True))

    def _original(self, index: int) -> str:
        return json_text(self.table.slice(index, 1).to_pylist()[0])

    def _keys(self, index: int) -> Iterable[str]:
        return tuple(self.table.schema.names)


_READERS: Final[Mapping[Format, Callable[[Chunk, Columns], Rows]]] = {
    Format.JSONL: JsonRows,
    Format.CSV: CsvRows,
    Format.TEXT: TextRows,
    Format.PARQUET: ParquetRows,
}


def read_rows(chunk: Chunk, columns: Columns) -> Rows:
    """Return a chunk's rows, in order."""
    if chunk.format is Format.ARTICLE:
        from classifier.tables.articles import ArticleRows

        return ArticleRows(chunk, columns)
    return _READERS[chunk.format](chunk, columns)
