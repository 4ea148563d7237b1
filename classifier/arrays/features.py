"""Texts -> features, a block at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from classifier import units
from classifier.arrays.chunks import PADS, Chunks, Learning, Tokens
from classifier.arrays.feeling import feelings
from classifier.arrays.flags import HYPHEN, LOWER, UPPER, Codes, Flags, Floats, Mask, Places
from classifier.arrays.operators import objects, operators
from classifier.arrays.ranges import within
from classifier.arrays.scope import scope_of
from classifier.arrays.units import Joiner, Units
from classifier.arrays.words import words

if TYPE_CHECKING:
    from classifier.words import WordTable

CHARACTERS: Final = 200_000
"""Most characters that are read at once."""


@dataclass(frozen=True, slots=True)
class Block:
    """The features of texts: ``keys[i]`` is one of the text ``texts[i]``, with repetitions, both ``(n_features,)``.

    The first ``n_plain`` are plain words.  ``own`` are the values of the summary of each text's sentiment, shape
    ``(n_texts, 7)``; ``known`` and ``unknown`` count its words.  Of the texts that are ``odd`` there is nothing: they
    want a closer look.
    """

    keys: Codes
    n_plain: int
    texts: Places
    own: Floats
    known: Places
    unknown: Places
    odd: Mask


class Blocks:
    """Reads texts by a word table, a block at a time; safe to share between threads."""

    def __init__(self, table: "WordTable", learn: Learning, limit: int) -> None:
        self.new = partial(Chunks, table, learn, limit, CHARACTERS)
        self.joiner = Joiner(table)
        self.free: list[Chunks] = []

    def read(self, texts: Sequence[str]) -> Block:
        """Return the features of texts."""
        try:
            chunks = self.free.pop()
        except IndexError:
            chunks = self.new()
        tokens, odd = _without_odd(chunks.tokens(texts), chunks.flags)
        block = self.joiner.join(tokens, chunks)
        self.free.append(chunks)
        return _features_of(block, odd)


def _without_odd(tokens: Tokens, flags: Flags) -> tuple[Tokens, Mask]:
    """Return tokens without those of odd texts, and which texts are odd; ``flags`` are those of all tokens.

    Odd are texts that begin or end with a hyphen that stands alone, and those that have letters and none of them small.
    """
    ends = (tokens == 0).nonzero()[0][PADS - 1 :]
    found = flags[tokens]
    edges = found[ends[:-1] + 1] | found[ends[1:] - 1]
    looks = np.bitwise_or.reduceat(found, ends[:-1])
    odd = (edges & HYPHEN != 0) | (looks & (UPPER | LOWER) == UPPER)
    return np.delete(tokens, within(ends[:-1][odd] + 1, ends[1:][odd])), odd


def _features_of(block: Units, odd: Mask) -> Block:
    scope = scope_of(block)
    keys, places = zip(*words(block, scope), *operators(block, scope), *objects(block, scope), strict=True)
    kinds = block.flags & units.KIND_BITS
    known = np.add.reduceat(kinds == units.WORD, block.firsts, dtype=np.intp)
    unknown = np.add.reduceat(kinds == units.UNKNOWN, block.firsts, dtype=np.intp)
    texts = block.texts[np.concatenate(places)]
    return Block(np.concatenate(keys), len(keys[0]), texts, feelings(block), known, unknown, odd)
