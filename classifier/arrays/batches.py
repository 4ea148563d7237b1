"""Batches: texts in blocks, the few that numpy leaves out by the kernel, and all of them scored."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from classifier.arrays.features import CHARACTERS, Block, Blocks
from classifier.arrays.flags import Floats
from classifier.arrays.rows import Rows
from classifier.features import OWN_KEYS

BLOCK: Final = 1024
"""Texts of a block: so many that a call of numpy costs little a text, so few that its arrays stay in the cache."""
LONGEST: Final = 1 << 13
"""Longest text that is read in a block, in characters."""


class Read(NamedTuple):
    """The features of one text, as the kernel reads it."""

    keys: Sequence[int]
    own: Sequence[float]
    known: int
    unknown: int


Reading = Callable[[str, str | None], Read]


class Batches:
    """Scores batches; ``read`` is how the kernel reads one text."""

    def __init__(self, blocks: Blocks, rows: Rows, read: Reading) -> None:
        self.blocks = blocks
        self.rows = rows
        self.read = read

    def score_into(
        self,
        texts: Sequence[str],
        targets: Sequence[str | None],
        probabilities: Floats,
        counts: npt.NDArray[np.int64],
    ) -> None:
        """Write probabilities ``(n_texts, n_outputs)`` and the numbers of known and unknown words ``(n_texts, 2)``."""
        for part in _parts(texts):
            block = self._block(texts[part], targets[part])
            probabilities[part] = self.rows.score(block.keys, block.texts, block.n_plain, block.own)
            counts[part, 0], counts[part, 1] = block.known, block.unknown

    def _block(self, texts: Sequence[str], targets: Sequence[str | None]) -> Block:
        """Return the features of a block's texts."""
        whole = texts
        alone = np.zeros(len(texts), bool)
        if targets.count(None) < len(targets) or max(map(len, texts)) > LONGEST:
            alone |= [t is not None or len(text) > LONGEST for text, t in zip(texts, targets, strict=True)]
            texts = ["" if odd else text for text, odd in zip(whole, alone.tolist(), strict=True)]
        block = self.blocks.read(texts)
        which = (block.odd | alone).nonzero()[0].tolist()
        if not which:
            return block
        found = [self.read(whole[i], targets[i]) for i in which]
        keys = [np.array(each.keys, np.int64) for each in found]
        own = np.zeros((len(texts), len(OWN_KEYS)))
        own[:, : block.own.shape[1]] = block.own
        for i, each in zip(which, found, strict=True):
            own[i, : len(each.own)] = each.own
            block.known[i], block.unknown[i] = each.known, each.unknown
        return replace(
            block,
            keys=np.concatenate([block.keys, *keys]),
            texts=np.concatenate([block.texts, np.repeat(which, [*map(len, keys)])]),
            own=own,
        )


def _parts(texts: Sequence[str]) -> Iterator[slice]:
    """Cut texts into blocks."""
    sizes = np.minimum(np.fromiter(map(len, texts), np.intp, len(texts)), LONGEST)
    ends, first, room = np.cumsum(sizes), 0, CHARACTERS
    while first < len(texts):
        end = min(first + BLOCK, int(np.searchsorted(ends, room, "right")))
        yield slice(first, end)
        first, room = end, int(ends[end - 1]) + CHARACTERS
