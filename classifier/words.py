"""The word table: what is known of each word and phrase, as arrays that are mapped from the disk as they are.

Training builds it from the corpus, the lexicons, the gazetteer and a sentiment lexicon; it is stored in the model, and
scoring reads nothing else.  A word that is not in the table is a name where it is capitalised, and unknown otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from classifier.kernel import Reader
from classifier.slots import ROW_BITS, build_slots, build_word_slots
from classifier.targets import mentions_of
from classifier.units import Unit

__all__ = ["Phrases", "WordTable", "mentions_of"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Phrases = Mapping[tuple[str, ...], Unit]


@dataclass(frozen=True)
class WordTable:
    """Words and phrases with what is known of them.

    Words stand one after the other in ``letters`` (UTF-8), word ``i`` in ``letters[ends[i]:ends[i + 1]]``; those that
    occur in phrases come first.  ``codes`` and ``valences`` are each word's unit, 0 where a word is known only within
    phrases.  ``word_slots`` finds a word (:func:`classifier.slots.build_word_slots`).

    Phrases are a tree: ``openings[i]`` is the node that word ``i`` opens; ``steps`` leads from a node and a word,
    ``node << 32 | i + 1``, to the next (:func:`classifier.slots.build_slots`), whose number is its place plus
    ``len(openings) + 1``; ``phrase_codes`` and ``phrase_valences`` give the unit of a node that ends a phrase.
    """

    letters: npt.NDArray[np.uint8]
    ends: Ints
    codes: Ints
    valences: Floats
    word_slots: Ints
    openings: Ints
    steps: Ints
    phrase_codes: Ints
    phrase_valences: Floats
    stems_path: Path | None = None
    stem_names: Sequence[str] = ()

    @cached_property
    def stems(self) -> Sequence[str]:
        """Each stem's text by its number; read when it is first asked for."""
        return self.stems_path.read_text(encoding="utf-8").splitlines() if self.stems_path else self.stem_names

    @cached_property
    def reader(self) -> Reader:
        """What reads texts by this table."""
        return Reader(self)

    def __getstate__(self) -> dict[str, object]:
        """Return what is pickled: the arrays, without the reader's memory."""
        return {**{name: value for name, value in self.__dict__.items() if name != "reader"}, "stems": self.stems}

    @classmethod
    def build(cls, words: Mapping[str, Unit], phrases: Phrases, stems: Sequence[str]) -> Self:
        """Lay out words (lower case, or cased names) and phrases (two or more lower-case words) as arrays."""
        inside = dict.fromkeys(word for phrase in phrases for word in phrase)
        order = [*inside, *(word for word in words if word not in inside)]
        encoded = [word.encode() for word in order]
        units = [words.get(word) for word in order]
        tree = _Tree(inside)
        for phrase, unit in phrases.items():
            tree.add(phrase, unit)
        return cls(
            letters=np.frombuffer(b"".join(encoded), dtype=np.uint8),
            ends=np.cumsum([0, *map(len, encoded)], dtype=np.int64),
            codes=np.array([unit.code if unit else 0 for unit in units], dtype=np.int64),
            valences=np.array([unit.valence if unit else 0.0 for unit in units], dtype=np.float64),
            word_slots=build_word_slots(order, len(order)),
            openings=np.array(tree.openings, dtype=np.int64),
            steps=build_slots(list(tree.steps)),
            phrase_codes=np.array([unit.code if unit else 0 for unit in tree.units], dtype=np.int64),
            phrase_valences=np.array([unit.valence if unit else 0.0 for unit in tree.units], dtype=np.float64),
            stem_names=stems,
        )


class _Tree:
    """The tree of phrases.  Nodes are numbered: those that a first word opens by the word's number, then the others."""

    def __init__(self, words: Mapping[str, None]) -> None:
        self.numbers = {word: i + 1 for i, word in enumerate(words)}
        self.openings = [0] * len(words)
        self.steps: dict[int, int] = {}
        self.units: list[Unit | None] = [None] * (len(words) + 1)

    def add(self, phrase: tuple[str, ...], unit: Unit) -> None:
        first, *rest = (self.numbers[word] for word in phrase)
        self.openings[first - 1] = node = first
        for number in rest:
            step = node << ROW_BITS | number
            if step not in self.steps:
                self.steps[step] = len(self.units)
                self.units.append(None)
            node = self.steps[step]
        self.units[node] = unit
