"""Statement -> features: the one analyzer that training and scoring share.

A feature is one integer: its family, a mark and up to two numbers of stems or classes (:func:`pack`).  Integers are what
the model stores and scores; :mod:`classifier.describe` turns them back into words.  Families are weighted by TF-IDF and
normalised within their *block*; sentiment features carry a value of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from classifier.lexicon import OPERATORS
from classifier.scope import ADJECTIVE, MAIN, VERB, Event, Reading, read, spoken
from classifier.sentiment import bounded, summary, valences
from classifier.text import Token, tokenize
from classifier.words import COMMA, NAME, QUOTE, STOP, UNKNOWN, WORD, Unit, WordTable, target_places

FAMILIES: Final = ("", "plain", "scoped", "bigram", "operator", "object", "target", "sentiment", "target sentiment")
PLAIN, SCOPED, BIGRAM, OPERATOR, OBJECT, TARGET, SENTIMENT, TARGET_SENTIMENT = range(1, 9)

BLOCK_OF_FAMILY: Final = (-1, 0, 1, 1, 1, 1, 2, -1, -1)
"""The block in which a family is normalised; -1 for families that carry values of their own."""
BLOCKS: Final = 3

_A_SHIFT: Final = 22
_MARK_SHIFT: Final = 44
FAMILY_SHIFT: Final = 57
LIMIT: Final = 1 << _A_SHIFT
_SAY: Final = OPERATORS.index("say")
_PUNCTUATION: Final = frozenset({COMMA, STOP, QUOTE})
_SILENT: Final = frozenset({UNKNOWN, COMMA, STOP, QUOTE})

OBJECT_REACH: Final = 7
"""How many units after an operator its object may stand."""
NEIGHBOURS: Final = 3
"""How many units beside a target count with their distance."""
SURROUNDINGS: Final = 8
"""How many units beside a target count without their distance."""
TARGET_SENTIMENT_WEIGHT: Final = 2.0


def pack(family: int, mark: int, a: int = 0, b: int = 0) -> int:
    """Return a feature as one integer under 2**62; ``mark`` under 2**13, ``a`` and ``b`` under 2**22."""
    return family << FAMILY_SHIFT | mark << _MARK_SHIFT | a << _A_SHIFT | b


def unpack(key: int) -> tuple[int, int, int, int]:
    """Return (family, mark, a, b) of a feature."""
    return key >> FAMILY_SHIFT, key >> _MARK_SHIFT & 0x1FFF, key >> _A_SHIFT & LIMIT - 1, key & LIMIT - 1


@dataclass(slots=True)
class Analysis:
    """The features of a statement: ``keys[i]`` stands at units ``firsts[i]`` to ``lasts[i]``; ``values`` are given values."""

    tokens: Sequence[Token]
    units: Sequence[Unit]
    first_tokens: Sequence[int]
    last_tokens: Sequence[int]
    keys: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    values: dict[int, float] = field(default_factory=dict)

    def add(self, key: int, first: int, last: int) -> None:
        self.keys.append(key)
        self.firsts.append(first)
        self.lasts.append(last)

    @property
    def known(self) -> int:
        """How many words are known."""
        return sum(unit.kind == WORD for unit in self.units)

    @property
    def unknown(self) -> int:
        """How many words are unknown."""
        return sum(unit.kind == UNKNOWN for unit in self.units)


def analyze(text: str, target: str | None, table: WordTable) -> Analysis:
    """Return the features of ``text``; with a ``target``, those of its mentions too.

    Time is linear in the length of the text.  A target that does not occur gives no target features.
    """
    tokens = tokenize(text)
    units, first_tokens, last_tokens = table.units(tokens)
    found = Analysis(tokens, units, first_tokens, last_tokens)
    if not units:
        return found
    reading = read(units)
    felt = valences(units)
    _words(found, reading)
    _operators(found, reading)
    _objects(found, reading)
    for i, value in enumerate(summary(felt)):
        if value:
            found.values[pack(SENTIMENT, i)] = value
    if target is not None:
        places = target_places(text, target, tokens, first_tokens, last_tokens)
        if places:
            _Target(found, reading, places).add(felt)
    return found


def _words(found: Analysis, reading: Reading) -> None:
    """Words, words with what governs, negates or backgrounds them, and pairs of neighbours."""
    before = 0
    start, stop = spoken(found.units)
    for i in range(start, stop):
        unit = found.units[i]
        kind, stem = unit.kind, unit.stem
        background = reading.zones[i] > 0
        if kind not in _SILENT:
            found.add(pack(PLAIN, 0, stem), i, i)
            mark = reading.governors[i] << 2 | reading.negated[i] << 1 | background
            if mark:
                found.add(pack(SCOPED, mark, stem), i, i)
        if before and stem and kind != STOP:
            found.add(pack(BIGRAM, background, before, stem), i - 1, i)
        before = 0 if kind == STOP else stem


def _state(event: Event) -> int:
    """Class, negation and mood of an event in one number."""
    return event.cls << 3 | event.mood << 1 | event.negated


def _operators(found: Analysis, reading: Reading) -> None:
    """Which acts there are, which come first, and which follow or govern which."""
    events = [event for event in reading.events if event.cls != _SAY]
    main = [event for event in events if event.zone == MAIN and event.role != ADJECTIVE]
    verbs = [event for event in main if event.role == VERB]

    def add(mark: int, a: int, b: int, first: Event, last: Event) -> None:
        found.add(pack(OPERATOR, mark, a, b), first.place, last.place)

    for event in events:
        add(1, _state(event) << 2 | event.role, event.zone, event, event)
    for x, y in zip(events, events[1:], strict=False):
        add(2, _state(x), _state(y), x, y)
        if y.governor:
            add(3, y.governor, _state(y), x, y)
    if not main:
        found.add(pack(OPERATOR, 4), 0, 0)
        return
    head, tail = main[0], main[-1]
    add(5, _state(head) << 2 | head.role, 0, head, head)
    add(6, _state(tail) << 2 | tail.role, 0, tail, tail)
    if len(main) > 1:
        add(7, _state(head), _state(main[1]), head, main[1])
    if verbs:
        verb = verbs[0]
        add(8, _state(verb) << 1 | verb.passive, 0, verb, verb)
        add(9, verb.stem, _state(verb) & 7, verb, verb)
        if len(verbs) > 1:
            add(10, _state(verb), _state(verbs[1]), verb, verbs[1])


def _objects(found: Analysis, reading: Reading) -> None:
    """What kind of thing each act is done to: the first object class after its operator, within the clause."""
    units = found.units
    seeking = True
    for event in reading.events:
        if event.cls == _SAY or event.role == ADJECTIVE:
            continue
        background = (event.zone > 0) << 3
        obj = 0
        for j in range(event.place + 1, min(event.place + 1 + OBJECT_REACH, len(units))):
            if units[j].kind in _PUNCTUATION:
                break
            obj = units[j].obj
            if obj:
                found.add(pack(OBJECT, 1 | background, _state(event), obj), event.place, j)
                found.add(pack(OBJECT, 2 | background, event.stem, obj), event.place, j)
                break
        if seeking and event.role == VERB and event.zone == MAIN:
            found.add(pack(OBJECT, 3, _state(event), obj), event.place, event.place)
            seeking = False


class _Target:
    """Features of a target: what stands beside it, which acts it does or suffers, and the sentiment around it."""

    def __init__(self, found: Analysis, reading: Reading, places: Sequence[int]) -> None:
        self.found = found
        self.reading = reading
        self.units = found.units
        self.first = self.last = places[0]
        for place in places:
            if place == self.last + 1:
                self.last = place
        self.places = frozenset(places)

    def add(self, felt: Sequence[float]) -> None:
        self._neighbours()
        self._acts()
        self._position()
        self._sentiment(felt)

    def _key(self, mark: int, a: int, b: int, place: int) -> None:
        self.found.add(pack(TARGET, mark, a, b), place, place)

    def _neighbours(self) -> None:
        units, first, last, end = self.units, self.first, self.last, len(self.units)
        for d in range(1, NEIGHBOURS + 1):
            if first >= d:
                self._key(1, d, units[first - d].stem, first - d)
            if last + d < end:
                self._key(2, d, units[last + d].stem, last + d)
        if first >= 2:
            self._key(3, units[first - 2].stem, units[first - 1].stem, first - 1)
        if last + 2 < end:
            self._key(4, units[last + 1].stem, units[last + 2].stem, last + 1)
        for i in range(max(0, first - SURROUNDINGS), first):
            if units[i].kind == WORD and not units[i].function:
                self._key(5, 0, units[i].stem, i)
        for i in range(last + 1, min(end, last + 1 + SURROUNDINGS)):
            if units[i].kind == WORD and not units[i].function:
                self._key(6, 0, units[i].stem, i)

    def _acts(self) -> None:
        events = [event for event in self.reading.events if event.role != ADJECTIVE]
        earlier = [event for event in events if event.place < self.first]
        later = [event for event in events if event.place > self.last]
        clauses = self.reading.clauses
        here = clauses[self.first]
        if earlier:
            event = earlier[-1]
            role = event.role << 2 | event.passive << 1 | (clauses[event.place] == here)
            self._key(7, _state(event), role, event.place)
            self._key(8, event.stem, _state(event) & 7, event.place)
        if later:
            event = later[0]
            role = event.role << 2 | event.passive << 1 | (clauses[event.place] == here)
            self._key(9, _state(event), role, event.place)
            self._key(10, event.stem, (_state(event) & 7) << 1 | event.passive, event.place)
        for mark, side in ((11, earlier), (12, later)):
            for event in side:
                if event.role == VERB and event.cls != _SAY:
                    self._key(mark, _state(event), event.passive, event.place)
                    break
        self._key(13, earlier[-1].cls if earlier else 0, later[0].cls if later else 0, self.first)

    def _position(self) -> None:
        reading, first, last = self.reading, self.first, self.last
        mark = reading.governors[first] << 3 | reading.negated[first] << 2 | reading.zones[first]
        self._key(14, mark, 0, first)
        self._key(15, first == 0, last == len(self.units) - 1, first)
        others = [i for i, unit in enumerate(self.units) if unit.kind == NAME and i not in self.places]
        before = sum(i < first for i in others)
        self._key(16, min(2, before), min(2, len(others) - before), first)

    def _sentiment(self, felt: Sequence[float]) -> None:
        first, last = self.first, self.last
        before = [value for value in felt[:first] if value]
        after = [value for value in felt[last + 1 :] if value]
        here = self.reading.clauses[first]
        near = [value / (1 + min(abs(i - first), abs(i - last)) / 4) for i, value in enumerate(felt) if value]
        clause = [value for value, other in zip(felt, self.reading.clauses, strict=True) if other == here]
        parts = (before, after, felt[first : last + 1], felt, near, clause, before[-2:], after[:2])
        for i, part in enumerate(parts):
            value = bounded(part)
            if value:
                self.found.values[pack(TARGET_SENTIMENT, i)] = TARGET_SENTIMENT_WEIGHT * value
