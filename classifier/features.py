"""Statement -> features: what the families are, and the one analysis that training, scoring and explaining share.

A feature is one integer: its family, a mark and up to two numbers of stems or classes (:func:`pack`).  Integers are
what the model stores and scores; :mod:`classifier.describe` turns them back into words.  A feature counts once in a
text, by its inverse document frequency, and is normalised within its *block*; sentiment features carry a value of their
own.

:mod:`classifier.kernel` writes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from classifier.sentiment import SUMMARY_NAMES, TARGET_SUMMARY_NAMES
from classifier.text import tokenize
from classifier.units import Unit

if TYPE_CHECKING:
    from classifier.words import WordTable

FAMILIES: Final = ("", "plain", "scoped", "bigram", "operator", "object", "target", "sentiment", "target sentiment")
PLAIN, SCOPED, BIGRAM, OPERATOR, OBJECT, TARGET, SENTIMENT, TARGET_SENTIMENT = range(1, 9)

BLOCK_OF_FAMILY: Final = (-1, 0, 1, 1, 1, 1, 2, -1, -1)
"""The block in which a family is normalised; -1 for families that carry values of their own."""
BLOCKS: Final = 3

A_SHIFT: Final = 22
MARK_SHIFT: Final = 44
FAMILY_SHIFT: Final = 57
LIMIT: Final = 1 << A_SHIFT

OBJECT_REACH: Final = 7
"""How many units after an operator its object may stand."""
NEIGHBOURS: Final = 3
"""How many units beside a target count with their distance."""
SURROUNDINGS: Final = 8
"""How many units beside a target count without their distance."""
TARGET_SENTIMENT_WEIGHT: Final = 2.0

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def pack(family: int, mark: int, a: int = 0, b: int = 0) -> int:
    """Return a feature as one integer under 2**62; ``mark`` under 2**13, ``a`` and ``b`` under 2**22."""
    return family << FAMILY_SHIFT | mark << MARK_SHIFT | a << A_SHIFT | b


def unpack(key: int) -> tuple[int, int, int, int]:
    """Return (family, mark, a, b) of a feature."""
    return key >> FAMILY_SHIFT, key >> MARK_SHIFT & 0x1FFF, key >> A_SHIFT & LIMIT - 1, key & LIMIT - 1


# families with their marks, to which numbers are added
EACH_ACT: Final = pack(OPERATOR, 1)
NEXT_ACT: Final = pack(OPERATOR, 2)
GOVERNED_ACT: Final = pack(OPERATOR, 3)
NO_ACT: Final = pack(OPERATOR, 4)
FIRST_ACT: Final = pack(OPERATOR, 5)
LAST_ACT: Final = pack(OPERATOR, 6)
FIRST_ACTS: Final = pack(OPERATOR, 7)
MAIN_VERB: Final = pack(OPERATOR, 8)
MAIN_STEM: Final = pack(OPERATOR, 9)
MAIN_VERBS: Final = pack(OPERATOR, 10)
OBJECT_OF_ACT: Final = pack(OBJECT, 1)
OBJECT_OF_STEM: Final = pack(OBJECT, 2)
OBJECT_OF_VERB: Final = pack(OBJECT, 3)
OUTSIDE_MAIN: Final = pack(0, 8)
"""Added to the first two of objects outside the main clause."""

OWN_KEYS: Final = (
    *(pack(SENTIMENT, mark) for mark in range(len(SUMMARY_NAMES))),
    *(pack(TARGET_SENTIMENT, mark) for mark in range(len(TARGET_SUMMARY_NAMES))),
)
"""The features that carry values of their own."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The features of a statement.

    ``keys[i]`` stands at the units ``firsts[i]`` to ``lasts[i]``; ``own_keys`` have ``own_values``.  Unit ``i`` has the
    code ``codes[i]`` and the valence ``valences[i]``, and reaches from the token ``first_tokens[i]`` to
    ``last_tokens[i]``.
    """

    text: str
    keys: Ints
    firsts: Ints
    lasts: Ints
    own_keys: Ints
    own_values: Floats
    codes: Ints
    valences: Floats
    first_tokens: Ints
    last_tokens: Ints
    known: int
    """How many words are known."""
    unknown: int
    """How many words are unknown."""

    @property
    def units(self) -> list[Unit]:
        """What is known of each word and phrase, in order."""
        pairs = zip(self.codes.tolist(), self.valences.tolist(), strict=True)
        return [Unit.from_code(code, valence) for code, valence in pairs]

    def spans(self) -> list[tuple[int, int]]:
        """Return the (start, end) characters of each unit."""
        tokens = tokenize(self.text)
        ends = zip(self.first_tokens.tolist(), self.last_tokens.tolist(), strict=True)
        return [(tokens[first].start, tokens[last].end) for first, last in ends]


def analyze(text: str, target: str | None, table: "WordTable") -> Analysis:
    """Return the features of ``text``; with a ``target``, those of its mentions too.

    Time is linear in the length of the text.  A target that does not occur gives no target features.
    """
    reader = table.reader
    s = reader.read(text, target)
    firsts = _integers(s.firsts, s.n_units + 1)
    own = [(key, value) for key, value in zip(OWN_KEYS[: s.n_own], s.own, strict=False) if value]
    found = Analysis(
        text,
        _integers(s.keys, s.n_keys),
        _integers(s.key_firsts, s.n_keys),
        _integers(s.key_lasts, s.n_keys),
        np.array([key for key, _ in own], dtype=np.int64),
        np.array([value for _, value in own], dtype=np.float64),
        _integers(s.codes, s.n_units),
        np.array(s.values[: s.n_units], dtype=np.float64),
        firsts[:-1],
        firsts[1:] - 1,
        s.n_known,
        s.n_unknown,
    )
    reader.release(s)
    return found


def count_words(text: str, table: "WordTable") -> tuple[int, int]:
    """Return how many words of ``text`` are known, and how many are not."""
    s = table.reader.read(text, None)
    found = s.n_known, s.n_unknown
    table.reader.release(s)
    return found


def _integers(values: Sequence[int], n: int) -> Ints:
    return np.array(values[:n], dtype=np.int64)
