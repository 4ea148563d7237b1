"""Quotation marks of every kind, paired paragraph by paragraph.

Only the outermost quotations are found; what stands inside one belongs to it.  Each search ends at the first mark that
can close the quotation, and a family of marks that found no close is not searched again in the same paragraph, so the
work is linear in the number of marks.
"""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mypy_extensions import i64

_MARKS: Final = frozenset("\"“”„‟«»‹›‘’‚'「」『』＂") | {"``", "''"}
ASCII: Final = 0x7F
"""The last code of ASCII."""
_STRAIGHT: Final = 0x22
_APOSTROPHE: Final = 0x27
_BACKTICK: Final = 0x60
_SINGLE: Final = "'’"
_CLOSERS: Final = {
    '"': '"”＂',
    "＂": '"＂',
    "“": '”"',
    "‟": '”"',
    "„": '“”"',
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": _SINGLE,
    "'": _SINGLE,
    "‚": "‘’",
    "「": "」",
    "『": "』",
    "``": "''",
}
_PAIRED: Final = "“‟«‹「『"
"""Marks that only ever open, so that one inside a quotation of its own kind nests."""
_BEFORE_OPENING: Final = frozenset("([{—–-/“‘«\"'…\u2066\u2067\u2068\u202a\u202b\u200e\u200f\u200b\ufeff")
_ELISION: Final = re.compile(r"(?:\d0s|em|til|tis|twas|twere|cause|bout|n|cos|ello|ave|ere|im|er|ow|fraid)\b", re.I)
_DROPPED_G: Final = re.compile(r"[a-z]in$")


class Quotation:
    """``text[start:end]`` are the quoted words; ``text[left:right]`` has the marks too."""

    def __init__(self, start: int, end: int, left: int, right: int, closed: bool = True) -> None:
        self.start = start
        self.end = end
        self.left = left
        self.right = right
        self.closed = closed


def opens_with(text: str, start: int) -> str:
    """Return the mark that opens at ``start``, or the empty string."""
    mark = _mark_at(text, start, len(text))
    return mark if mark and _opens(text, mark, start, start, len(text)) else ""


def find_quotations(text: str, start: int, end: int, following: str = "") -> list[Quotation]:
    """Return the outermost quotations of the paragraph ``text[start:end]``, in order.

    ``following`` is the mark with which the next paragraph opens: a quotation that is not closed then runs on to the
    end of its paragraph.  Single marks that are never closed nor re-opened are apostrophes.
    """
    marks, places = _find_marks(text, start, end)
    quotations: list[Quotation] = []
    dead: set[str] = set()
    i = 0
    while i < len(places):
        mark, place = marks[i], places[i]
        if mark in dead or not _opens(text, mark, place, start, end):
            i += 1
            continue
        j = _closing(text, marks, places, i, end)
        if j is None and _runs_on(mark, following):
            quotations.append(_between(text, place + len(mark), end, place, end, closed=False))
            break
        if j is None:
            dead.add(mark)
            i += 1
            continue
        right = places[j]
        quotations.append(_between(text, place + len(mark), right, place, right + len(marks[j])))
        i = j + 1
    return [quotation for quotation in quotations if quotation.start < quotation.end]


def _find_marks(text: str, start: int, end: int) -> tuple[list[str], list[int]]:
    """Return the marks of ``text[start:end]`` and their places; codes are compared since few characters are marks."""
    marks: list[str] = []
    places: list[int] = []
    place: i64 = start
    last: i64 = end
    while place < last:
        code: i64 = ord(text[place])
        may_be = code > ASCII or code in (_STRAIGHT, _APOSTROPHE, _BACKTICK)
        if may_be and (mark := _mark_at(text, place, end)):
            marks.append(mark)
            places.append(place)
            place += len(mark)
        else:
            place += 1
    return marks, places


def _mark_at(text: str, place: int, end: int) -> str:
    """Return the mark at ``place``, "``" and "''" as one, or the empty string."""
    single = text[place : place + 1]
    if single in ("`", "'"):
        double = text[place : min(place + 2, end)]
        if double in _MARKS:
            return double
    return single if single in _MARKS else ""


def _runs_on(mark: str, following: str) -> bool:
    return mark == following or mark not in "'‘‚”»"


def _between(text: str, start: int, end: int, left: int, right: int, closed: bool = True) -> Quotation:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(start, end, left, right, closed)


def _opens(text: str, mark: str, place: int, start: int, end: int) -> bool:
    if mark not in _CLOSERS:
        return False
    after = place + len(mark)
    if after >= end:
        return False
    if mark in _PAIRED or mark in ("„", "``"):
        return True
    bounded = place == start or text[place - 1].isspace() or text[place - 1] in _BEFORE_OPENING
    if mark == "‘" or mark == "'":
        return bounded and not text[after].isspace() and not _ELISION.match(text, after)
    if text[after].isspace():
        return mark == '"' and place == start
    return bounded


def _closing(text: str, marks: list[str], places: list[int], opened: int, end: int) -> int | None:
    """Return the index of the mark that closes the one at ``opened``, or None."""
    mark = marks[opened]
    closers = _CLOSERS[mark]
    single = closers is _SINGLE
    depth, doubtful = 1, None
    for j in range(opened + 1, len(places)):
        other, place = marks[j], places[j]
        if other == mark and mark in _PAIRED:
            depth += 1
        elif single:
            if doubtful is not None and _opens(text, other, place, 0, end):
                return doubtful
            if other in closers and (sure := _closes_single(text, place, end)) is not None:
                if sure:
                    return j
                doubtful = j if doubtful is None else doubtful
        elif other in closers:
            if other == '"' and place + 1 < end and text[place - 1].isspace() and not text[place + 1].isspace():
                continue
            depth -= 1
            if not depth:
                return j
    return doubtful


def _closes_single(text: str, place: int, end: int) -> bool | None:
    """Whether a single mark closes: True, None for an apostrophe, False where it may be a possessive ("farmers'")."""
    before = text[place - 1]
    if before.isspace() or (place + 1 < end and text[place + 1].isalnum()):
        return None
    if before in "sS" or _DROPPED_G.search(text, max(0, place - 3), place):
        return place + 1 >= end or text[place + 1] in ".,;:!?)—"
    return True
