"""Bodies of /v1/feedback and /v1/review."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from api import examples
from api.schemas import PredictionOut, StrictModel, Target
from classifier.labels import ACTS


class Labels(StrictModel):
    """The right labels; leave out what the service had right or what you do not know."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"minProperties": 1})

    escalation: Annotated[int, Field(ge=-2, le=3)] | None = None
    tone: Literal["negative", "neutral", "positive"] | None = None
    act: Annotated[str, Field(json_schema_extra={"enum": list(ACTS)})] | None = None

    @field_validator("act")
    @classmethod
    def _known(cls, act: str | None) -> str | None:
        if act is not None and act not in ACTS:
            raise ValueError(f"expected one of {', '.join(ACTS)}")
        return act

    stance: Literal["favor", "neutral", "against"] | None = None


class FeedbackRequest(StrictModel):
    """A correction: at least one label; a stance only together with a target."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.FEEDBACK_REQUEST]})

    text: Annotated[str, Field(min_length=1, max_length=10_000)]
    target: Target | None = None
    labels: Labels
    author: Annotated[str, Field(max_length=100)] | None = None


class FeedbackResponse(BaseModel):
    """The stored correction's number, and what the model in use says of the statement."""

    id: int
    prediction: PredictionOut


class ReviewStatement(BaseModel):
    """A statement worth labelling and why."""

    text: str
    target: str | None
    priority: float
    reasons: list[str]
    prediction: PredictionOut


class ReviewResponse(BaseModel):
    """Statements most worth labelling, the most worth first; ``collecting`` says whether scored ones are kept."""

    collecting: bool
    statements: list[ReviewStatement]
