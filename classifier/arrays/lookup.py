"""Words -> what the word table knows of them, many at once: the twin of the kernel's ``_entry``, for plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from classifier import scope, units
from classifier.arrays.flags import LOOK_SHIFT, LOWER, PERSON, Codes, Flags, Floats, Mask, Places, flags_of
from classifier.arrays.letters import Bytes, Letters, Spelling, capitals_of, columns_of, lowered
from classifier.slots import HASH_BITS, ROW_BITS

if TYPE_CHECKING:
    from classifier.words import WordTable

_LOW: Final = (1 << ROW_BITS) - 1
_NAME: Final = -2
"""The row of a name that is not listed; that of an unknown word is -1."""
_SHORTEST: Final = 3
"""How many letters are left at least of a word without its ending."""
_IS_LAST: Final = np.isin(np.arange(256), [*b"sdgrt"])
"""Which letters the endings end with."""
_TAIL: Final = 5
"""How many letters from the end it takes to see an ending of three behind a doubled letter."""
_SPECIAL: Final = {**dict.fromkeys(scope.PARTICLES, units.PARTICLE), **dict.fromkeys(scope.ARTICLES, units.ARTICLE)}
_SPECIAL_CRCS: Final = [crc32(word.lower().encode()) for word in _SPECIAL]
_LONGEST_SPECIAL: Final = max(map(len, _SPECIAL))


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of words, each field of shape ``(n,)``; ``order`` is their place among those asked for."""

    order: Places
    codes: Codes
    valences: Floats
    flags: Flags
    numbers: Codes
    openings: Codes


