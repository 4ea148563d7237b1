"""Actors named in phrases: the gazetteer behind a cheap test, since most phrases name none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from classifier.quotes.memory import Memory
from classifier.quotes.openings import Actor, Names, read_names

if TYPE_CHECKING:
    from mypy_extensions import i64

WINDOW: Final = 80
"""Characters of a phrase that are read for one name; no name of the gazetteer is longer."""

CAPITAL: Final = r"[^\x00-@\[-\x7f\W\d]"
"""Pattern of a letter that is not a small one of ASCII; what ASCII has besides is named first, for speed."""
_NAMES: Final = 1
"""A sign of chunks: with a capitalised word of it begins a name of the gazetteer."""
_OPENS: Final = 2
"""A name of the gazetteer would begin with one of its words if that were capitalised."""
_ASCII: Final = 0x7F
_A: Final = 0x41
_Z: Final = 0x5A
_SMALL_A: Final = 0x61
_SMALL_Z: Final = 0x7A
_PHRASES: Final[Memory[list[Actor]]] = Memory(1 << 12)
_CHUNKS: Final[Memory[int]] = Memory(1 << 14)


def actors_in(phrase: str) -> list[Actor]:
    """Return the actors that ``phrase`` names with a capital letter, in order."""
    found = _PHRASES.find(phrase)
    if found is None:
        chunks = phrase.split()
        signs = [_signs(chunk) for chunk in chunks]
        found = _in_windows(phrase, chunks, signs) if any(each & _NAMES for each in signs) else []
        _PHRASES.keep(phrase, found)
    return found


def _signs(chunk: str) -> int:
    """Return the sum of the signs of a chunk without white space."""
    kept = _CHUNKS.find(chunk)
    return _CHUNKS.keep(chunk, _read_signs(chunk)) if kept is None else kept


def _read_signs(chunk: str) -> int:
    firsts = read_names().firsts
    found = start = 0
    size = len(chunk)
    while start < size:
        end = _word_end(chunk, start)
        if end > start:
            capital = _capital_in(chunk, start, end)
            low = chunk[start:end].lower()
            if low in firsts:
                found |= _OPENS
            if capital < end and (low if capital == start else chunk[capital:end].lower()) in firsts:
                found |= _NAMES
        start = end + 1
    return found


def _capital_in(text: str, start: i64, end: i64) -> int:
    """Return where the first letter of a word stands that is not a small one of ASCII; ``end`` where there is none."""
    place = start
    while place < end:
        code: i64 = ord(text[place])
        if _A <= code <= _Z or (code > _ASCII and not text[place].isdecimal()):
            break
        place += 1
    return place


def _in_windows(phrase: str, chunks: list[str], signs: list[int]) -> list[Actor]:
    """Return the actors of a phrase, of which only the chunks in which a name may begin are read."""
    names = read_names()
    found: list[Actor] = []
    end = 0
    for place, chunk in enumerate(chunks):
        start = phrase.find(chunk, end)
        end = start + len(chunk)
        if signs[place] & _OPENS:
            _add_actors(found, names, phrase, start, end)
    return found


def _add_actors(found: list[Actor], names: Names, phrase: str, start: int, last: int) -> None:
    """Add the actors whose names begin in the chunk ``phrase[start:last]`` and in none of those found before."""
    reached = found[-1].end if found else 0
    while start < last:
        end = _word_end(phrase, start)
        if end > start >= reached and phrase[start:end].lower() in names.firsts and not _is_joined(phrase, start):
            actor = names.at(phrase, start, end, _window_end(phrase, start))
            if actor is not None:
                found.append(actor)
                reached = actor.end
        start = end if end > start else start + 1


def _is_joined(phrase: str, start: int) -> bool:
    """Whether a hyphen makes a word part of another: "the pro-Kremlin hackers" are not the Kremlin."""
    return start > 1 and phrase[start - 1] == "-" and phrase[start - 2].isalnum()


def _word_end(phrase: str, start: i64) -> int:
    """Return the place after the letters and digits that begin at ``start``."""
    end = start
    last: i64 = len(phrase)
    while end < last:
        code: i64 = ord(phrase[end])
        small = _SMALL_A <= code <= _SMALL_Z  # most are
        if not small and not phrase[end].isalnum():
            break
        end += 1
    return end


def _window_end(phrase: str, start: int) -> int:
    """Return where the window at ``start`` ends, before a word that it would cut."""
    end = min(start + WINDOW, len(phrase))
    while end < len(phrase) and end > start + 1 and phrase[end - 1].isalnum():
        end -= 1
    return end


def actor_code(phrase: str) -> str | None:
    """Return the code of the first actor that ``phrase`` names, or None."""
    found = actors_in(phrase)
    return found[0].code if found else None
