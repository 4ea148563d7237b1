"""Whom the labels of a transcript name."""

from classifier.quotes.entities import Speaker
from classifier.quotes.naming import actor_code
from classifier.quotes.roster import Roster
from classifier.quotes.words import ROLES, TITLES


def labelled(roster: Roster, words: list[str], start: int, country: str) -> Speaker:
    """Return whom the label of a transcript's turn names: "MINISTER HALE", "Mr. Delorme", "The President"."""
    first = 0
    while first < len(words) - 1 and (words[first].lower() in TITLES or words[first].lower() in ROLES):
        first += 1
    full = roster.full.get(words[-1].lower())
    if full is not None and words[-1].lower() not in ROLES:
        name = full
    elif first and words[0].lower() != "the":
        name = " ".join(words[first:])
    else:
        name = " ".join(words)
    return Speaker(name, start, actor_code(country) if country else actor_code(" ".join(words[:first])), None)


def interviewee(roster: Roster, start: int) -> Speaker:
    """Return the one person whom the head of an interview names in full, for turns labelled "A"."""
    for name in roster.full.values():
        return Speaker(name, start, None, None)
    return Speaker(None, start, None, "the label names nobody")
