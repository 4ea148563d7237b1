"""What the service is measured against: the same call over scikit-learn, and an endpoint that returns a constant."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from benchmarks.peers import Plain, load_plain


class Statement(BaseModel):
    """A statement to score."""

    id: str | None = None
    text: str
    target: str | None = None


class Statements(BaseModel):
    """The body of /v1/predict."""

    statements: list[Statement]


def answers(model: Plain, texts: list[str]) -> list[dict[str, Any]]:
    """Return a prediction a text, all heads with their probabilities."""
    found = model.predict_proba(texts)
    rows: list[dict[str, Any]] = [{} for _ in texts]
    for head, values in found.items():
        labels = model.heads[head].classes_.tolist()
        for row, p in zip(rows, values.tolist(), strict=True):
            row[head] = {"label": labels[p.index(max(p))], "probabilities": dict(zip(labels, p, strict=True))}
    return rows


def plain() -> FastAPI:
    """Return the service as anyone would write it first, over scikit-learn."""
    app = FastAPI()
    model = load_plain("word")

    @app.post("/v1/predict")
    async def predict(body: Statements) -> dict[str, Any]:
        return {"predictions": answers(model, [each.text for each in body.statements])}

    return app


def constant() -> FastAPI:
    """Return a service that reads a body and answers the same always."""
    app = FastAPI()

    @app.post("/v1/predict")
    async def predict(body: Statements) -> dict[str, Any]:
        return {"predictions": [{"escalation": {"label": "neutral", "score": 0.0}}]}

    return app
