"""Bodies of requests and answers, as the OpenAPI document shows them.

Answers are built from the classifier's own ``as_dict``; the models here document them, and tests hold both
together.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass as pydantic_dataclass

from api import examples
from classifier import Statement

Id = Annotated[str, Field(max_length=256, strict=True)] | Annotated[int, Field(ge=-(2**63), lt=2**63, strict=True)]
Target = Annotated[
    str, Field(min_length=1, max_length=500, strict=True, description="Words of the text, naming an actor or issue")
]
Text = Annotated[str, Field(strict=True, description="The words of one statement, up to 100,000 characters")]
Probability = Annotated[float, Field(ge=0, le=1)]


class StrictModel(BaseModel):
    """A body in which an unknown name is an error: it is a misspelt one."""

    model_config = ConfigDict(extra="forbid", strict=True)


@pydantic_dataclass(config=ConfigDict(extra="forbid"), frozen=True, slots=True)
class StatementIn(Statement):
    """One statement to score; its fields are strict, and it is read from an object."""

    text: Text
    target: Target | None = None
    id: Id | None = None


class PredictRequest(StrictModel):
    """Statements to score."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.PREDICT_REQUEST]})

    statements: Annotated[list[StatementIn], Field(min_length=1)]


class ExplainRequest(StrictModel):
    """A statement to explain."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.EXPLAIN_REQUEST]})

    text: Text
    target: Target | None = None


class ArticleRequest(StrictModel):
    """An article."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ARTICLE_REQUEST]})

    text: Annotated[str, Field(description="The plain text of an article, up to 100,000 characters")]


class EscalationOut(BaseModel):
    """The escalation head: ``score`` is the expected level, in [-2, 3]."""

    level: Annotated[int, Field(ge=-2, le=3)]
    label: str
    score: Annotated[float, Field(ge=-2, le=3)]
    probabilities: dict[str, Probability]


class ToneOut(BaseModel):
    """The tone head: ``score`` is P(positive) - P(negative)."""

    label: str
    score: Annotated[float, Field(ge=-1, le=1)]
    probabilities: dict[str, Probability]


class ActOut(BaseModel):
    """The act head; QuadClass 1-4 is verbal or material cooperation, verbal or material conflict; 0 is none."""

    label: str
    quad_class: Annotated[int, Field(ge=0, le=4)]
    probabilities: dict[str, Probability]


class StanceOut(BaseModel):
    """The stance toward the target: ``score`` is P(favor) - P(against)."""

    target: str
    label: str
    score: Annotated[float, Field(ge=-1, le=1)]
    probabilities: dict[str, Probability]


class PredictionOut(BaseModel):
    """The calibrated scores of one statement."""

    id: str | int | None
    escalation: EscalationOut
    tone: ToneOut
    act: ActOut
    stance: StanceOut | None
    confidence: Annotated[Probability, Field(description="Calibrated probability of the predicted level")]
    abstained: Annotated[bool, Field(description="The model is not sure, or does not know this kind of text")]
    model_version: str


class ItemError(BaseModel):
    """Why one statement was not scored."""

    type: str
    detail: str


class FailureOut(BaseModel):
    """Stands in the place of a prediction where a statement cannot be scored."""

    id: str | int | None
    error: ItemError


class PredictResponse(BaseModel):
    """One outcome a statement, in their order."""

    model_version: str
    predictions: list[PredictionOut | FailureOut]


class FeatureOut(BaseModel):
    """A feature's share of a head's score; ``spans`` are characters of the text."""

    feature: str
    value: float
    spans: list[tuple[int, int]]


class HeadExplanationOut(BaseModel):
    """``intercept`` and the features' values sum to ``score``."""

    label: str
    score: float
    intercept: float
    features: list[FeatureOut]


class ExplainResponse(BaseModel):
    """A prediction and what made it, per head."""

    prediction: PredictionOut
    explanation: dict[str, HeadExplanationOut]


class ArticleStatement(BaseModel):
    """An attributed statement of an article; ``text[start:end] == quote``."""

    speaker: str | None
    speaker_start: int | None
    actor: str | None
    cue: str | None
    quote: str
    start: int
    end: int
    kind: Literal["direct", "mixed", "indirect"]
    rule: str
    reason: str | None
    prediction: PredictionOut | FailureOut


class ArticleResponse(BaseModel):
    """The statements of an article, in the order of their start."""

    model_version: str
    statements: list[ArticleStatement]


class TextClassificationRequest(BaseModel):
    """The text-classification convention of model hubs."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.CONVENTION_REQUEST]}, strict=True)

    inputs: str | Annotated[list[str], Field(min_length=1)]
    parameters: dict[str, Any] | None = None


class LabelScore(BaseModel):
    """A label and its probability."""

    label: str
    score: Probability


class ProblemOut(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]]
    request_id: str | None = None
