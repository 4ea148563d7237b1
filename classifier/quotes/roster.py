"""The full names of an article, what the text calls the people who bear them, and where each stands."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

from classifier.quotes.naming import actors_in
from classifier.quotes.roles import is_role
from classifier.quotes.runs import find_runs
from classifier.quotes.words import (
    BODIES,
    GIVEN,
    PARTICLES,
    PLACE_WORDS,
    POST_NOMINALS,
    THINGS,
)

NEAR: Final = 60
"""Characters before and after a name in which the text may say who that is."""
NEARBY: Final = 3000
"""Characters back in which a first name alone tells that "Little Alfie" is no full name."""
LONGEST_NAME: Final = 100
"""Characters of a name before its initials in brackets."""
SHORTEST_NICKNAME: Final = 3
MOST_ALIKE: Final = 12
"""First names with the same beginning that are looked at."""

_POSSESSIVE: Final = ("'s", "’s", "'", "’")
_INITIALS: Final = re.compile(r"\(([A-Z]{2,8})\)")
_INITIALLED: Final = re.compile(r"(?:[A-Z][\w'’-]*\s(?:(?:of|for|and|the)\s){0,2}){2,8}$")
_PARTNER: Final = re.compile(r"([^\W\d_a-z][\w'’-]*) and $")
_ALIAS: Final = re.compile(r"\b(?:known|nicknamed|dubbed)\b[^.,]{0,25}\s(?:as\s)?$")
_PLACED: Final = re.compile(r"\b(?:in|at|across|near|into|on|outside|inside|through|over|from|along)\s(?:the\s)?$")
_MOVED: Final = frozenset({"fled", "left", "reached", "visited", "crossed", "entered", "leave", "near", "outside"})
"""Words before the name of a place."""


class Roster:
    """The full names in ``text[start:end]`` of each of ``spans``, which are in order."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        """Index the names by surname, by first name and by place."""
        self.text = text
        self.full: dict[str, str] = {}
        """Surname in lower case -> the first full name that has it."""
        self.given: dict[str, str] = {}
        """First name in lower case -> the first full name that has it."""
        self.pairs: dict[str, str] = {}
        """Surname of a pair in lower case -> "Ray and Sheila Boon"."""
        self.bodies: dict[str, str] = {}
        """Head of a body in lower case -> the name that ends with it, "Lindgren Institute"; "" where there are two."""
        self.short: dict[str, str] = {}
        """Initials -> the name that they stand behind: "Press Freedom Watch (PFW)"."""
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.names: list[str] = []
        self._prefixes: dict[str, dict[str, str]] | None = None
        for start, end in spans:
            for found in find_runs(text, start, end):
                self._index(found.group(), found.start())
            for found in _INITIALS.finditer(text, start, end) if text.find("(", start, end) >= 0 else ():
                named = _INITIALLED.search(text, max(start, found.start() - LONGEST_NAME), found.start())
                if named is not None:
                    self._shorten(found.group(1), named.group().strip())

    def _index(self, run: str, start: int) -> None:
        words = run.split()
        last = len(words)
        while last > 1 and words[last - 1].lower() in POST_NOMINALS:
            last -= 1
        bare = words[last - 1]
        owned = bare.endswith(_POSSESSIVE)
        if owned:
            words[last - 1] = bare = bare.rstrip("s").rstrip("'’") if bare.endswith(("'s", "’s")) else bare[:-1]
        first = 0
        for place in range(last):
            if is_role(words, place):
                first = place + 1
        surname = bare.lower()
        if surname in BODIES and last > 1:
            name = " ".join(words[words[0] == "The" : last])
            if " " not in name:
                return
            self.bodies[surname] = name if self.bodies.get(surname, name) == name else ""
        if last - first < 2 or surname in PARTICLES:
            return
        if last - first == 2 and words[first].lower() not in GIVEN and self._is_given(bare, surname, start):
            return  # "Desperate Janine", who has been named before
        name = " ".join(words[first:last])
        at = start + run.find(words[first]) if first else start
        if self.names and self._is_alias(at):
            self.given.setdefault(surname, self.names[-1])
            return
        if self.text[at - 5 : at] == " and " and last - first == 2:
            self._pair(name, surname, at)
        self.full.setdefault(surname, name)
        self.given.setdefault(words[first].lower(), name)
        self.starts.append(start)
        self.ends.append(at + len(name))
        self.names.append(name)

    def _is_alias(self, at: int) -> bool:
        """Whether the text before a name says that somebody is known by it."""
        before = self.text[max(0, at - NEAR) : at]
        signs = "known" in before or "nicknamed" in before or "dubbed" in before
        return signs and _ALIAS.search(self.text, max(0, at - NEAR), at) is not None

    def _shorten(self, initials: str, name: str) -> None:
        large = [word for word in name.split() if word[0].isupper()]
        while large and large[0][0] != initials[0]:
            large = large[1:]
        if "".join(word[0] for word in large) == initials:
            self.short.setdefault(initials.lower(), name[name.index(large[0]) :])

    def _is_given(self, word: str, low: str, start: int) -> bool:
        """Whether a word is the first name by which the text has called somebody shortly before ``start``."""
        if low in self.full:
            return False
        return low in self.given or (low in GIVEN and self.text.rfind(f" {word}", max(0, start - NEARBY), start) >= 0)

    def _pair(self, name: str, surname: str, at: int) -> None:
        partner = _PARTNER.search(self.text, max(0, at - 25), at)
        if partner is not None and partner.group(1).lower() in GIVEN:
            other = partner.group(1)
            self.given.setdefault(other.lower(), f"{other} {name.split()[-1]}")
            self.pairs.setdefault(surname, f"{other} and {name}")

    def named_in(self, start: int, end: int) -> tuple[str, int] | None:
        """Return the first full name of a person in ``text[start:end]`` and its place, or None."""
        for place in range(bisect_left(self.starts, start), len(self.starts)):
            if self.starts[place] >= end:
                break
            if self._is_person(place):
                return self.names[place], self.starts[place]
        return None

    def _is_person(self, place: int) -> bool:
        words = self.names[place].lower().split()
        start = self.starts[place]
        before = self.text[max(0, start - 20) : start]
        placed = _PLACED.search(before) is not None
        if words[0] in GIVEN and (words[-1] not in PLACE_WORDS or not placed):
            return True
        if placed or not PLACE_WORDS.isdisjoint(words) or actors_in(self.names[place]):
            return False
        last = before.rsplit(None, 1)[-1:]
        return not (last and (last[0].lower() in THINGS or last[0] in _MOVED))

    def nicknamed(self, low: str) -> str | None:
        """Return the one full name whose first name begins with ``low``: "Stav" of Stavros Pappas; None otherwise."""
        if len(low) < SHORTEST_NICKNAME:
            return None
        if self._prefixes is None:
            self._prefixes = {}
            for given, name in self.given.items():
                near = self._prefixes.setdefault(given[:SHORTEST_NICKNAME], {})
                if len(near) < MOST_ALIKE:
                    near[given] = name
        near = self._prefixes.get(low[:SHORTEST_NICKNAME], {})
        alike = {name for given, name in near.items() if given.startswith(low)}
        return alike.pop() if len(alike) == 1 else None
