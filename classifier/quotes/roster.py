"""The full names of an article, what the text calls the people who bear them, and where each stands."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from classifier.quotes.naming import actors_in
from classifier.quotes.words import (
    ADVERBS,
    BODIES,
    CONJUNCTIONS,
    DETERMINERS,
    GIVEN,
    PARTICLES,
    PERSONS,
    PLACE_WORDS,
    POST_NOMINALS,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    SUBORDINATORS,
    THINGS,
    TIMES,
    TITLES,
)

NEAR: Final = 60
"""Characters before and after a name in which the text may say who that is."""
FEW: Final = 6
"""Words that are looked up before all words next to names are indexed."""
NEARBY: Final = 3000
"""Characters back in which a first name alone tells that "Little Alfie" is no full name."""
SHORTEST_NICKNAME: Final = 3
MOST_ALIKE: Final = 12
"""First names with the same beginning that are looked at."""

_NAMES: Final = re.compile(
    r"[^\W\d_a-z](?<![\w'’-].)[\w'’-]*+(?:\s(?:(?:van|von|der|den|de|da|dos|di|du|del|la|al|el|bin|ibn|ter|ten)\s){0,2}"
    r"[^\W\d_a-z][\w'’-]*)+"
)
_NOT_NAMES: Final = (
    ROLES
    | TITLES
    | BODIES
    | DETERMINERS
    | PREPOSITIONS - PARTICLES
    | CONJUNCTIONS
    | SUBORDINATORS
    | PRONOUNS
    | ADVERBS
    | TIMES
)
_POSSESSIVE: Final = ("'s", "’s", "'", "’")
_TRADE: Final = re.compile(
    r"(?:co-|ex-|great-)\w+|\w{3,}(?:man|woman|maker|keeper|holder|worker|owner|goer|grower|teacher|ologist)"
)
_AGENT: Final = re.compile(r"\w{3,}(?:er|or|ist|den|ant)")
_INITIALS: Final = re.compile(r"((?:[A-Z][\w'’-]*\s(?:(?:of|for|and|the)\s){0,2}){2,8})\(([A-Z]{2,8})\)")
_INTRODUCER: Final = re.compile(r"\b(?:an?|one|another|his|her|their|whose)(?: [\w-]+){0,2}$")
_NAMED_AFTER: Final = re.compile(r"\b(?!['’])(?:,? ([A-Z]\w+))?")
_ADJECTIVE: Final = re.compile(r"\w{3,}(?:y|ed|ing|ous|ful|ic|ish|less|ate|ent|ive|able)")
_RANKS: Final = frozenset({"pc", "dc", "ds", "di", "md", "vp", "mp", "pm"})
_PREFIXES: Final = frozenset({"vice", "co", "ex", "deputy", "sub", "under", "great", "step", "arch", "multi"})
_PARTNER: Final = re.compile(r"([^\W\d_a-z][\w'’-]*) and $")
_ALIAS: Final = re.compile(r"\b(?:known|nicknamed|dubbed)\b[^.,]{0,25}\s(?:as\s)?$")
_ALIAS_SIGN: Final = re.compile("known|nicknamed|dubbed")
_IS: Final = re.compile(r"(?:^|[.!?]\s)([^.!?]{2,50})\s(?:is|was)\s$")
_PLACED: Final = re.compile(r"\b(?:in|at|across|near|into|on|outside|inside|through|over|from|along)\s(?:the\s)?$")
_MOVED: Final = frozenset({"fled", "left", "reached", "visited", "crossed", "entered", "leave", "near", "outside"})
"""Words before the name of a place."""
_AGE: Final = re.compile(r"(\d{1,3})(?:-year-old\s\w*\s?$|\b)")
_ROLE_END: Final = re.compile(r"[.;:!?\n]|\b(?:who|whose|of|for|from|at|in|with|and|said|says|told)\b")
_TOKEN: Final = re.compile(r"[\w-]+")


def is_trade(low: str) -> bool:
    """Whether a word that opens a name is a trade: "[Trawlerman] Jim Nance", "[Co-host] Ada Pell"."""
    return _TRADE.fullmatch(low) is not None


def is_compound_role(low: str) -> bool:
    """Whether a word is a role with a prefix or second role: "vice-minister", "ex-striker", "secretary-treasurer"."""
    before, _, last = low.rpartition("-")
    return last in PERSONS and (before in _PREFIXES or before in PERSONS)


@lru_cache(maxsize=8192)
def _is_no_name(low: str) -> bool:
    """Whether a word is no part of a name wherever it stands."""
    if low in _NOT_NAMES or low.endswith(("'s", "’s")) or low[:-1] in PERSONS:
        return True
    return "-" in low and (is_compound_role(low) or low.endswith("-year-old"))


def is_role(words: list[str], place: int) -> bool:
    """Whether the capitalised word at ``place`` of a run of them is what somebody is, not part of a name."""
    low = words[place].lower()
    if _is_no_name(low):
        return True
    if words[place].isupper() and not words[-1].isupper() and (len(low) > 2 or low in _RANKS) and low not in GIVEN:
        return low.isalpha()  # "HEARTBROKEN Carly Munro", "CEO Signe Aagaard"
    if place or len(words) < 2 or low in GIVEN:
        return False
    given = words[1].lower() in GIVEN
    if given:  # "Fiery Laurent Deschamps", "Accuser Gavin"
        return is_trade(low) or _AGENT.fullmatch(low) is not None or _ADJECTIVE.fullmatch(low) is not None
    return len(words) > 2 and is_trade(low)


class Roster:
    """The full names in ``text[start:end]`` of each of ``spans``, which are in order."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        """Index the names by surname, by first name and by place."""
        self._text = text
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
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._names: list[str] = []
        self._bearers: dict[str, set[str]] | None = None
        self._asked = 0
        self._prefixes: dict[str, dict[str, str]] | None = None
        for start, end in spans:
            for found in _NAMES.finditer(text, start, end):
                self._index(found.group(), found.start())
            if text.find("(", start, end) >= 0:
                for found in _INITIALS.finditer(text, start, end):
                    self._shorten(found.group(2), found.group(1))

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
        if self._names and _ALIAS_SIGN.search(self._text, max(0, at - NEAR), at) and _ALIAS.search(
            self._text, max(0, at - NEAR), at
        ):
            self.given.setdefault(surname, self._names[-1])
            return
        if self._text[at - 5 : at] == " and " and last - first == 2:
            self._pair(name, surname, at)
        self.full.setdefault(surname, name)
        self.given.setdefault(words[first].lower(), name)
        self._starts.append(start)
        self._ends.append(at + len(name))
        self._names.append(name)

    def _shorten(self, initials: str, name: str) -> None:
        large = [word for word in name.split() if word[0].isupper()]
        while large and large[0][0] != initials[0]:
            large = large[1:]
        if "".join(word[0] for word in large) == initials:
            self.short.setdefault(initials.lower(), name[name.index(large[0]) :])

    def introduced(self, head: str, start: int) -> str | None:
        """Return whom "a widow" or "his uncle, Avrom" has introduced before ``start``.

        That is the name, "" where the text gives none, None where nobody has been introduced as ``head``.
        """
        before = self._text[max(0, start - NEARBY) : start]
        known: str | None = None
        place = before.find(f" {head}")
        while place >= 0:
            after = _NAMED_AFTER.match(before, place + 1 + len(head))
            if after is not None and _INTRODUCER.search(before, max(0, place - NEAR), place):
                known = ""
                if after.group(1):
                    low = after.group(1).lower()
                    return self.full.get(low) or self.given.get(low) or after.group(1)
            place = before.find(f" {head}", place + 1)
        return known

    def _is_given(self, word: str, low: str, start: int) -> bool:
        """Whether a word is the first name by which the text has called somebody shortly before ``start``."""
        if low in self.full:
            return False
        return low in self.given or (low in GIVEN and self._text.rfind(f" {word}", max(0, start - NEARBY), start) >= 0)

    def _pair(self, name: str, surname: str, at: int) -> None:
        partner = _PARTNER.search(self._text, max(0, at - 25), at)
        if partner is not None and partner.group(1).lower() in GIVEN:
            other = partner.group(1)
            self.given.setdefault(other.lower(), f"{other} {name.split()[-1]}")
            self.pairs.setdefault(surname, f"{other} and {name}")

    def named_in(self, start: int, end: int) -> tuple[str, int] | None:
        """Return the first full name of a person in ``text[start:end]`` and its place, or None."""
        for place in range(bisect_left(self._starts, start), len(self._starts)):
            if self._starts[place] >= end:
                break
            if self._is_person(place):
                return self._names[place], self._starts[place]
        return None

    def _is_person(self, place: int) -> bool:
        words = self._names[place].lower().split()
        start = self._starts[place]
        before = self._text[max(0, start - 20) : start]
        placed = _PLACED.search(before) is not None
        if words[0] in GIVEN and (words[-1] not in PLACE_WORDS or not placed):
            return True
        if placed or not PLACE_WORDS.isdisjoint(words) or actors_in(self._names[place]):
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

    def bearers(self, word: str) -> set[str]:
        """Return the full names of those whom the text calls ``word``, a role or an age, next to their names."""
        self._asked += 1
        if self._bearers is None and self._asked <= FEW:
            return self._bearers_near(word)
        if self._bearers is None:
            self._bearers = {}
            for place, name in enumerate(self._names):
                full = self.full[name.split()[-1].lower()]
                for low in self._called(place):
                    self._bearers.setdefault(low, set()).add(full)
        return self._bearers.get(word, set())

    def _bearers_near(self, word: str) -> set[str]:
        """Return what :meth:`bearers` does, by looking only at names near which the word stands at all."""
        found = set()
        for place, name in enumerate(self._names):
            if word in self._text[max(0, self._starts[place] - NEAR) : self._ends[place] + NEAR].lower():
                if word in self._called(place):
                    found.add(self.full[name.split()[-1].lower()])
        return found

    def _called(self, place: int) -> set[str]:
        """Return the words that stand next to a name for who that is."""
        start, end = self._starts[place], self._ends[place]
        found = {low.lower() for low in self._text[start:end].split()} - set(self._names[place].lower().split())
        before = self._text[max(0, start - NEAR) : start]
        tokens = _TOKEN.findall(before[max(before.rfind(mark) for mark in ".;:!?\n") + 1 :])
        if before.endswith((" ", ", ")) and tokens:
            found.add(tokens[-1].lower())
        if before.endswith(", "):
            found.update(low.lower() for low in _TOKEN.findall(before[before.rfind(",", 0, -2) + 1 :])[:6])
        subject = _IS.search(before) if before.endswith((" is ", " was ")) else None
        if subject is not None:
            found.update(low.lower() for low in _TOKEN.findall(subject.group(1)))
        aged = _AGE.search(before) if "-year-old" in before else None
        if aged is not None and aged.group().startswith(aged.group(1) + "-"):
            found.add(aged.group(1))
        found |= self._called_after(end)
        return found - ROLES if found & {"deputy", "vice"} else found

    def _called_after(self, end: int) -> set[str]:
        after = self._text[end : end + NEAR]
        opened = next((mark for mark in (", ", " is ", " was ", " (") if after.startswith(mark)), None)
        if opened is None:
            return set()
        aged = _AGE.match(after, len(opened))
        rest = after[aged.end() + 1 if aged else len(opened) :].removeprefix(" ")
        if rest.startswith(("who is ", "who was ")):
            rest = rest[7:].lstrip()
        stop = _ROLE_END.search(rest)
        role = rest[: stop.start() if stop else len(rest)].split(",")[0]
        found = {low.lower() for low in _TOKEN.findall(role)}
        return found | {aged.group(1)} if aged else found
