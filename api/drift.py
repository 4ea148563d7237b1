"""How far the predictions of late lie from the training distribution."""

import math
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

WINDOW: Final = 5_000
"""How many predictions are looked back on."""
LEAST: Final = 200
"""Under this many predictions there is no figure."""


def stability_index(expected: Sequence[float], found: Sequence[float]) -> float:
    """Return the population stability index of two distributions: 0 equal, over .25 commonly called a shift.

    Both are shares that sum to 1; shares of 0 are taken as one in ten thousand.
    """
    pairs = [(max(e, 1e-4), max(f, 1e-4)) for e, f in zip(expected, found, strict=True)]
    return sum((f - e) * math.log(f / e) for e, f in pairs)


def training_shares(manifest: Mapping[str, Any], head: str, labels: Sequence[str]) -> list[float] | None:
    """Return the share of each label in the data a model was evaluated on; None where its manifest does not say."""
    classes = manifest.get("metrics", {}).get(head, {}).get("classes", {})
    counts = [float(classes.get(label, {}).get("support", 0)) for label in labels]
    total = sum(counts)
    return [count / total for count in counts] if total else None


class Drift:
    """The labels of one head over the last predictions, against those of training."""

    def __init__(self, labels: Sequence[str], window: int = WINDOW) -> None:
        self._labels = labels
        self._last: deque[str] = deque(maxlen=window)
        self.expected: list[float] | None = None

    def see(self, labels: Iterable[str]) -> None:
        """Take predictions in."""
        self._last.extend(labels)

    def index(self) -> float:
        """Return the stability index; NaN while there are too few predictions or no training distribution."""
        if self.expected is None or len(self._last) < LEAST:
            return math.nan
        counts = Counter(self._last)
        return stability_index(self.expected, [counts[label] / len(self._last) for label in self._labels])
