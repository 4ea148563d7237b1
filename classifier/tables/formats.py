"""What a file's name says of it: the format and the compression."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from classifier.errors import TableError

STANDARD: Final = "-"
"""The name of standard input and output."""


class Format(StrEnum):
    """How a file holds statements."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    TEXT = "text"
    ARTICLE = "article"


class Compression(StrEnum):
    """How a file's bytes are packed."""

    NONE = "none"
    GZIP = "gzip"
    ZSTD = "zstd"


@dataclass(frozen=True, slots=True)
class Kind:
    """A file's format and compression."""

    format: Format
    compression: Compression = Compression.NONE


_FORMATS: Final = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".parquet": Format.PARQUET,
    ".txt": Format.TEXT,
}
_ARTICLES: Final = frozenset({".txt", ".md", ".html", ".htm"})
_COMPRESSIONS: Final = {".gz": Compression.GZIP, ".zst": Compression.ZSTD, ".zstd": Compression.ZSTD}
_ENDINGS: Final = ".jsonl, .csv, .tsv, .txt (each also with .gz or .zst) or .parquet"


def suffixes_of(name: str) -> tuple[str, Compression]:
    """Return the ending that names the format, in lower case, and the compression of a file's name."""
    path = PurePosixPath(name.lower())
    packed = _COMPRESSIONS.get(path.suffix, Compression.NONE)
    return (path.suffix if packed is Compression.NONE else PurePosixPath(path.stem).suffix), packed


def find_kind(name: str, *, articles: bool = False) -> Kind | None:
    """Return what ``name`` is by its ending, or None where no format is known by it."""
    if name == STANDARD:
        return Kind(Format.ARTICLE if articles else Format.JSONL)
    ending, packed = suffixes_of(name)
    if articles:
        return Kind(Format.ARTICLE, packed) if ending in _ARTICLES else None
    found = _FORMATS.get(ending)
    if found is None or (found is Format.PARQUET and packed is not Compression.NONE):
        return None
    return Kind(found, packed)


def input_kind(name: str, *, articles: bool = False) -> Kind:
    """Return what an input is.  Raises TableError where its ending names no format that can be read."""
    kind = find_kind(name, articles=articles)
    if kind is None:
        expected = ".txt, .md, .html (each also with .gz or .zst)" if articles else _ENDINGS
        hint = "; turn a JSON array into lines with: jq -c '.[]'" if name.lower().endswith(".json") else ""
        raise TableError(f"expected an input ending in {expected}, found {name}; rename or convert it{hint}")
    return kind


def output_kind(name: str) -> Kind:
    """Return what an output is.  Raises TableError where its ending names no format that can be written."""
    kind = find_kind(name)
    if kind is None or kind.format is Format.TEXT:
        raise TableError(
            f"expected an output ending in .jsonl, .csv (each also with .gz or .zst) or .parquet, or - for standard "
            f"output, found {name}; choose one of them"
        )
    return kind