class Vocabulary:
    """The word table, for many words at once; behind its rows stand two more: a name's, and that of an unknown word."""

    def __init__(self, table: "WordTable") -> None:
        self.letters = np.asarray(table.letters)
        self.ends = np.asarray(table.ends)
        self.codes = np.append(table.codes, [units.NAME_CODE, 0])
        self.valences = np.append(table.valences, [0.0, 0.0])
        looks = np.zeros(len(self.codes), np.int64)
        self.flags = flags_of(self.codes, self.valences, looks)
        self.capital = flags_of(self.codes, self.valences, looks + units.CAPITAL)
        self.slots = np.asarray(table.word_slots)
        self.openings = np.append(table.openings, 0)
        self.last = len(self.slots) - 1

    def look_up(self, words: Spelling) -> Found:
        """Return what is known of plain words; there is at least one."""
        letters, sizes, order = columns_of(words)
        capitals = capitals_of(letters)
        cased = np.flatnonzero(capitals.any(axis=0))
        small = Letters.of(lowered(letters), sizes)
        every = np.arange(len(order))
        no_letter = np.zeros(len(order), np.uint8)
        low = self._find(small, every, sizes, no_letter)
        known = self._with_code(low)
        if len(cased):
            written = Letters.of(letters[:, cased], sizes[cased])
            rows = self._with_code(self._find(written, every[: len(cased)], written.sizes, no_letter))
            known[cased] = np.where(rows >= 0, rows, known[cased])
        unknown = (known < 0).nonzero()[0]
        known[unknown] = self._bases(small, unknown)
        name = cased[known[cased] < 0]
        known[name] = _NAME
        flags = self.flags[known] | LOWER
        looks = _looks(capitals[:, cased], sizes[cased])
        large = looks & units.CAPITAL != 0
        flags[cased] = np.where(large, self.capital[known[cased]], self.flags[known[cased]]) | looks << LOOK_SHIFT
        flags[name] |= PERSON
        short = (sizes <= _LONGEST_SPECIAL).nonzero()[0]
        for i in short[np.isin(small.crcs(short, sizes[short], no_letter[short]), _SPECIAL_CRCS)].tolist():
            flags[i] |= _SPECIAL.get(bytes(letters[: sizes[i], i]).decode(), 0) << LOOK_SHIFT
        number = np.where(low < len(self.openings) - 1, low, -1)
        return Found(order, self.codes[known], self.valences[known], flags, number + 1, self.openings[number])

    def _with_code(self, rows: Places) -> Places:
        """Return rows, -1 for none and for those of words that are known only within phrases."""
        return np.where(self.codes[rows] != 0, rows, -1)

    def _bases(self, words: Letters, which: Places) -> Places:
        """Return the rows of words of which some may be inflections, the first that is known; -1 for none."""
        found = np.full(len(which), -1)
        last = words.letters[words.sizes[which] - 1, which]
        inflected = _IS_LAST[last].nonzero()[0]
        which = which[inflected]
        tried = [(mask.nonzero()[0], cut, letter) for mask, cut, letter in _inflections(words, which)]
        some = np.concatenate([each for each, _, _ in tried])
        counts = [len(each) for each, _, _ in tried]
        part = which[some]
        sizes = words.sizes[part] - np.repeat([cut for _, cut, _ in tried], counts)
        letters = np.repeat(np.array([letter for _, _, letter in tried], np.uint8), counts)
        rows = self._with_code(self._find(words, part, sizes, letters))
        # the first that is tried is written last
        known = (rows >= 0).nonzero()[0][::-1]
        found[inflected[some[known]]] = rows[known]
        return found

    def _find(self, words: Letters, which: Places, sizes: Places, letters: Bytes) -> Places:
        """Return the rows of some words' first ``sizes`` letters and, unless it is 0, one of ``letters``; or -1."""
        number = words.crcs(which, sizes, letters) & HASH_BITS
        rows, place, waiting = np.full(len(which), -1), number & self.last, np.arange(len(which))
        while len(waiting):
            entries = self.slots[place]
            same = (entries >> ROW_BITS == number[waiting]).nonzero()[0]
            if len(same):
                hit, found = waiting[same], (entries[same] & _LOW) - 1
                right = self._spell(found, words, which[hit], sizes[hit], letters[hit])
                rows[hit[right]] = found[right]
            going = ((entries != 0) & (rows[waiting] < 0)).nonzero()[0]
            waiting, place = waiting[going], place[going] + 1 & self.last
        return rows

    def _spell(self, rows: Places, words: Letters, which: Places, sizes: Places, letters: Bytes) -> Mask:
        """Return whether rows of the table have just these letters."""
        starts, ends = self.ends[rows], self.ends[rows + 1]
        found = ends - starts == sizes + (letters != 0)
        found &= (letters == 0) | (self.letters[ends - 1] == letters)
        places = np.repeat(np.arange(len(rows)), sizes)
        back = np.arange(len(places)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        written = words.letters[back, which[places]]
        listed = self.letters[np.minimum(starts[places] + back, len(self.letters) - 1)]
        found[places[written != listed]] = False
        return np.asarray(found)


def _inflections(words: Letters, which: Places) -> Iterator[tuple[Mask, int, int]]:
    """Yield which words have an ending, how much of it is cut and what is put there: :func:`classifier.stem.bases`."""
    sizes = words.sizes[which]
    tail = [words.letters[np.maximum(sizes - back, 0), which] for back in range(1, _TAIL + 1)]

    def ends_with(ending: str) -> Mask:
        found: Mask = sizes >= len(ending)
        for letter, letters in zip(reversed(ending), tail, strict=False):
            found &= letters == ord(letter)
        return np.asarray(found)

    yield ends_with("ies") | ends_with("ied"), 3, ord("y")
    several = ends_with("s") & ~ends_with("ss")
    yield several, 1, 0
    yield several & ends_with("es"), 2, 0
    for ending in ("ed", "ing", "er", "est"):
        mask, cut = ends_with(ending) & (sizes - len(ending) >= _SHORTEST), len(ending)
        yield mask, cut, ord("e")
        yield mask, cut, 0
        yield mask & (tail[cut] == tail[cut + 1]), cut + 1, 0


def _looks(capitals: Mask, sizes: Places) -> Codes:
    """Return what the case of words that are not all in small letters says."""
    look = np.where(capitals.sum(axis=0) == sizes, units.UPPER, units.LOWER)
    return np.asarray(look | np.where(capitals[0], units.CAPITAL, 0))
