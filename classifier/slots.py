"""Hash tables as arrays, open addressing: built once in training, mapped read-only for scoring.

Their hashes are stable, so that a table written by one process is read by any other.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

MULTIPLIER: Final = 0x9E3779B97F4A7C15
"""2**64 over the golden ratio (Knuth, TAOCP 3, 6.4: multiplicative hashing)."""
ROW_BITS: Final = 32
HASH_BITS: Final = 0x7FFFFFFF


def _capacity(n: int) -> int:
    """Return a power of two of which ``n`` entries fill at most a half."""
    return max(8, 1 << (2 * n - 1).bit_length()) if n else 8


def build_slots(keys: Sequence[int]) -> Ints:
    """Return the table of distinct ``keys`` in [1, 2**63): (key, place) rows, ``(capacity, 2)``; key 0 is empty."""
    capacity = _capacity(len(keys))
    shift = 65 - capacity.bit_length()
    slots = [0] * capacity
    rows = [0] * capacity
    for row, key in enumerate(keys):
        place = (key * MULTIPLIER & 0xFFFFFFFFFFFFFFFF) >> shift
        while slots[place]:
            place = place + 1 & capacity - 1
        slots[place], rows[place] = key, row
    return np.column_stack([np.array(slots, dtype=np.int64), np.array(rows, dtype=np.int64)])


def keys_of(slots: Ints) -> Ints:
    """Return the keys of a table in the order of their places, shape ``(n,)``."""
    used = slots[slots[:, 0] != 0]
    return np.ascontiguousarray(used[np.argsort(used[:, 1]), 0])


def word_hash(word: bytes) -> int:
    """Return the stable hash of a word in UTF-8, 31 bits."""
    return crc32(word) & HASH_BITS


def build_word_slots(words: Iterable[str], n: int) -> Ints:
    """Return the table of ``n`` distinct words: ``hash << 32 | place + 1`` in each slot, 0 is empty."""
    capacity = _capacity(n)
    slots = [0] * capacity
    for row, word in enumerate(words):
        number = word_hash(word.encode())
        place = number & capacity - 1
        while slots[place]:
            place = place + 1 & capacity - 1
        slots[place] = number << ROW_BITS | row + 1
    return np.array(slots, dtype=np.int64)
