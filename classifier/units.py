"""Units: what is known of a word or phrase, as the automaton reads it, and their form as one integer."""

from typing import Final, NamedTuple

from classifier.lexicon import FUNCTIONS, OBJECTS, OPERATORS

UNKNOWN: Final = 0
WORD: Final = 1
NUMBER: Final = 2
NAME: Final = 3
COMMA: Final = 4
STOP: Final = 5
QUOTE: Final = 6
END: Final = 7
"""Kinds.  No text holds a unit of kind ``END``; it stands behind the last one."""

NAME_STEM: Final = 1
NUMBER_STEM: Final = 2
RESERVED_STEMS: Final = ("<unknown>", "<actor>", "<number>", ",", ".", '"')
"""Stems with fixed numbers, which are their places here."""

BIT: Final = {name: 1 << place for place, name in enumerate(FUNCTIONS)}
"""Bits of the classes of function words."""

CAPITAL: Final = 1
ARTICLE: Final = 2
PARTICLE: Final = 4
PERSON: Final = 8
HYPHEN: Final = 16
UPPER: Final = 32
LOWER: Final = 64
"""Bits of a token's look: what it may do in a name, whether it is a hyphen that stands alone, and its case."""

KIND_BITS: Final = 0x7
CLASS_BITS: Final = 0x1F
FUNCTION_BITS: Final = 0x3FFFF
FORM_SHIFT: Final = 3
VERB_SHIFT: Final = 6
NOUN_SHIFT: Final = 11
OBJECT_SHIFT: Final = 16
FUNCTION_SHIFT: Final = 21
STEM_SHIFT: Final = 39
assert len(FUNCTIONS) <= FUNCTION_BITS.bit_length()
assert max(len(OPERATORS), len(OBJECTS)) <= CLASS_BITS + 1


class Unit(NamedTuple):
    """A word or phrase as the automaton reads it: numbers of :mod:`classifier.lexicon`, 0 where nothing is known."""

    kind: int
    stem: int = 0
    verb: int = 0
    noun: int = 0
    form: int = 0
    obj: int = 0
    function: int = 0
    valence: float = 0.0

    @property
    def code(self) -> int:
        """All but the valence as one integer under 2**61."""
        return (
            self.stem << STEM_SHIFT
            | self.function << FUNCTION_SHIFT
            | self.obj << OBJECT_SHIFT
            | self.noun << NOUN_SHIFT
            | self.verb << VERB_SHIFT
            | self.form << FORM_SHIFT
            | self.kind
        )

    @classmethod
    def from_code(cls, code: int, valence: float = 0.0) -> "Unit":
        """Return the unit that ``code`` stands for."""
        return cls(
            kind=code & KIND_BITS,
            stem=code >> STEM_SHIFT,
            verb=code >> VERB_SHIFT & CLASS_BITS,
            noun=code >> NOUN_SHIFT & CLASS_BITS,
            form=code >> FORM_SHIFT & KIND_BITS,
            obj=code >> OBJECT_SHIFT & CLASS_BITS,
            function=code >> FUNCTION_SHIFT & FUNCTION_BITS,
            valence=valence,
        )


NAME_CODE: Final = Unit(NAME, NAME_STEM).code
"""What a capitalised word that no table knows is read as."""
NUMBER_CODE: Final = Unit(NUMBER, NUMBER_STEM).code
"""What a number that no table knows is read as."""
_MARKS: Final = {
    **dict.fromkeys([",", "—", "(", ")", "[", "]"], Unit(COMMA, RESERVED_STEMS.index(","))),
    **dict.fromkeys([".", "!", "?", ";", ":", "…"], Unit(STOP, RESERVED_STEMS.index("."))),
    **dict.fromkeys(['"', "'"], Unit(QUOTE, RESERVED_STEMS.index('"'))),
    "-": Unit(COMMA, RESERVED_STEMS.index(",")),
}


def unlisted(word: str) -> Unit | None:
    """Return the unit of a token that is a number or punctuation, None where it is a word."""
    if word[0].isdigit():
        return Unit(NUMBER, NUMBER_STEM)
    return _MARKS.get(word[0])
