"""Interleaved rounds: in each, everything is timed once, so that a slow moment of the machine falls on all alike.

A machine that is shared is slow for seconds.  So what is compared is compared within a round, and the median is that of
the rounds' ratios; a ratio of medians would set a quick minute of one beside a slow minute of another.
"""

import gc
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final

TURNS: Final = 5
"""How often each takes its turn in a round, as the machine's speed may double within a second: so all meet the same."""


@dataclass(frozen=True, slots=True)
class Case:
    """Something to time: ``run`` handles ``count`` items; ``prepare`` comes before each round and is not timed."""

    run: Callable[[], object]
    count: int
    prepare: Callable[[], object] | None = None


def pin(core: int) -> None:
    """Keep this process, and those it starts, on one core."""
    os.sched_setaffinity(0, {core})


@contextmanager
def unpinned() -> Iterator[None]:
    """Within it, this process and those it starts may use every core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def microseconds(case: Case) -> float:
    """Return the CPU time of one item, in microseconds."""
    if case.prepare:
        case.prepare()
    gc.collect()
    started = time.process_time()
    case.run()
    return (time.process_time() - started) / case.count * 1e6


def ratio(values: Sequence[float], others: Sequence[float]) -> float:
    """Return the median of the ratios of values to those of the same round."""
    return median(value / other for value, other in zip(values, others, strict=True))


@dataclass(frozen=True, slots=True)
class Rounds:
    """What each case took in each round, in microseconds an item."""

    spent: Mapping[str, Sequence[float]]

    def medians(self) -> dict[str, float]:
        """Return each case's median."""
        return {name: median(values) for name, values in self.spent.items()}

    def times(self, name: str, other: str) -> float:
        """Return how many times as long as ``name`` the ``other`` took: the median of the ratios of each round."""
        return ratio(self.spent[other], self.spent[name])


def interleaved(cases: Mapping[str, Case], rounds: int, tell: Callable[[str], None], turns: int = 1) -> Rounds:
    """Time every case in turn, in ``rounds`` rounds after one that is not counted; in a round ``turns`` times."""
    found: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range((rounds + 1) * turns):
        for name, case in cases.items():
            tell(name)
            found[name].append(microseconds(case))
    counted = range(turns, (rounds + 1) * turns, turns)
    return Rounds({name: [fmean(spent[i : i + turns]) for i in counted] for name, spent in found.items()})
