"""Tokens of a block -> its units: phrases become one, and so do runs of names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from classifier import units
from classifier.arrays.chunks import PADS, Chunks, Tokens
from classifier.arrays.flags import ARTICLE, CAPITAL, PARTICLE, Codes, Flags, Floats, Places, flags_of
from classifier.arrays.names import runs
from classifier.arrays.ranges import within
from classifier.arrays.table import rows_of
from classifier.slots import ROW_BITS

if TYPE_CHECKING:
    from classifier.words import WordTable


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a block, text behind text, an end behind each.

    ``codes`` and ``flags`` have the shape ``(n,)``, as has ``texts``, each unit's text; those of text ``t`` stand from
    ``firsts[t]`` up to its end at ``ends[t]``.  ``valences`` returns those of the units at some places.
    """

    codes: Codes
    flags: Flags
    firsts: Places
    ends: Places
    texts: Places
    valences: Callable[[Places], Floats]


class Joiner:
    """The phrases of a word table."""

    def __init__(self, table: "WordTable") -> None:
        self.steps = np.asarray(table.steps)
        self.n_openings = len(table.openings)
        self.codes = np.asarray(table.phrase_codes)
        capital = np.full(len(self.codes), units.CAPITAL)
        self.capital = flags_of(self.codes, np.asarray(table.phrase_valences), capital)

    def join(self, tokens: Tokens, known: Chunks) -> Units:
        """Return the units of tokens."""
        flags = known.flags[tokens]
        firsts, lasts, nodes = self._phrases(tokens, known)
        look = flags[firsts]
        tokens = tokens.copy()
        tokens[firsts] = nodes
        joined = np.where(look & CAPITAL != 0, self.capital[nodes], known.flags[nodes])
        flags[firsts] = joined | look & (ARTICLE | PARTICLE)
        inside = np.ones(len(tokens), bool)
        inside[within(firsts + 1, lasts + 1)] = False
        kept = inside.nonzero()[0]
        flags = flags[kept]
        read = runs(flags)
        flags, tokens = flags[read], tokens[kept[read]]
        ends = (tokens == 0).nonzero()[0][PADS - 1 :]
        texts = np.repeat(np.arange(-1, len(ends) - 1), np.diff(ends, prepend=-1))
        valences = known.valences
        return Units(
            known.codes[tokens], flags, ends[:-1] + 1, ends[1:], texts, lambda places: valences[tokens[places]]
        )

    def _phrases(self, tokens: Tokens, known: Chunks) -> tuple[Places, Places, Places]:
        """Return the first token, the last and the node of the phrases that count: the longest ones, leftmost first."""
        opened = known.openings[tokens]
        starts = (opened != 0).nonzero()[0]
        nodes, length = opened[starts].astype(np.int64), 0
        longest = np.zeros((2, len(tokens)), np.int32)
        while len(starts):
            length += 1
            number = known.numbers[tokens[starts + length]]
            going = (number != 0).nonzero()[0]
            starts, nodes = starts[going], nodes[going]
            rows = rows_of(self.steps, nodes << ROW_BITS | number[going])
            going = (rows >= 0).nonzero()[0]
            starts, nodes = starts[going], rows[going] + self.n_openings + 1
            ended = (self.codes[nodes] != 0).nonzero()[0]
            longest[0, starts[ended]], longest[1, starts[ended]] = length, nodes[ended]
        firsts = (longest[0] != 0).nonzero()[0]
        lasts = firsts + longest[0, firsts]
        free = _leftmost(firsts.tolist(), lasts.tolist())
        return firsts[free], lasts[free], longest[1, firsts[free]]


def _leftmost(firsts: list[int], lasts: list[int]) -> list[int]:
    """Return which ranges, in the order of their beginnings, count where those that overlap one before do not."""
    found = []
    end = -1
    for i, first in enumerate(firsts):
        if first > end:
            found.append(i)
            end = lasts[i]
    return found
