"""One text: the rows of its features are found in dictionaries, then summed as those of a block are.

A call of numpy takes as long as a loop over some twenty units; so there are as few of both as can be.
"""

from collections.abc import Callable, Sequence
from itertools import compress, pairwise
from operator import getitem
from sys import byteorder
from typing import Final, NamedTuple, TypeVar

import numpy as np

from classifier.arrays.flags import Floats
from classifier.arrays.heads import Heads
from classifier.scope import ASIDE, CONTEXTS

REMEMBERED: Final = 1 << 16
"""Most things of a kind of which it is remembered what the model knows, unless told otherwise."""
_Pair = tuple[int, int]
_Asked = TypeVar("_Asked")
_Found = TypeVar("_Found")


class Keys(NamedTuple):
    """How the kernel makes features of units' codes and contexts, 0 for none, and values of what is felt."""

    plain: Callable[[int], int]
    scoped: Callable[[int, int], int]
    pair: Callable[[int, int, int], int]
    summaries: Callable[[Sequence[float]], Sequence[float]]


_SIZE: Final = np.intp().itemsize
_NONE: Final = b"\xff" * _SIZE
"""The row -1.  Most pairs have it; one object for all of them stays in the processor's caches."""


class Memory(dict[_Asked, _Found]):
    """What was asked for -> what was found; over ``limit`` it forgets all and begins again."""

    def __init__(self, find: Callable[[_Asked], _Found], limit: int) -> None:
        super().__init__()
        self.find = find
        self.limit = limit

    def __missing__(self, asked: _Asked) -> _Found:
        if len(self) >= self.limit:
            self.clear()
        found = self[asked] = self.find(asked)
        return found


class Single:
    """Scores one text; safe to share between threads.

    ``row`` returns a feature's row, -1 where it has none; at most ``limit`` things of each kind are remembered.  Rows
    are bytes of ``intp``, which are joined soonest.
    """

    def __init__(self, row: Callable[[int], int], keys: Keys, heads: Heads, limit: int = REMEMBERED) -> None:
        def packed(key: int) -> bytes:
            found = row(key) if key else -1
            return found.to_bytes(_SIZE, byteorder, signed=True) if found >= 0 else _NONE

        self.keys = keys
        plain, scoped, pair, summaries = keys
        self.heads = heads
        self.rows: Memory[int, bytes] = Memory(packed, limit)
        self.plain: Memory[int, bytes] = Memory(lambda code: packed(plain(code)), limit)
        self.scoped: Memory[_Pair, bytes] = Memory(lambda unit: packed(scoped(unit[0], unit[1])), limit)
        self.pairs: Memory[_Pair, bytes] = Memory(lambda two: packed(pair(two[0], two[1], 0)), limit)
        self.aside: Memory[_Pair, bytes] = Memory(lambda two: packed(pair(two[0], two[1], ASIDE)), limit)
        self.pairs_by_context = [self.aside if context & ASIDE else self.pairs for context in range(CONTEXTS)]
        """Where the pairs are whose second unit stands in a context."""
        self.bases: Memory[tuple[float, ...], Floats] = Memory(lambda felt: heads.base_of(summaries(felt)), limit)

    def score(
        self,
        codes: Sequence[int],
        contexts: Sequence[int],
        has_asides: bool,
        acts: Sequence[int],
        targets: Sequence[int],
        base: Floats,
    ) -> list[float]:
        """Return the probabilities of all heads, by the units whose words count, and by the features of all else.

        Some of the units stand in the background or in relative clauses if there are any asides; ``base`` is what the
        values of the text's own come to (:meth:`Heads.base_of`).
        """
        row = self.rows.__getitem__
        words = {_NONE, *map(self.plain.__getitem__, codes)}
        units = compress(zip(codes, contexts, strict=True), contexts)
        others = {_NONE, *map(self.scoped.__getitem__, units), *map(row, acts)}
        if has_asides:
            others.update(map(getitem, map(self.pairs_by_context.__getitem__, contexts[1:]), pairwise(codes)))
        else:
            # the usual case takes half as long
            others.update(map(self.pairs.__getitem__, pairwise(codes)))
        return self.heads.score_one(words, others, {*map(row, targets)}, base)
