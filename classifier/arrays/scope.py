"""The automaton of :mod:`classifier.scope` over a whole block: the twin of ``_scope`` in :mod:`classifier.kernel`.

An end behind each text closes the clause as a full stop does, so texts cannot reach into one another.  What the
automaton remembers is set by few units; each holds from the unit behind it up to the next that sets the same, or to the
end of the clause.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier import scope, units
from classifier.arrays import flags as f
from classifier.arrays.flags import Codes, Flags, Mask, Places
from classifier.arrays.ranges import first_of, within
from classifier.arrays.roles import roles_of
from classifier.arrays.units import Units
from classifier.lexicon import OPERATORS

_SAY, _FAIL = OPERATORS.index("say"), OPERATORS.index("fail")
States = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Scope:
    """What governs each unit, and the operators; see ``Scratch`` in :mod:`classifier.kernel` for the fields.

    ``governors``, ``negated`` and ``zones`` have the shape of the units, the others ``(n_events,)``.
    """

    governors: States
    negated: States
    zones: States
    places: Places
    classes: Codes
    roles: Codes
    states: Codes
    passives: States


@dataclass(frozen=True, slots=True)
class Clauses:
    """Clause ``c`` reaches from ``starts[c]`` up to ``ends[c]``; ``of`` is each unit's clause."""

    starts: Places
    ends: Places
    of: Places

    def held(self, places: Places, values: States, until: Places) -> States:
        """Return what holds at each unit, 0 where nothing does.

        ``values[i]`` holds from behind the unit ``places[i]``, in ascending order, up to the unit ``until[i]`` or to
        the end of the clause.
        """
        found = np.zeros(len(self.of), np.int8)
        first = places + 1
        end = np.maximum(np.minimum(until + 1, self.ends[self.of[places]]), first)
        found[within(first, end)] = np.repeat(values, end - first)
        return found


def scope_of(block: Units) -> Scope:
    """Run the automaton over the units of a block."""
    flags = block.flags
    clauses, zones = _clauses(flags)
    places, classes, roles = _operators(block)
    negated = _negated(flags, clauses, places[classes == _FAIL])
    passive = (flags & f.PASSIVE != 0).nonzero()[0]
    # a passive holds up to the next operator
    until = np.append(places, len(flags))[np.searchsorted(places, passive, "right")]
    passives = clauses.held(passive, np.ones(len(passive), np.int8), until)[places] & (roles == scope.VERB)
    moods = _moods(flags, clauses)[places]
    states = classes << 3 | moods << 1 | negated[places]
    return Scope(_governors(clauses, places, classes, roles), negated, zones, places, classes, roles, states, passives)


def _clauses(flags: Flags) -> tuple[Clauses, States]:
    """Return the clauses, and the zone of each unit."""
    opens = flags & f.OPENS != 0
    joins = (flags & f.JOIN != 0).nonzero()[0]
    opens[joins[flags[joins + 1] & f.FINITE != 0]] = True
    starts = opens.nonzero()[0]
    ends = np.append(starts[1:], len(flags))
    lengths = ends - starts
    return Clauses(starts, ends, np.repeat(np.arange(len(starts)), lengths)), np.repeat(_zones(flags[starts]), lengths)


def _zones(flags: Flags) -> States:
    """Return the zones of clauses by the units that open them.

    What is neither a mark nor background nor a relative word leaves the zone as it is, but ends a relative clause.
    """
    found = np.full(len(flags), -1, np.int8)
    found[flags & f.CLOSES != 0] = scope.MAIN
    found[flags & f.BACKGROUND != 0] = scope.BACKGROUND
    found[flags & f.RELATIVE != 0] = scope.RELATIVE
    setting = (found >= 0).nonzero()[0]
    kept = np.where(found == scope.BACKGROUND, found, np.int8(scope.MAIN))
    before = np.repeat(kept[setting], np.append(setting[1:], len(found)) - setting)
    return np.where(found >= 0, found, before)


def _operators(block: Units) -> tuple[Places, Codes, Codes]:
    """Return the operators' places, classes and roles."""
    places = (block.flags & f.EVENT != 0).nonzero()[0]
    codes = block.codes[places]
    roles = roles_of(codes, block.codes[places - 1], block.codes[places + 1])
    verbs, nouns = codes >> units.VERB_SHIFT & units.CLASS_BITS, codes >> units.NOUN_SHIFT & units.CLASS_BITS
    classes = np.where(roles == scope.NOUN, nouns, verbs)
    found = (classes != 0).nonzero()[0]
    return places[found], classes[found], roles[found]


def _setters(clauses: Clauses, places: Places) -> tuple[Mask, Places]:
    """Return which of some units, in ascending order, are the first of their clause, and up to where each holds."""
    clause = clauses.of[places]
    first = np.ones(len(places), bool)
    first[1:] = clause[1:] != clause[:-1]
    return first, np.append(places[1:], len(clauses.of))


def _negated(flags: Flags, clauses: Clauses, failing: Places) -> States:
    """Return 1 for units that are negated: by a word since the clause began, turned by each failing since."""
    # where a unit both fails and negates, it negates last
    order = np.sort(np.concatenate([failing << 1, (flags & f.NEGATION != 0).nonzero()[0] << 1 | 1]))
    places, fails = order >> 1, (order & 1) == 0
    first, until = _setters(clauses, places)
    failed = np.cumsum(fails)
    setting = (first | ~fails).nonzero()[0]
    before = np.repeat(failed[setting], np.append(setting[1:], len(places)) - setting)
    return clauses.held(places, (1 ^ failed - before & 1).astype(np.int8), until)


def _moods(flags: Flags, clauses: Clauses) -> States:
    """Return the strongest mood since the clause began, for each unit."""
    places = (flags & f.MOOD_BITS << f.MOOD_SHIFT != 0).nonzero()[0]
    _, until = _setters(clauses, places)
    moods = flags[places] >> f.MOOD_SHIFT & f.MOOD_BITS
    strongest = np.maximum.accumulate(clauses.of[places] << 2 | moods) & f.MOOD_BITS
    return clauses.held(places, strongest.astype(np.int8), until)


def _governors(clauses: Clauses, places: Places, classes: Codes, roles: Codes) -> States:
    """Return the class of the first operator that governs, from the unit behind it to the end of its clause."""
    governing = ((classes != _FAIL) & (classes != _SAY) & (roles != scope.ADJECTIVE)).nonzero()[0]
    first = governing[first_of(clauses.of[places[governing]])]
    until = np.full(len(first), len(clauses.of))
    return clauses.held(places[first], classes[first].astype(np.int8), until)
