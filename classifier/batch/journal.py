"""What a run has done already: output written aside chunk by chunk, and a journal that says where each chunk ends.

Beside the output OUTPUT stand, while a run is under way, ``OUTPUT.part`` and ``OUTPUT.journal``, and once it is whole
``OUTPUT.manifest.json``.  The journal's first line is the run's configuration; then there is a line a chunk.
"""

import fcntl
import hashlib
import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from classifier.errors import TableError

FORMAT: Final = 1
"""Raise by one whenever a journal written before could be continued wrongly: other chunk ends or another rendering."""

_PARTS: Final = {
    "inputs": "the input",
    "model": "the model",
    "columns": "the columns",
    "chunk_rows": "--chunk-rows",
    "output": "the output's format",
    "rejects": "the rejects file",
    "format": "this version of detente",
}


def beside(path: Path, ending: str) -> Path:
    """Return the path of a file that belongs to ``path``."""
    return path.with_name(path.name + ending)


@dataclass(frozen=True, slots=True)
class Entry:
    """A chunk that is whole: its rows, and where it ends in the output and in the rejects."""

    chunk: int
    rows: int
    rejects: int
    end: int
    rejects_end: int
    crc: int
    """CRC-32 of the chunk's bytes in the output, then of those in the rejects."""


class Journal:
    """An output under way.

    With ``hashed`` its SHA-256 is taken while it grows, when workers score meanwhile, and not of the whole at the end,
    when they have nothing left to do.
    """

    def __init__(
        self, output: Path, rejects: Path | None, configuration: Mapping[str, Any], *, hashed: bool = False
    ) -> None:
        self.output = output
        self.sha256 = hashlib.sha256() if hashed else None
        """Of what ``OUTPUT.part`` holds up to the end of the last whole chunk."""
        self.configuration = {"format": FORMAT, **configuration}
        self.paths = [beside(output, ".part"), *([beside(rejects, ".part")] if rejects else [])]
        self.path = beside(output, ".journal")
        self.entries: list[Entry] = []
        self._files: list[BinaryIO] = []
        self._journal: BinaryIO | None = None

    @property
    def ends(self) -> list[int]:
        """Where the last whole chunk ends in each file."""
        last = self.entries[-1] if self.entries else None
        return [last.end, last.rejects_end][: len(self.paths)] if last else [0] * len(self.paths)

    def open(self, *, resume: bool) -> int:
        """Open the files, after the last whole chunk with ``resume``; return how many chunks are whole.

        Raises TableError where the folder cannot be written, another run is writing, or ``resume`` finds a run of
        another model, input or options.
        """
        try:
            self._journal = self.path.open("a+b")
            self._lock()
            if resume:
                self.entries = self._whole(self._read())
            for path, end in zip(self.paths, self.ends, strict=True):
                file = path.open("r+b" if path.exists() else "w+b")
                file.truncate(end)
                file.seek(end)
                self._files.append(file)
        except OSError as error:
            raise unwritable(self.output, error) from error
        self._rewrite()
        return len(self.entries)

    def _lock(self) -> None:
        assert self._journal is not None
        try:
            fcntl.flock(self._journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TableError(
                f"expected {self.output} for this run alone, found another run writing it; wait for it or end it"
            ) from error

    def _read(self) -> list[Entry]:
        """Return the entries of a run with the same configuration.  Raises TableError where it was another."""
        assert self._journal is not None
        self._journal.seek(0)
        whole = [line for line in self._journal if line.endswith(b"\n")]
        if not whole:
            return []
        found = json.loads(whole[0])
        wrong = [words for key, words in _PARTS.items() if found.get(key) != self.configuration.get(key)]
        if wrong:
            raise TableError(
                f"expected to continue {self.output} with what it was begun with, found {' and '.join(wrong)} changed; "
                f"bring it back, or leave out --resume to start anew"
            )
        return [Entry(**json.loads(line)) for line in whole[1:]]

    def _whole(self, entries: list[Entry]) -> list[Entry]:
        """Return the entries whose bytes are there as they were written."""
        if not all(path.exists() for path in self.paths):
            return []
        starts = [0] * len(self.paths)
        files = [path.open("rb") for path in self.paths]
        try:
            for i, entry in enumerate(entries):
                ends = [entry.end, entry.rejects_end][: len(files)]
                pieces = [file.read(end - start) for file, start, end in zip(files, starts, ends, strict=True)]
                if checksum(pieces) != entry.crc or entry.chunk != i:
                    return entries[:i]
                self._hash(pieces[0])
                starts = ends
        finally:
            for file in files:
                file.close()
        return entries

    def _rewrite(self) -> None:
        assert self._journal is not None
        lines = [self.configuration, *(asdict(entry) for entry in self.entries)]
        self._journal.truncate(0)
        self._journal.write("".join(f"{json.dumps(line)}\n" for line in lines).encode())
        self._journal.flush()

    def append(self, chunk: int, pieces: Sequence[bytes | bytearray], rows: int, rejects: int) -> None:
        """Write a chunk's bytes, then that it is whole.  Raises TableError where the disk takes no more."""
        assert self._journal is not None
        pieces = pieces[: len(self._files)]
        ends = [end + len(piece) for end, piece in zip(self.ends, pieces, strict=True)]
        entry = Entry(chunk, rows, rejects, ends[0], ends[1] if len(ends) > 1 else 0, checksum(pieces))
        try:
            for file, piece in zip(self._files, pieces, strict=True):
                file.write(piece)
                file.flush()
            self._journal.write(f"{json.dumps(asdict(entry))}\n".encode())
            self._journal.flush()
        except OSError as error:
            raise unwritable(self.output, error, "free some and run the same command with --resume") from error
        self._hash(pieces[0])
        self.entries.append(entry)

    def _hash(self, piece: bytes | bytearray) -> None:
        if self.sha256 is not None:
            self.sha256.update(piece)

    def sync(self, *, output: bool) -> None:
        """Have the disk hold the rejects that were written, and with ``output`` what stands in ``OUTPUT.part``."""
        for file in self._files if output else self._files[1:]:
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Close the files; what was written stays, for another run to resume."""
        for file in (*self._files, self._journal):
            if file is not None:
                try:
                    file.close()
                except OSError:
                    # the disk took no more and append has said so: the bytes still buffered belong to no whole chunk
                    continue
        self._files, self._journal = [], None


def checksum(pieces: Sequence[bytes | bytearray]) -> int:
    """Return the CRC-32 of byte strings one after another."""
    crc = 0
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
    return crc


def unwritable(path: Path, error: OSError, advice: str = "choose another place or mend this one") -> TableError:
    """Return the error for an output that cannot be written."""
    return TableError(f"expected to be able to write {path}, found: {error.strerror or error}; {advice}")
