"""Who speaks: names joined with roles, surnames and pronouns where that is safe."""

import re
from collections.abc import Iterable
from typing import Final

from classifier.quotes.entities import NOBODY, Entity, Speaker, gender_of, is_outlet, is_proper, key_of, may_be_one
from classifier.quotes.naming import actor_code
from classifier.quotes.nouns import BODY, DOCUMENT, PERSON, PLURAL, PRONOUN, Mention
from classifier.quotes.roster import Roster
from classifier.quotes.words import (
    BODIES,
    FIRMS,
    OFFICES,
    PAIRS,
    PARTICLES,
    PERSONS,
    TITLES,
)

_HEADS: Final = {"brig.": "general", "gen.": "general", "gen": "general", "col.": "colonel", "capt.": "captain"}
_AGED: Final = re.compile(r"the (\d+)-year-old\b", re.I)

REACH: Final = 12
"""How many mentions back a pronoun may reach."""
MOST_ALIKE: Final = 4
"""People and bodies of one description that are kept; two already make "the minister" ambiguous."""


class Cast:
    """The people and bodies of one article, in the order in which they are met."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        """Index the full names that stand in ``text[start:end]`` of each of ``spans``, which are in order."""
        self.roster = Roster(text, spans)
        self.paragraph = 0
        """The number of the paragraph that is read, which the reader counts."""
        self.renamed: dict[str, str] = {}
        """What somebody was called before the text gave the name -> the name."""
        self._people: dict[str, Entity] = {}
        self._others: dict[str, Entity] = {}
        self._heads: dict[str, list[Entity]] = {}
        self._recent: list[Entity] = []
        self._lead: Entity | None = None
        self.firm: Mention | None = None
        """The body that the first sentence is about: whom a press release means by "the company"."""
        self.known: frozenset[str] = frozenset(self.roster.full) | frozenset(self.roster.given)

    def note(self, mention: Mention) -> None:
        """Remember somebody who is a sentence's subject without speaking."""
        before = self._lead
        entity = self._enter(mention, False)
        if before is not None and self.paragraph == 2 and mention.name and may_be_one(before, entity):
            self._identify(before, entity)

    def _identify(self, lead: Entity, entity: Entity) -> None:
        """Join whom the first paragraph describes and the second one names: "A FURIOUS pensioner ..."."""
        self._lead = None
        self.renamed[lead.name] = entity.name
        for key, other in self._others.items():
            if other is lead:
                self._others[key] = entity
        for alike in self._heads.values():
            alike[:] = [entity if other is lead else other for other in alike]
        self._recent = [entity if other is lead else other for other in self._recent]

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

    def _enter(self, mention: Mention, speaks: bool = True) -> Entity:
        entity = self._person(mention) if mention.name else self._described(mention, speaks)
        if mention.gender and not entity.gender:
            entity.gender = mention.gender
        entity.seen = self.paragraph
        if not self._recent or self._recent[-1] is not entity:
            self._recent.append(entity)
        return entity

    def _person(self, mention: Mention) -> Entity:
        assert mention.name is not None
        surname = mention.head
        entity = self._people.get(surname)
        given = mention.name.split()[0].lower()
        if entity is not None and " " in mention.name and " " in entity.name and given not in entity.name.lower():
            entity = self._people.get(mention.name.lower())  # a namesake: "Nuala Boon" is not "Ray Boon"
        if entity is None:
            name = mention.name
            full = self.roster.full.get(surname) or self.roster.given.get(surname)
            if full and " " not in name and full.lower() in self._people:
                return self._people[full.lower()]
            if full and len(name.split()) < len(full.split()) and (len(name.split()) == 1 or mention.title):
                name = full if name.split()[-1] in full.split() or " " not in name else name
            gender = mention.gender or gender_of(name)
            entity = Entity(name, PERSON, actor_code(mention.role), gender, True)
            for part in name.lower().split():
                if part not in PARTICLES:
                    self._people.setdefault(part, entity)
            self._people.setdefault(surname, entity)
            self._people.setdefault(name.lower(), entity)
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

    def _described(self, mention: Mention, speaks: bool) -> Entity:
        key = key_of(mention.text)
        entity = self._others.get(key)
        if entity is not None:
            return entity
        nickname = self.roster.nicknamed(mention.head) if mention.text.istitle() and " " not in mention.text else None
        if nickname is not None and not actor_code(mention.text):
            return self._named(nickname)
        definite = mention.text[:4].lower() == "the "
        if definite and (same := self._definite(mention)) is not None:
            return same
        if mention.kind == PLURAL or " and " in mention.text:
            pair = self.roster.pairs.get(mention.head)
            entity = Entity(pair or mention.text, PLURAL if pair else mention.kind, actor_code(mention.text), "")
        else:
            entity = Entity(mention.text, mention.kind, actor_code(mention.text), mention.gender)
        if definite and not speaks and mention.kind == PERSON:
            return entity  # the text may name "the minister" next
        self._others[key] = entity
        indefinite = mention.text.split(None, 1)[0].lower() in ("a", "an", "one")
        if self.paragraph == 1 and mention.kind == PERSON and indefinite and self._lead is None:
            self._lead = entity
        words = {word.strip(",()").lower() for word in mention.text.split()} & BODIES if mention.kind == BODY else set()
        if mention.head in PERSONS or mention.head in BODIES or indefinite:
            words.add(mention.head)
        for word in words:
            alike = self._heads.setdefault(word, [])
            if len(alike) < MOST_ALIKE:
                alike.append(entity)
        return entity

    def _definite(self, mention: Mention) -> Entity | None:
        """Return whom "the minister", "the 54-year-old" or "the couple" means, or None."""
        single = len(mention.text.split()) == 2
        if single:
            same = [found for found in self._heads.get(mention.head, ()) if not self._deputy(found, mention)]
            same = list({id(found): found for found in same}.values())
            if len(same) == 1:
                return same[0]
            if same:
                return None
        if mention.head in PAIRS:
            return self._pair()
        aged = _AGED.match(mention.text)
        bearers = self.roster.bearers(aged.group(1) if aged else mention.head) if single or aged else set()
        if len(bearers) == 1:
            return self._named(next(iter(bearers)))
        if aged or (mention.title and self._alone()):
            return next((found for found in self._recent[:-REACH:-1] if found.kind == PERSON and found.named), None)
        if single and not bearers and mention.kind == PERSON and mention.text[4].islower():
            return self._in_focus(mention)
        return self._firm() if single and mention.head in FIRMS else None

    def _in_focus(self, mention: Mention) -> Entity | None:
        """Return who was spoken of last, where "the widow" or "the minister" can be nobody else."""
        last = next((found for found in self._recent[:-REACH:-1] if found.kind == PERSON), None)
        near = 0 if mention.head in OFFICES else 1
        if last is None or not last.named or last.seen < self.paragraph - near:
            return None
        return last if not (last.gender and mention.gender and last.gender != mention.gender) else None

    def _pair(self) -> Entity | None:
        """Return the two people who were named together last."""
        found = next((found for found in self._recent[:-REACH:-1] if found.kind == PLURAL), None)
        if found is not None and " and " in found.name:
            return found
        pair = next(iter(self.roster.pairs.values()), None)
        return self._others.setdefault(key_of(pair), Entity(pair, PLURAL, None, "", True)) if pair else None

    def _firm(self) -> Entity | None:
        """Return the one body with a name of its own that has been met: "the company" of a press release."""
        if self.firm is not None:
            return self._others.setdefault(key_of(self.firm.text), self._body(self.firm))
        bodies = {
            id(found): found for found in self._recent[-4 * REACH :] if found.kind == BODY and is_proper(found.name)
        }
        return next(iter(bodies.values())) if len(bodies) == 1 else None

    @staticmethod
    def _body(mention: Mention) -> Entity:
        return Entity(mention.text, BODY, actor_code(mention.text), "")

    def _named(self, name: str) -> Entity:
        words = name.split()
        return self._person(Mention(name, 0, PERSON, words[-1].lower(), name))

    def _alone(self) -> bool:
        """Whether one person has been met so far, and that one by name."""
        people = {id(entity): entity for entity in self._recent[-2 * REACH :] if entity.kind == PERSON}
        return len(people) == 1 and all(entity.named for entity in people.values())

    @staticmethod
    def _deputy(entity: Entity, mention: Mention) -> bool:
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
                chosen = self._surer(chosen, people, gender)
                chosen.gender = gender
                return self._again(chosen, mention)
        kinds = (BODY,) if mention.head == "it" else (PLURAL, BODY)
        for entity in recent if not gender else ():
            if entity.kind in kinds:
                return self._again(entity, mention)
        return Speaker(None, mention.start, None, "a pronoun without a safe antecedent")

    def _surer(self, chosen: Entity, people: list[Entity], gender: str) -> Entity:
        """Return somebody named and known to be a woman or man before a "preacher" who may be either, where as near."""
        if chosen.gender or chosen.named:
            return chosen
        known = next((entity for entity in people if entity.named and entity.gender == gender), None)
        near = known is not None and (known.seen == self.paragraph or chosen.seen < self.paragraph)
        return known if known is not None and near else chosen

    def _again(self, entity: Entity, mention: Mention) -> Speaker:
        entity.seen = self.paragraph
        if self._recent[-1] is not entity:
            self._recent.append(entity)
        return Speaker(entity.name, mention.start, entity.actor, None)
