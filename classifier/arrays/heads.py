"""Weighed features -> probabilities: the twin of ``_sum`` and ``_calibrate`` in :mod:`classifier.kernel`.

A text's numbers do not depend on the texts beside it: its features are summed one by one, in the order of their rows,
and those with values of their own behind them.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.arrays.flags import Codes, Floats, Places
from classifier.arrays.table import rows_of
from classifier.features import SENTIMENT, TARGET_SENTIMENT, pack
from classifier.sentiment import SUMMARY_NAMES

AT_ONCE: Final = 32
"""How many texts are summed at once: so few that their weights stay in the processor's caches."""
OWN_KEYS: Final = (
    *(pack(SENTIMENT, mark) for mark in range(len(SUMMARY_NAMES))),
    *(pack(TARGET_SENTIMENT, mark) for mark in range(8)),
)
"""The features that carry values of their own, in the order in which they are summed."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Features that the model knows, each once in its text, by text and row: all of the shape ``(n,)``."""

    texts: Places
    rows: Places
    weights: Floats


class Heads:
    """The weights of all heads and their calibration; the arguments are those of :class:`classifier.kernel.Weigher`."""

    def __init__(
        self,
        slots: Codes,
        weights: npt.ArrayLike,
        intercepts: npt.ArrayLike,
        biases: npt.ArrayLike,
        scales: npt.ArrayLike,
        starts: npt.ArrayLike,
    ) -> None:
        self.matrix: npt.NDArray[np.float32] = np.asarray(weights)
        first = np.asarray(starts, np.int64)
        self.starts: Codes = first[:-1]
        self.head: Codes = np.repeat(np.arange(len(first) - 1), np.diff(first))
        self.scales: Floats = np.asarray(scales, np.float64)[self.head]
        self.shifts: Floats = self.scales * np.asarray(intercepts, np.float64) + np.asarray(biases, np.float64)
        own = rows_of(slots, np.array(OWN_KEYS))
        self.own_rows: Codes = np.maximum(own, 0)
        self.has_own = own >= 0

    def score(self, found: Weighed, own: Floats) -> Floats:
        """Return the probabilities of all heads, shape ``(n_texts, n_outputs)``.

        ``own`` are the values of the first of :data:`OWN_KEYS`, 0 for none, shape ``(n_texts, n_own)``.
        """
        n_texts, n_own = own.shape
        own = own * self.has_own[:n_own]
        counts = np.bincount(found.texts, minlength=n_texts)
        order = np.argsort(counts, kind="stable")
        # some texts of about as many features side by side, those that want some filled up with nothing
        last = np.minimum(np.arange(n_texts) // AT_ONCE * AT_ONCE + AT_ONCE, n_texts) - 1
        widths = counts[order[last]] + n_own
        ends = np.cumsum(widths)
        starts = np.empty(n_texts, np.intp)
        starts[order] = ends - widths
        places = np.arange(len(found.texts)) + np.repeat(starts - np.cumsum(counts) + counts, counts)
        rows, weights = np.zeros(ends[-1], np.intp), np.zeros(ends[-1])
        rows[places], weights[places] = found.rows, found.weights
        sums = np.empty((n_texts, self.matrix.shape[1]))
        for i in range(0, n_texts, AT_ONCE):
            some, width = order[i : i + AT_ONCE], int(widths[i])
            part, shape = slice(ends[i] - width, ends[i] - width + width * len(some)), (len(some), width)
            some_rows, some_weights = rows[part].reshape(shape), weights[part].reshape(shape)
            some_rows[:, width - n_own :], some_weights[:, width - n_own :] = self.own_rows[:n_own], own[some]
            sums[some] = np.einsum("tf,tfw->tw", some_weights, self.matrix.take(some_rows, 0))
        return self._calibrated(sums)

    def score_one(self, rows: Places, weights: Floats) -> list[float]:
        """Return what :meth:`score` does for one text, of its features in their order."""
        found: list[float] = self._calibrated(np.einsum("f,fw->w", weights, self.matrix.take(rows, 0))).tolist()
        return found

    def _calibrated(self, sums: Floats) -> Floats:
        """Turn sums, ``WIDTH`` of each text, into probabilities, head by head."""
        found = sums[..., :-1] * self.scales
        found += self.shifts
        found -= np.maximum.reduceat(found, self.starts, axis=-1).take(self.head, axis=-1)
        np.exp(found, found)
        found /= np.add.reduceat(found, self.starts, axis=-1).take(self.head, axis=-1)
        return found
