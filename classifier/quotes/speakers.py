"""Who speaks: names joined with roles, surnames and pronouns where that is safe."""

from collections.abc import Iterable
from typing import Final

from classifier.quotes.chunks import CALLED, CAPITAL
from classifier.quotes.descriptions import Descriptions
from classifier.quotes.entities import (
    BODY,
    DOCUMENT,
    NOBODY,
    PERSON,
    PLURAL,
    PRONOUN,
    Entity,
    Speaker,
    agree,
    gender_of,
    is_outlet,
    key_of,
)
from classifier.quotes.focus import UNNAMED, Focus
from classifier.quotes.genres import Genre
from classifier.quotes.naming import actor_code, actors_in
from classifier.quotes.nouns import Mention
from classifier.quotes.pronouns import Pronouns
from classifier.quotes.roster import Roster
from classifier.quotes.segment import Sentence
from classifier.quotes.words import BODIES, FEMININE, GIVEN, KIN, PARTICLES, PERSONS, PLACE_WORDS

_INDEFINITE: Final = frozenset({"a", "an", "one", "another"})


class Cast:
    """The people and bodies of one article, in the order in which they are met."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]], headline: str, genre: Genre) -> None:
        """Index the full names in ``text[start:end]`` of each of ``spans``; a release speaks for its first body."""
        self.roster = Roster(text, spans)
        self.focus = Focus()
        self.renamed: dict[str, str] = {}
        """What somebody was called before the text gave the name -> the name."""
        self.known: dict[str, bool] = {
            **dict.fromkeys(self.roster.full, False),
            **dict.fromkeys(self.roster.given, True),
        }
        """Surnames and first names of people, in lower case -> whether it is a first name."""
        self._people: dict[str, Entity] = {}
        self._others: dict[str, Entity] = {}
        self._described = Descriptions(self.roster, self.focus, headline, self._named)
        self._pronouns = Pronouns(self.focus, self._described, genre)
        self._lead: Entity | None = None

    @property
    def firm(self) -> Mention | None:
        """The body that the first sentence is about: whom a press release means by "the company"."""
        return self._described.firm

    @firm.setter
    def firm(self, firm: Mention) -> None:
        self._described.firm = firm

    def note(self, mention: Mention) -> None:
        """Remember somebody who is a sentence's subject without speaking."""
        before = self._lead
        entity = self._enter(mention, False)
        if before is not None and self.focus.paragraph == 2 and entity.named and agree(before, entity):
            self._lead = None
            self._identify(before, entity)

    def notice(self, sentence: Sentence, first: int, last: int) -> None:
        """Remember those who are named in the narrative of a sentence between two places."""
        if sentence.has(CALLED, first, last):
            self._add_given(sentence)
            self._add_relatives(sentence, max(1, first), min(last, len(sentence)))
        for place in range(first, min(last, len(sentence))):
            if sentence.signs[place] & CAPITAL and (low := sentence.lows[place].removesuffix("'s")) in self.known:
                entity = self._people.get(low)
                name = self._called(low, sentence.words[place].removesuffix("'s")) if entity is None else None
                if name is not None and not actors_in(name) and PLACE_WORDS.isdisjoint(name.lower().split()):
                    entity = self._named(name)
                if entity is not None:
                    self.focus.mention(entity)

    def _add_relatives(self, sentence: Sentence, first: int, last: int) -> None:
        """Remember "my mother" and "his wife, Ana," wherever they stand in a sentence."""
        lows, words = sentence.lows, sentence.words
        for place in range(first, last):
            if lows[place] in KIN and lows[place - 1] in ("my", "his", "her", "their", "our"):
                gender = "f" if lows[place] in FEMININE else "m"
                named = place + 1 + (lows[place + 1 : place + 2] == [","])
                if named < len(lows) and words[named][0].isupper():
                    if named + 1 == len(lows) or not words[named + 1][0].isupper():
                        name = words[named].removesuffix("'s")
                        mention = Mention(name, sentence.starts[named], PERSON, name.lower(), name, gender=gender)
                        entity = self._person(mention)
                        entity.gender = entity.gender or gender
                        self.focus.mention(entity)
                    continue
                text = f"{words[place - 1]} {words[place]}"
                mention = Mention(text, sentence.starts[place - 1], PERSON, lows[place], gender=gender)
                self.focus.mention(self._other(mention, False), UNNAMED)

    def _called(self, low: str, word: str) -> str | None:
        """Return the fullest name of somebody whom the text calls ``word``."""
        return self.roster.full.get(low) or self.roster.given.get(low) or (word if low in GIVEN else None)

    def _add_given(self, sentence: Sentence) -> None:
        """Know people who are called by a first name alone: "Nuala, when I find her, is baking"."""
        words, size = sentence.words, len(sentence.words)
        for place, low in enumerate(sentence.lows):
            if low in GIVEN and low not in self.known and words[place][0].isupper():
                alone = place + 1 == size or not words[place + 1][0].isupper()
                if alone and (not place or not words[place - 1][0].isupper()) and not actors_in(words[place]):
                    self.known.setdefault(low, True)

    def name_last(self, name: str, start: int) -> None:
        """Give a name to whoever was described last: "His name is Ana Lopez"."""
        last = next(self.focus.people(), None)
        if last is not None and not last.named:
            self._identify(last, self._enter(Mention(name, start, PERSON, name.split()[-1].lower(), name), False))

    def _identify(self, lead: Entity, entity: Entity) -> None:
        """Join somebody who was described and then named: "A FURIOUS pensioner ..."."""
        self.renamed[lead.name] = entity.name
        for key, other in self._others.items():
            if other is lead:
                self._others[key] = entity
        entity.gender = entity.gender or lead.gender
        self._described.replace(lead, entity)
        self.focus.replace(lead, entity)

    def resolve(self, mention: Mention | None, asker: str | None = None) -> Speaker:
        """Return the speaker that ``mention`` names, the fullest name that the text gives; no pronoun is the asker."""
        if mention is None:
            return NOBODY
        if mention.kind == PRONOUN:
            return self._pronouns.resolve(mention, asker)
        if mention.kind == DOCUMENT:
            return Speaker(None, mention.start, None, "a document")
        if is_outlet(mention.text) and not mention.name:
            return Speaker(None, mention.start, None, "an outlet")
        entity = self._enter(mention)
        entity.spoke = True
        return Speaker(entity.name, mention.start, entity.actor, None)

    def _enter(self, mention: Mention, speaks: bool = True) -> Entity:
        lead = None
        if mention.name and mention.text != mention.name:
            lead = self._others.get(key_of(mention.text)) or self._described.unnamed(mention.text)
        entity = self._person(mention) if mention.name else self._other(mention, speaks)
        if lead is not None and lead.kind == PERSON and not lead.named and lead is not entity:
            self._identify(lead, entity)
        entity.gender = entity.gender or mention.gender
        entity.age = entity.age or mention.age
        self.focus.centre(entity)
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
            self.known.setdefault(surname, " " not in name)
        elif len(mention.name.split()) > 1 and len(entity.name.split()) == 1:
            entity.name = mention.name
        entity.actor = entity.actor or actor_code(mention.role)
        self._described.learn(entity, mention.role)
        return entity

    def _other(self, mention: Mention, speaks: bool) -> Entity:
        key = key_of(mention.text)
        entity = self._others.get(key)
        if entity is not None:
            return entity
        short = self.roster.short.get(mention.head) if mention.text.isupper() else None
        if (
            short is not None
            and (body := self._others.get(key_of(short)) or self._people.get(short.lower())) is not None
        ):
            return body
        nickname = self.roster.nicknamed(mention.head) if mention.text.istitle() and " " not in mention.text else None
        if nickname is not None and not actor_code(mention.text):
            return self._named(nickname)
        definite = mention.text[:4].lower() == "the "
        if definite and (same := self._described.find(mention, speaks)) is not None:
            return same
        if mention.kind == PLURAL or " and " in mention.text:
            pair = self.roster.pairs.get(mention.head)
            entity = Entity(pair or mention.text, PLURAL if pair else mention.kind, actor_code(mention.text), "")
        else:
            entity = Entity(mention.text, mention.kind, actor_code(mention.text), mention.gender)
        if definite and not speaks and mention.kind == PERSON:
            return entity  # the text may name "the minister" next
        self._others[key] = entity
        indefinite = mention.text.split(None, 1)[0].lower() in _INDEFINITE
        if self.focus.paragraph == 1 and mention.kind == PERSON and indefinite and self._lead is None:
            self._lead = entity
        words = {word.strip(",()").lower() for word in mention.text.split()} & BODIES if mention.kind == BODY else set()
        if mention.head in PERSONS or mention.head in BODIES or indefinite:
            words.add(mention.head)
        self._described.introduce(entity, words)
        return entity

    def _named(self, name: str) -> Entity:
        return self._person(Mention(name, 0, PERSON, name.split()[-1].lower(), name))
