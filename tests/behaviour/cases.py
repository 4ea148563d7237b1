"""The cases: tab-separated files in ``cases/``, each with a head of ``#`` lines that says what its columns are."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("cases")
FOREIGN: Final = Path(__file__).parents[1] / "fixtures" / "foreign.jsonl"
FILLINGS: Final = 8
"""How many times each sentence with slots is filled."""


@dataclass(frozen=True, slots=True)
class Minimum:
    """A statement, the acts that are right for it and its level."""

    acts: tuple[str, ...]
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements of which the second must score higher; toward ``target`` where there is one."""

    lower: str
    higher: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """A sentence with its slots filled, and the name in the first of them."""

    text: str
    name: str


def rows(name: str, columns: int) -> list[list[str]]:
    """Return the rows of a case file; every row has ``columns`` columns."""
    found = []
    for number, line in enumerate((FOLDER / name).read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("#"):
            row = line.split("\t")
            assert len(row) == columns, f"{name}:{number}: expected {columns} columns, found {len(row)}"
            found.append(row)
    return found


def minimum() -> list[Minimum]:
    return [Minimum(tuple(acts.split(",")), int(level), text) for acts, level, text in rows("minimum.tsv", 3)]


def ordered() -> dict[str, list[Pair]]:
    """Return the pairs that escalation orders, by kind."""
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for kind, lower, higher in rows("ordered.tsv", 3):
        pairs[kind].append(Pair(lower, higher))
    return dict(pairs)


def tone() -> list[Pair]:
    return [Pair(lower, higher) for lower, higher in rows("tone.tsv", 2)]


def stance() -> list[Pair]:
    return [Pair(lower, higher, target) for target, lower, higher in rows("stance.tsv", 3)]


def wording() -> list[str]:
    return [text for (text,) in rows("wording.tsv", 1)]


def ordinary() -> list[str]:
    return [text for (text,) in rows("ordinary.tsv", 1)]


def foreign() -> list[str]:
    return [json.loads(line)["text"] for line in FOREIGN.read_text(encoding="utf-8").splitlines()]


def actors() -> list[list[Filling]]:
    """Return each sentence of ``actors.tsv`` in all its fillings."""
    names = {slot: entries.split("; ") for slot, entries in rows("names.tsv", 2)}
    names["actor"] = [name for slot in ("state", "capital", "organisation", "group") for name in names[slot]]
    return [
        [_fill(sentence, names, 3 * i + 5 * k) for k in range(FILLINGS)]
        for i, (sentence,) in enumerate(rows("actors.tsv", 1))
    ]


def _fill(sentence: str, names: dict[str, list[str]], start: int) -> Filling:
    """Fill the slots with names from ``start`` on, seven apart, so that no two slots get the same one."""
    used: dict[str, int] = defaultdict(int)
    chosen: list[str] = []

    def name(slot: re.Match[str]) -> str:
        entries = names[slot[1]]
        chosen.append(entries[(start + 7 * used[slot[1]]) % len(entries)])
        used[slot[1]] += 1
        return chosen[-1]

    text = re.sub(r"\{(\w+)\}", name, sentence)
    text = re.sub(r"\b([Aa]) (?=[AEIO])", r"\1n ", text)
    return Filling(text[0].upper() + text[1:], chosen[0])


def texts() -> Iterator[str]:
    """Yield every text that was written for these tests, sentences with slots in all their fillings."""
    yield from (case.text for case in minimum())
    for pairs in (*ordered().values(), tone(), stance()):
        for pair in pairs:
            yield from (pair.lower, pair.higher)
    yield from wording()
    yield from ordinary()
    for fillings in actors():
        yield from (filling.text for filling in fillings)
