"""Operator scope: which speech act governs which words, and which of a sentence's acts is its main one.

One pass, left to right, over the units of a statement.  An *operator* (a verb or noun that performs, reports or names
an act) opens a scope; the outermost operator of a clause governs the words up to its end, whatever it embeds: "accused
the army of kidnapping" governs "kidnapping" by accuse.  Reporting frames ("said that") are transparent.  Negation and
modality hold from their word to the end of the clause.  Words after "after", "amid", "despite" ... are *background*;
relative clauses are marked likewise.  Punctuation and contrasting conjunctions end a clause.

The automaton itself is ``_scope`` in :mod:`classifier.kernel`; here are the states it knows and a view of its findings.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from classifier.units import CLASS_BITS

if TYPE_CHECKING:
    from classifier.words import WordTable

MAIN: Final = 0
BACKGROUND: Final = 1
RELATIVE: Final = 2
"""Zones."""

ZONE_BITS: Final = 3
ZONE_WIDTH: Final = 2
ASIDE: Final = 1 << ZONE_WIDTH
NEGATED: Final = 2 << ZONE_WIDTH
GOVERNOR_SHIFT: Final = ZONE_WIDTH + 2
GOVERNOR_BITS: Final = CLASS_BITS << GOVERNOR_SHIFT
"""A unit's *context* is one small integer: its zone, and above it the mark of its scoped feature: whether the zone is
not the main one, whether the unit is negated, and what governs it."""
CONTEXTS: Final = GOVERNOR_BITS + (1 << GOVERNOR_SHIFT)
"""All contexts are under this."""

PLAIN: Final = 0
FUTURE: Final = 1
POSSIBLE: Final = 2
CONDITIONAL: Final = 3
"""Moods."""

VERB: Final = 1
NOUN: Final = 2
ADJECTIVE: Final = 3
"""Roles of an operator."""

ATTRIBUTION_REACH: Final = 9
"""Most units of a bare attribution before or after the words it reports ("..., officials said on Monday")."""

PARTICLES: Final = frozenset(
    {
        "al",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "van",
        "von",
    }
)
"""Small words inside names of persons."""
ARTICLES: Final = frozenset({"the", "The"})


class Event(NamedTuple):
    """An operator as it stands in the text."""

    place: int
    """Index of its unit."""
    cls: int
    """Operator class."""
    role: int
    """VERB, NOUN or ADJECTIVE (a participle before its noun)."""
    negated: bool
    mood: int
    zone: int
    passive: bool
    governor: int
    """Class of the operator that governs it, 0 for none."""


def events_of(text: str, table: "WordTable") -> list[Event]:
    """Return the operators of a text, in order."""
    reader = table.reader
    s = reader.read(text, None)
    found = [
        Event(
            place=s.places[e],
            cls=s.classes[e],
            role=s.roles[e],
            negated=bool(s.states[e] & 1),
            mood=s.states[e] >> 1 & 3,
            zone=s.contexts[s.places[e]] & ZONE_BITS,
            passive=bool(s.passives[e]),
            governor=(s.contexts[s.places[e]] & GOVERNOR_BITS) >> GOVERNOR_SHIFT,
        )
        for e in range(s.n_events)
    ]
    reader.release(s)
    return found
