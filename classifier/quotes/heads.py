"""What the head of a noun phrase tells: whether it names a person, a body or many, and a woman or a man."""

import re
from typing import Final

from classifier.quotes.entities import BODY, PERSON, PLURAL
from classifier.quotes.memory import Memory
from classifier.quotes.naming import actors_in
from classifier.quotes.roles import is_trade
from classifier.quotes.words import (
    BODIES,
    DOCUMENTS,
    FEMININE,
    FIRMS,
    MASCULINE,
    PERSONS,
    PLURALS,
    PREPOSITIONS,
    TITLES,
)

_AFTER_HEAD: Final = frozenset(
    {"who", "which", "that", "(", ",", "opposite", "next", "upstairs", "downstairs", "nearby"}
)
_GENDERED: Final = FEMININE | MASCULINE
_AGENT: Final = re.compile(r"\w{2,}(?:er|or|ist|ian|ant|man|woman|eer|ess|boy|girl|lover|nut|boffin)")
_PEOPLE: Final[Memory[bool]] = Memory(1 << 13)
_NO_AGENT: Final = (
    FIRMS
    | BODIES
    | DOCUMENTS
    | {"regulator", "insurer", "lender", "carrier", "supplier", "provider", "newsletter", "number", "order", "matter"}
    | {"water", "weather", "summer", "winter", "river", "tower", "power", "border", "chapter", "corner", "computer"}
    | {
        "water",
        "container",
        "tanker",
        "trawler",
        "steamer",
        "freighter",
        "cruiser",
        "floor",
        "door",
        "motor",
        "tractor",
    }
    | {"other", "former", "latter", "answer", "offer", "paper", "newspaper", "poster", "theater", "center", "factor"}
    | {"restaurant", "plant", "grant", "covenant", "want"}
)
"""Words in -er and the like that are not of people."""


def phrase_gender(lows: list[str]) -> str:
    """Return "f" or "m" where a word of a phrase tells that it names a woman or a man, else the empty string."""
    if "-of-" in " ".join(lows):
        parent = next(low.partition("-of-")[0].rpartition("-")[2] for low in lows if "-of-" in low)
        if parent in _GENDERED:
            return "f" if parent in FEMININE else "m"
    for low in () if _GENDERED.isdisjoint(lows) else lows:
        if low in _GENDERED and low not in ("her", "his"):
            return "f" if low in FEMININE else "m"
    last = lows[-1]
    if not last.endswith("man"):
        return ""
    return "f" if last.endswith("woman") else "m" if is_trade(last) else ""


def head_of(lows: list[str]) -> str:
    """Return the head noun: the word before the first preposition, bracket or relative after the first word."""
    for place in range(1, len(lows)):
        if lows[place] in PREPOSITIONS or lows[place] in _AFTER_HEAD:
            return lows[place - 1]
    return lows[-1]


def _is_person(head: str) -> bool:
    kept = _PEOPLE.find(head)
    return _PEOPLE.keep(head, _names_person(head)) if kept is None else kept


def _names_person(head: str) -> bool:
    if head in PERSONS or head in TITLES:
        return True
    agent = head not in _NO_AGENT and (is_trade(head) or _AGENT.fullmatch(head) is not None)
    return agent and not actors_in(head.title())


def kind_of(word: str, lows: list[str], head: str) -> str:
    """Return what a phrase with this first word and this head names: a person, a body or many."""
    if "-" in head and head not in PERSONS:
        head = head.partition("-of-")[0].rpartition("-")[2]  # "great-grandmother-of-six", "super-slimmer"
    if _is_person(head):
        return PERSON
    if head in BODIES or (head.endswith("'s")):
        return BODY
    if head in PLURALS or head in ("sides", "countries") or "and" in lows:
        return PLURAL
    if head.endswith("s") and not head.endswith(("ss", "us")) and not word.isupper() and head[:-1].isalpha():
        actors = actors_in(" ".join(lows).title())
        return BODY if actors and head not in PERSONS and head[:-1] not in PERSONS else PLURAL
    return BODY
