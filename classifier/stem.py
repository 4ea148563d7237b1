"""A light stemmer: inflections and the commonest nominal endings, nothing that changes what a word does.

Prefixes and "no", "not", "less" are kept, since "disagree" and "agree" must stay apart.
"""

from collections.abc import Iterator
from typing import Final

_VOWELS: Final = frozenset("aeiouy")
_SHORTEST: Final = 3
_KEEP_DOUBLE: Final = frozenset("lsz")
_NOMINAL: Final = (
    ("ization", 4),
    ("isation", 4),
    ("ation", 4),
    ("ment", 4),
    ("ate", 5),
    ("ize", 5),
    ("ise", 5),
    ("ion", 4),
    ("at", 5),
    ("iz", 5),
    ("is", 5),
)
"""Endings that turn one verb into its noun, with the shortest rest each may leave."""


def _has_vowel(word: str) -> bool:
    return any(c in _VOWELS for c in word)


def _undouble(word: str) -> str:
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in _KEEP_DOUBLE | _VOWELS:
        return word[:-1]
    return word


def stem(word: str) -> str:
    """Return the stem of a lower-case word: "accused", "accuses" and "accusation" give "accus"."""
    if len(word) <= _SHORTEST:
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("sses"):
        word = word[:-2]
    elif word.endswith("s") and word[-2] not in "sui":
        word = word[:-1]
    if word.endswith("ied"):
        word = word[:-3] + "y"
    if word.endswith("eed"):
        word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= _SHORTEST and _has_vowel(rest):
            word = rest if ending == "ly" else _undouble(rest)
            break
    for ending, shortest in _NOMINAL:
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= shortest:
            return rest.removesuffix("e")
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "i"
    return word.removesuffix("e") if len(word) > _SHORTEST else word


def bases(word: str) -> Iterator[str]:
    """Yield the words of which a lower-case ``word`` may be a regular inflection, the likeliest first."""
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
    for ending in ("ed", "ing", "er", "est"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= _SHORTEST:
            yield rest + "e"
            yield rest
            if rest[-1] == rest[-2]:
                yield rest[:-1]
