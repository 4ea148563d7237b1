"""Operator scope: which speech act governs which words, and which of a sentence's acts is its main one.

One pass, left to right, over the units of a statement.  An *operator* (a verb or noun that performs, reports or names an
act) opens a scope; the outermost operator of a clause governs the words up to its end, whatever it embeds: "accused the
army of kidnapping" governs "kidnapping" by accuse.  Reporting frames ("said that") are transparent.  Negation and
modality hold from their word to the end of the clause.  Words after "after", "amid", "despite" ... are *background*;
relative clauses are marked likewise.  Punctuation and contrasting conjunctions end a clause.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from classifier.lexicon import FORMS, OPERATORS
from classifier.words import BIT, COMMA, NAME, NUMBER, QUOTE, STOP, UNKNOWN, Unit

MAIN: Final = 0
BACKGROUND: Final = 1
RELATIVE: Final = 2

PLAIN: Final = 0
FUTURE: Final = 1
POSSIBLE: Final = 2
CONDITIONAL: Final = 3

VERB: Final = 1
NOUN: Final = 2
ADJECTIVE: Final = 3

_SAY: Final = OPERATORS.index("say")
_FAIL: Final = OPERATORS.index("fail")
_PAST: Final = FORMS.index("past")
_PARTICIPLE: Final = FORMS.index("participle")
_ING: Final = FORMS.index("ing")
_BASE: Final = FORMS.index("base")
_FIXED: Final = FORMS.index("fixed")
_THIRD: Final = FORMS.index("third")
_FINITE: Final = (_THIRD, _PAST)

_NEGATION = BIT["negation"]
_POSSIBLE = BIT["possible"]
_CONDITION = BIT["condition"]
_FUTURE = BIT["future"]
_PASSIVE = BIT["passive"]
_BOUNDARY = BIT["boundary"]
_JOIN = BIT["join"]
_BACKGROUND = BIT["background"]
_RELATIVE = BIT["relative"]
_TO = BIT["to"]
_DETERMINER = BIT["determiner"]
_ATTRIBUTIVE = BIT["speaker"] | BIT["time"] | BIT["determiner"]


ATTRIBUTION_REACH: Final = 9
"""Most units of an attribution before or after the words it reports."""


def spoken(units: Sequence[Unit]) -> tuple[int, int]:
    """Return the range of ``units`` without a bare attribution at either end ("..., officials said on Monday")."""
    end = len(units)
    while end and units[end - 1].kind == STOP:
        end -= 1
    start = next((i for i, unit in enumerate(units[: ATTRIBUTION_REACH + 1]) if unit.kind == STOP), 0)
    start = start + 1 if 0 < start < end - 1 and _attributes(units[:start]) else 0
    for i in range(end - 1, max(start, end - 2 - ATTRIBUTION_REACH), -1):
        if units[i].kind == COMMA:
            return start, i if _attributes(units[i + 1 : end]) else len(units)
    return start, len(units)


def _attributes(units: Sequence[Unit]) -> bool:
    """Whether units are nothing but speakers, days and one verb of saying."""
    said = sum(unit.verb == _SAY for unit in units)
    return said == 1 and all(
        unit.verb == _SAY or unit.kind in (NAME, NUMBER) or unit.function & _ATTRIBUTIVE for unit in units
    )


class Event(NamedTuple):
    """An operator as it stands in the text."""

    place: int
    """Index of its unit."""
    cls: int
    """Operator class."""
    stem: int
    role: int
    """VERB, NOUN or ADJECTIVE (a participle before its noun)."""
    negated: bool
    mood: int
    zone: int
    passive: bool
    governor: int
    """Class of the operator that governs it, 0 for none."""


class Reading(NamedTuple):
    """What the automaton found: one entry a unit in each of the lists, and the events in order."""

    governors: list[int]
    negated: list[bool]
    moods: list[int]
    zones: list[int]
    clauses: list[int]
    events: list[Event]


class _State:
    """Where the automaton stands in its clause."""

    __slots__ = ("clause", "governor", "mood", "negated", "passive", "zone")

    def __init__(self) -> None:
        self.clause = 0
        self.open(MAIN)

    def open(self, zone: int) -> None:
        """Begin a clause."""
        self.governor = 0
        self.negated = self.passive = False
        self.mood = PLAIN
        self.zone = zone

    def close(self, zone: int) -> None:
        """End a clause and begin another."""
        self.clause += 1
        self.open(zone)

    def bound(self, unit: Unit, after: Unit | None) -> None:
        """End the clause where ``unit`` does so."""
        function = unit.function
        if unit.kind in (STOP, QUOTE, COMMA):
            self.close(MAIN)
        elif unit.verb:
            return
        elif function & _BACKGROUND:
            self.close(BACKGROUND)
        elif function & _RELATIVE:
            self.close(RELATIVE)
        elif function & _BOUNDARY or (function & _JOIN and after and after.verb and after.form in _FINITE):
            self.close(MAIN if self.zone == RELATIVE else self.zone)

    def mark(self, function: int) -> None:
        """Take in a function word's negation, mood and passive."""
        if function & _NEGATION:
            self.negated = True
        if function & _CONDITION:
            self.mood = CONDITIONAL
        elif function & _POSSIBLE:
            self.mood = max(self.mood, POSSIBLE)
        elif function & _FUTURE:
            self.mood = max(self.mood, FUTURE)
        if function & _PASSIVE:
            self.passive = True

    def act(self, cls: int, role: int) -> None:
        """Take in an operator."""
        if cls == _FAIL:
            self.negated = not self.negated
        elif cls != _SAY and self.governor == 0 and role != ADJECTIVE:
            self.governor = cls
        self.passive = False


def read(units: Sequence[Unit]) -> Reading:
    """Run the automaton over ``units``; linear in their number."""
    found = Reading([], [], [], [], [], [])
    state = _State()
    before = Unit(STOP)
    for place, unit in enumerate(units):
        after = units[place + 1] if place + 1 < len(units) else None
        state.bound(unit, after)
        found.governors.append(state.governor)
        found.negated.append(state.negated)
        found.moods.append(state.mood)
        found.zones.append(state.zone)
        found.clauses.append(state.clause)
        if unit.verb or unit.noun:
            role = _role(unit, before, after)
            cls = unit.noun if role == NOUN else unit.verb
            if cls:
                passive = state.passive and role == VERB
                found.events.append(
                    Event(place, cls, unit.stem, role, state.negated, state.mood, state.zone, passive, state.governor)
                )
                state.act(cls, role)
        state.mark(unit.function)
        before = unit
    return found


def _role(unit: Unit, before: Unit, after: Unit | None) -> int:
    if not unit.verb:
        return NOUN
    if unit.form == _FIXED:
        return VERB
    nominal = before.function & _DETERMINER and not before.function & _TO
    if unit.form in (_PAST, _PARTICIPLE):
        if nominal and after is not None and (after.obj or after.kind == UNKNOWN or after.noun) and not after.function:
            return ADJECTIVE
        return VERB
    if not unit.noun:
        return VERB
    if unit.form == _ING:
        return NOUN if nominal else VERB
    if before.function & (_TO | _FUTURE | _POSSIBLE | _NEGATION | _RELATIVE) and not nominal:
        return VERB
    if before.kind == NAME and after is not None and (after.kind == NAME or after.function & _DETERMINER):
        return VERB if not (unit.form == _BASE) else NOUN
    return NOUN
