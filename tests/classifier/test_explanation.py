import math

import pytest

from classifier import Classifier
from classifier.describe import describe

TEXTS = [
    "The minister accused the army of kidnapping.",
    "We have no plans to attack.",
    "Talks resumed after months of violence, officials said.",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_contributions_and_intercept_sum_to_the_score(classifier: Classifier, text: str) -> None:
    for why in classifier.explain(text).heads.values():
        total = why.intercept + math.fsum(each.value for each in why.contributions)
        assert math.isclose(total, why.score, abs_tol=1e-9)


def test_the_score_is_the_predicted_labels_calibrated_log_odds_against_the_mean(classifier: Classifier) -> None:
    found = classifier.explain(TEXTS[0])
    logs = {label: math.log(p) for label, p in found.prediction.act.probabilities.items()}
    expected = logs[found.prediction.act.label] - sum(logs.values()) / len(logs)
    assert math.isclose(found.heads["act"].score, expected, abs_tol=1e-6)


def test_spans_are_characters_of_the_text(classifier: Classifier) -> None:
    text = "The minister accused the army of torture."
    contributions = classifier.explain(text).heads["act"].contributions
    features = {each.feature: [text[start:end] for start, end in each.spans] for each in contributions}
    assert features["accuse … [torture]"] == ["torture"]
    assert features["accuse, then assault"] == ["accused", "torture"]


def test_features_are_named_by_the_words_of_the_text(classifier: Classifier) -> None:
    features = {each.feature for each in classifier.explain("The armies denied it.").heads["act"].contributions}
    assert {"“armies”", "“denied”", "“the armies”"} <= features


def test_stance_is_explained_only_with_a_target(classifier: Classifier) -> None:
    assert "stance" not in classifier.explain(TEXTS[0]).heads
    assert "stance" in classifier.explain(TEXTS[0], target="army").heads


def test_every_feature_of_the_model_has_words(classifier: Classifier) -> None:
    stems = classifier.model.table.stems
    described = [describe(key, stems) for key in classifier.model.scorer.vocabulary.tolist()]
    assert all(text.strip() for text in described)
