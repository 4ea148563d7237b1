"""How well extracted statements agree with gold: counts of matches, precision, recall, F1, speaker accuracy."""

from collections.abc import Sequence
from dataclasses import dataclass

from classifier.quotes import Statement


@dataclass(frozen=True, slots=True)
class Gold:
    """A statement that a careful reader finds: character offsets, kind and speaker (None where none can be named)."""

    start: int
    end: int
    kind: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """Matches of two lists of spans; counts of several articles add up."""

    gold: int = 0
    found: int = 0
    matched: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.gold + other.gold, self.found + other.found, self.matched + other.matched)

    @property
    def precision(self) -> float:
        """Share of the found spans that match, in [0, 1]; 1 where none was found."""
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold spans that are matched, in [0, 1]; 1 where there are none."""
        return self.matched / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in [0, 1]."""
        total = self.gold + self.found
        return 2 * self.matched / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Scores:
    """All counts of one or more articles; "quotes" are direct and mixed statements together."""

    quotes_exact: Count = Count()
    quotes_overlap: Count = Count()
    indirect_exact: Count = Count()
    indirect_overlap: Count = Count()
    speakers: Count = Count()
    """Of the direct quotations found at 0.8: ``found`` of them, ``matched`` with the right speaker."""

    def __add__(self, other: "Scores") -> "Scores":
        return Scores(
            self.quotes_exact + other.quotes_exact,
            self.quotes_overlap + other.quotes_overlap,
            self.indirect_exact + other.indirect_exact,
            self.indirect_overlap + other.indirect_overlap,
            self.speakers + other.speakers,
        )


OVERLAP = 0.8
"""Least share of common characters in those of either span for two spans to match loosely."""


def overlap(first: Gold | Statement, second: Gold | Statement) -> float:
    """Return the characters common to two spans divided by those of either, in [0, 1]."""
    common = min(first.end, second.end) - max(first.start, second.start)
    either = max(first.end, second.end) - min(first.start, second.start)
    return max(0, common) / either if either else 1.0


def match(gold: Sequence[Gold], found: Sequence[Statement], least: float) -> list[tuple[Gold, Statement]]:
    """Pair each gold span with at most one found span that overlaps by ``least``, the closest pairs first."""
    pairs = [(overlap(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found)]
    used_gold: set[int] = set()
    used_found: set[int] = set()
    matched = []
    for share, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if share >= least and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            matched.append((gold[i], found[j]))
    return matched


def same_speaker(gold: str | None, found: str | None) -> bool:
    """Compare two names without regard to case and to a leading "the"."""
    return _plain(gold) == _plain(found)


def _plain(name: str | None) -> str:
    return (name or "").casefold().removeprefix("the ").strip()


def score(gold: Sequence[Gold], found: Sequence[Statement]) -> Scores:
    """Return the counts of one article."""
    quotes, our_quotes = _select(gold, found, indirect=False)
    clauses, our_clauses = _select(gold, found, indirect=True)
    close = match(quotes, our_quotes, OVERLAP)
    speaking = [(a, b) for a, b in close if a.kind == "direct" and b.kind == "direct"]
    right = sum(1 for a, b in speaking if same_speaker(a.speaker, b.speaker))
    return Scores(
        Count(len(quotes), len(our_quotes), len(match(quotes, our_quotes, 1.0))),
        Count(len(quotes), len(our_quotes), len(close)),
        Count(len(clauses), len(our_clauses), len(match(clauses, our_clauses, 1.0))),
        Count(len(clauses), len(our_clauses), len(match(clauses, our_clauses, OVERLAP))),
        Count(len(speaking), len(speaking), right),
    )


def _select(gold: Sequence[Gold], found: Sequence[Statement], indirect: bool) -> tuple[list[Gold], list[Statement]]:
    return (
        [statement for statement in gold if (statement.kind == "indirect") == indirect],
        [statement for statement in found if (statement.kind == "indirect") == indirect],
    )
