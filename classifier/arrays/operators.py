"""Features of operators and of their objects: the twin of ``_operators`` and ``_objects`` in the kernel."""

from collections.abc import Iterator

import numpy as np

from classifier import features as k
from classifier import scope as s
from classifier import units
from classifier.arrays.flags import CLOSES, OBJECT, Codes, Mask, Places
from classifier.arrays.scope import Scope
from classifier.arrays.units import Units
from classifier.lexicon import OPERATORS

_SAY = OPERATORS.index("say")
Keyed = tuple[Codes, Places]


def _pack(kind: int | Codes, a: Codes, b: int | Codes = 0) -> Codes:
    return np.asarray(kind | a << k.A_SHIFT | b)


def _first(texts: Places) -> Mask:
    """Return which operators are the first of their text."""
    found = np.ones(len(texts), bool)
    found[1:] = texts[1:] != texts[:-1]
    return found


def operators(block: Units, scope: Scope) -> Iterator[Keyed]:
    """Yield the keys and places of which acts there are, which come first, and which follow or govern which."""
    told = (scope.classes != _SAY).nonzero()[0]
    places, states, roles = scope.places[told], scope.states[told], scope.roles[told]
    texts, zones, governors = block.texts[places], scope.zones[places], scope.governors[places].astype(np.int64)
    yield _pack(k.EACH_ACT, states << 2 | roles, zones), places
    later = (~_first(texts)).nonzero()[0]
    yield _pack(k.NEXT_ACT, states[later - 1], states[later]), places[later]
    governed = later[governors[later] != 0]
    yield _pack(k.GOVERNED_ACT, governors[governed], states[governed]), places[governed]

    main = ((zones == s.MAIN) & (roles != s.ADJECTIVE)).nonzero()[0]
    first = _first(texts[main])
    heads, last = main[first], main[np.append(first[1:], True)] if len(main) else main
    yield _pack(k.FIRST_ACT, states[heads] << 2 | roles[heads]), places[heads]
    yield _pack(k.LAST_ACT, states[last] << 2 | roles[last]), places[last]
    head, second = _pairs(main, texts)
    yield _pack(k.FIRST_ACTS, states[head], states[second]), places[head]

    verbs = main[roles[main] == s.VERB]
    leading = verbs[_first(texts[verbs])]
    verb = places[leading]
    yield _pack(k.MAIN_VERB, states[leading] << 1 | scope.passives[told][leading]), verb
    yield _pack(k.MAIN_STEM, block.codes[verb] >> units.STEM_SHIFT, states[leading] & 7), verb
    head, second = _pairs(verbs, texts)
    yield _pack(k.MAIN_VERBS, states[head], states[second]), places[head]

    headless = block.firsts < block.ends
    headless[texts[heads]] = False
    none = block.firsts[headless]
    yield np.full(len(none), k.NO_ACT), none


def _pairs(which: Places, texts: Places) -> tuple[Places, Places]:
    """Return the first and the second of some operators of each text that has two of them."""
    first = _first(texts[which])
    second = np.flatnonzero(~first[1:] & first[:-1]) + 1
    return which[second - 1], which[second]


def objects(block: Units, scope: Scope) -> Iterator[Keyed]:
    """Yield the keys and places of what kind of thing acts are done to."""
    acting = ((scope.classes != _SAY) & (scope.roles != s.ADJECTIVE)).nonzero()[0]
    places, states = scope.places[acting], scope.states[acting]
    stops = (block.flags & (OBJECT | CLOSES)) != 0
    # the first object or mark behind each operator; an end is a mark, so there is one
    marks = stops.nonzero()[0]
    found = marks[np.searchsorted(marks, places, "right")]
    near = (found <= places + k.OBJECT_REACH) & (block.flags[found] & CLOSES == 0)
    things = np.where(near, block.codes[found] >> units.OBJECT_SHIFT & units.CLASS_BITS, 0)
    zones = scope.zones[places]
    with_thing = (near).nonzero()[0]
    at, thing = places[with_thing], things[with_thing]
    outside = np.where(zones[with_thing], k.OUTSIDE_MAIN, 0)
    yield _pack(k.OBJECT_OF_ACT | outside, states[with_thing], thing), at
    yield _pack(k.OBJECT_OF_STEM | outside, block.codes[at] >> units.STEM_SHIFT, thing), at
    main = ((scope.roles[acting] == s.VERB) & (zones == s.MAIN)).nonzero()[0]
    verb = main[_first(block.texts[places[main]])]
    yield _pack(k.OBJECT_OF_VERB, states[verb], things[verb]), places[verb]
