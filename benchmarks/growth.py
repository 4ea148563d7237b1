"""Growth: time a statement over many statements, over the size of the model, and over the length of a text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

import numpy as np

from benchmarks.inputs import development_texts, invented
from benchmarks.measure import TURNS, Case, interleaved, microseconds
from benchmarks.results import Figure, Part
from classifier import Classifier
from classifier.slots import build_slots

COUNTS: Final = (1_000, 10_000, 100_000, 1_000_000)
FEATURES: Final = (5_000, 50_000, 500_000)
LENGTHS: Final = (100, 1_000, 10_000, 100_000)
TOGETHER: Final = 1_000
SEED: Final = 5


def growth(rounds: int, tell: Callable[[str], None]) -> Iterator[Part]:
    """Measure all three, on one core."""
    classifier = Classifier.load()
    yield _by_count(classifier, tell)
    yield _by_features(classifier, rounds, tell)
    yield _by_length(classifier, rounds, tell)


def _stream(count: int) -> Iterator[Sequence[str]]:
    """Yield so many statements, each with a sentence of new words behind it, a thousand at a time."""
    texts, new = development_texts(), invented(SEED)
    for start in range(0, count, TOGETHER):
        yield [f"{texts[i % len(texts)]} {' '.join(next(new).split()[:4])}" for i in range(start, start + TOGETHER)]


def _by_count(classifier: Classifier, tell: Callable[[str], None]) -> Part:
    figures = []
    for count in COUNTS:
        tell(f"{count:,} statements")
        spent = sum(_spent(classifier, texts) for texts in _stream(count)) / count
        figures.append(Figure(f"{count:,} statements", spent, "µs each"))
    ratio = figures[-1].value / figures[0].value
    return Part("Time a statement over many", [*figures, Figure("last : first", ratio, "times", 1.2, most=True)])


def _spent(classifier: Classifier, texts: Sequence[str]) -> float:
    return microseconds(Case(lambda: classifier.score_arrays(texts), 1))


def _sized(classifier: Classifier, n: int) -> Classifier:
    """Return the classifier with ``n`` features: its most frequent ones, or all and invented ones of the same kinds."""
    scorer = classifier.model.scorer
    unknown = scorer.weights[-1:]
    rng = np.random.default_rng(SEED)
    keys, weights = scorer.vocabulary, np.asarray(scorer.weights[:-1])
    if n < len(keys):
        chosen = np.sort(np.argsort(weights[:, -1], kind="stable")[:n])  # the last column is the idf's square
        keys, weights = keys[chosen], weights[chosen]
    else:
        others = rng.choice(len(keys), n - len(keys))
        made = keys[others] ^ rng.integers(1, 1 << 24, len(others))
        keys, places = np.unique(np.concatenate([keys, made]), return_index=True)
        weights = np.concatenate([weights, weights[others]])[places]
    changed = replace(scorer, feature_slots=build_slots(keys.tolist()), weights=np.vstack([weights, unknown]))
    return Classifier(replace(classifier.model, scorer=changed))


def _by_features(classifier: Classifier, rounds: int, tell: Callable[[str], None]) -> Part:
    texts = development_texts()[:2_000]
    own = len(classifier.model.scorer.vocabulary)
    cases: dict[str, Case] = {}
    for n in sorted({*FEATURES, own}):
        tell(f"a model of {n:,} features")
        cases[f"{n:,} features"] = _case(_sized(classifier, n), texts)
    found = interleaved(cases, rounds, tell, TURNS)
    figures = [Figure(name, spent, "µs a statement") for name, spent in found.medians().items()]
    ratio = found.times(figures[0].name, figures[-1].name)
    return Part("Time a statement by features", [*figures, Figure("last : first", ratio, "times", 1.5, most=True)])


def _case(classifier: Classifier, texts: Sequence[str]) -> Case:
    run: Callable[[], Any] = lambda: classifier.score_arrays(texts)  # noqa: E731
    return Case(run, len(texts))


def _by_length(classifier: Classifier, rounds: int, tell: Callable[[str], None]) -> Part:
    source = " ".join(islice(development_texts(), 2_000))
    cases: dict[str, Case] = {}
    for length in LENGTHS:
        times = max(1, 20_000 // length)
        pieces = [source[i * length : (i + 1) * length] for i in range(times)]
        cases[f"{length:,} characters"] = Case(_all(classifier, pieces), sum(map(len, pieces)))
    found = interleaved(cases, rounds, tell, TURNS)
    figures = [Figure(name, 1e3 * spent, "ns a character") for name, spent in found.medians().items()]
    ratio = found.times(figures[0].name, figures[-1].name)
    return Part("Time a character by length", [*figures, Figure("last : first", ratio, "times")])


def _all(classifier: Classifier, texts: Sequence[str]) -> Callable[[], None]:
    def run() -> None:
        for text in texts:
            classifier.predict(text)

    return run
