"""Whom "the minister", "the 54-year-old", "the retired dinner lady" or "the company" means."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from classifier.quotes.entities import BODY, PERSON, PLURAL, Entity, agree, is_proper
from classifier.quotes.epithets import Epithets
from classifier.quotes.focus import Focus
from classifier.quotes.naming import actor_code
from classifier.quotes.nouns import Mention
from classifier.quotes.roster import Roster
from classifier.quotes.words import FIRMS, OFFICES, PAIRS, PERSONS, PREPOSITIONS, TITLES

MOST_ALIKE: Final = 4
"""People and bodies of one description that are kept; two already make "the minister" ambiguous."""
LONGEST_ACRONYM: Final = 3
"""Letters of an office in capitals: "the MP"."""
NEAR: Final = 2
"""Paragraphs back in which a description without an office finds whom it is of."""

_HEADS: Final = {"brig.": "general", "gen.": "general", "gen": "general", "col.": "colonel", "capt.": "captain"}
_TOKEN: Final = re.compile(r"[\w-]+")
_COMPLEMENT: Final = re.compile(r"^ [\w-]+ (?:with|in|of|at|from|by|behind|on) ")
_AGED: Final = re.compile(r"the (\d+)-year-old\b", re.I)
UNNAMED_HEADS: Final = frozenset(
    {"source", "insider", "onlooker", "friend", "witness", "resident", "neighbour", "neighbor", "fan", "customer"}
    | {
        "passer-by",
        "colleague",
        "relative",
        "visitor",
        "tourist",
        "villager",
        "reader",
        "user",
        "spectator",
        "observer",
    }
)
"""Heads of descriptions of people whom a text leaves without a name."""
_FAMILIAR: Final = frozenset({"lady", "sister", "brother", "father", "mother", "don", "sir"})
"""Titles that are ordinary descriptions as well."""
_OTHER: Final = frozenset({"other", "second", "first", "third", "next", "same", "new", "latter", "unnamed"})
"""Words of a description that is of somebody else than the last one spoken of."""


class Descriptions:
    """What the people and bodies of an article have been called."""

    def __init__(self, roster: Roster, focus: Focus, headline: str, named: Callable[[str], Entity]) -> None:
        """Look for descriptions next to the names of ``roster``; ``named`` returns whoever has a full name."""
        self._headline = headline.lower()
        self._roster = roster
        self._epithets = Epithets(roster)
        self._focus = focus
        self._named = named
        self._heads: dict[str, list[Entity]] = {}
        self._pairs: dict[str, Entity] = {}
        self.firm: Mention | None = None
        """The body that the first sentence is about."""
        self._firm: Entity | None = None

    def learn(self, entity: Entity, role: str) -> None:
        """Remember what else the text says of a person who is named: "French Foreign Minister"."""
        for word in role.lower().split():
            word = _HEADS.get(word.strip(",()"), word.strip(",()"))
            if word in PERSONS or word in TITLES:
                entity.words.add(word)
                self.introduce(entity, (word,))

    def introduce(self, entity: Entity, words: Iterable[str]) -> None:
        """Remember that each of ``words`` may mean ``entity``."""
        for word in words:
            alike = self._heads.setdefault(word, [])
            if len(alike) < MOST_ALIKE and entity not in alike:
                alike.append(entity)

    def replace(self, lead: Entity, entity: Entity) -> None:
        """Let what meant ``lead`` mean ``entity``."""
        for alike in self._heads.values():
            alike[:] = [entity if other is lead else other for other in alike]

    def unnamed(self, text: str) -> Entity | None:
        """Return the one person without a name whom ``text`` describes: "The husband, whose name is Joe"."""
        words = text.lower().split()
        alike = self._heads.get(words[-1], ()) if len(words) == 2 and words[0] == "the" else ()
        return alike[0] if len(alike) == 1 and not alike[0].named else None

    def find(self, mention: Mention, speaks: bool) -> Entity | None:
        """Return who has been met before under another name than ``mention``, which begins with "the"; or None."""
        single = len(mention.text.split()) == 2
        if single and mention.text[4].isupper() and mention.head not in self._heads:
            body = self._roster.bodies.get(mention.head)
            if body:
                return Entity(body, BODY, actor_code(body), "", True)
        if single:
            same = [found for found in self._heads.get(mention.head, ()) if not _deputy(found, mention)]
            if len(same) == 1:
                return same[0]
            if same:
                return None
        if not single and len(alike := self._alike(mention)) == 1:
            return alike[0]
        if mention.head in PAIRS:
            return self._pair()
        aged = _AGED.match(mention.text)
        bearers = self._epithets.bearers(aged.group(1) if aged else mention.head) if single or aged else set()
        if len(bearers) == 1:
            return self._named(next(iter(bearers)))
        introduced = self._epithets.introduced(mention.head, mention.start) if mention.kind == PERSON else None
        if introduced is not None:
            return self._named(introduced) if introduced else None
        if aged:
            return next((found for found in self._focus.people() if found.named), None)
        if mention.kind == PERSON and not bearers and (found := self._person(mention, single, speaks)) is not None:
            return found
        return self.find_firm() if single and mention.head in FIRMS else None

    def _alike(self, mention: Mention) -> Sequence[Entity]:
        """Return those who were introduced in the words of a description: "a young man with a bandaged hand"."""
        words = f" {mention.text[4:].lower()} "
        alike = self._heads.get(mention.head, ())
        if len(alike) == 1 and alike[0].name.startswith(("a ", "an ", "A ", "An ")) and _COMPLEMENT.search(words):
            return alike  # "a boy of sixteen", who is "the boy with the chips"
        return [found for found in alike if words in f"{found.name.lower()} "]

    def _person(self, mention: Mention, single: bool, speaks: bool) -> Entity | None:
        """Return who was spoken of last, where "the widow" or "the minister" can be nobody else."""
        described = Entity(mention.text, PERSON, None, mention.gender, age=mention.age)
        if mention.title:
            # An age tells that the description ("The singer, 23,") is of somebody who has been named.
            fits = [found for found in self._focus.people() if found.named and agree(found, described)]
            ageless = [found for found in fits if found.age == mention.age] or fits
            return ageless[0] if ageless else None
        words = mention.text.split()
        if (
            mention.head in UNNAMED_HEADS
            or "'s" in mention.text
            or "’s" in mention.text
            or not PREPOSITIONS.isdisjoint(words)
        ):
            return None
        if not words[-1].islower() and len(words[-1]) > LONGEST_ACRONYM:
            return None
        if mention.head in OFFICES or (mention.head in TITLES and mention.head not in _FAMILIAR):
            last = next(self._focus.people(), None)
            if last is not None and last.named and self._alone() and agree(last, described):
                return last
            near = last is not None and last.named and last.seen >= self._focus.paragraph and agree(last, described)
            return last if near else None
        titled = mention.head in self._headline and mention.head in _TOKEN.findall(self._headline)
        if titled and self._focus.first is not None and agree(self._focus.first, described):
            return self._focus.first
        if any(not word.islower() and not word.isupper() for word in words[1:]) or not _OTHER.isdisjoint(words):
            return None
        last = next((found for found in self._focus.people() if found.named and agree(found, described)), None)
        if last is not None and last.seen >= self._focus.paragraph - (NEAR if speaks else 1):
            return last
        first = self._focus.first
        return first if mention.gender and first is not None and agree(first, described) else None

    def _alone(self) -> bool:
        """Whether one person has been met so far, and that one by name."""
        people = list(self._focus.people())
        return len(people) == 1 and people[0].named

    def _pair(self) -> Entity | None:
        """Return the two people who were named together last."""
        found = next((found for found in self._focus.recent() if found.kind == PLURAL), None)
        if found is not None and " and " in found.name:
            return found
        pair = next(iter(self._roster.pairs.values()), None)
        return self._pairs.setdefault(pair, Entity(pair, PLURAL, None, "", True)) if pair else None

    def find_firm(self) -> Entity | None:
        """Return the one body with a name of its own that has been met: "the company" of a press release."""
        if self._firm is None and self.firm is not None:
            self._firm = Entity(self.firm.text, BODY, actor_code(self.firm.text), "")
        if self._firm is not None:
            return self._firm
        bodies = [found for found in self._focus.recent() if found.kind == BODY and is_proper(found.name)]
        return bodies[0] if len(bodies) == 1 else None


def _deputy(entity: Entity, mention: Mention) -> bool:
    return bool(entity.words & {"deputy", "vice"}) and not mention.text.lower().startswith("the deputy")
