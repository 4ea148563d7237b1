"""What the classifier answers: shapes, sums, ranges, and a defined outcome for every kind of bad input."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import Classifier, Statement
from classifier.errors import TargetError, TextError
from classifier.labels import ACTS, ESCALATIONS, STANCES, TONES
from classifier.prediction import COLUMNS, Prediction
from classifier.text import MAX_CHARACTERS, normalise

ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)


def check_shape(prediction: Prediction) -> None:
    heads = [
        (prediction.escalation.probabilities, ESCALATIONS),
        (prediction.tone.probabilities, TONES),
        (prediction.act.probabilities, ACTS),
    ]
    if prediction.stance:
        heads.append((prediction.stance.probabilities, STANCES))
    for probabilities, labels in heads:
        assert tuple(probabilities) == labels
        assert math.isclose(sum(probabilities.values()), 1, abs_tol=1e-9)
        assert all(0 <= p < 1 for p in probabilities.values())
    assert -2 <= prediction.escalation.score <= 3
    assert -1 <= prediction.tone.score <= 1
    assert prediction.confidence == max(prediction.escalation.probabilities.values())


def test_a_prediction_has_the_shape_of_the_interface(classifier: Classifier) -> None:
    found = classifier.predict("NATO threatened to expel the observers.", target="NATO").as_dict()
    assert list(found) == [
        *("id", "escalation", "tone", "act", "stance", "confidence", "abstained", "model_version"),
    ]
    assert json.loads(json.dumps(found)) == found
    assert found["stance"]["target"] == "NATO"  # type: ignore[index]


def test_a_row_has_the_flat_columns_in_order(classifier: Classifier) -> None:
    assert tuple(classifier.predict("Talks resumed.").as_row()) == COLUMNS


def test_without_a_target_there_is_no_stance(classifier: Classifier) -> None:
    assert classifier.predict("Russia attacked the port.").stance is None


@given(ANY_TEXT)
@settings(deadline=None)
def test_any_text_has_an_answer(classifier: Classifier, text: str) -> None:
    check_shape(classifier.predict(text))


@given(st.lists(ANY_TEXT, max_size=5))
@settings(deadline=None)
def test_many_statements_score_exactly_as_each_alone(classifier: Classifier, texts: list[str]) -> None:
    assert classifier.predict_many(texts) == [classifier.predict(text) for text in texts]


@given(ANY_TEXT.filter(lambda text: normalise(text).strip()))
@settings(deadline=None)
def test_any_text_can_be_its_own_target(classifier: Classifier, text: str) -> None:
    check_shape(classifier.predict(text, target=text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\n",
        "\x00\x01\x1f",
        "\ud800\udfff",
        "……!!!???",
        "Правительство отвергло обвинения и потребовало извинений.",
        "政府拒绝了这一指控。",
        "Der Minister wies die Vorwürfe zurück und forderte eine Entschuldigung.",
        "Le gouvernement a rejeté ces accusations et exige des excuses.",
        "xqzt brrm flumph",
    ],
    ids=["empty", "blank", "control", "surrogates", "punctuation", "ru", "zh", "de", "fr", "nonsense"],
)
def test_what_the_model_does_not_know_is_abstained_from(classifier: Classifier, text: str) -> None:
    prediction = classifier.predict(text)
    check_shape(prediction)
    assert prediction.abstained


def test_the_longest_text_is_scored(classifier: Classifier) -> None:
    text = ("The army attacked the town. " * 4000)[:MAX_CHARACTERS]
    assert len(text) == MAX_CHARACTERS
    check_shape(classifier.predict(text))


def test_a_longer_text_is_refused_in_words(classifier: Classifier) -> None:
    with pytest.raises(TextError, match="expected at most 100,000 characters, found 100,001; split the text"):
        classifier.predict("a" * (MAX_CHARACTERS + 1))


def test_a_text_that_is_no_text_is_refused_in_words(classifier: Classifier) -> None:
    with pytest.raises(TextError, match="expected the text to be a string, found int"):
        classifier.predict(5)  # type: ignore[arg-type]


@pytest.mark.parametrize("target", ["Brazil", "", " ", "Pari"])
def test_a_target_that_does_not_occur_is_refused_in_words(classifier: Classifier, target: str) -> None:
    with pytest.raises(TargetError, match="expected the target to occur in the text, found no"):
        classifier.predict("Chile signed the treaty.", target=target)


@pytest.mark.parametrize("target", ["chile", "CHILE", "the “treaty”"])
def test_a_target_is_found_whatever_its_case_and_quotes(classifier: Classifier, target: str) -> None:
    assert classifier.predict('Chile signed the "treaty".', target=target).stance


def test_ids_are_carried_through(classifier: Classifier) -> None:
    found = classifier.predict_many([Statement("Talks resumed.", id="a1"), Statement("He left.", id=7)])
    assert [prediction.id for prediction in found] == ["a1", 7]


def test_streams_of_more_than_a_chunk_keep_their_order(classifier: Classifier) -> None:
    found = classifier.stream(Statement(f"Talk number {i}", id=i) for i in range(1100))
    assert [prediction.id for prediction in found] == list(range(1100))
