"""Valence of words under negation and intensity, and its sums.

The constants are those of VADER (Hutto & Gilbert 2014, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
Social Media Text"): a negated valence is turned and damped by 0.74, and a sum ``s`` is bounded as s / sqrt(s^2 + 15).
"""

import math
from collections.abc import Iterable, Sequence
from typing import Final

from classifier.words import BIT, Unit

NEGATED: Final = -0.74
INTENSIFIED: Final = 1.3
WEAKENED: Final = 0.7
NEGATION_REACH: Final = 3
"""How many units before a word a negation turns it."""
LARGEST: Final = 4.0
"""Largest valence of the lexicon's scale."""

_NEGATION: Final = BIT["negation"]
_INTENSIFY: Final = BIT["intensify"]
_WEAKEN: Final = BIT["weaken"]


def valences(units: Sequence[Unit]) -> list[float]:
    """Return the valence of each unit as it stands, about [-5.2, 5.2], 0 where a unit has none."""
    found = [0.0] * len(units)
    negation = -NEGATION_REACH - 1
    before = 0
    for i, unit in enumerate(units):
        value = unit.valence
        if value:
            if before & _INTENSIFY:
                value *= INTENSIFIED
            if before & _WEAKEN:
                value *= WEAKENED
            if i - negation <= NEGATION_REACH:
                value *= NEGATED
            found[i] = value
        before = unit.function
        if before & _NEGATION:
            negation = i
    return found


def bounded(values: Iterable[float]) -> float:
    """Return the sum of ``values`` brought into (-1, 1)."""
    total = math.fsum(values)
    return total / math.sqrt(total * total + 15)


def summary(values: Sequence[float]) -> list[float]:
    """Return a text's sentiment features, each about [-1, 1].

    The positive and the negative sum and the total, bounded, the mean over words with valence, the last valence, the
    largest and the smallest.
    """
    felt = [value for value in values if value]
    if not felt:
        return [0.0] * 7
    positive = math.fsum(value for value in felt if value > 0)
    negative = -math.fsum(value for value in felt if value < 0)
    total = positive - negative
    return [
        bounded([positive]),
        bounded([negative]),
        bounded(felt),
        total / LARGEST / (len(felt) + 1),
        felt[-1] / LARGEST,
        max(0.0, *felt) / LARGEST,
        min(0.0, *felt) / LARGEST,
    ]


SUMMARY_NAMES: Final = (
    "sum of positive words",
    "sum of negative words",
    "balance of positive and negative words",
    "mean of positive and negative words",
    "last positive or negative word",
    "most positive word",
    "most negative word",
)
