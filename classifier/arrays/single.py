"""One text: its features are found in dictionaries, then weighed and summed as those of a block are.

A call of numpy takes as long as a loop over some twenty units; so there are as few of both as can be.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

import numpy as np

from classifier.arrays.flags import Floats, Places
from classifier.arrays.weigh import FACTORS, Weights, factors
from classifier.features import BLOCKS
from classifier.scope import ASIDE

REMEMBERED: Final = 1 << 16
"""Most things of a kind of which it is remembered what the model knows, unless told otherwise."""
_ABOVE: Final = np.iinfo(np.intp).max
"""What is larger than any row."""
_Pair = tuple[int, int]
_Asked = TypeVar("_Asked")


class WordKeys(NamedTuple):
    """How the kernel makes features of units' codes and contexts, 0 for none."""

    plain: Callable[[int], int]
    scoped: Callable[[int, int], int]
    pair: Callable[[int, int, int], int]


class _Memory(dict[_Asked, int]):
    """What was asked for -> the row of its feature, -1 where the model has none.

    Over ``limit`` it forgets all and begins again.
    """

    def __init__(self, row: Callable[[_Asked], int], limit: int) -> None:
        super().__init__()
        self.row = row
        self.limit = limit

    def __missing__(self, asked: _Asked) -> int:
        if len(self) >= self.limit:
            self.clear()
        found = self[asked] = self.row(asked)
        return found


class Single:
    """Weighs and scores one text; safe to share between threads.

    ``row`` returns a feature's row, -1 where it has none; at most ``limit`` things of each kind are remembered.
    """

    def __init__(self, row: Callable[[int], int], keys: WordKeys, weights: Weights, limit: int = REMEMBERED) -> None:
        self.keys = keys
        self.weights = weights
        self.heads = weights.heads
        self.rows = _Memory(row, limit)
        self.plain: _Memory[int] = _Memory(lambda code: row(keys.plain(code)), limit)
        self.scoped: _Memory[_Pair] = _Memory(lambda unit: row(keys.scoped(*unit)), limit)
        self.pairs: _Memory[_Pair] = _Memory(lambda pair: row(keys.pair(*pair, 0)), limit)
        self.aside: _Memory[_Pair] = _Memory(lambda pair: row(keys.pair(*pair, ASIDE)), limit)

    def score(
        self,
        codes: Sequence[int],
        contexts: Sequence[int],
        has_asides: bool,
        keys: Sequence[int],
        own_keys: Sequence[int],
        own_values: Sequence[float],
    ) -> list[float]:
        """Return the probabilities of all heads, by the units whose words count, and by the features of all else.

        Some of the units stand in the background or in relative clauses if there are any asides.
        """
        scoped, pairs, aside = self.scoped, self.pairs, self.aside
        rows = [
            -1,
            *map(self.plain.__getitem__, codes),
            *[scoped[unit] for unit in zip(codes, contexts, strict=True) if unit[1]],
            *map(self.rows.__getitem__, keys),
        ]
        if has_asides:
            neighbours = zip(pairwise(codes), contexts[1:], strict=True)
            rows += [(aside if context & ASIDE else pairs)[pair] for pair, context in neighbours]
        else:
            rows += map(pairs.__getitem__, pairwise(codes))
        rows.append(_ABOVE)
        return self.heads.score_one(*self._weigh(rows, own_keys, own_values))

    def weigh(self, keys: Sequence[int], own_keys: Sequence[int], own_values: Sequence[float]) -> tuple[Places, Floats]:
        """Return the rows and the weights of features, each once; those with values of their own stand last."""
        return self._weigh([-1, *map(self.rows.__getitem__, keys), _ABOVE], own_keys, own_values)

    def _weigh(
        self, rows: Sequence[int], own_keys: Sequence[int], own_values: Sequence[float]
    ) -> tuple[Places, Floats]:
        """Return the rows and the weights of features whose rows stand between a smaller and a larger number."""
        own = [*map(self.rows.__getitem__, own_keys)]
        if -1 in own:
            own_values = [value for row, value in zip(own, own_values, strict=True) if row >= 0]
            own = [row for row in own if row >= 0]
        several = np.fromiter(rows, np.intp, len(rows))
        several.sort()
        later = several[1:]
        first = (later != several[:-1]).nonzero()[0]
        start = first[:-1]
        found = later.take(start)
        weights = self.weights.frequencies.take(found)
        if len(found) < len(rows) - 2 - first[0]:
            counts = first[1:] - start
            weights *= FACTORS.take(counts) if len(rows) < len(FACTORS) else factors(counts)
        blocks = self.weights.blocks.take(found)
        weights /= np.sqrt(np.bincount(blocks, weights * weights, BLOCKS)).take(blocks)
        if own:
            return np.concatenate([found, own]), np.concatenate([weights, own_values])
        return found, weights
