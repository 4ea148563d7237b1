"""The lexicons that scope reads by: operators, object classes, function words and actors, from ``data/*.tsv``.

Each file documents its own form in its head.  :func:`read_lexicon` expands them into one mapping from word
sequences (lower-case tuples) to :class:`Entry`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

from classifier.labels import ACTS
from classifier.stem import stem
from classifier.text import tokenize

FUNCTIONAL: Final = ("say", "plan", "end", "start", "fail", "want", "force")
OPERATORS: Final = ("", *(act for act in ACTS if act != "none"), *FUNCTIONAL)
"""Operator classes; a class is stored as its index here, 0 where a word is none."""

OBJECTS: Final = (
    *("", "force", "arms", "captive", "people", "envoy", "pact", "ties", "money", "goods", "law", "vote"),
    *("restraint", "place", "media", "offer", "blame", "crime", "meeting", "info", "job", "issue"),
)
"""Object classes, stored as their index here."""

FORMS: Final = ("", "base", "third", "past", "participle", "ing", "fixed")
"""Forms of a verb, stored as their index here; regular verbs have "past" for past and participle alike."""

FUNCTIONS: Final = (
    *("negation", "possible", "condition", "future", "past", "passive", "boundary", "join", "background"),
    *("relative", "that", "to", "determiner", "intensify", "weaken", "speaker", "time"),
)
"""Classes of function words, stored as bits in this order."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicons know of a word or phrase; 0 and "" mean nothing is known."""

    stem: str
    verb: int = 0
    noun: int = 0
    form: int = 0
    obj: int = 0
    function: int = 0
    actor: str = ""


def _rows(name: str) -> Iterator[list[str]]:
    text = files("classifier").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def split_entries(column: str) -> list[str]:
    """Return the comma-separated entries of a lexicon's column."""
    return [entry for part in column.split(",") if (entry := part.strip())]


@cache
def irregular_verbs() -> Mapping[str, tuple[str, str, str, str]]:
    """Lemma -> (third person, past, participle, -ing form)."""
    return {lemma: (third, past, part, ing) for lemma, third, past, part, ing in _rows("irregular.tsv")}


def inflect(verb: str) -> Iterator[tuple[str, str]]:
    """Yield (form name, word) of each form of a verb's lemma."""
    yield "base", verb
    if verb in irregular_verbs():
        yield from zip(FORMS[2:6], irregular_verbs()[verb], strict=True)
        return
    hissing = verb.endswith(("s", "x", "z", "ch", "sh"))
    y_changes = verb.endswith("y") and verb[-2:-1] not in "aeiou"
    root = verb[:-1] if verb.endswith("e") or y_changes else verb
    yield "third", root + "ies" if y_changes else verb + ("es" if hissing else "s")
    yield "past", root + ("ied" if y_changes else "ed")
    yield "ing", (verb if y_changes or verb.endswith("ee") else root) + "ing"


def plural(noun: str) -> str:
    """Return the plural of a noun by the regular rules."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def words_of(phrase: str) -> tuple[str, ...]:
    """Return the lower-case tokens of a lexicon phrase."""
    return tuple(token.text.lower() for token in tokenize(phrase))


def _joined_stem(words: tuple[str, ...]) -> str:
    return "_".join((stem(words[0]), *words[1:]))


def _verb_forms(entry: str) -> Iterator[tuple[tuple[str, ...], int, str]]:
    head, *rest = words_of(entry)
    name = "_".join((stem(head), *rest))
    for form, word in inflect(head):
        yield (word, *rest), FORMS.index(form), name


class _Builder:
    def __init__(self) -> None:
        self.entries: dict[tuple[str, ...], Entry] = {}

    def merge(self, words: tuple[str, ...], name: str, **found: int | str) -> None:
        old = self.entries.get(words, Entry(name))
        news = {key: value for key, value in found.items() if not getattr(old, key)}
        self.entries[words] = replace(old, **news)  # type: ignore[arg-type]

    def operator(self, cls: str, kind: str, entry: str) -> None:
        number = OPERATORS.index(cls)
        if kind == "verb":
            for words, form, name in _verb_forms(entry):
                self.merge(words, name, verb=number, form=form)
            return
        phrase = words_of(entry)
        if kind == "fixed":
            self.merge(phrase, "_".join(phrase), verb=number, form=FORMS.index("fixed"))
            return
        for noun in (phrase, (*phrase[:-1], plural(phrase[-1]))):
            self.merge(noun, _joined_stem(phrase), noun=number)

    def object(self, cls: str, entry: str) -> None:
        words = words_of(entry)
        for form in (words, (*words[:-1], plural(words[-1]))):
            self.merge(form, _joined_stem(words), obj=OBJECTS.index(cls))

    def function(self, cls: str, entry: str) -> None:
        words = words_of(entry)
        bits = self.entries.get(words, Entry("")).function | 1 << FUNCTIONS.index(cls)
        self.merge(words, "_".join(words))
        self.entries[words] = replace(self.entries[words], function=bits)


@cache
def read_lexicon() -> Mapping[tuple[str, ...], Entry]:
    """Read all lexicons but the gazetteer: word sequences in lower case -> what is known of them.

    Where two files or classes name the same form in the same role, the first one read counts.
    """
    builder = _Builder()
    for cls, kind, entries in _rows("operators.tsv"):
        for entry in split_entries(entries):
            builder.operator(cls, kind, entry)
    for cls, entries in _rows("objects.tsv"):
        for entry in split_entries(entries):
            builder.object(cls, entry)
    for cls, entries in _rows("function.tsv"):
        for entry in split_entries(entries):
            builder.function(cls, entry)
    return builder.entries


@cache
def read_valence() -> Mapping[str, float]:
    """Lower-case word -> mean valence in [-4, 4]."""
    return {word: float(value) for word, value in _rows("valence.tsv")}
