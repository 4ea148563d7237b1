"""The linear model in numpy, some texts at a time: how the kernel weighs and scores where it runs as plain Python.

It computes what ``_distinct``, ``_weigh``, ``_sum`` and ``_calibrate`` of :mod:`classifier.kernel` compute where that
is compiled; the tests hold both together.  A text's numbers do not depend on the texts beside it: each is summed in the
order of its features.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate, chain
from math import log, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.features import BLOCK_OF_FAMILY, BLOCKS, FAMILY_SHIFT

AT_ONCE: Final = 32
"""How many texts are scored at once: so few that their weights stay in the processor's caches."""
REMEMBERED: Final = 1 << 16
"""Most features of which it is remembered what the model knows; over it, all are forgotten."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Weighed = tuple[list[int], list[float]]
"""The rows and the weights of a text's features, each feature once."""


class _Memory(dict[int, tuple[int, int, float] | None]):
    """Feature -> (row, block, inverse document frequency), None where the model has none."""

    def __init__(self, row: Callable[[int], int], matrix: npt.NDArray[np.float32]) -> None:
        super().__init__()
        self.row = row
        self.matrix = matrix

    def __missing__(self, key: int) -> tuple[int, int, float] | None:
        if len(self) >= REMEMBERED:
            self.clear()
        row = self.row(key)
        found = (row, BLOCK_OF_FAMILY[key >> FAMILY_SHIFT], float(self.matrix[row, -1])) if row >= 0 else None
        self[key] = found
        return found


class Arrays:
    """The arrays of the model; ``row`` returns a feature's row, -1 where it has none."""

    def __init__(
        self,
        weights: npt.ArrayLike,
        row: Callable[[int], int],
        intercepts: npt.ArrayLike,
        biases: npt.ArrayLike,
        scales: npt.ArrayLike,
        starts: npt.ArrayLike,
    ) -> None:
        self.matrix: npt.NDArray[np.float32] = np.asarray(weights)
        self.memory = _Memory(row, self.matrix)
        first = np.asarray(starts, np.int64)
        self.starts: Ints = first[:-1]
        self.head: Ints = np.repeat(np.arange(len(first) - 1), (first[1:] - first[:-1]).astype(np.int64))
        self.scales: Floats = np.asarray(scales, np.float64)[self.head]
        self.shifts: Floats = self.scales * np.asarray(intercepts, np.float64) + np.asarray(biases, np.float64)

    def weigh(self, keys: Sequence[int], own_keys: Sequence[int], own_values: Sequence[float]) -> Weighed:
        """Weigh a text's features, with repetitions, and those that have values of their own."""
        memory = self.memory
        found: list[tuple[int, int, float]] = []
        squares = [0.0] * BLOCKS
        for key, count in Counter(keys).items():
            known = memory[key]
            if known is not None:
                if count > 1:
                    known = known[0], known[1], known[2] * (1 + log(count))
                found.append(known)
        for _, block, weight in found:
            squares[block] += weight * weight
        lengths = [*map(sqrt, squares)]
        rows = [row for row, _, _ in found]
        weights = [weight / lengths[block] for _, block, weight in found]
        for key, value in zip(own_keys, own_values, strict=True):
            known = memory[key]
            if known is not None:
                rows.append(known[0])
                weights.append(value)
        return rows, weights

    def score(self, texts: Sequence[Weighed]) -> Floats:
        """Return the probabilities of all heads, shape ``(n, n_outputs)``; there is at least one text."""
        rows, weights = texts[0] if len(texts) == 1 else ([*chain(*column)] for column in zip(*texts, strict=True))
        shares = self.matrix.take(rows, axis=0)[:, :-1] * np.array(weights)[:, None]
        filled = [i for i in range(len(texts)) if texts[i][0]]
        starts = [0, *accumulate(len(texts[i][0]) for i in filled[:-1])]
        if len(filled) == len(texts):
            sums = np.add.reduceat(shares, starts, axis=0)
        else:
            sums = np.zeros((len(texts), shares.shape[1]))
            if filled:
                sums[filled] = np.add.reduceat(shares, starts, axis=0)
        sums *= self.scales
        sums += self.shifts
        sums -= np.maximum.reduceat(sums, self.starts, axis=1).take(self.head, axis=1)
        np.exp(sums, out=sums)
        sums /= np.add.reduceat(sums, self.starts, axis=1).take(self.head, axis=1)
        return sums
