"""Features -> weighed features: the twin of ``_distinct`` and ``_weigh`` in :mod:`classifier.kernel`."""

from math import log
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.arrays.flags import Codes, Floats, Places
from classifier.arrays.heads import Heads, Weighed
from classifier.arrays.ranges import first_of
from classifier.arrays.table import rows_of
from classifier.features import A_SHIFT, BLOCK_OF_FAMILY, BLOCKS, FAMILY_SHIFT, LIMIT, PLAIN
from classifier.slots import keys_of

FACTORS: Final = np.array([0.0, *(1 + log(count) for count in range(1, 1 << 12))])
"""What the frequency of a feature that a text has so many times is multiplied by."""


class Weights:
    """The vocabulary of the model, in which ``slots`` finds features."""

    def __init__(self, slots: npt.ArrayLike, heads: Heads) -> None:
        self.slots: Codes = np.asarray(slots)
        self.heads = heads
        self.frequencies: Floats = heads.matrix[:, -1].astype(np.float64)
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
        weights[several] *= factors(counts[several])
        places = texts * BLOCKS + self.blocks[rows]
        # bincount adds one by one, in order, whatever stands beside
        lengths = np.sqrt(np.bincount(places, weights * weights, n_texts * BLOCKS))
        return Weighed(texts, rows, weights / lengths[places])


def factors(counts: Places) -> Floats:
    """Return ``1 + ln count``, by the logarithm that a single text's are taken by."""
    if counts.max(initial=0) < len(FACTORS):
        return np.asarray(FACTORS[counts])
    return np.array([1 + log(count) for count in counts.tolist()])
