"""Figures of a model on labelled data: macro-F1 and per class, calibration error, bootstrap intervals, baselines."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.weighting import Floats

BOOTSTRAP_ROUNDS = 200
ECE_BINS = 10


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Precision, recall and F1 of one label, in [0, 1], and how often it occurs."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class HeadFigures:
    """How one head does: all figures in [0, 1]."""

    macro_f1: float
    interval: tuple[float, float]
    """95 % bootstrap interval of ``macro_f1``."""
    accuracy: float
    ece: float
    """Expected calibration error over ten bins of confidence (Naeini et al. 2015); lower is better."""
    majority_f1: float
    word_list_f1: float
    classes: Mapping[str, ClassFigures]
    confusion: tuple[tuple[int, ...], ...]
    """Rows are gold labels, columns predictions, in the order of ``classes``."""
    reliability: tuple[tuple[float, float, int], ...]
    """(mean confidence, share right, count) of each bin that holds any."""
    coverage: tuple[tuple[float, float], ...]
    """(share of statements kept, accuracy on them), the most confident first."""


def macro_f1(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """Return the mean F1 over the labels that occur in ``gold``."""
    right = Counter(g for g, p in zip(gold, predicted, strict=True) if g == p)
    golds, predictions = Counter(gold), Counter(predicted)
    return float(np.mean([2 * right[label] / (golds[label] + predictions[label]) for label in sorted(golds)]))


def bootstrap(
    metric: Callable[[Sequence[str], Sequence[str]], float], gold: Sequence[str], predicted: Sequence[str]
) -> tuple[float, float]:
    """Return the 95 % percentile interval of a metric over resamples of the statements."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(BOOTSTRAP_ROUNDS):
        picks = rng.integers(0, len(gold), len(gold)).tolist()
        found.append(metric([gold[i] for i in picks], [predicted[i] for i in picks]))
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def reliability(confidence: Floats, correct: Floats) -> tuple[tuple[float, float, int], ...]:
    """Return (mean confidence, share right, count) for each of ten bins of confidence that holds any."""
    bins = np.minimum((confidence * ECE_BINS).astype(int), ECE_BINS - 1)
    found = []
    for number in range(ECE_BINS):
        inside = bins == number
        if inside.any():
            found.append((float(confidence[inside].mean()), float(correct[inside].mean()), int(inside.sum())))
    return tuple(found)


def ece(confidence: Floats, correct: Floats) -> float:
    """Return the expected calibration error."""
    bins = reliability(confidence, correct)
    return sum(count * abs(mean - right) for mean, right, count in bins) / max(1, len(confidence))


def coverage(confidence: Floats, correct: Floats, points: int = 20) -> tuple[tuple[float, float], ...]:
    """Return accuracy on the most confident share, for ``points`` shares up to 1."""
    order = np.argsort(-confidence, kind="stable")
    running = np.cumsum(correct[order]) / np.arange(1, len(order) + 1)
    places = [max(1, round(len(order) * (i + 1) / points)) for i in range(points)]
    return tuple((n / len(order), float(running[n - 1])) for n in places)


def _class_figures(label: str, gold: Sequence[str], predicted: Sequence[str]) -> ClassFigures:
    right = sum(g == p == label for g, p in zip(gold, predicted, strict=True))
    said, there = list(predicted).count(label), list(gold).count(label)
    return ClassFigures(
        precision=right / said if said else 0.0,
        recall=right / there if there else 0.0,
        f1=2 * right / (said + there) if said + there else 0.0,
        support=there,
    )


def head_figures(
    labels: Sequence[str], gold: Sequence[str], probabilities: Floats, word_list: Sequence[str]
) -> HeadFigures:
    """Return the figures of one head from its probabilities, shape ``(n, n_labels)``, beside the baselines'."""
    predicted = [labels[i] for i in probabilities.argmax(axis=1)]
    confidence = probabilities.max(axis=1)
    correct = np.array([g == p for g, p in zip(gold, predicted, strict=True)], dtype=float)
    majority = Counter(gold).most_common(1)[0][0]
    cells = Counter(zip(gold, predicted, strict=True))
    return HeadFigures(
        macro_f1=macro_f1(gold, predicted),
        interval=bootstrap(macro_f1, gold, predicted),
        accuracy=float(correct.mean()),
        ece=ece(confidence, correct),
        majority_f1=macro_f1(gold, [majority] * len(gold)),
        word_list_f1=macro_f1(gold, word_list),
        classes={label: _class_figures(label, gold, predicted) for label in labels},
        confusion=tuple(tuple(cells[g, p] for p in labels) for g in labels),
        reliability=reliability(confidence, correct),
        coverage=coverage(confidence, correct),
    )
