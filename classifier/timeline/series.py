"""Events -> what a report shows: weeks with bootstrap bands, changes, pairs, and the statements that moved a week."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.timeline.read import Event

ROUNDS: Final = 1000
"""Resamples of a bootstrap band (Efron 1979, percentile method)."""
BAND: Final = (5.0, 95.0)
"""Percentiles of a band."""
LEAST: Final = 3
"""Fewest statements that a band is drawn for; under them it would look surer than it is."""
RECENT: Final = 4
"""Weeks that the rate of change compares with the same number before them."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Week:
    """One actor's statements of a week."""

    start: date
    """Its Monday."""
    count: int
    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """How the mean level of an actor's last weeks differs from that of the weeks before them."""

    value: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the band leaves no change out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Move:
    """A week whose mean left that of the weeks before it, with the statements that did most for it."""

    week: Week
    change: float
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Actor:
    """What a report says of one actor."""

    name: str
    count: int
    mean: float
    weeks: Sequence[Week]
    change: Change | None
    moves: Sequence[Move]


@dataclass(frozen=True, slots=True)
class Pair:
    """How one speaks toward another."""

    who: str
    toward: str
    count: int
    mean: float


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def actors_of(events: Iterable[Event], most_moves: int = 2) -> list[Actor]:
    """Return each actor's weeks, change and moves; the most talkative first.  The same events give the same bands."""
    by_name: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_name[event.who].append(event)
    last = max(monday(event.day) for own in by_name.values() for event in own)
    ranked = sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_actor(name, own, last, most_moves) for name, own in ranked]


def _actor(name: str, events: Sequence[Event], last: date, most_moves: int) -> Actor:
    rng = np.random.default_rng(0)
    by_week: defaultdict[date, list[Event]] = defaultdict(list)
    for event in events:
        by_week[monday(event.day)].append(event)
    weeks = [_week(start, _levels(by_week[start]), rng) for start in sorted(by_week)]
    mean = float(_levels(events).mean())
    return Actor(name, len(events), mean, weeks, change_of(events, last, rng), moves_of(weeks, by_week, most_moves))


def _levels(events: Sequence[Event]) -> Floats:
    return np.array([event.level for event in events], dtype=np.float64)


def _means(levels: Floats, rng: np.random.Generator) -> Floats:
    """Return the means of ROUNDS resamples."""
    return np.asarray(levels[rng.integers(0, len(levels), (ROUNDS, len(levels)))].mean(axis=1))


def _week(start: date, levels: Floats, rng: np.random.Generator) -> Week:
    low = high = None
    if len(levels) >= LEAST:
        low, high = (float(each) for each in np.percentile(_means(levels, rng), BAND))
    return Week(start, len(levels), float(levels.mean()), low, high)


def change_of(events: Sequence[Event], last: date, rng: np.random.Generator) -> Change | None:
    """Return the change of the RECENT weeks up to the week ``last``, or None where either side has too few."""
    middle, begin = (last - timedelta(weeks=weeks) for weeks in (RECENT - 1, 2 * RECENT - 1))
    now = _levels([event for event in events if monday(event.day) >= middle])
    before = _levels([event for event in events if begin <= monday(event.day) < middle])
    if min(len(now), len(before)) < LEAST:
        return None
    low, high = np.percentile(_means(now, rng) - _means(before, rng), BAND)
    return Change(float(now.mean() - before.mean()), float(low), float(high))


def moves_of(weeks: Sequence[Week], by_week: Mapping[date, Sequence[Event]], most: int) -> list[Move]:
    """Return the weeks that left the mean of the RECENT weeks before them most, with their strongest statements."""
    moves: list[Move] = []
    for i, week in enumerate(weeks):
        before = [each for each in weeks[:i] if week.start - each.start <= timedelta(weeks=RECENT)]
        total = sum(each.count for each in before)
        if week.count < LEAST or total < LEAST:
            continue
        base = sum(each.mean * each.count for each in before) / total
        change = week.mean - base
        strongest = sorted(by_week[week.start], key=lambda event: -(event.level - base) * np.sign(change))
        moves.append(Move(week, change, strongest[:3]))
    return sorted(moves, key=lambda move: -abs(move.change))[:most]


def pairs_of(events: Iterable[Event], names: Sequence[str], most: int = 10) -> list[Pair]:
    """Return how each of ``names`` speaks toward the ``most`` that are spoken of most."""
    levels: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    totals: defaultdict[str, int] = defaultdict(int)
    for event in events:
        if event.toward and event.who in names:
            levels[event.who, event.toward].append(event.level)
            totals[event.toward] += 1
    kept = set(sorted(totals, key=lambda name: (-totals[name], name))[:most])
    return [
        Pair(who, toward, len(each), sum(each) / len(each))
        for (who, toward), each in sorted(levels.items())
        if toward in kept
    ]
