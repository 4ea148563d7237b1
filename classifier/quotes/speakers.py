"""Who speaks: names joined with roles, surnames and pronouns where that is safe."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from classifier.quotes.naming import actor_code, actors_in
from classifier.quotes.nouns import BODY, DOCUMENT, PERSON, PLURAL, PRONOUN, Mention, is_trade
from classifier.quotes.words import (
    ADVERBS,
    BODIES,
    CONJUNCTIONS,
    DETERMINERS,
    OUTLET_NAMES,
    OUTLET_NOUNS,
    PARTICLES,
    PERSONS,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    SUBORDINATORS,
    TIMES,
    TITLES,
)

_NAMES: Final = re.compile(
    r"(?<![\w'’-])[^\W\d_a-z][\w'’-]*(?:\s(?:(?:van|von|der|den|de|da|dos|di|du|del|la|al|el|bin|ibn|ter|ten)\s){0,2}"
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
_HEADS: Final = {"brig.": "general", "gen.": "general", "gen": "general", "col.": "colonel", "capt.": "captain"}
_AGED: Final = re.compile(r"the \d+-year-old\b", re.I)


REACH: Final = 12
"""How many mentions back a pronoun may reach."""
MOST_ALIKE: Final = 4
"""People and bodies of one description that are kept; two already make "the minister" ambiguous."""


class Speaker(NamedTuple):
    """Who said it: name or None, where it is named, actor code, and why there is no name."""

    name: str | None
    start: int | None
    actor: str | None
    reason: str | None


NOBODY: Final = Speaker(None, None, None, "no speaker named")


@dataclass(slots=True)
class _Entity:
    name: str
    kind: str
    actor: str | None
    gender: str
    named: bool = False
    words: set[str] = field(default_factory=set)


def is_outlet(phrase: str) -> bool:
    """Whether a phrase names a newspaper, agency or broadcaster."""
    words = phrase.removesuffix("'s").split()
    lows = [word.lower() for word in words]
    if OUTLET_NAMES.isdisjoint(lows):
        return bool(lows) and (lows[-1] in OUTLET_NOUNS or lows[-2:] == ["news", "agency"])
    named = [place for place, low in enumerate(lows) if low in OUTLET_NAMES and words[place][0].isupper()]
    return any(place + 1 == len(lows) or lows[place + 1] not in ROLES | {"secretary", "conference"} for place in named)


class Cast:
    """The people and bodies of one article, in the order in which they are met."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        """Index the full names that stand in ``text[start:end]`` of each of ``spans``, which are in order."""
        self._full: dict[str, str] = {}
        self._given: dict[str, str] = {}
        self._places: list[int] = []
        self._names: list[str] = []
        for start, end in spans:
            for found in _NAMES.finditer(text, start, end):
                self._index(found.group(), found.start())
        self._people: dict[str, _Entity] = {}
        self._others: dict[str, _Entity] = {}
        self._heads: dict[str, list[_Entity]] = {}
        self._recent: list[_Entity] = []
        self.known: frozenset[str] = frozenset(self._full) | frozenset(self._given)

    def _index(self, run: str, start: int) -> None:
        words = run.split()
        first = 0
        for place, word in enumerate(words):
            low = word.lower()
            trade = place == 0 and len(words) > 2 and is_trade(low)
            if trade or low in _NOT_NAMES or low.endswith(("'s", "’s")):
                first = place + 1
        if len(words) - first >= 2 and words[-1].lower() not in PARTICLES:
            name = " ".join(words[first:])
            self._full.setdefault(words[-1].lower(), name)
            self._given.setdefault(words[first].lower(), name)
            self._places.append(start)
            self._names.append(name)

    def named_in(self, start: int, end: int) -> str | None:
        """Return the first full name of a person in ``text[start:end]``, or None."""
        for place in range(bisect_left(self._places, start), len(self._places)):
            if self._places[place] >= end:
                break
            if not actors_in(self._names[place]):
                return self._names[place]
        return None

    def note(self, mention: Mention) -> None:
        """Remember somebody who is a sentence's subject without speaking."""
        self._enter(mention)

    def resolve(self, mention: Mention | None) -> Speaker:
        """Return the speaker that ``mention`` names, the fullest name that the text gives."""
        if mention is None:
            return NOBODY
        if mention.kind == PRONOUN:
            return self._pronoun(mention)
        if mention.kind == DOCUMENT:
            return Speaker(None, mention.start, None, "a document")
        if is_outlet(mention.text) and not mention.name:
            return Speaker(None, mention.start, None, "an outlet")
        entity = self._enter(mention)
        return Speaker(entity.name, mention.start, entity.actor, None)

    def labelled(self, words: list[str], start: int, country: str) -> Speaker:
        """Return whom the label of a transcript's turn names: "MINISTER HALE", "Mr. Delorme", "The President"."""
        first = 0
        while first < len(words) - 1 and (words[first].lower() in TITLES or words[first].lower() in ROLES):
            first += 1
        full = self._full.get(words[-1].lower())
        if full is not None and words[-1].lower() not in ROLES:
            name = full
        elif first and words[0].lower() != "the":
            name = " ".join(words[first:])
        else:
            name = " ".join(words)
        return Speaker(name, start, actor_code(country) if country else actor_code(" ".join(words[:first])), None)

    def interviewee(self, start: int) -> Speaker:
        """Return the one person whom the head of an interview names in full, for turns labelled "A"."""
        for name in self._full.values():
            return Speaker(name, start, None, None)
        return Speaker(None, start, None, "the label names nobody")

    def _enter(self, mention: Mention) -> _Entity:
        entity = self._person(mention) if mention.name else self._described(mention)
        if mention.gender and not entity.gender:
            entity.gender = mention.gender
        if not self._recent or self._recent[-1] is not entity:
            self._recent.append(entity)
        return entity

    def _person(self, mention: Mention) -> _Entity:
        assert mention.name is not None
        surname = mention.head
        entity = self._people.get(surname)
        if entity is None:
            name = mention.name
            full = self._full.get(surname) or self._given.get(surname)
            if full and len(name.split()) < len(full.split()) and (len(name.split()) == 1 or mention.title):
                name = full if name.split()[-1] in full.split() else name
            entity = _Entity(name, PERSON, actor_code(mention.role), mention.gender, True)
            for part in name.lower().split():
                if part not in PARTICLES:
                    self._people.setdefault(part, entity)
            self._people.setdefault(surname, entity)
        elif len(mention.name.split()) > 1 and len(entity.name.split()) == 1:
            entity.name = mention.name
        entity.actor = entity.actor or actor_code(mention.role)
        for word in mention.role.lower().split():
            word = _HEADS.get(word.strip(",()"), word.strip(",()"))
            if word in PERSONS or word in TITLES:
                entity.words.add(word)
                self._heads.setdefault(word, [])
                if len(self._heads[word]) < MOST_ALIKE and entity not in self._heads[word]:
                    self._heads[word].append(entity)
        return entity

    def _described(self, mention: Mention) -> _Entity:
        key = _key(mention.text)
        entity = self._others.get(key)
        if entity is not None:
            return entity
        if mention.text[:4].lower() == "the " and len(mention.text.split()) == 2:
            same = [found for found in self._heads.get(mention.head, ()) if not self._deputy(found, mention)]
            if len(same) == 1:
                return same[0]
        if _AGED.match(mention.text) or (mention.title and mention.text[:4].lower() == "the " and self._alone()):
            named = next((found for found in self._recent[:-REACH:-1] if found.kind == PERSON and found.named), None)
            if named is not None:
                return named
        entity = _Entity(mention.text, mention.kind, actor_code(mention.text), mention.gender)
        self._others[key] = entity
        words = {word.strip(",()").lower() for word in mention.text.split()} & BODIES if mention.kind == BODY else set()
        if mention.head in PERSONS or mention.head in BODIES:
            words.add(mention.head)
        for word in words:
            alike = self._heads.setdefault(word, [])
            if len(alike) < MOST_ALIKE:
                alike.append(entity)
        return entity

    def _alone(self) -> bool:
        """Whether one person has been met so far, and that one by name."""
        people = {id(entity): entity for entity in self._recent[-2 * REACH :] if entity.kind == PERSON}
        return len(people) == 1 and all(entity.named for entity in people.values())

    @staticmethod
    def _deputy(entity: _Entity, mention: Mention) -> bool:
        return bool(entity.words & {"deputy", "vice"}) and not mention.text.lower().startswith("the deputy")

    def _pronoun(self, mention: Mention) -> Speaker:
        if mention.head in ("i", "we", "you"):
            return Speaker(None, mention.start, None, "the author or reader")
        if mention.head not in ("he", "she", "it", "they"):
            return Speaker(None, mention.start, None, "an indefinite pronoun")
        gender = {"he": "m", "she": "f"}.get(mention.head, "")
        recent = self._recent[:-REACH:-1]
        if gender:
            people = [entity for entity in recent if entity.kind == PERSON]
            chosen = next((entity for entity in people if entity.gender in ("", gender)), None)
            if chosen is not None:
                chosen.gender = gender
                return self._again(chosen, mention)
        kinds = (BODY,) if mention.head == "it" else (PLURAL, BODY)
        for entity in recent if not gender else ():
            if entity.kind in kinds:
                return self._again(entity, mention)
        return Speaker(None, mention.start, None, "a pronoun without a safe antecedent")

    def _again(self, entity: _Entity, mention: Mention) -> Speaker:
        if self._recent[-1] is not entity:
            self._recent.append(entity)
        return Speaker(entity.name, mention.start, entity.actor, None)


def _key(phrase: str) -> str:
    low = phrase.lower()
    return low[4:] if low.startswith("the ") else low
