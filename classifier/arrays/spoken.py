"""What of each text is not a bare attribution at either end: the twin of ``_spoken`` in :mod:`classifier.kernel`."""

import numpy as np

from classifier import units
from classifier.arrays.flags import SAY, TELLING, Flags, Mask, Places
from classifier.arrays.ranges import within
from classifier.arrays.units import Units
from classifier.scope import ATTRIBUTION_REACH


def spoken(block: Units) -> Mask:
    """Return which units stand between the attributions of their text, shape of the units; ends do not."""
    kinds, firsts = block.flags & units.KIND_BITS, block.firsts
    inside = kinds != units.END
    end = _without_stops(block, kinds)

    stops = np.append((kinds == units.STOP).nonzero()[0], len(kinds))
    stop = stops[np.searchsorted(stops, firsts)]
    which = ((stop <= firsts + ATTRIBUTION_REACH) & (stop > firsts) & (stop < end - 1)).nonzero()[0]
    which = which[_attribute(block.flags, firsts[which], stop[which])]
    starts = firsts.copy()
    starts[which] = stop[which] + 1
    inside[within(firsts[which], starts[which])] = False

    commas = np.append(-1, (kinds == units.COMMA).nonzero()[0])
    comma = commas[np.searchsorted(commas, end) - 1]
    which = ((comma > np.maximum(starts, end - 2 - ATTRIBUTION_REACH)) & (comma < end - 1)).nonzero()[0]
    which = which[_attribute(block.flags, comma[which] + 1, end[which])]
    inside[within(comma[which], end[which])] = False
    return np.asarray(inside)


def _without_stops(block: Units, kinds: Flags) -> Places:
    """Return where the full stops at the end of each text begin."""
    end = block.ends.copy()
    stopped = np.arange(len(end))
    while len(stopped):
        stopped = stopped[(kinds[end[stopped] - 1] == units.STOP) & (end[stopped] > block.firsts[stopped])]
        end[stopped] -= 1
    return end


def _attribute(flags: Flags, firsts: Places, ends: Places) -> Mask:
    """Return which ranges, none of them empty, are nothing but speakers, days and one verb of saying."""
    bounds = np.stack([firsts, ends], axis=1).ravel()
    said = np.add.reduceat(flags & SAY != 0, bounds, dtype=np.intp)[::2] if len(bounds) else firsts
    told = np.add.reduceat(flags & TELLING != 0, bounds, dtype=np.intp)[::2] if len(bounds) else firsts
    return np.asarray((said == 1) & (told == 0))
