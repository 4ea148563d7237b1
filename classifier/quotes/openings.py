"""Names of the gazetteer that begin at a word: plain words are compared as they stand, and only the rest by tokens."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from classifier.actors import CASED, opening_actor, read_gazetteer

if TYPE_CHECKING:
    from mypy_extensions import i64

_LETTERS: Final = re.compile(r"[a-z]*")
_DASH: Final = re.compile("[-‐‑‒–—―−﹣－]")
"""What ends a dateline."""
_MARKS: Final = frozenset(',;:)?!"([]“”0123456789')
"""What begins no word of letters and joins nothing to the word before it, where a space stands between them."""
_AFTER: Final = frozenset(',;:)?!"([]“”.')
"""What ends a word of two letters or more."""
_APOSTROPHES: Final = frozenset("'’")
_ASCII: Final = 0x7F
_A: Final = 0x41
_Z: Final = 0x5A
_SMALL_A: Final = 0x61
_SMALL_Z: Final = 0x7A


class Actor:
    """An actor named in a text: ``text[start:end]`` and its ISO 3166 alpha-3 or organisation code."""

    def __init__(self, code: str, start: int, end: int) -> None:
        self.code = code
        self.start = start
        self.end = end


class Names:
    """The names of the gazetteer, their words joined with spaces."""

    def __init__(self) -> None:
        names = read_gazetteer()
        self.codes = {" ".join(words): code for words, code in names.items()}
        self.firsts = frozenset(words[0].partition("-")[0].partition(".")[0].lower() for words in names)
        """What the letters and digits at the beginning of a name are, in lower case."""
        self._parts = frozenset(
            " ".join([*words[:size], _letters_of(words[size])]) for words in names for size in range(1, len(words))
        )
        """The beginnings of names, up to the letters with which a second or later word begins."""

    def at(self, text: str, start: int, end: int, limit: int) -> Actor | None:
        """Return the actor whose name begins with the word ``text[start:end]`` and ends before ``limit``, or None."""
        word = text[start:end]
        name = word.lower()
        plain = (
            word.isascii() and word.isalpha() and not (_may_date(text, word, end) and _DASH.search(text, end, limit))
        )
        found: Actor | None = None
        while plain:
            following = _next_letters(text, end, limit)
            if following < 0:
                break
            if name in CASED:
                return Actor(self.codes[word], start, end) if word in self.codes else None
            code = self.codes.get(name)
            if code is not None:
                found = Actor(code, start, end)
            name = f"{name} {text[end + 1 : following].lower()}"
            if name not in self._parts:
                return found
            plain = following > end
            end = following
        opening = opening_actor(text[start:limit])
        return None if opening is None else Actor(opening.code, start, start + opening.end)


@cache
def read_names() -> Names:
    """Return the names of the gazetteer."""
    return Names()


def _letters_of(word: str) -> str:
    letters = _LETTERS.match(word)
    return letters.group() if letters is not None else ""


def _may_date(text: str, word: str, end: int) -> bool:
    """Whether a word may begin a dateline, which is no part of a name: a quick test."""
    return word.isupper() and (len(word) > 1 or text[end : end + 1] in _APOSTROPHES)


def _next_letters(text: str, place: int, limit: int) -> int:
    """Return where the letters end with which the token after the word before ``place`` begins.

    That is ``place`` where it begins with none, and -1 where the word is more than its letters or tokens must tell.
    """
    if place >= limit:
        return place
    mark = text[place]
    if mark != " ":
        if mark in _APOSTROPHES:
            return -1 if text[place + 1 : place + 2] in ("t", "T") else place  # "don't"
        single = place < 2 or not text[place - 2].isalnum()
        return place if mark in _AFTER and not (mark == "." and single) else -1
    end: i64 = place + 1
    code: i64 = 0
    while end < limit:
        code = ord(text[end])
        if not (_SMALL_A <= code <= _SMALL_Z or _A <= code <= _Z):
            break
        end += 1
    if end == limit or (end > place + 1 and (code <= _ASCII or text[end] in _APOSTROPHES)):
        return end
    return place if end == place + 1 and text[end] in _MARKS else -1
