"""The cue verbs of ``data/cues.tsv``, by the words that they are written with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

COMPLEMENTS: Final = ("quote", "that", "to", "object", "patient", "hearer", "whether", "as", "want")
"""What may follow a cue; the head of ``data/cues.tsv`` explains each with an example."""

BASE: Final = "base"
THIRD: Final = "third"
PAST: Final = "past"
ING: Final = "ing"


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a cue verb: ``said``, or ``called`` with the second word ``for``."""

    lemma: str
    form: str
    second: str
    complements: frozenset[str]


@cache
def read_cues() -> Mapping[str, tuple[Cue, ...]]:
    """First word of a cue in lower case -> its cues, those of two words first."""
    cues: dict[str, list[Cue]] = {}
    text = files("classifier").joinpath("data", "cues.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            lemma, others, complements = line.split("\t")
            kinds = frozenset(complements.split())
            forms = others.split(", ")
            for written in dict.fromkeys((lemma, *forms)):
                first, _, second = written.partition(" ")
                form = PAST if written == lemma and lemma in forms else _form(first, lemma)
                cues.setdefault(first, []).append(Cue(lemma, form, second, kinds))
    return {first: tuple(sorted(found, key=lambda cue: not cue.second)) for first, found in cues.items()}


def _form(word: str, lemma: str) -> str:
    base = lemma.partition(" ")[0]
    if word == base:
        return BASE
    if word.endswith("ing"):
        return ING
    return THIRD if word.endswith("s") else PAST
