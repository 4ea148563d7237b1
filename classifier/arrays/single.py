"""One text: the rows of its features are found in dictionaries, then summed as those of a block are.

A call of numpy takes as long as a loop over some twenty units; so there are as few of both as can be.
"""

from collections.abc import Callable, Sequence
from itertools import compress, pairwise
from sys import byteorder
from typing import Final, NamedTuple, TypeVar

import numpy as np

from classifier.arrays.heads import Heads
from classifier.scope import ASIDE

REMEMBERED: Final = 1 << 16
"""Most things of a kind of which it is remembered what the model knows, unless told otherwise."""
_Pair = tuple[int, int]
_Asked = TypeVar("_Asked")


class WordKeys(NamedTuple):
    """How the kernel makes features of units' codes and contexts, 0 for none."""

    plain: Callable[[int], int]
    scoped: Callable[[int, int], int]
    pair: Callable[[int, int, int], int]


_SIZE: Final = np.intp().itemsize
_NONE: Final = b"\xff" * _SIZE
"""The row -1.  Most pairs have it; one object for all of them stays in the processor's caches."""


class _Memory(dict[_Asked, bytes]):
    """What was asked for -> the row of its feature as bytes of ``intp``, which are joined soonest; -1 for none.

    Over ``limit`` it forgets all and begins again.
    """

    def __init__(self, row: Callable[[_Asked], int], limit: int) -> None:
        super().__init__()
        self.row = row
        self.limit = limit

    def __missing__(self, asked: _Asked) -> bytes:
        if len(self) >= self.limit:
            self.clear()
        row = self.row(asked)
        found = self[asked] = row.to_bytes(_SIZE, byteorder, signed=True) if row >= 0 else _NONE
        return found


class Single:
    """Scores one text; safe to share between threads.

    ``row`` returns a feature's row, -1 where it has none; at most ``limit`` things of each kind are remembered.
    """

    def __init__(self, row: Callable[[int], int], keys: WordKeys, heads: Heads, limit: int = REMEMBERED) -> None:
        self.keys = keys
        plain, scoped, pair = keys
        self.heads = heads
        self.rows = _Memory(row, limit)
        self.plain: _Memory[int] = _Memory(lambda code: row(plain(code)), limit)
        self.scoped: _Memory[_Pair] = _Memory(lambda unit: row(scoped(unit[0], unit[1])), limit)
        self.pairs: _Memory[_Pair] = _Memory(lambda two: row(pair(two[0], two[1], 0)), limit)
        self.aside: _Memory[_Pair] = _Memory(lambda two: row(pair(two[0], two[1], ASIDE)), limit)

    def score(
        self,
        codes: Sequence[int],
        contexts: Sequence[int],
        has_asides: bool,
        acts: Sequence[int],
        targets: Sequence[int],
        own: Sequence[float],
    ) -> list[float]:
        """Return the probabilities of all heads, by the units whose words count, and by the features of all else.

        Some of the units stand in the background or in relative clauses if there are any asides.
        """
        pairs, aside, row = self.pairs, self.aside, self.rows.__getitem__
        words = {_NONE, *map(self.plain.__getitem__, codes)}
        units = compress(zip(codes, contexts, strict=True), contexts)
        others = {_NONE, *map(self.scoped.__getitem__, units), *map(row, acts)}
        if has_asides:
            neighbours = zip(pairwise(codes), contexts[1:], strict=True)
            others.update([(aside if context & ASIDE else pairs)[pair] for pair, context in neighbours])
        else:
            others.update(map(pairs.__getitem__, pairwise(codes)))
        return self.heads.score_one(words, others, {*map(row, targets)}, own)
