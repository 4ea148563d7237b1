"""The labelled corpus: reading, validating, naming every bad row by file, line and field."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from classifier.errors import LabelError, TableError
from classifier.labels import ACTS, LEVEL_LABELS, STANCES, TONES
from classifier.words import mentions_of

MOST_SHOWN: Final = 20
"""How many bad rows an error names before it only counts them."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled statement; a field that is None is not labelled."""

    id: str
    text: str
    genre: str
    act: str | None = None
    escalation: int | None = None
    tone: str | None = None
    target: str | None = None
    stance: str | None = None
    group: str | None = None
    cameo: str | None = None
    phrase: bool = False
    """Whether this is a phrase rather than a statement: trained on, never evaluated on."""

    def label(self, head: str) -> str | None:
        """Return the label of one head by name; None where it has none."""
        if head == "escalation":
            return None if self.escalation is None else LEVEL_LABELS[self.escalation]
        value: str | None = getattr(self, head)
        return value


@dataclass(frozen=True, slots=True)
class Problem:
    """A bad row: where it stands, the field, and what is wrong with it."""

    path: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: field {self.field!r}: {self.message}"


_ALLOWED: Final[Mapping[str, tuple[Any, ...]]] = {
    "act": (*ACTS, None),
    "escalation": (*LEVEL_LABELS, None),
    "tone": (*TONES, None),
    "stance": (*STANCES, None),
}


def problems_of(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (field, what is wrong) of a row of labelled data."""
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "text", f"expected the statement's words, found {text!r}"
        return
    for name, allowed in _ALLOWED.items():
        value = row.get(name)
        if value not in allowed or isinstance(value, bool):
            expected = ", ".join(str(each) for each in allowed if each is not None)
            yield name, f"expected one of {expected} or null, found {value!r}"
    target, stance = row.get("target"), row.get("stance")
    if target is not None and (not isinstance(target, str) or not mentions_of(text, target)):
        yield "target", f"expected words that occur in the text, found {target!r}"
    if (target is None) != (stance is None):
        yield (
            "stance",
            f"expected a stance where there is a target and only there, found {stance!r} with target {target!r}",
        )
    if all(row.get(name) is None for name in _ALLOWED):
        yield "act", "expected at least one of act, escalation, tone and stance, found none"


def _labelled(row: Mapping[str, Any], id: str, genre: str, phrase: bool = False) -> Labelled:  # noqa: A002
    names = ("text", "act", "escalation", "tone", "target", "stance", "group", "cameo")
    values = {name: row.get(name) for name in names}
    return Labelled(**values, id=id, genre=genre, phrase=phrase)  # type: ignore[arg-type]


def read_jsonl(path: Path) -> tuple[list[Labelled], list[Problem]]:
    """Read labelled statements from JSONL; good rows and the problems of the bad ones.

    Raises TableError where the file cannot be read at all.
    """
    rows: list[Labelled] = []
    problems: list[Problem] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"expected UTF-8 JSONL in {path}, found {error}; save the file as UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            problems.append(Problem(path, number, "line", f"expected a JSON object, found {error}"))
            continue
        if not isinstance(row, dict):
            problems.append(Problem(path, number, "line", f"expected a JSON object, found {type(row).__name__}"))
            continue
        found = [Problem(path, number, name, message) for name, message in problems_of(row)]
        problems.extend(found)
        if not found:
            rows.append(_labelled(row, id=str(row.get("id") or f"{path.stem}-{number}"), genre=path.stem))
    return rows, problems


def read_phrases(path: Path) -> tuple[list[Labelled], list[Problem]]:
    """Read phrases (phrase, act, escalation) from TSV with a header."""
    rows: list[Labelled] = []
    problems: list[Problem] = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
            level = row.get("escalation") or ""
            parsed = {
                "text": row.get("phrase"),
                "act": row.get("act"),
                "escalation": int(level) if level.lstrip("-").isdigit() else level,
            }
            found = [Problem(path, number, name, message) for name, message in problems_of(parsed)]
            problems.extend(found)
            if not found:
                rows.append(_labelled(parsed, id=f"{path.stem}-{number}", genre=path.stem, phrase=True))
    return rows, problems


def raise_problems(problems: Iterable[Problem]) -> None:
    """Raise LabelError naming each problem's file, line and field, where there is one."""
    found = list(problems)
    if found:
        shown = "\n".join(str(problem) for problem in found[:MOST_SHOWN])
        more = f"\n… and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
        raise LabelError(f"{len(found)} problem(s) in the labelled data; correct them and run again:\n{shown}{more}")


def read_corpus(seeds: Path, extra: Iterable[Path] = ()) -> list[Labelled]:
    """Read the seeds' statements and phrases and files of the user's own, in a fixed order.

    Raises LabelError naming every bad row, TableError where a file cannot be read or there is none.
    """
    statements = sorted((seeds / "statements").glob("*.jsonl"))
    if not statements:
        raise TableError(
            f"expected labelled statements in {seeds / 'statements'}/*.jsonl, found none; pass --seeds DIR"
        )
    rows: list[Labelled] = []
    problems: list[Problem] = []
    for path in [*statements, *extra]:
        found, wrong = read_jsonl(path)
        rows += found
        problems += wrong
    for path in sorted((seeds / "phrases").glob("*.tsv")):
        found, wrong = read_phrases(path)
        rows += found
        problems += wrong
    first_line: dict[str, str] = {}
    for row in rows:
        if row.id in first_line:
            raise LabelError(f"expected each id once, found {row.id!r} in {first_line[row.id]} and in {row.genre}")
        first_line[row.id] = row.genre
    raise_problems(problems)
    return rows


def read_foreign(seeds: Path) -> list[str]:
    """Read the texts of other kinds (recipes, sport ...) that teach what the model does not know, if there are any."""
    path = seeds / "out_of_domain.jsonl"
    if not path.is_file():
        return []
    return [str(json.loads(line)["text"]) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
