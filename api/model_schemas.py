"""Bodies of /v1/model and /v1/labels."""

from typing import Annotated, Any

from pydantic import BaseModel, Field


class ModelResponse(BaseModel):
    """The figures of the model's card."""

    model_version: str
    format_version: int
    training_data: str | None
    libraries: dict[str, str]
    abstention: dict[str, float]
    metrics: dict[str, dict[str, Any]]
    refused: Annotated[str | None, Field(description="A newer model that was found and does not work")]


class LevelOut(BaseModel):
    """An escalation level."""

    label: str
    level: int
    description: str


class ActLabelOut(BaseModel):
    """A speech act and its QuadClass."""

    label: str
    quad_class: int


class LabelsResponse(BaseModel):
    """The scales."""

    escalation: list[LevelOut]
    tone: list[str]
    act: list[ActLabelOut]
    stance: list[str]
