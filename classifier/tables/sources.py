"""Where input comes from: paths, globs, folders, standard input and, with fsspec installed, remote places."""

import glob
import gzip
import hashlib
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import pyarrow as pa

from classifier.errors import TableError
from classifier.tables.formats import STANDARD, Compression, Kind, find_kind, input_kind

_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """One input file."""

    name: str
    kind: Kind
    size: int | None
    """Bytes as stored; None for standard input."""

    @property
    def standard(self) -> bool:
        """Whether this is standard input."""
        return self.name == STANDARD


def is_remote(name: str) -> bool:
    """Whether ``name`` is a URL rather than a path on this machine."""
    return "://" in name


def filesystem(name: str) -> tuple[Any, str]:
    """Return the fsspec file system of a URL and the path on it.  Raises TableError where it cannot be had."""
    try:
        import fsspec
    except ModuleNotFoundError as error:
        raise TableError(
            f"expected the package fsspec for the remote path {name}, found it not installed; "
            f"run: pip install 'detente[remote]'"
        ) from error
    try:
        return cast("tuple[Any, str]", fsspec.core.url_to_fs(name))
    except (ImportError, ValueError) as error:
        raise TableError(f"expected a reachable file system for {name}, found: {error}; check the URL") from error


def expand(inputs: Sequence[str], *, articles: bool = False) -> list[Source]:
    """Return the files that ``inputs`` (paths, globs, folders, URLs, ``-``) name, each folder's and glob's sorted.

    Raises TableError where one names nothing or nothing that can be read.
    """
    found: list[Source] = []
    for name in inputs:
        if name == STANDARD:
            found.append(Source(name, input_kind(name, articles=articles), None))
        elif is_remote(name):
            found.extend(_expand_remote(name, articles))
        else:
            found.extend(_expand_local(name, articles))
    if sum(source.standard for source in found) > 1:
        raise TableError("expected standard input (-) once, found it several times; name it once")
    return found


def _expand_local(name: str, articles: bool) -> list[Source]:
    path = Path(name)
    if path.is_dir():
        names = [str(p) for p in sorted(path.rglob("*")) if p.is_file() and find_kind(p.name, articles=articles)]
    elif not path.exists() and glob.has_magic(name):
        names = sorted(p for p in glob.glob(name, recursive=True) if Path(p).is_file())
    else:
        names = [name]
    if not names:
        raise TableError(f"expected files at {name}, found none that can be read; check the path and the file names")
    try:
        return [Source(each, input_kind(each, articles=articles), Path(each).stat().st_size) for each in names]
    except OSError as error:
        raise TableError(f"expected a file at {name}, found: {error.strerror}; check the path") from error


def _expand_remote(name: str, articles: bool) -> list[Source]:
    system, path = filesystem(name)
    try:
        if glob.has_magic(path):
            paths = sorted(system.glob(path))
        elif system.isdir(path):
            paths = sorted(p for p in system.find(path) if find_kind(p, articles=articles))
        else:
            paths = [path]
        names = [(system.unstrip_protocol(each), system.size(each)) for each in paths]
    except OSError as error:
        raise TableError(f"expected a file at {name}, found: {error}; check the URL and the access to it") from error
    if not names:
        raise TableError(f"expected files at {name}, found none that can be read; check the URL and the file names")
    return [Source(each, input_kind(each, articles=articles), size) for each, size in names]


def open_stored(source: Source) -> BinaryIO:
    """Open a source's bytes as stored, still packed.  Raises TableError where it cannot be opened."""
    if source.standard:
        return sys.stdin.buffer
    try:
        if is_remote(source.name):
            system, path = filesystem(source.name)
            return cast(BinaryIO, system.open(path, "rb"))
        return Path(source.name).open("rb")
    except OSError as error:
        raise TableError(f"expected a readable file at {source.name}, found: {error.strerror or error}") from error


@contextmanager
def open_unpacked(source: Source) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Open a source for reading: its bytes unpacked, and its bytes as stored for telling how far the reading is."""
    stored = open_stored(source)
    try:
        match source.kind.compression:
            case Compression.GZIP:
                yield cast(BinaryIO, gzip.GzipFile(fileobj=stored)), stored
            case Compression.ZSTD:
                packed = pa.CompressedInputStream(pa.PythonFile(stored, mode="r"), "zstd")
                yield cast(BinaryIO, io.BufferedReader(cast(Any, packed), _BLOCK)), stored
            case Compression.NONE:
                yield stored, stored
    finally:
        if not source.standard:
            stored.close()


def fingerprint(source: Source) -> str | None:
    """Return what tells a source's content from another: its SHA-256, a remote file system's own mark, or None."""
    if source.standard:
        return None
    if is_remote(source.name):
        system, path = filesystem(source.name)
        return f"{system.protocol if isinstance(system.protocol, str) else system.protocol[0]}:{system.ukey(path)}"
    with Path(source.name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
