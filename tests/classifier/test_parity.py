"""The compiled scorer gives the probabilities of the scikit-learn pipeline to 1e-6, from sums that are exact."""

import copy
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import Classifier, Statement
from classifier.artifact import LAYOUT
from classifier.features import analyze
from classifier.labels import HEADS
from classifier.scorer import QUANTUM
from training.export import compile_scorer
from training.pipeline import DetentePipeline, FittedHead, Pair

TOLERANCE = 1e-6


@pytest.fixture(scope="session")
def pipeline(classifier: Classifier) -> DetentePipeline:
    found = joblib.load(classifier.model.path / LAYOUT.pipeline)
    assert isinstance(found, DetentePipeline)
    return found


def largest_difference(classifier: Classifier, pipeline: DetentePipeline, pairs: Sequence[Pair]) -> float:
    predictions = classifier.predict_many([Statement(text, target) for text, target in pairs])
    largest = 0.0
    for head, labels in HEADS.items():
        rows = [i for i, prediction in enumerate(predictions) if getattr(prediction, head) is not None]
        if rows:
            compiled = [[getattr(predictions[i], head).probabilities[label] for label in labels] for i in rows]
            reference = pipeline.predict_proba(head, [pairs[i] for i in rows])
            largest = max(largest, float(np.abs(np.array(compiled) - reference).max()))
    return largest


@pytest.mark.parametrize("name", ["plv", "unscon", "nyt", "newsmtsc"])
def test_parity_on_every_development_text(
    classifier: Classifier, pipeline: DetentePipeline, dev: Path, name: str
) -> None:
    rows = [json.loads(line) for line in (dev / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert largest_difference(classifier, pipeline, [(row["text"], row.get("target")) for row in rows]) < TOLERANCE


@given(st.lists(st.text(alphabet=st.characters(), max_size=120), min_size=1, max_size=4))
@settings(deadline=None)
def test_parity_on_random_unicode(classifier: Classifier, pipeline: DetentePipeline, texts: list[str]) -> None:
    pairs: list[Pair] = [(text, None) for text in texts]
    assert largest_difference(classifier, pipeline, pairs) < TOLERANCE


WORDS = st.sampled_from(
    "Russia NATO did not attack accused of , and the threatened withdraw army may “ ” talks".split()  # noqa: SIM905
)


@given(st.lists(WORDS, min_size=1, max_size=30))
@settings(deadline=None)
def test_parity_on_random_sentences_with_a_target(
    classifier: Classifier, pipeline: DetentePipeline, words: list[str]
) -> None:
    assert largest_difference(classifier, pipeline, [(" ".join(words), words[0])]) < TOLERANCE


def test_sums_of_weights_are_exact_in_any_order(classifier: Classifier) -> None:
    weights = classifier.model.scorer.weights.astype(np.float64)
    assert np.array_equal(np.rint(weights / QUANTUM), weights / QUANTUM)
    assert not weights[-1].any()
    rng = np.random.default_rng(7)
    for size in (3, 100, 20_000):
        some = weights[rng.choice(len(weights), size)]
        exact = [math.fsum(column) for column in some.T]
        assert some.sum(axis=0).tolist() == exact
        assert np.ones(size).dot(some[rng.permutation(size)]).tolist() == exact


@given(st.lists(WORDS, min_size=1, max_size=30))
@settings(deadline=None)
def test_values_that_features_carry_have_few_bits(classifier: Classifier, words: list[str]) -> None:
    values = analyze(" ".join(words), words[0], classifier.model.table).own_values
    assert all((value * 2**16).is_integer() and abs(value) <= 2 for value in values.tolist())


def test_a_feature_counts_once(classifier: Classifier) -> None:
    once, thrice = (classifier.predict("The envoys met. " * n) for n in (2, 6))
    assert once.act == thrice.act


def test_weights_whose_exponentials_could_overflow_are_refused(pipeline: DetentePipeline) -> None:
    act = pipeline.heads["act"]
    regression = copy.deepcopy(act.regression)
    regression.coef_ *= 1000
    heads = {**pipeline.heads, "act": FittedHead(act.mask, regression)}
    with pytest.raises(ValueError, match=r"^expected logits up to 300, found \d{5,}; lower the heads' `strength`$"):
        compile_scorer(replace(pipeline, heads=heads))
