"""The OpenAPI document: FastAPI's, with the keys, the errors, and examples that the model in use has answered."""

from collections.abc import Callable
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api import examples
from api.access import scope_of
from api.inference import InferRequest, metadata, statements_of, tensors_of
from api.schemas import ProblemOut
from api.scoring import ScoringPool
from classifier import Classifier, Statement

REFERENCE: Final = "#/components/schemas/{model}"
ERRORS: Final = {
    "400": "The body cannot be read",
    "401": "No key, or one that is not known",
    "403": "A key without the scope",
    "408": "The body did not arrive in time",
    "413": "The body is too large",
    "422": "The body, or a value of it, is not as expected",
    "429": "Over the key's rate or quota; Retry-After says when",
    "503": "Not ready or overloaded; Retry-After says when",
}
WITH_BODY: Final = frozenset({"400", "408", "413", "422"})
HEALTH: Final = frozenset({"200", "503"})


def _problems(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": REFERENCE.format(model="ProblemOut")}}}
    scope = scope_of(path)
    answers: dict[str, Any] = {}
    for status, words in ERRORS.items():
        if status in WITH_BODY and method != "post" and not (status == "422" and operation.get("parameters")):
            continue
        if scope is None and status not in HEALTH:
            continue
        answers[status] = {"description": words, "content": content}
    return answers


def _example_answers(classifier: Classifier, pool: ScoringPool) -> dict[str, object]:
    """Return an answer a call, made by the model in use."""
    from classifier.quotes import extract

    scored = [
        Statement(each["text"], each.get("target"), each["id"]) for each in examples.PREDICT_REQUEST["statements"]
    ]
    predictions = [outcome.as_dict() for outcome in pool.score_now(classifier, scored)]
    article = examples.ARTICLE_REQUEST["text"]
    quoted = [
        {**each.as_dict(), "prediction": classifier.predict(each.scored_text).as_dict()} for each in extract(article)
    ]
    ranked = sorted(classifier.predict(examples.STATEMENT).escalation.probabilities.items(), key=lambda item: -item[1])
    asked = InferRequest.model_validate(examples.INFER_REQUEST)
    tensors = tensors_of(asked, pool.score_now(classifier, statements_of(asked)))
    named = {"model_name": "detente", "model_version": classifier.version}
    return {
        "/v1/predict": {"model_version": classifier.version, "predictions": predictions},
        "/v1/explain": classifier.explain(**examples.EXPLAIN_REQUEST).as_dict(),
        "/v1/articles": {"model_version": classifier.version, "statements": quoted},
        "/predict": [[{"label": label, "score": score} for label, score in ranked]],
        "/v2/models/detente/infer": {**named, "id": "1", "outputs": tensors},
        "/v2/models/detente": metadata(classifier.version),
    }


def build(app: FastAPI, classifier: Classifier, pool: ScoringPool) -> dict[str, Any]:
    """Return the document."""
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = document["components"]["schemas"]
    _, extra = models_json_schema([(InferRequest, "validation"), (ProblemOut, "serialization")], ref_template=REFERENCE)
    schemas |= extra["$defs"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    document["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    answers = _example_answers(classifier, pool)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            operation["responses"].pop("422", None)
            operation["responses"] |= _problems(path, method, operation)
            if (scope := scope_of(path)) is not None:
                operation["security"] = [{"bearer": []}, {"key": []}, {}]
                operation["description"] += f"\n\nScope: `{scope}`."
            if path in answers and method in ("post", "get"):
                operation["responses"]["200"]["content"]["application/json"]["example"] = answers[path]
    return document


class Document:
    """Builds the document when it is asked for, once a model."""

    def __init__(self, app: FastAPI, current: Callable[[], Classifier], pool: ScoringPool) -> None:
        self._app = app
        self._current = current
        self._pool = pool
        self._made: tuple[str, dict[str, Any]] | None = None

    def __call__(self) -> dict[str, Any]:
        """Return the document for the model in use."""
        classifier = self._current()
        if self._made is None or self._made[0] != classifier.version:
            self._made = (classifier.version, build(self._app, classifier, self._pool))
        return self._made[1]
