"""The kernel as plain Python and as compiled are one: the same features exactly, the same probabilities to 1e-12."""

import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wording import ANY_TEXT, SENTENCES

from classifier import Classifier, Statement, kernel
from classifier.features import analyze
from classifier.labels import HEADS
from classifier.scorer import N_OUTPUTS, Scorer
from classifier.targets import mentions_of
from classifier.weighting import Floats
from training.export import compile_scorer
from training.pipeline import DetentePipeline


def flat(heads: list[kernel.Found]) -> Floats:
    return np.array([each for _, probabilities in heads for each in probabilities.values()])


def same_features(one: Classifier, other: Classifier, text: str, target: str | None) -> bool:
    a, b = (analyze(text, target, each.model.table) for each in (one, other))
    names = ("keys", "firsts", "lasts", "own_keys", "own_values", "codes", "first_tokens", "last_tokens")
    return all(np.array_equal(getattr(a, name), getattr(b, name)) for name in names)


@given(SENTENCES | ANY_TEXT, st.booleans())
@settings(deadline=None)
def test_both_read_the_same(classifier: Classifier, slow: Classifier, text: str, aimed: bool) -> None:
    assert same_features(classifier, slow, text, text.split()[0] if aimed and text.split() else None)


@given(SENTENCES | ANY_TEXT, st.booleans())
@settings(deadline=None)
def test_both_score_the_same(
    classifier: Classifier, slow: Classifier, plain: ModuleType, text: str, aimed: bool
) -> None:
    target = text.split()[0] if aimed and text.split() else None
    fast, known, *words = kernel.score(classifier._reader, classifier._weigher, text, target)
    plainly, plainly_known, *plain_words = plain.score(slow._reader, slow._weigher, text, target)
    assert [[*probabilities] for _, probabilities in fast] == [[*probabilities] for _, probabilities in plainly]
    assert len(fast) == len(HEADS) - (target is None)
    assert np.abs(flat(fast) - flat(plainly)).max() < 1e-12
    assert abs(known - plainly_known) < 1e-12
    assert words == plain_words


@given(st.lists(SENTENCES | ANY_TEXT, max_size=6))
@settings(deadline=None)
def test_arrays_hold_the_numbers_of_the_predictions(classifier: Classifier, texts: list[str]) -> None:
    scores = classifier.score_arrays(texts)
    predictions = classifier.predict_many(texts)
    assert scores.probabilities.shape == (len(texts), N_OUTPUTS)
    assert scores.of("act").tolist() == [[*each.act.probabilities.values()] for each in predictions]
    assert classifier.abstentions(scores).tolist() == [each.abstained for each in predictions]


def test_threads_share_a_reader(classifier: Classifier) -> None:
    from concurrent.futures import ThreadPoolExecutor

    texts = [f"Country {i} accused neighbour {i % 7} of {'attack' * (i % 3)} and withdrew" for i in range(400)]
    expected = [prediction.as_dict() for prediction in classifier.predict_many(texts)]
    with ThreadPoolExecutor(8) as pool:
        assert [each.as_dict() for each in pool.map(classifier.predict, texts)] == expected


def test_time_is_linear_in_the_text(classifier: Classifier) -> None:
    import time

    def seconds(text: str, target: str | None) -> float:
        started = time.process_time()
        classifier.predict(text, target)
        return time.process_time() - started

    for unit, target in (("The army attacked. ", "army"), ("-", None), ("a", "aaaa"), ("NATO ", "NATO"), ("' ", None)):
        short, long = unit * (10_000 // len(unit)), unit * (100_000 // len(unit))
        small = min(seconds(short, target) for _ in range(3))
        assert min(seconds(long, target) for _ in range(3)) < 40 * small + 0.02


def test_predictions_are_as_their_own_init_makes_them(classifier: Classifier, plain: ModuleType) -> None:
    import copy
    import dataclasses
    import pickle

    found = classifier.predict("NATO resumed talks.", "NATO")
    names = tuple(field.name for field in dataclasses.fields(found))
    values = tuple(getattr(found, name) for name in names)
    plainly = plain.frozen(type(found), names, values)
    for other in (type(found)(*values), plainly, copy.copy(found), pickle.loads(pickle.dumps(found))):
        assert (found, found.as_dict(), found.as_row()) == (other, other.as_dict(), other.as_row())
    for each in (found, found.escalation, plainly):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(each, dataclasses.fields(each)[0].name, None)


@given(SENTENCES | ANY_TEXT)
@settings(deadline=None)
def test_the_label_of_a_head_is_its_most_probable_one(classifier: Classifier, text: str) -> None:
    found = classifier.predict(text)
    for head in (found.escalation, found.tone, found.act):
        assert head.label == max(head.probabilities, key=head.probabilities.__getitem__)


def test_the_compiled_model_is_the_pipeline(classifier: Classifier) -> None:
    import joblib

    pipeline = joblib.load(classifier.model.path / "pipeline.joblib")
    assert isinstance(pipeline, DetentePipeline)
    found: Scorer = compile_scorer(pipeline)
    assert np.array_equal(np.sort(found.vocabulary), pipeline.vectorizer.vocabulary_)
    assert np.array_equal(found.vocabulary, classifier.model.scorer.vocabulary)


WHOLE = st.text(alphabet="ab _-.A", max_size=30)


@given(WHOLE, st.text(alphabet="ab _-.A", min_size=1, max_size=4))
def test_mentions_are_those_of_the_expression(text: str, target: str) -> None:
    import re

    plain = re.escape(target.strip())
    if plain:
        whole = [m.span() for m in re.finditer(rf"(?<!\w){plain}(?!\w)", text, re.IGNORECASE)]
        assert mentions_of(text, target) == (whole or [m.span() for m in re.finditer(plain, text, re.IGNORECASE)])


def test_every_development_text_is_read_the_same(classifier: Classifier, slow: Classifier, dev: Path) -> None:
    for name in ("plv", "unscon", "nyt", "newsmtsc"):
        for line in (dev / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert same_features(classifier, slow, row["text"], row.get("target"))


def test_ids_and_targets_are_kept(classifier: Classifier) -> None:
    (found,) = classifier.predict_many([Statement("NATO resumed talks.", "NATO", 7)])
    assert (found.id, found.stance and found.stance.target) == (7, "NATO")
