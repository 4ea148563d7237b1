"""Sentiment of a block's texts: the twin of ``_feel`` and ``_feeling`` in :mod:`classifier.kernel`."""

import numpy as np

from classifier import sentiment as v
from classifier import units
from classifier.arrays.flags import FELT, INTENSIFY, NEGATION, WEAKEN, Floats, Places
from classifier.arrays.units import Units

N_SUMMARIES = len(v.SUMMARY_NAMES)


def feelings(block: Units) -> Floats:
    """Return the sums of :data:`classifier.sentiment.SUMMARY_NAMES`, shape ``(n_texts, 7)``, 0 for what is none."""
    places = (block.flags & FELT != 0).nonzero()[0]
    felt = _felt(block, places)
    n_texts, texts = len(block.firsts), block.texts[places]
    # bincount adds one by one, in order, as the kernel does
    positive = np.bincount(texts, np.maximum(felt, 0.0), n_texts).astype(np.float64)
    negative = np.bincount(texts, np.maximum(-felt, 0.0), n_texts).astype(np.float64)
    counts = np.bincount(texts, minlength=n_texts)
    total = positive - negative
    found = np.zeros((n_texts, N_SUMMARIES))
    found[:, 0], found[:, 1], found[:, 2] = _bounded(positive), _bounded(negative), _bounded(total)
    found[:, 3] = total / v.LARGEST / (counts + 1)
    if len(places):
        any_felt = np.flatnonzero(counts)
        last = np.cumsum(counts[any_felt]) - 1
        first = np.append(0, last[:-1] + 1)
        found[any_felt, 4] = felt[last] / v.LARGEST
        found[any_felt, 5] = np.maximum(np.maximum.reduceat(felt, first), 0.0) / v.LARGEST
        found[any_felt, 6] = np.minimum(np.minimum.reduceat(felt, first), 0.0) / v.LARGEST
    return found + v.GRAIN - v.GRAIN


def _felt(block: Units, places: Places) -> Floats:
    """Return valences under negation and intensity."""
    felt, before = block.valences(places), block.flags[places - 1]
    felt = felt * np.where(before & INTENSIFY, v.INTENSIFIED, 1.0)
    felt *= np.where(before & WEAKEN, v.WEAKENED, 1.0)
    negated, within = np.zeros(len(places), bool), np.ones(len(places), bool)
    for back in range(1, v.NEGATION_REACH + 1):
        flags = block.flags[places - back]
        within &= flags & units.KIND_BITS != units.END
        negated |= within & (flags & NEGATION != 0)
    return felt * np.where(negated, v.NEGATED, 1.0)


def _bounded(totals: Floats) -> Floats:
    return np.asarray(totals / np.sqrt(totals * totals + v.BOUND))
