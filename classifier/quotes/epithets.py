"""What a text calls the people whom it names: roles, ages and descriptions next to their names."""

import re
from typing import Final

from classifier.quotes.roster import NEAR, NEARBY, Roster
from classifier.quotes.words import ROLES

FEW: Final = 6
"""Words that are looked up before all words next to names are indexed."""
_INTRODUCER: Final = re.compile(
    r"\b(?:an?|one|another|his|her|their|whose|(?:told|asked|met|rang|saw|visited) the)(?: [\w-]+){0,2}$"
)
_NAMED_AFTER: Final = re.compile(r"\b(?!['’])(?:,? ([A-Z]\w+))?")
_IS: Final = re.compile(r"(?:^|[.!?]\s)([^.!?]{2,50})\s(?:is|was)\s$")
_AGE: Final = re.compile(r"(\d{1,3})(?:-year-old\s\w*\s?$|\b)")
_ROLE_END: Final = re.compile(r"[.;:!?\n]|\b(?:who|whose|of|for|from|at|in|with|and|said|says|told)\b")
_TOKEN: Final = re.compile(r"[\w-]+")


class Epithets:
    """Who of the people of a roster is called what."""

    def __init__(self, roster: Roster) -> None:
        """Look next to the names of ``roster``."""
        self._roster = roster
        self._bearers: dict[str, set[str]] | None = None
        self._near: list[str] | None = None
        self._asked = 0

    def introduced(self, head: str, start: int) -> str | None:
        """Return whom "a widow" or "his uncle, Avrom" has introduced before ``start``.

        That is the name, "" where the text gives none, None where nobody has been introduced as ``head``.
        """
        before = self._roster.text[max(0, start - NEARBY) : start]
        known: str | None = None
        place = before.find(f" {head}")
        while place >= 0:
            after = _NAMED_AFTER.match(before, place + 1 + len(head))
            if after is not None and _INTRODUCER.search(before, max(0, place - NEAR), place):
                known = ""
                if after.group(1):
                    low = after.group(1).lower()
                    return self._roster.full.get(low) or self._roster.given.get(low) or after.group(1)
            place = before.find(f" {head}", place + 1)
        return known

    def bearers(self, word: str) -> set[str]:
        """Return the full names of those whom the text calls ``word``, a role or an age, next to their names."""
        self._asked += 1
        if self._bearers is None and self._asked <= FEW:
            return self._bearers_near(word)
        if self._bearers is None:
            self._bearers = {}
            for place, name in enumerate(self._roster.names):
                full = self._roster.full[name.split()[-1].lower()]
                for low in self._called(place):
                    self._bearers.setdefault(low, set()).add(full)
        return self._bearers.get(word, set())

    def _bearers_near(self, word: str) -> set[str]:
        """Return what :meth:`bearers` does, by looking only at names near which the word stands at all."""
        roster = self._roster
        if self._near is None:
            spans = zip(roster.starts, roster.ends, strict=True)
            self._near = [roster.text[max(0, start - NEAR) : end + NEAR].lower() for start, end in spans]
        places = [place for place, near in enumerate(self._near) if word in near and word in self._called(place)]
        return {roster.full[roster.names[place].split()[-1].lower()] for place in places}

    def _called(self, place: int) -> set[str]:
        """Return the words that stand next to a name for who that is."""
        start, end = self._roster.starts[place], self._roster.ends[place]
        run, name = self._roster.text[start:end], self._roster.names[place]
        found = set(run.lower().split()) - set(name.lower().split())
        before = self._roster.text[max(0, start - NEAR) : start]
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
        after = self._roster.text[end : end + NEAR]
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
