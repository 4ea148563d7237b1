"""TF-IDF of analysed statements, vectorised: the one place where a feature gets its value.

``(1 + ln tf) * idf``, brought to unit length within each block of families; sentiment features keep their own values.
The same arithmetic serves training (as a sparse matrix) and scoring (as a gather), so the two cannot drift apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.features import BLOCK_OF_FAMILY, BLOCKS, FAMILY_SHIFT, Analysis

_BLOCK_OF_FAMILY: Final = np.array(BLOCK_OF_FAMILY, dtype=np.int64)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def blocks_of(keys: Ints) -> Ints:
    """Return the block of each feature, -1 for those with values of their own; shape ``(n_features,)``."""
    return _BLOCK_OF_FAMILY[keys >> FAMILY_SHIFT]


@dataclass(frozen=True, slots=True)
class Weighted:
    """Statements as weighted features: ``rows``, ``columns`` and ``values`` of shape ``(n_entries,)``, sorted by row and column."""

    rows: Ints
    columns: Ints
    values: Floats
    n_rows: int


def raw_entries(analyses: Sequence[Analysis]) -> tuple[Ints, Ints, Floats]:
    """Return (row, key, count or value) of every feature occurrence."""
    lengths = [len(found.keys) for found in analyses]
    own = [len(found.values) for found in analyses]
    keys = np.fromiter((key for found in analyses for key in found.keys), np.int64, sum(lengths))
    own_keys = np.fromiter((key for found in analyses for key in found.values), np.int64, sum(own))
    own_values = np.fromiter((v for found in analyses for v in found.values.values()), np.float64, sum(own))
    places = np.arange(len(analyses))
    rows = np.concatenate([np.repeat(places, lengths), np.repeat(places, own)])
    return rows, np.concatenate([keys, own_keys]), np.concatenate([np.ones(len(keys)), own_values])


def weigh(analyses: Sequence[Analysis], vocabulary: Ints, idf: Floats, blocks: Ints) -> Weighted:
    """Weigh the features of ``analyses`` that are in ``vocabulary`` (sorted keys); others are dropped.

    ``idf`` and ``blocks`` have the vocabulary's shape ``(n_features,)``.
    """
    rows, keys, values = raw_entries(analyses)
    columns = np.searchsorted(vocabulary, keys)
    columns[columns == len(vocabulary)] = 0
    known = vocabulary[columns] == keys if len(vocabulary) else np.zeros(len(keys), dtype=bool)
    rows, columns, values = rows[known], columns[known], values[known]

    order = np.argsort(rows * len(vocabulary) + columns, kind="stable")
    rows, columns, values = rows[order], columns[order], values[order]
    opens = np.ones(len(rows), dtype=bool)
    opens[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    starts = np.flatnonzero(opens)
    if len(starts):
        values = np.add.reduceat(values, starts)
    rows, columns = rows[starts], columns[starts]

    block = blocks[columns]
    counted = block >= 0
    weights = np.where(counted, (1 + np.log(np.where(counted, values, 1.0))) * idf[columns], values)
    cells = rows * BLOCKS + block
    squares = np.bincount(cells[counted], weights[counted] ** 2, minlength=len(analyses) * BLOCKS)
    weights[counted] /= np.sqrt(squares[cells[counted]])
    return Weighted(rows, columns, weights, len(analyses))
