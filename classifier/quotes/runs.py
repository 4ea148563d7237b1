"""Runs of capitalised words: "Ana Lopez", "Ursula von der Leyen", "Press Freedom Watch"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from classifier.quotes.naming import CAPITAL

if TYPE_CHECKING:
    from mypy_extensions import i64

# letters of ASCII are named first: the search passes over others twice as fast as by their classes
_IN_WORD: Final = r"[a-zA-Z\w'’-]"
_RUN: Final = re.compile(
    rf"{CAPITAL}(?<![\w'’-].){_IN_WORD}*+(?:\s(?:(?:van|von|der|den|de|da|dos|di|du|del|la|al|el|bin|ibn|ter|ten)\s){{0,2}}"
    rf"{CAPITAL}{_IN_WORD}*)+"
)
_PARTICLES: Final = frozenset({"va", "vo", "de", "da", "do", "di", "du", "la", "al", "el", "bi", "ib", "te"})
"""First letters of the particles that may stand within a run."""
_SPACE: Final = 0x20
_APOSTROPHE: Final = 0x27
_HYPHEN: Final = 0x2D
_0: Final = 0x30
_9: Final = 0x39
_A: Final = 0x41
_Z: Final = 0x5A
_UNDERSCORE: Final = 0x5F
_SMALL_A: Final = 0x61
_SMALL_Z: Final = 0x7A
_ASCII: Final = 0x7F
_MARKS: Final = 0x2000
_LAST_MARK: Final = 0x206F


def find_runs(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the runs of two capitalised words or more in ``text[start:end]``; linear in its length."""
    found: list[re.Match[str]] = []
    place: i64 = start
    last: i64 = end
    while place < last:
        code: i64 = ord(text[place])
        large = _A <= code <= _Z or (code > _ASCII and not _MARKS <= code <= _LAST_MARK)
        may_open = large and not (place > start and _in_word(ord(text[place - 1]))) and _goes_on(text, place, last)
        run = _RUN.match(text, place, end) if may_open else None
        if run is None:
            place += 1
        else:
            found.append(run)
            place = run.end()
    return found


def _goes_on(text: str, start: i64, end: i64) -> bool:
    """Whether a space and what may be a word of the same run follow the word at ``start``: a quick test."""
    place = start + 1
    while place < end:
        code: i64 = ord(text[place])
        if code > _ASCII:
            return True
        if not _in_word(code):
            break
        place += 1
    if place + 1 >= end or ord(text[place]) > _SPACE:
        return False
    following: i64 = ord(text[place + 1])
    return _A <= following <= _Z or following > _ASCII or text[place + 1 : place + 3] in _PARTICLES


def _in_word(code: i64) -> bool:
    """Whether a code of ASCII stands within words."""
    return (
        _SMALL_A <= code <= _SMALL_Z
        or _A <= code <= _Z
        or _0 <= code <= _9
        or code in (_APOSTROPHE, _HYPHEN, _UNDERSCORE)
    )
