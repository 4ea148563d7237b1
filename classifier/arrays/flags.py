"""What the passes over a block ask of a unit, as the bits of one integer: worked out once for each word and phrase.

Bits 0 to 2 are the unit's kind, two bits its mood; each other bit is a question that the kernel asks of a code, a
valence and a look (:mod:`classifier.units`).
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from classifier import scope, units
from classifier.lexicon import FORMS, OPERATORS

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.int32]
Places = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

MOOD_SHIFT: Final = 3
MOOD_BITS: Final = 0x3
EVENT: Final = 1 << 5
"""A verb or noun that performs, reports or names an act."""
CLOSES: Final = 1 << 6
"""A mark: it ends the clause, and the search for an object."""
BACKGROUND: Final = 1 << 7
RELATIVE: Final = 1 << 8
BOUNDARY: Final = 1 << 9
JOIN: Final = 1 << 10
"""What a word without a verb opens: one of these four at most, JOIN only before a finite verb."""
FINITE: Final = 1 << 11
NEGATION: Final = 1 << 12
PASSIVE: Final = 1 << 13
INTENSIFY: Final = 1 << 14
WEAKEN: Final = 1 << 15
OBJECT: Final = 1 << 16
SAY: Final = 1 << 17
TELLING: Final = 1 << 18
"""What no bare attribution holds."""
NAME: Final = 1 << 19
IDLE: Final = 1 << 20
"""A capitalised word that does nothing: it belongs to the name of a person before it."""
THING: Final = 1 << 21
"""One that is no object and has no valence: it belongs to any name before or after it."""
LOOK_SHIFT: Final = 22
"""From here on the bits are those of the look, as they stand there."""
CAPITAL: Final = units.CAPITAL << LOOK_SHIFT
ARTICLE: Final = units.ARTICLE << LOOK_SHIFT
"""It belongs to the name after it."""
PARTICLE: Final = units.PARTICLE << LOOK_SHIFT
"""It belongs to the name of a person before it."""
PERSON: Final = units.PERSON << LOOK_SHIFT
HYPHEN: Final = units.HYPHEN << LOOK_SHIFT
UPPER: Final = units.UPPER << LOOK_SHIFT
LOWER: Final = units.LOWER << LOOK_SHIFT
FELT: Final = 1 << 29
"""It has a valence."""

OPENS: Final = CLOSES | BACKGROUND | RELATIVE | BOUNDARY
NAMELIKE: Final = NAME | THING | ARTICLE
PERSONAL: Final = IDLE | PARTICLE

_LOOKS: Final = 0x7F
_SAY: Final = OPERATORS.index("say")
_FINITE: Final = 1 << FORMS.index("third") | 1 << FORMS.index("past")
_ATTRIBUTIVE: Final = units.BIT["speaker"] | units.BIT["time"] | units.BIT["determiner"]


def flags_of(codes: Codes, valences: Floats, looks: Codes) -> Flags:
    """Return the flags of units; all have the shape ``(n,)``."""
    kind = codes & units.KIND_BITS
    verb = codes >> units.VERB_SHIFT & units.CLASS_BITS
    noun = codes >> units.NOUN_SHIFT & units.CLASS_BITS
    thing = codes >> units.OBJECT_SHIFT & units.CLASS_BITS
    function = codes >> units.FUNCTION_SHIFT & units.FUNCTION_BITS

    def does(name: str) -> Mask:
        return np.asarray(function & units.BIT[name] != 0)

    idle = (kind == units.WORD) & ((looks & units.CAPITAL) != 0) & (verb == 0) & (noun == 0) & (function == 0)
    questions = {
        EVENT: (verb != 0) | (noun != 0),
        CLOSES: kind >= units.COMMA,
        FINITE: (verb != 0) & (_FINITE >> (codes >> units.FORM_SHIFT & units.KIND_BITS) & 1 != 0),
        NEGATION: does("negation"),
        PASSIVE: does("passive"),
        INTENSIFY: does("intensify"),
        WEAKEN: does("weaken"),
        OBJECT: thing != 0,
        SAY: verb == _SAY,
        TELLING: (verb != _SAY) & (kind != units.NAME) & (kind != units.NUMBER) & (function & _ATTRIBUTIVE == 0),
        NAME: kind == units.NAME,
        IDLE: idle,
        FELT: valences != 0,
        THING: idle & (thing == 0) & (valences == 0),
    }
    found = kind | _mood(function) << MOOD_SHIFT | _opening(function, (kind >= units.COMMA) | (verb != 0))
    for bit, mask in questions.items():
        found |= np.where(mask, bit, 0)
    return (found | (looks & _LOOKS) << LOOK_SHIFT).astype(np.int32)


def _mood(function: Codes) -> Codes:
    marks = {"condition": scope.CONDITIONAL, "possible": scope.POSSIBLE, "future": scope.FUTURE}
    masks = [(function & units.BIT[name]) != 0 for name in marks]
    return np.select(masks, [*marks.values()], scope.PLAIN).astype(np.int64)


def _opening(function: Codes, silent: Mask) -> Codes:
    """Return the bit of the clause that a function word opens, 0 where the unit is ``silent``."""
    marks = {"background": BACKGROUND, "relative": RELATIVE, "boundary": BOUNDARY, "join": JOIN}
    masks = [silent, *((function & units.BIT[name]) != 0 for name in marks)]
    return np.select(masks, [0, *marks.values()], 0).astype(np.int64)
