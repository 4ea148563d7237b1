"""The compiled scorer gives the probabilities of the scikit-learn pipeline to 1e-6."""

import json
from collections.abc import Sequence
from pathlib import Path

import joblib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import Classifier, Statement
from classifier.artifact import LAYOUT
from classifier.labels import HEADS
from training.pipeline import DetentePipeline, Pair

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
