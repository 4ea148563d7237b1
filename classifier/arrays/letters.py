"""Words as letters in columns, and the CRC-32 of their beginnings, letter by letter for all words at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from classifier.arrays.flags import Mask, Places

Bytes = npt.NDArray[np.uint8]
States = npt.NDArray[np.uint32]

MARKS: Final = ',.;:!?)"'
"""Marks that may close a chunk that is a word otherwise."""
MARK_PLACES: Final = np.array([MARKS.find(chr(i)) for i in range(256)])
"""Where each character stands among the marks, -1 where it does not."""
_BETWEEN, _SMALL, _FIRST, _LETTERS = ord("\n"), np.uint8(ord("a") - ord("A")), np.uint8(ord("a")), 26
_MOST: Final = 255
_ALL: Final = np.uint32(0xFFFFFFFF)


def _crc_table() -> States:
    """Return the table by which :func:`zlib.crc32` can be continued letter by letter."""
    found = np.zeros(256, np.uint32)
    for i in range(256):
        found[i ^ 255] = crc32(bytes([i])) ^ 0xFF000000
    return found


_CRCS: Final = _crc_table()


@dataclass(frozen=True, slots=True)
class Spelling:
    """Chunks as characters one behind the other, and where their words are; each but ``characters`` is ``(n,)``.

    The word of chunk ``i`` has ``sizes[i]`` characters from ``starts[i]`` on, a mark that is ``marked`` behind it left
    out; it is ``plain`` where all are ASCII letters.
    """

    characters: Bytes
    starts: Places
    sizes: Places
    marked: Mask
    plain: Mask

    @classmethod
    def of(cls, chunks: Sequence[str]) -> "Spelling":
        """Return the spelling of chunks, each of one or more characters and without white space."""
        characters = _characters("\n".join([*chunks, ""]))
        ends = (characters == _BETWEEN).nonzero()[0]
        starts = np.append(0, ends[:-1] + 1)
        marked = (MARK_PLACES[characters[ends - 1]] >= 0) & (ends - starts > 1)
        letters = (characters | _SMALL) - _FIRST < _LETTERS
        letters[ends] = True
        letters[ends[marked] - 1] = True
        plain = np.ones(len(chunks), bool)
        plain[np.searchsorted(ends, (~letters).nonzero()[0])] = False
        return cls(characters, starts, ends - starts - marked, marked & plain, plain)

    def take(self, which: Mask) -> "Spelling":
        """Return some of the chunks."""
        return Spelling(self.characters, self.starts[which], self.sizes[which], self.marked[which], self.plain[which])


@dataclass(frozen=True, slots=True)
class Letters:
    """Words of ASCII letters, the longest first.

    ``letters[j, i]`` is letter ``j`` of word ``i``, 0 behind its end; ``sizes`` has the shape ``(n,)``;
    ``states[j, i]`` is the state of the CRC before letter ``j``.
    """

    letters: Bytes
    sizes: Places
    states: States

    @classmethod
    def of(cls, letters: Bytes, sizes: Places) -> "Letters":
        """Return words with their states."""
        states = np.empty((len(letters) + 1, len(sizes)), np.uint32)
        states[0] = _ALL
        for j, count in enumerate(_counts(sizes)):
            states[j + 1, :count] = _step(states[j, :count], letters[j, :count])
        return cls(letters, sizes, states)

    def crcs(self, which: Places, sizes: Places, letters: Bytes) -> npt.NDArray[np.int64]:
        """Return the CRCs of the first ``sizes`` letters of some words and, unless it is 0, one of ``letters``."""
        found = self.states[sizes, which]
        some = (letters != 0).nonzero()[0]
        found[some] = _step(found[some], letters[some])
        return (found ^ _ALL).astype(np.int64)


def _characters(text: str) -> Bytes:
    """Return the characters of a text as bytes, 255 for all that are none."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    return np.asarray(np.minimum(wide, _MOST), np.uint8)


def capitals_of(letters: Bytes) -> Mask:
    """Return which letters are capitals."""
    return np.asarray(letters - (_FIRST - _SMALL) < _LETTERS)


def lowered(letters: Bytes) -> Bytes:
    """Return letters in lower case."""
    return np.asarray(letters + capitals_of(letters) * _SMALL)


def columns_of(spelling: Spelling) -> tuple[Bytes, Places, Places]:
    """Return plain words as columns, the longest first, their sizes, and which word each column is."""
    # bytes are sorted by counting
    order = np.argsort((_MOST - spelling.sizes).astype(np.uint8), kind="stable")
    sizes, starts = spelling.sizes[order], spelling.starts[order]
    letters: Bytes = np.zeros((sizes[0], len(sizes)), np.uint8)
    for j, count in enumerate(_counts(sizes)):
        letters[j, :count] = spelling.characters[starts[:count] + j]
    return letters, sizes, order


def _counts(sizes: Places) -> list[int]:
    """Return how many of the words, the longest first, have a letter at each place."""
    return [int(n) for n in np.searchsorted(-sizes, -np.arange(sizes[0]))]


def _step(states: States, letters: Bytes) -> States:
    return np.asarray(_CRCS.take(states.astype(np.uint8) ^ letters) ^ (states >> np.uint32(8)))
