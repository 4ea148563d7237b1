"""Valence of words under negation and intensity, and what is summed of it: the constants, and the names of the sums.

The constants are those of VADER (Hutto & Gilbert 2014, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis
of Social Media Text"): a negated valence is turned and damped by 0.74, and a sum ``s`` is bounded as
s / sqrt(s^2 + 15).  The arithmetic is ``_feel`` and ``_feeling`` in :mod:`classifier.kernel`.
"""

from typing import Final

NEGATED: Final = -0.74
INTENSIFIED: Final = 1.3
WEAKENED: Final = 0.7
NEGATION_REACH: Final = 3
"""How many units before a word a negation turns it."""
BOUND: Final = 15.0
"""What brings a sum of valences into (-1, 1)."""
LARGEST: Final = 4.0
"""Largest valence of the lexicon's scale."""
GRAIN: Final = 1.5 * 2.0**36
"""Added and taken away again, it leaves a number under 2**34 as the nearest multiple of 2**-16: a double has 53 bits.

What is summed is rounded so: its products with weights are exact then, and so are their sums.
"""

SUMMARY_NAMES: Final = (
    "sum of positive words",
    "sum of negative words",
    "balance of positive and negative words",
    "mean of positive and negative words",
    "last positive or negative word",
    "most positive word",
    "most negative word",
)
"""A text's sentiment features, each about [-1, 1]: the sums bounded, the single words by the largest valence."""

TARGET_SUMMARY_NAMES: Final = (
    *("before the target", "after the target", "in the target", "of the whole text", "near the target"),
    *("in the target's clause", "just before the target", "just after the target"),
)
"""Sums of the sentiment around a target, in the order in which they are written."""
