"""Tables of :func:`classifier.slots.build_slots`, asked for many keys at once."""

from typing import Final

import numpy as np

from classifier.arrays.flags import Codes
from classifier.slots import MULTIPLIER

_MULTIPLIER: Final = np.uint64(MULTIPLIER)
_AT_ONCE: Final = 4096
"""How many slots are looked at in one call, if there are more keys than that no more than one for each."""
_WIDEST: Final = 32


def rows_of(slots: Codes, keys: Codes) -> Codes:
    """Return the row of each key, -1 where the table has none; ``slots`` has the shape ``(capacity, 2)``."""
    capacity = len(slots)
    shift = np.uint64(65 - capacity.bit_length())
    place = ((keys.view(np.uint64) * _MULTIPLIER) >> shift).view(np.int64)
    found = slots.take(place, axis=0)
    right = found[:, 0] == keys
    rows = np.where(right, found[:, 1], -1)
    waiting = (~right & (found[:, 0] != 0)).nonzero()[0]
    place, keys = place[waiting] + 1, keys[waiting]
    while len(waiting):
        # the fewer wait, the more slots are looked at in one call
        width = max(1, min(_WIDEST, _AT_ONCE // len(waiting)))
        found = slots.take(place[:, None] + np.arange(width) & capacity - 1, axis=0)
        stops = (found[:, :, 0] == keys[:, None]) | (found[:, :, 0] == 0)
        stop = stops.argmax(axis=1)
        key, row = found[np.arange(len(stop)), stop].T
        right = (key == keys).nonzero()[0]
        rows[waiting[right]] = row[right]
        going = (~stops.any(axis=1)).nonzero()[0]
        waiting, place, keys = waiting[going], place[going] + width, keys[going]
    return rows
