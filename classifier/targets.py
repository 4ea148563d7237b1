"""Where a text mentions its target."""

import re
from collections.abc import Sequence
from typing import Final

from classifier.text import normalise

_NO_WORD: Final = re.compile(r"\W")


def mentions_of(text: str, target: str) -> list[tuple[int, int]]:
    """Return (start, end) of each mention of ``target`` in ``text``, whole words first, whatever the case."""
    plain = normalise(target).strip()
    if not plain:
        return []
    haystack = normalise(text)
    if haystack.isascii() and plain.isascii():
        haystack, plain = haystack.lower(), plain.lower()
        return _found(haystack, plain, True) or _found(haystack, plain, False)
    escaped = re.escape(plain)
    whole = [m.span() for m in re.finditer(rf"(?<!\w){escaped}(?!\w)", haystack, re.IGNORECASE)]
    return whole or [m.span() for m in re.finditer(escaped, haystack, re.IGNORECASE)]


def _found(text: str, part: str, whole: bool) -> list[tuple[int, int]]:
    """Return the places of ``part`` in ``text``, left to right, not overlapping; with ``whole``, only whole words."""
    found: list[tuple[int, int]] = []
    start = text.find(part)
    while start >= 0:
        end = start + len(part)
        if whole and _is_word(text[start - 1 : start]):
            # within a word: where the target begins with one, no mention opens before this word's end
            gap = _NO_WORD.search(text, start) if _is_word(part[0]) else None
            start = text.find(part, gap.end() if gap else start + 1) if gap or not _is_word(part[0]) else -1
        elif whole and _is_word(text[end : end + 1]):
            start = text.find(part, start + 1)
        else:
            found.append((start, end))
            start = text.find(part, end)
    return found


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def places_of(
    mentions: Sequence[tuple[int, int]],
    starts: Sequence[int],
    ends: Sequence[int],
    firsts: Sequence[int],
    lasts: Sequence[int],
) -> list[int]:
    """Return the places of the units that ``mentions`` cover, in order.

    Unit ``i`` reaches from the token ``firsts[i]`` to the token ``lasts[i]``; ``starts`` and ``ends`` are the tokens'
    characters.
    """
    found: list[int] = []
    i = 0
    for place, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        while i < len(mentions) and mentions[i][1] <= starts[first]:
            i += 1
        if i < len(mentions) and mentions[i][0] < ends[last]:
            found.append(place)
    return found
