"""Whom a statement is about or aimed at: another actor, in the patient's place."""

import re
from typing import Final

from classifier.quotes.naming import actors_in

LONGEST: Final = 80
"""Characters of a patient that still names somebody rather than describing."""

_NO_TARGET: Final = frozenset({"it", "them", "him", "her", "us", "me", "you", "each other", "people", "reporters"})
_WORDS: Final = """
against to with from at on by toward towards for than that and of condemn blame accuse urge support back help let ask
stop hold make defend attack punish welcome reject thank call
"""
_BEFORE: Final = frozenset(_WORDS.split())
"""Words after which an actor is a patient, besides forms in -ed and -ing."""
_LAST: Final = re.compile(r"\w+$")


def find_target(
    text: str, start: int, end: int, actor: str | None, patient: tuple[int, int] | None, is_object: bool
) -> str | None:
    """Return the words in ``text[start:end]`` that name another actor than ``actor`` in the patient's place, or None.

    ``patient`` is where a patient of the cue stands ("accused [Denmark] of"); without one, an actor
    named after a verb or preposition counts, and the first one where the statement ``is_object`` of its cue.
    """
    if patient is not None:
        words = text[patient[0] : patient[1]]
        for mention in actors_in(words):
            if mention.code != actor:
                return words[mention.start : mention.end]
        return words if words and len(words) <= LONGEST and words.lower() not in _NO_TARGET else None
    quote = text[start : min(end, start + 1000)]
    if quote[1:].islower():
        return None
    for mention in actors_in(quote):
        before = quote[max(0, mention.start - 20) : mention.start]
        opens = before.lower() in ("", "the ")
        if mention.code != actor and (is_object if opens else _governs(before)):
            return quote[mention.start : mention.end]
    return None


def _governs(before: str) -> bool:
    """Whether the words before an actor put it in the patient's place: "aimed at the [Kremlin]"."""
    words = before.lower().split() if before[-1:].isspace() else []
    if words and words[-1] == "the":
        words.pop()
    last = _LAST.search(words[-1]) if words else None
    if last is None:
        return False
    word = last.group()
    return word in _BEFORE or (word.endswith("ed") and len(word) > 2) or (word.endswith("ing") and len(word) > 3)
