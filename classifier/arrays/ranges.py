"""Ranges of places: a scan of few marks instead of one of all units."""

import numpy as np

from classifier.arrays.flags import Places


def within(starts: Places, ends: Places) -> Places:
    """Return the places of all ranges from ``starts[i]`` up to ``ends[i]``, one behind the other."""
    lengths = ends - starts
    behind = np.cumsum(lengths)
    total = int(behind[-1]) if len(behind) else 0
    return np.asarray(np.arange(total) + np.repeat(starts - behind + lengths, lengths))


def first_of(numbers: Places) -> Places:
    """Return the places at which ascending ``numbers`` change, the first one among them."""
    opens = np.ones(len(numbers), bool)
    opens[1:] = numbers[1:] != numbers[:-1]
    return opens.nonzero()[0]
