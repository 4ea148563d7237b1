"""The word table: what is known of each word and phrase, as compact integers.

Training builds it from the corpus, the lexicons, the gazetteer and a sentiment lexicon; it is stored in the model, and
scoring reads nothing else.  A word that is not in the table is a name where it is capitalised, and unknown otherwise.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from classifier.lexicon import FUNCTIONS
from classifier.stem import bases
from classifier.text import Token, normalise

UNKNOWN: Final = 0
WORD: Final = 1
NUMBER: Final = 2
NAME: Final = 3
COMMA: Final = 4
STOP: Final = 5
QUOTE: Final = 6

NAME_STEM: Final = 1
NUMBER_STEM: Final = 2
RESERVED_STEMS: Final = ("<unknown>", "<actor>", "<number>", ",", ".", '"')
"""Stems with fixed numbers, which are their places here."""

_PUNCTUATION: Final = {
    **dict.fromkeys([",", "—", "(", ")", "[", "]"], COMMA),
    **dict.fromkeys([".", "!", "?", ";", ":", "…"], STOP),
    '"': QUOTE,
    "'": QUOTE,
}
BIT: Final = {name: 1 << place for place, name in enumerate(FUNCTIONS)}


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


_PUNCTUATION_UNITS: Final = {
    mark: Unit(kind, {COMMA: 3, STOP: 4, QUOTE: 5}[kind]) for mark, kind in _PUNCTUATION.items()
}
_NAME_UNIT: Final = Unit(NAME, NAME_STEM)
_NUMBER_UNIT: Final = Unit(NUMBER, NUMBER_STEM)
_UNKNOWN_UNIT: Final = Unit(UNKNOWN)
_ARTICLES: Final = frozenset({"the", "The"})
_PARTICLES: Final = frozenset("al bin da de del della den der di do dos du el ibn la le van von".split())
"""Small words inside names of persons."""


@dataclass(frozen=True, slots=True)
class WordTable:
    """Words and phrases with what is known of them.

    ``words`` maps a lower-case word (or a cased name) to its unit; ``phrases`` maps the first word of a phrase to the
    remaining words and the unit of each, longest first; ``stems`` gives each stem's text by its number.
    """

    words: Mapping[str, Unit]
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], Unit]]]
    stems: Sequence[str]
    _seen: dict[str, Unit] = field(default_factory=dict, repr=False, compare=False)

    CACHE_LIMIT = 200_000

    def look(self, word: str) -> Unit:
        """Return the unit of a token that stands alone."""
        unit = self._seen.get(word)
        if unit is None:
            if len(self._seen) >= self.CACHE_LIMIT:
                self._seen.clear()
            unit = self._seen[word] = self._find(word)
        return unit

    def _find(self, word: str) -> Unit:
        lowered = word.lower()
        found = self.words.get(word) or self.words.get(lowered)
        if found:
            return found
        if word[0].isdigit():
            return _NUMBER_UNIT
        mark = _PUNCTUATION_UNITS.get(word) or _PUNCTUATION_UNITS.get(word[0])
        if mark:
            return mark
        if word.startswith("-"):
            return _PUNCTUATION_UNITS["—"]
        for base in bases(lowered):
            if base in self.words:
                return self.words[base]
        return _NAME_UNIT if word != lowered else _UNKNOWN_UNIT

    def units(self, tokens: Sequence[Token]) -> tuple[list[Unit], list[int], list[int]]:
        """Return the units of ``tokens``, phrases and runs of names joined, and the first and last token of each."""
        shouting = _is_shouting(tokens)
        texts = [token.text.lower() if shouting else token.text for token in tokens]
        lowered = [text.lower() for text in texts]
        units: list[Unit] = []
        firsts: list[int] = []
        lasts: list[int] = []
        i = 0
        while i < len(texts):
            n, unit = self._phrase(lowered, i)
            unit = unit or self.look(texts[i])
            first = i
            while units and (name := _joined(units[-1], texts[firsts[-1]], unit, texts[first])):
                unit, first = name, firsts[-1]
                del units[-1], firsts[-1], lasts[-1]
            units.append(unit)
            firsts.append(first)
            lasts.append(i + n - 1)
            i += n
        return units, firsts, lasts

    def _phrase(self, lowered: Sequence[str], i: int) -> tuple[int, Unit | None]:
        for rest, unit in self.phrases.get(lowered[i], ()):
            if all(a == b for a, b in zip(rest, lowered[i + 1 : i + 1 + len(rest)], strict=False)) and (
                i + len(rest) < len(lowered)
            ):
                return 1 + len(rest), unit
        return 1, None


def _joined(last: Unit, before: str, unit: Unit, text: str) -> Unit | None:
    """Return the name that two neighbouring units make together, None where they make none.

    Runs of names are one name; so are a name with its article, and with a capitalised word that does nothing of its own,
    as "Rice" in "Theresa Rice".  A person's name also takes in its particles ("da", "van").
    """
    if last.kind == NAME:
        person = last is _NAME_UNIT
        if unit.kind == NAME or _could_be_name(unit, text, person) or (person and text in _PARTICLES):
            return last
    elif unit.kind == NAME and (before in _ARTICLES or _could_be_name(last, before, False)):
        return unit
    return None


def _could_be_name(unit: Unit, text: str, person: bool) -> bool:
    """Whether a known word stands capitalised and does nothing of its own; beside a person it may be a thing."""
    silent = not (unit.verb or unit.noun or unit.function)
    return unit.kind == WORD and text[:1].isupper() and silent and (person or not (unit.obj or unit.valence))


def _is_shouting(tokens: Iterable[Token]) -> bool:
    letters = "".join(token.text for token in tokens)
    return len(letters) > 12 and letters.isupper()


def target_places(
    text: str, target: str, tokens: Sequence[Token], first_tokens: Sequence[int], last_tokens: Sequence[int]
) -> list[int]:
    """Return the places of the units that the mentions of ``target`` cover, in order; empty where there is none.

    Case and typography are ignored.  ``first_tokens`` and ``last_tokens`` are those of :meth:`WordTable.units`.
    """
    mentions = mentions_of(text, target)
    found: list[int] = []
    i = 0
    for place, (first, last) in enumerate(zip(first_tokens, last_tokens, strict=True)):
        while i < len(mentions) and mentions[i][1] <= tokens[first].start:
            i += 1
        if i < len(mentions) and mentions[i][0] < tokens[last].end:
            found.append(place)
    return found


def mentions_of(text: str, target: str) -> list[tuple[int, int]]:
    """Return (start, end) of each mention of ``target`` in ``text``, whole words first, whatever the case."""
    plain = re.escape(normalise(target).strip())
    if not plain:
        return []
    haystack = normalise(text)
    whole = [m.span() for m in re.finditer(rf"(?<!\w){plain}(?!\w)", haystack, re.IGNORECASE)]
    return whole or [m.span() for m in re.finditer(plain, haystack, re.IGNORECASE)]
