"""Rows of features -> probabilities: the twin of ``_sum`` and ``_normalise`` in :mod:`classifier.kernel`.

Sums of weights are exact (:data:`classifier.scorer.QUANTUM`): a text's numbers depend neither on the order of its
features, nor on the texts beside it, nor on how a library adds them.
"""

from collections.abc import Collection, Sequence
from math import sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.arrays.flags import Codes, Floats, Places
from classifier.arrays.table import rows_of
from classifier.features import BLOCKS, OWN_KEYS

AT_ONCE: Final = 32
"""How many texts are summed at once: so few that their weights stay in the processor's caches."""
USUAL: Final = 1 << 12
"""So many features at most has any but a very long text."""


class Heads:
    """The weights of all heads; the arguments are those of :class:`classifier.kernel.Weigher`."""

    def __init__(self, slots: Codes, weights: npt.ArrayLike, intercepts: npt.ArrayLike, starts: npt.ArrayLike) -> None:
        self.matrix: npt.NDArray[np.float32] = np.asarray(weights)
        first = np.asarray(starts, np.int64)
        self.starts: Codes = first[:-1]
        self.head: Codes = np.repeat(np.arange(len(first) - 1), np.diff(first))
        # a feature that the model does not know has the last row, of zeros
        own = self.matrix[rows_of(slots, np.array(OWN_KEYS))]
        self.base: Floats = np.vstack([np.append(np.asarray(intercepts, np.float64), 0.0), own])
        """The intercepts, and the weights of values of their own."""
        self.ones: Floats = np.ones(USUAL)

    def score(self, rows: Places, starts: Places, own: Floats) -> Floats:
        """Return the probabilities of all heads, shape ``(n_texts, n_outputs)``.

        ``rows`` holds the features of each block of each text, at least one, from ``starts[text * BLOCKS + block]`` on.
        ``own`` are the values of the first of :data:`OWN_KEYS`, 0 for none, shape ``(n_texts, n_own)``.
        """
        sums = np.empty((len(starts), self.matrix.shape[1]))
        step = AT_ONCE * BLOCKS
        for i in range(0, len(starts), step):
            some = starts[i : i + step]
            end = starts[i + step] if i + step < len(starts) else len(rows)
            table = self.matrix.take(rows[some[0] : end], 0)
            np.add.reduceat(table, some - some[0], 0, np.float64, sums[i : i + step])
        # no block that has any known feature is shorter than 1
        sums /= np.sqrt(np.maximum(sums[:, -1:], 1.0))
        logits = self.base[0] + own @ self.base[1 : 1 + own.shape[1]]
        for block in range(BLOCKS):
            logits += sums[block::BLOCKS]
        return self._normalised(logits[:, :-1])

    def score_one(
        self, words: Collection[bytes], others: Collection[bytes], targets: Collection[bytes], base: Floats
    ) -> list[float]:
        """Return what :meth:`score` does for one text.

        ``words``, ``others`` and ``targets`` are the rows of its blocks, each as bytes of ``intp``; only the last of
        them may be empty.  ``base`` is what its own values come to (:meth:`base_of`).
        """
        n = len(words)
        rows = np.frombuffer(b"".join([*words, *others, *targets]), np.intp)
        table = self.matrix.take(rows, 0).astype(np.float64)
        logits = base + self._sum(table[:n])
        if targets:
            logits += self._sum(table[n : n + len(others)])
            logits += self._sum(table[n + len(others) :])
        else:
            logits += self._sum(table[n:])
        found: list[float] = self._normalised(logits[:-1]).tolist()
        return found

    def base_of(self, own: Sequence[float]) -> Floats:
        """Return the intercepts with what values of a text's own add to them, shape ``(WIDTH,)``."""
        found: Floats = np.array([1.0, *own]).dot(self.base[: 1 + len(own)])
        return found

    def _sum(self, table: Floats) -> Floats:
        """Return the sums of a block's rows over its length, shape ``(WIDTH,)``."""
        n = len(table)
        sums: Floats = (self.ones[:n] if n <= USUAL else np.ones(n)).dot(table)
        sums /= sqrt(max(sums.item(-1), 1.0))
        return sums

    def _normalised(self, logits: Floats) -> Floats:
        """Turn logits, of all outputs, into probabilities, head by head; training keeps them from overflow."""
        found: Floats = np.exp(logits)
        found /= np.add.reduceat(found, self.starts, -1).take(self.head, -1)
        return found
