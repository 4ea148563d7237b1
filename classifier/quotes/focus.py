"""Whom an article speaks of, the nearest first: where pronouns and descriptions look for their antecedent."""

from collections.abc import Iterator
from itertools import islice
from operator import attrgetter
from typing import Final

from classifier.quotes.entities import PERSON, Entity

REACH: Final = 24
"""How many people and bodies back a pronoun may reach."""
ASIDE: Final = 0.9
"""Sentences by which a mention outside the subject counts as further away than it is."""
UNNAMED: Final = 1.9
"""The same of somebody without a name: "to bury [his brother]"."""

_RANK: Final = attrgetter("rank")


class Focus:
    """The people and bodies of an article in the order in which they were last spoken of."""

    def __init__(self) -> None:
        """Begin before the first sentence of the first paragraph."""
        self.paragraph = 0
        self._tick = 0.0
        self._entities: dict[int, Entity] = {}
        self.first: Entity | None = None
        """The first person who was a subject by name: whom a feature or a tabloid is about."""

    def next_sentence(self) -> None:
        """Count a sentence."""
        self._tick = float(int(self._tick) + 1)

    def centre(self, entity: Entity) -> None:
        """Remember a subject or speaker."""
        self._tick += 0.001
        self._remember(entity, self._tick)
        entity.seen = self.paragraph
        if self.first is None and entity.named and entity.kind == PERSON:
            self.first = entity

    def mention(self, entity: Entity, aside: float = ASIDE) -> None:
        """Remember somebody who is named outside the subject, ``aside`` sentences further away than it."""
        if entity.rank < self._tick - aside:
            self._remember(entity, self._tick - aside)
            entity.seen = self.paragraph

    def _remember(self, entity: Entity, rank: float) -> None:
        entity.rank = rank
        self._entities.pop(id(entity), None)
        self._entities[id(entity)] = entity

    def replace(self, lead: Entity, entity: Entity) -> None:
        """Let ``entity`` stand where ``lead`` stood, which turned out to be the same person."""
        if self._entities.pop(id(lead), None) is not None:
            self._remember(entity, max(entity.rank, lead.rank))

    def recent(self) -> list[Entity]:
        """Return the people and bodies within reach, the nearest first."""
        near = islice(reversed(self._entities.values()), REACH)
        return sorted(near, key=_RANK, reverse=True)

    def people(self) -> Iterator[Entity]:
        """Yield the people of :meth:`recent`."""
        return (entity for entity in self.recent() if entity.kind == PERSON)
