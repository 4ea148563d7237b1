"""Whom "he", "she", "it", "they" and a press release's "we" mean."""

from typing import Final

from classifier.quotes.descriptions import UNNAMED_HEADS, Descriptions
from classifier.quotes.entities import BODY, PLURAL, Entity, Speaker, leaning_of
from classifier.quotes.focus import Focus
from classifier.quotes.genres import Genre
from classifier.quotes.nouns import Mention
from classifier.quotes.words import BODIES, OFFICES

_GENDERS: Final = {"he": "m", "she": "f"}
_DOUBT: Final = 2.5
"""Sentences by which somebody whose first name sounds like the other gender counts as further away."""
_UNCERTAIN: Final = OFFICES | UNNAMED_HEADS
"""Words for people of whom a pronoun is seldom."""
_SURER: Final = 0.95
"""Sentences by which somebody who may be a woman or a man must be nearer than who is known to be the one meant."""


def _can_speak(entity: Entity) -> bool:
    """Whether a body has spoken, is a state or institution or bears a name, rather than being a thing."""
    if entity.spoke or entity.actor is not None:
        return True
    return entity.name.split()[-1][0].isupper() or not BODIES.isdisjoint(entity.name.lower().split())


class Pronouns:
    """Finds the antecedents of pronouns among those spoken of."""

    def __init__(self, focus: Focus, described: Descriptions, genre: Genre) -> None:
        """Look in ``focus``; in a release "we" is its firm."""
        self._focus = focus
        self._described = described
        self._genre = genre

    def resolve(self, mention: Mention, asker: str | None) -> Speaker:
        """Return the speaker whom a pronoun means, who is not the asker."""
        firm = self._described.find_firm() if mention.head == "we" and self._genre.is_release() else None
        if firm is not None:
            return Speaker(firm.name, mention.start, firm.actor, None)
        if mention.head in ("i", "we", "you"):
            return Speaker(None, mention.start, None, "the author or reader")
        if mention.head not in ("he", "she", "it", "they"):
            return Speaker(None, mention.start, None, "an indefinite pronoun")
        gender = _GENDERS.get(mention.head, "")
        chosen = self._man_or_woman(gender, asker) if gender else self._neither(mention.head)
        if chosen is None:
            return Speaker(None, mention.start, None, "a pronoun without a safe antecedent")
        chosen.gender = chosen.gender or gender
        self._focus.centre(chosen)
        return Speaker(chosen.name, mention.start, chosen.actor, None)

    def _neither(self, head: str) -> Entity | None:
        """Return the nearest body that can speak, or people where it is "they"; else the nearest thing."""
        kinds = (BODY,) if head == "it" else (PLURAL, BODY)
        fits = [entity for entity in self._focus.recent() if entity.kind in kinds]
        sure = next((entity for entity in fits if entity.kind == PLURAL or _can_speak(entity)), None)
        return sure or (fits[0] if fits else None)

    @staticmethod
    def _doubtful(entity: Entity, gender: str) -> bool:
        return entity.named and not entity.gender and leaning_of(entity.name) not in ("", gender)

    def _man_or_woman(self, gender: str, asker: str | None) -> Entity | None:
        """Return the nearest woman or man; one whose gender is known before a "preacher" who may be either."""
        people = [entity for entity in self._focus.people() if entity.gender in ("", gender) and entity.name != asker]
        people.sort(key=lambda entity: -entity.rank + _DOUBT * self._doubtful(entity, gender))
        chosen = people[0] if people else None
        if chosen is None or chosen.gender or chosen.named:
            return chosen
        known = next((entity for entity in people if entity.named and entity.gender), None)
        if known is None:
            return chosen
        if not _UNCERTAIN.isdisjoint(chosen.name.lower().split()):
            near = known.seen == self._focus.paragraph or chosen.seen < self._focus.paragraph
        else:
            near = known.rank > chosen.rank - _SURER
        return known if near else chosen
