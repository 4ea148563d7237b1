"""Statements by HTTP: every call that scores, and what becomes of those that cannot be scored."""

import json

import httpx
import pytest
from pydantic import TypeAdapter

from api import schemas
from classifier import Classifier

THREAT = "Moscow threatened to cut off gas to Europe."
PEACE = "Both governments agreed to reopen the border and to exchange prisoners."


def test_predictions_stand_in_order_and_equal_the_classifiers(client: httpx.Client, classifier: Classifier) -> None:
    asked = [{"id": "a", "text": THREAT, "target": "Europe"}, {"id": 7, "text": PEACE}]
    answer = client.post("/v1/predict", json={"statements": asked})
    assert answer.status_code == 200
    found = answer.json()
    schemas.PredictResponse.model_validate(found)
    assert found["model_version"] == classifier.version
    assert [each["id"] for each in found["predictions"]] == ["a", 7]
    first = classifier.predict(THREAT, "Europe")
    assert first.stance
    assert found["predictions"][0]["stance"]["probabilities"] == pytest.approx(first.stance.probabilities)
    assert found["predictions"][0]["escalation"]["probabilities"] == pytest.approx(first.escalation.probabilities)
    assert found["predictions"][1]["stance"] is None


def test_a_statement_that_cannot_be_scored_does_not_fail_the_rest(client: httpx.Client) -> None:
    asked = [{"id": 1, "text": THREAT, "target": "Rome"}, {"id": 2, "text": "x" * 100_001}, {"id": 3, "text": PEACE}]
    answer = client.post("/v1/predict", json={"statements": asked})
    assert answer.status_code == 200
    target, long, good = answer.json()["predictions"]
    assert target == {"id": 1, "error": {"type": "target", "detail": target["error"]["detail"]}}
    assert "Rome" not in target["error"]["detail"]
    assert long["error"]["type"] == "text"
    assert "100,001" in long["error"]["detail"]
    assert good["escalation"]["level"] < 0


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01\x1f", "日本は中国に抗議した。", "🕊️" * 100, "a" * 100_000])
def test_any_text_has_an_answer(client: httpx.Client, text: str) -> None:
    answer = client.post("/v1/predict", json={"statements": [{"text": text}]})
    assert answer.status_code == 200
    assert answer.json()["predictions"][0]["abstained"]


def test_lone_surrogates_are_scored_or_refused_in_words(client: httpx.Client) -> None:
    headers = {"content-type": "application/json"}
    body = rb'{"statements": [{"text": "We warn \ud800 NATO"}]}'
    answer = client.post("/v1/predict", content=body, headers=headers)
    assert answer.status_code == 200
    assert "escalation" in answer.json()["predictions"][0]
    body = rb'{"statements": [{"id": "\ud800", "text": "We warn NATO"}]}'
    answer = client.post("/v1/predict", content=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"][:4] == ["body", "statements", 0, "id"]
    for path in ("/v1/explain", "/v1/articles"):
        answer = client.post(path, content=rb'{"text": "\"We warn \udfff NATO,\" the envoy said."}', headers=headers)
        assert answer.status_code == 200, answer.text


def test_large_requests_are_scored_in_pieces_with_the_same_answers(client: httpx.Client) -> None:
    texts = [THREAT + " " * (50_000 if i == 500 else i) for i in range(1000)]
    many = client.post("/v1/predict", json={"statements": [{"id": i, "text": text} for i, text in enumerate(texts)]})
    assert many.status_code == 200
    assert [each["id"] for each in many.json()["predictions"]] == [*range(1000)]
    assert len({round(each["escalation"]["score"], 9) for each in many.json()["predictions"]}) == 1


def test_explanations_sum_to_the_score_and_name_places(client: httpx.Client) -> None:
    answer = client.post("/v1/explain", json={"text": THREAT, "target": "Europe"})
    found = answer.json()
    schemas.ExplainResponse.model_validate(found)
    assert set(found["explanation"]) == {"escalation", "tone", "act", "stance"}
    head = found["explanation"]["escalation"]
    assert head["intercept"] + sum(each["value"] for each in head["features"]) == pytest.approx(head["score"])
    assert any(THREAT[start:end] == "threatened" for each in head["features"] for start, end in each["spans"])


def test_explaining_an_absent_target_is_invalid(client: httpx.Client) -> None:
    answer = client.post("/v1/explain", json={"text": THREAT, "target": "Rome"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Rome" not in answer.text


def test_an_article_gives_attributed_scored_statements(client: httpx.Client) -> None:
    text = f'"{THREAT[:-1]}," Foreign Minister Jean Dupont said on Monday. He added that talks were possible.'
    answer = client.post("/v1/articles", json={"text": text})
    found = answer.json()
    schemas.ArticleResponse.model_validate(found)
    first = found["statements"][0]
    assert first["speaker"] == "Jean Dupont"
    assert text[first["start"] : first["end"]] == first["quote"]
    assert first["prediction"]["escalation"]["level"] == 2


def test_the_text_classification_convention_ranks_labels(client: httpx.Client) -> None:
    one = client.post("/predict", json={"inputs": THREAT}).json()
    two = client.post("/predict", json={"inputs": [THREAT, PEACE], "parameters": {"top_k": None}}).json()
    TypeAdapter(list[list[schemas.LabelScore]]).validate_python(two)
    assert one[0] == two[0]
    assert one[0][0]["label"] == "threatening"
    assert sum(each["score"] for each in two[1]) == pytest.approx(1)
    assert client.post("/predict", json={"inputs": ["x" * 100_001]}).status_code == 422


def test_labels_and_model_say_what_the_classifier_says(client: httpx.Client, classifier: Classifier) -> None:
    labels = client.get("/v1/labels").json()
    assert [each["level"] for each in labels["escalation"]] == [-2, -1, 0, 1, 2, 3]
    assert len(labels["act"]) == 17
    card = client.get("/v1/model").json()
    schemas_model = card["metrics"]["escalation"]
    assert card["model_version"] == classifier.version
    assert 0 < schemas_model["macro_f1"] <= 1


def test_the_document_holds_real_answers_of_every_scoring_call(client: httpx.Client, classifier: Classifier) -> None:
    document = client.get("/openapi.json").json()
    example = document["paths"]["/v1/predict"]["post"]["responses"]["200"]["content"]["application/json"]["example"]
    asked = document["components"]["schemas"]["PredictRequest"]["examples"][0]
    assert client.post("/v1/predict", json=asked).json() == example
    assert json.dumps(document).count(classifier.version) > 5
