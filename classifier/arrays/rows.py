"""Features -> rows of the model's weights: the twin of ``_distinct`` in :mod:`classifier.kernel`."""

import numpy as np
import numpy.typing as npt

from classifier.arrays.flags import Codes, Floats, Places
from classifier.arrays.heads import Heads
from classifier.arrays.ranges import first_of
from classifier.arrays.table import rows_of
from classifier.features import A_SHIFT, BLOCK_OF_FAMILY, BLOCKS, FAMILY_SHIFT, LIMIT, PLAIN
from classifier.slots import keys_of


class Rows:
    """The vocabulary of the model, in which ``slots`` finds features."""

    def __init__(self, slots: npt.ArrayLike, heads: Heads) -> None:
        self.slots: Codes = np.asarray(slots)
        self.heads = heads
        keys = keys_of(self.slots)
        self.blocks: npt.NDArray[np.int8] = np.asarray(BLOCK_OF_FAMILY, np.int8)[keys >> FAMILY_SHIFT]
        self.bits = len(keys).bit_length()
        plain = (keys >> FAMILY_SHIFT == PLAIN).nonzero()[0]
        stems = keys[plain] >> A_SHIFT & LIMIT - 1
        self.plain: Codes = np.full(stems.max(initial=-1) + 2, -1)
        """The row of each stem as a plain word; the last is that of all stems over it, -1."""
        self.plain[stems] = plain

    def score(self, keys: Codes, texts: Places, n_plain: int, own: Floats) -> Floats:
        """Return the probabilities of all heads by features; ``keys[i]`` is one of the text ``texts[i]``.

        The first ``n_plain`` of them are plain words.  ``own`` is that of :meth:`Heads.score`.
        """
        stems = np.minimum(keys[:n_plain] >> A_SHIFT & LIMIT - 1, len(self.plain) - 1)
        rows = np.concatenate([self.plain[stems], rows_of(self.slots, keys[n_plain:])])
        known = (rows >= 0).nonzero()[0]
        rows = rows[known]
        n_groups = len(own) * BLOCKS
        # small integers are sorted sooner
        small = np.int32 if n_groups << self.bits < 1 << 31 else np.int64
        cells = texts[known] * BLOCKS + self.blocks[rows] << self.bits | rows
        # every block has something, if only the row of what is not known
        nothing = np.arange(n_groups) << self.bits | len(self.blocks)
        cells = np.concatenate([cells, nothing]).astype(small)
        cells.sort()
        cells = cells[first_of(cells)]
        ends = (cells & (1 << self.bits) - 1 == len(self.blocks)).nonzero()[0] + 1
        return self.heads.score((cells & (1 << self.bits) - 1).astype(np.intp), np.append(0, ends[:-1]), own)
