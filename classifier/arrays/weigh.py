"""Features -> weighed features: the twin of ``_distinct`` and ``_weigh`` in :mod:`classifier.kernel`.

A block of texts is weighed by arrays, a single one by a loop, for numpy takes longer to be called than one text's
features take in Python; both do the same arithmetic in the same order.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from math import log, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.arrays.flags import Codes, Floats, Places
from classifier.arrays.heads import Heads, Weighed
from classifier.arrays.ranges import first_of
from classifier.arrays.table import rows_of
from classifier.features import A_SHIFT, BLOCK_OF_FAMILY, BLOCKS, FAMILY_SHIFT, LIMIT, PLAIN
from classifier.slots import keys_of

REMEMBERED: Final = 1 << 16
"""Most features of which it is remembered what the model knows; over it, all are forgotten."""
_FACTORS: Final = np.array([0.0, *(1 + log(count) for count in range(1, 1 << 12))])
"""What the frequency of a feature that a text has so many times is multiplied by."""


class _Memory(dict[int, tuple[int, int, float] | None]):
    """Feature -> (row, block, inverse document frequency), None where the model has none."""

    def __init__(self, row: Callable[[int], int], frequencies: Floats) -> None:
        super().__init__()
        self.row = row
        self.frequencies = frequencies

    def __missing__(self, key: int) -> tuple[int, int, float] | None:
        if len(self) >= REMEMBERED:
            self.clear()
        row = self.row(key)
        found = (row, BLOCK_OF_FAMILY[key >> FAMILY_SHIFT], float(self.frequencies[row])) if row >= 0 else None
        self[key] = found
        return found


class Weights:
    """The vocabulary of the model; ``row`` returns a feature's row in ``slots``, -1 where it has none."""

    def __init__(self, slots: npt.ArrayLike, row: Callable[[int], int], heads: Heads) -> None:
        self.slots: Codes = np.asarray(slots)
        self.heads = heads
        self.frequencies: Floats = heads.matrix[:, -1].astype(np.float64)
        self.memory = _Memory(row, self.frequencies)
        keys = keys_of(self.slots)
        self.blocks: npt.NDArray[np.int8] = np.asarray(BLOCK_OF_FAMILY, np.int8)[keys >> FAMILY_SHIFT]
        plain = (keys >> FAMILY_SHIFT == PLAIN).nonzero()[0]
        stems = keys[plain] >> A_SHIFT & LIMIT - 1
        self.plain: Codes = np.full(stems.max(initial=-1) + 2, -1)
        """The row of each stem as a plain word; the last is that of all stems over it, -1."""
        self.plain[stems] = plain

    def weigh(self, keys: Codes, texts: Places, n_texts: int, n_plain: int) -> Weighed:
        """Weigh features by TF-IDF at unit length within each block; ``keys[i]`` is one of the text ``texts[i]``.

        The first ``n_plain`` of them are plain words.
        """
        stems = np.minimum(keys[:n_plain] >> A_SHIFT & LIMIT - 1, len(self.plain) - 1)
        rows = np.concatenate([self.plain[stems], rows_of(self.slots, keys[n_plain:])])
        known = (rows >= 0).nonzero()[0]
        bits = len(self.frequencies).bit_length()
        # small integers are sorted sooner
        small = np.int32 if n_texts << bits < 1 << 31 else np.int64
        cells: Places = (texts[known] << bits | rows[known]).astype(small)
        cells.sort()
        first = first_of(cells)
        counts = np.append(first[1:], len(cells)) - first
        cells = cells[first].astype(np.intp)
        texts, rows = cells >> bits, cells & (1 << bits) - 1
        weights = self.frequencies[rows]
        several = (counts > 1).nonzero()[0]
        weights[several] *= _factors(counts[several])
        places = texts * BLOCKS + self.blocks[rows]
        # bincount adds one by one, in order, whatever stands beside
        lengths = np.sqrt(np.bincount(places, weights * weights, n_texts * BLOCKS))
        return Weighed(texts, rows, weights / lengths[places])

    def weigh_one(
        self, keys: Sequence[int], own_keys: Sequence[int], own_values: Sequence[float]
    ) -> tuple[list[int], list[float]]:
        """Return the rows and the weights of one text's features, those that have values of their own last."""
        memory = self.memory
        found: list[tuple[int, int, float]] = []
        squares = [0.0] * BLOCKS
        for key, count in Counter(keys).items():
            known = memory[key]
            if known is not None:
                if count > 1:
                    known = known[0], known[1], known[2] * (1 + log(count))
                found.append(known)
        found.sort()
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


def _factors(counts: Places) -> Floats:
    """Return ``1 + ln count``, by the logarithm that a single text's are taken by."""
    if counts.max(initial=0) < len(_FACTORS):
        return np.asarray(_FACTORS[counts])
    return np.array([1 + log(count) for count in counts.tolist()])
