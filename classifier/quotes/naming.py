"""Actors named in phrases: the gazetteer behind a cheap test, since most phrases name none."""

import re
from functools import cache
from typing import Final

from classifier.actors import Mention, opening_actor, read_gazetteer
from classifier.quotes.memory import Memory

WINDOW: Final = 80
"""Characters of a phrase that are read for one name; no name of the gazetteer is longer."""

CAPITAL: Final = r"[^\x00-@\[-\x7f\W\d]"
"""Pattern of a letter that is not a small one of ASCII; what ASCII has besides is named first, for speed."""
_CAPITAL: Final = re.compile(rf"{CAPITAL}[^\W_]*")
_PHRASES: Final[Memory[list[Mention]]] = Memory(1 << 12)
_CHUNKS: Final[Memory[bool]] = Memory(1 << 14)
_HYPHEN_BEFORE: Final = re.compile(r"[^\W_]-")
"""What makes the next word part of another: "the pro-Kremlin hackers" are not the Kremlin."""


@cache
def _first_words() -> frozenset[str]:
    return frozenset(words[0].partition("-")[0].partition(".")[0].lower() for words in read_gazetteer())


@cache
def _after_the() -> frozenset[str]:
    return frozenset(words[1].partition("-")[0].lower() for words in read_gazetteer() if words[0].lower() == "the")


def actors_in(phrase: str) -> list[Mention]:
    """Return the actors that ``phrase`` names with a capital letter, in order."""
    found = _PHRASES.find(phrase)
    if found is None:
        found = _PHRASES.keep(phrase, _in_windows(phrase) if any(_may_name(chunk) for chunk in phrase.split()) else [])
    return found


def _may_name(chunk: str) -> bool:
    """Whether a chunk without white space has a capitalised word with which a name of the gazetteer begins."""
    kept = _CHUNKS.find(chunk)
    if kept is None:
        kept = _CHUNKS.keep(
            chunk, not (chunk.isascii() and chunk.islower()) and not _first_words().isdisjoint(_capitals_of(chunk))
        )
    return kept


def _capitals_of(chunk: str) -> list[str]:
    """Return the capitalised words of a chunk, in lower case."""
    return [word.lower() for word in _CAPITAL.findall(chunk)]


def _in_windows(phrase: str) -> list[Mention]:
    """Return the actors of a phrase, of which only the words at which a name may begin are read."""
    firsts, size = _first_words(), len(phrase)
    found: list[Mention] = []
    start = reached = 0
    while start < size:
        end = _word_end(phrase, start)
        if end > start and start >= reached and (low := phrase[start:end].lower()) in firsts:
            hyphenated = _HYPHEN_BEFORE.match(phrase, max(0, start - 2)) is not None
            if not hyphenated and (low != "the" or _next_word(phrase, end) in _after_the()):
                opening = opening_actor(phrase[start : _window_end(phrase, start)])
                if opening is not None:
                    reached = start + opening.end
                    found.append(Mention(opening.code, start, reached))
        start = end if end > start else start + 1
    return found


def _word_end(phrase: str, start: int) -> int:
    """Return the place after the letters and digits that begin at ``start``."""
    end = start
    while end < len(phrase) and phrase[end].isalnum():
        end += 1
    return end


def _next_word(phrase: str, start: int) -> str:
    """Return the word after ``start`` in lower case, the empty string where there is none."""
    while start < len(phrase) and not phrase[start].isalnum():
        start += 1
    return phrase[start : _word_end(phrase, start)].lower()


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
