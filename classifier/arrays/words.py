"""Features of words: the twin of ``_words`` in :mod:`classifier.kernel`."""

from collections.abc import Iterator

import numpy as np

from classifier import units
from classifier.arrays.flags import Codes, Places
from classifier.arrays.scope import Scope
from classifier.arrays.spoken import spoken
from classifier.arrays.units import Units
from classifier.features import A_SHIFT, BIGRAM, MARK_SHIFT, PLAIN, SCOPED, pack

_PLAIN, _SCOPED, _BIGRAM, _BACKGROUND = pack(PLAIN, 0), pack(SCOPED, 0), pack(BIGRAM, 0), pack(BIGRAM, 1)


def words(block: Units, scope: Scope) -> Iterator[tuple[Codes, Places]]:
    """Yield the keys and the places of words, of words in their scope, and of pairs of neighbours."""
    kinds = block.flags & units.KIND_BITS
    heard = spoken(block) & (kinds != units.STOP)
    stems = block.codes >> units.STEM_SHIFT
    plain = (heard & (kinds > 0) & (kinds < units.COMMA)).nonzero()[0]
    shifted = stems[plain] << A_SHIFT
    yield shifted | _PLAIN, plain

    marks = (scope.governors << 2 | scope.negated << 1 | (scope.zones != 0))[plain]
    marked = (marks != 0).nonzero()[0]
    yield shifted[marked] | _SCOPED | marks[marked].astype(np.int64) << MARK_SHIFT, plain[marked]

    stemmed = stems != 0
    joined = heard & stemmed
    joined[1:] &= stemmed[:-1] & (kinds[:-1] != units.STOP)
    second = joined.nonzero()[0]
    pair = np.where(scope.zones[second] != 0, _BACKGROUND, _BIGRAM)
    yield stems[second - 1] << A_SHIFT | stems[second] | pair, second
