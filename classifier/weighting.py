"""TF-IDF of analysed statements, many at once: what training learns from.

A statement has a feature or has it not: ``idf`` of each, brought to unit length within each block of families;
sentiment features keep their own values.  The kernel does the same for one text; the tests hold both together.
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
    return np.asarray(_BLOCK_OF_FAMILY[keys >> FAMILY_SHIFT])


@dataclass(frozen=True, slots=True)
class Weighted:
    """Statements as weighted features: ``rows``, ``columns``, ``values``, each ``(n_entries,)``, by row and column."""

    rows: Ints
    columns: Ints
    values: Floats
    n_rows: int


def raw_entries(analyses: Sequence[Analysis]) -> tuple[Ints, Ints, Floats]:
    """Return (row, key, value) of every feature occurrence; those without a value of their own have 1."""
    places = np.arange(len(analyses))
    keys = [found.keys for found in analyses]
    own = [found.own_keys for found in analyses]
    rows = np.concatenate([np.repeat(places, [*map(len, keys)]), np.repeat(places, [*map(len, own)])])
    values = [np.ones(sum(map(len, keys))), *(found.own_values for found in analyses)]
    return rows, np.concatenate([*keys, *own]), np.concatenate(values)


def weigh(analyses: Sequence[Analysis], vocabulary: Ints, idf: Floats, blocks: Ints) -> Weighted:
    """Weigh the features of ``analyses`` that are in ``vocabulary`` (sorted keys), each once; others are dropped.

    ``idf`` and ``blocks`` have the vocabulary's shape ``(n_features,)``.
    """
    rows, keys, values = raw_entries(analyses)
    columns = np.searchsorted(vocabulary, keys)
    columns[columns == len(vocabulary)] = 0
    known = vocabulary[columns] == keys if len(vocabulary) else np.zeros(len(keys), dtype=bool)
    rows, columns, values = rows[known], columns[known], values[known]
    _, first = np.unique(rows * max(1, len(vocabulary)) + columns, return_index=True)
    rows, columns, values = rows[first], columns[first], values[first]

    block = blocks[columns]
    counted = block >= 0
    weights = np.where(counted, idf[columns], values)
    cells = rows * BLOCKS + block
    squares = np.bincount(cells[counted], weights[counted] ** 2, minlength=len(analyses) * BLOCKS)
    weights[counted] /= np.sqrt(squares[cells[counted]])
    return Weighted(rows, columns, weights, len(analyses))
