"""What the corpus holds beside its floors: acts by genre and region, sub-codes, common verbs, and what is thin."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from rich.console import Console
from rich.table import Table

from classifier.actors import find_actors
from classifier.labels import ACTS, LEVEL_LABELS, STANCES, TONES
from classifier.lexicon import OPERATORS, read_lexicon
from classifier.text import tokenize
from training.corpus import Labelled

FLOORS: Final[Mapping[str, int]] = {"act": 600, "escalation": 1500, "tone": 3000}
"""Least number of statements of each value of a field."""
TARGET_FLOOR: Final = 6000
CONTRAST_FLOOR: Final = 1500
STATEMENT_FLOOR: Final = 14_000
PHRASE_FLOOR: Final = 5000
CAMEO_ROOTS: Final[Mapping[str, tuple[str, ...]]] = {
    "agree": ("03",),
    "consult": ("04",),
    "support": ("05",),
    "cooperate": ("06",),
    "aid": ("07",),
    "concede": ("08",),
    "retreat": ("08",),
    "request": ("02", "10"),
    "accuse": ("11", "09"),
    "reject": ("12",),
    "threaten": ("13",),
    "protest": ("14",),
    "mobilize": ("15",),
    "sanction": ("16",),
    "coerce": ("17",),
    "assault": ("18", "19", "20"),
}
"""CAMEO's root codes that each act of PLOVER gathers."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts over the corpus's statements."""

    statements: int
    phrases: int
    with_target: int
    in_contrast_groups: int
    counts: Mapping[str, Counter[str]]
    """Field -> value -> statements."""
    genres: Mapping[str, Counter[str]]
    """Genre -> act -> statements."""
    regions: Mapping[str, Counter[str]]
    """Region -> act -> statements that name an actor of it."""
    subcodes: Mapping[str, Counter[str]]
    """Act -> CAMEO code -> statements."""
    verbs: Mapping[str, Counter[str]]
    """Act -> verb of its own operators -> statements of the act that hold it."""


@cache
def regions() -> Mapping[str, str]:
    """Actor code -> region, after the UN's M49 scheme; organisations are their own."""
    text = files("training").joinpath("regions.tsv").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            region, codes = line.split("\t")
            found.update(dict.fromkeys(codes.split(), region))
    return found


def _verbs(row: Labelled) -> set[str]:
    lexicon = read_lexicon()
    found = set()
    for token in tokenize(row.text):
        entry = lexicon.get((token.text.lower(),))
        if entry and entry.verb and OPERATORS[entry.verb] == row.act:
            found.add(entry.stem)
    return found


def coverage_of(rows: Sequence[Labelled]) -> Coverage:
    """Count a corpus."""
    statements = [row for row in rows if not row.phrase]
    groups = Counter(row.group for row in statements if row.group)
    genres: dict[str, Counter[str]] = {}
    by_region: dict[str, Counter[str]] = {}
    subcodes: dict[str, Counter[str]] = {}
    verbs: dict[str, Counter[str]] = {}
    for row in statements:
        act = row.act or "unlabelled"
        genres.setdefault(row.genre, Counter())[act] += 1
        for region in {regions().get(mention.code, "organisations and groups") for mention in find_actors(row.text)}:
            by_region.setdefault(region, Counter())[act] += 1
        if row.cameo:
            subcodes.setdefault(act, Counter())[row.cameo] += 1
        verbs.setdefault(act, Counter()).update(_verbs(row))
    return Coverage(
        statements=len(statements),
        phrases=len(rows) - len(statements),
        with_target=sum(row.target is not None for row in statements),
        in_contrast_groups=sum(groups[row.group] >= 2 for row in statements if row.group),
        counts={
            field: Counter(label for row in statements if (label := row.label(field)) is not None)
            for field in ("act", "escalation", "tone", "stance")
        },
        genres=genres,
        regions=by_region,
        subcodes=subcodes,
        verbs=verbs,
    )


def shortfalls(found: Coverage) -> list[str]:
    """Return a sentence for each floor that the corpus misses."""
    missing = []
    for field, values in (("act", ACTS), ("escalation", tuple(LEVEL_LABELS.values())), ("tone", TONES)):
        for value in values:
            count = found.counts[field][value]
            if count < FLOORS[field]:
                missing.append(f"{field} {value}: {count:,} of {FLOORS[field]:,}")
    for name, count, floor in (
        ("statements", found.statements, STATEMENT_FLOOR),
        ("phrases", found.phrases, PHRASE_FLOOR),
        ("statements with a target", found.with_target, TARGET_FLOOR),
        ("statements in contrast groups", found.in_contrast_groups, CONTRAST_FLOOR),
    ):
        if count < floor:
            missing.append(f"{name}: {count:,} of {floor:,}")
    return missing


def show_coverage(found: Coverage, console: Console, full: bool = False) -> None:
    """Print the counts; with ``full`` also genres, regions, sub-codes and verbs."""
    table = Table("field", "statements of each value (floor)", title="Corpus")
    for field, order in (
        ("act", ACTS),
        ("escalation", tuple(LEVEL_LABELS.values())),
        ("tone", TONES),
        ("stance", STANCES),
    ):
        floor = f" ({FLOORS[field]:,})" if field in FLOORS else ""
        table.add_row(field + floor, ", ".join(f"{value} {found.counts[field][value]:,}" for value in order))
    console.print(table)
    console.print(
        f"{found.statements:,} statements, {found.phrases:,} phrases, {found.with_target:,} with a target, "
        f"{found.in_contrast_groups:,} in contrast groups"
    )
    if full:
        _cross("Genre", found.genres, console)
        _cross("Region", found.regions, console)
        detail = Table("act", "CAMEO codes", "commonest verbs", title="Sub-codes and verbs")
        for act in ACTS:
            codes, verbs = found.subcodes.get(act, Counter()), found.verbs.get(act, Counter())
            detail.add_row(
                act,
                ", ".join(f"{code} {n}" for code, n in sorted(codes.items())),
                ", ".join(f"{verb} {n}" for verb, n in verbs.most_common(15)),
            )
        console.print(detail)
    missing = shortfalls(found)
    console.print("all floors are met" if not missing else "below the floor: " + "; ".join(missing))


def _cross(title: str, counts: Mapping[str, Counter[str]], console: Console) -> None:
    table = Table(title.lower(), "all", "statements of each act", title=f"Acts by {title.lower()}")
    for name, row in sorted(counts.items()):
        table.add_row(name, f"{row.total():,}", ", ".join(f"{act} {row[act]:,}" for act in ACTS if row[act]))
    console.print(table)
