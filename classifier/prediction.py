"""What a prediction is: frozen results, with the JSON and the flat-column shapes that other programs rely on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from classifier.labels import ESCALATION_LEVELS, QUAD_CLASS

COLUMNS: Final = (
    *("id", "escalation_level", "escalation_label", "escalation_score", "tone_label", "tone_score"),
    *("act_label", "quad_class", "stance_target", "stance_label", "stance_score", "confidence", "abstained"),
    *("model_version", "error"),
)
"""The flat columns of CSV and Parquet output, in order."""

_LEVELS: Final = tuple(ESCALATION_LEVELS.values())


def expected_level(probabilities: Sequence[Any]) -> Any:
    """Return the expected level, in [-2, 3], of each level's probability, a number or an array of them.

    The terms are added in one order, so that numbers and arrays give the same to the last bit.
    """
    total = 0.0
    for level, probability in zip(_LEVELS, probabilities, strict=True):
        total = total + level * probability
    return total


@dataclass(frozen=True, slots=True)
class HeadResult:
    """One head's finding."""

    label: str
    """The most probable label."""
    probabilities: Mapping[str, float]
    """Calibrated probabilities by label; they sum to 1."""

    @classmethod
    def of(cls, probabilities: Mapping[str, float], *rest: Any) -> Self:
        """Return what these probabilities find: the first of the most probable labels."""
        return cls(max(probabilities, key=probabilities.__getitem__), probabilities, *rest)


@dataclass(frozen=True, slots=True)
class Escalation(HeadResult):
    """The escalation head."""

    @property
    def level(self) -> int:
        """The level of the most probable label, -2 to 3."""
        return ESCALATION_LEVELS[self.label]

    @property
    def score(self) -> float:
        """The expected level, in [-2, 3]."""
        return float(expected_level(list(self.probabilities.values())))

    def as_dict(self) -> dict[str, object]:
        """Return the head in the shape of the JSON interface."""
        return {
            "level": ESCALATION_LEVELS[self.label],
            "label": self.label,
            "score": self.score,
            "probabilities": dict(self.probabilities),
        }


@dataclass(frozen=True, slots=True)
class Tone(HeadResult):
    """The tone head."""

    @property
    def score(self) -> float:
        """P(positive) - P(negative), in [-1, 1]."""
        return self.probabilities["positive"] - self.probabilities["negative"]

    def as_dict(self) -> dict[str, object]:
        """Return the head in the shape of the JSON interface."""
        return {"label": self.label, "score": self.score, "probabilities": dict(self.probabilities)}


@dataclass(frozen=True, slots=True)
class Act(HeadResult):
    """The act head."""

    @property
    def quad_class(self) -> int:
        """QuadClass of the most probable act: 1-4, 0 for none."""
        return QUAD_CLASS[self.label]

    def as_dict(self) -> dict[str, object]:
        """Return the head in the shape of the JSON interface."""
        return {"label": self.label, "quad_class": self.quad_class, "probabilities": dict(self.probabilities)}


@dataclass(frozen=True, slots=True)
class Stance(HeadResult):
    """The stance head, toward ``target``."""

    target: str

    @property
    def score(self) -> float:
        """P(favor) - P(against), in [-1, 1]."""
        return self.probabilities["favor"] - self.probabilities["against"]

    def as_dict(self) -> dict[str, object]:
        """Return the head in the shape of the JSON interface."""
        return {
            "target": self.target,
            "label": self.label,
            "score": self.score,
            "probabilities": dict(self.probabilities),
        }


@dataclass(frozen=True, slots=True)
class Prediction:
    """The scores of one statement."""

    escalation: Escalation
    tone: Tone
    act: Act
    stance: Stance | None
    abstained: bool
    model_version: str
    id: str | int | None = None

    @property
    def confidence(self) -> float:
        """Calibrated probability of the predicted escalation level."""
        return self.escalation.probabilities[self.escalation.label]

    def as_dict(self) -> dict[str, object]:
        """Return the prediction in the shape of the JSON interface."""
        return {
            "id": self.id,
            "escalation": self.escalation.as_dict(),
            "tone": self.tone.as_dict(),
            "act": self.act.as_dict(),
            "stance": self.stance.as_dict() if self.stance else None,
            "confidence": self.confidence,
            "abstained": self.abstained,
            "model_version": self.model_version,
        }

    def as_row(self) -> dict[str, object]:
        """Return the prediction as flat columns, in the order of :data:`COLUMNS`."""
        stance = self.stance
        return {
            "id": self.id,
            "escalation_level": self.escalation.level,
            "escalation_label": self.escalation.label,
            "escalation_score": self.escalation.score,
            "tone_label": self.tone.label,
            "tone_score": self.tone.score,
            "act_label": self.act.label,
            "quad_class": self.act.quad_class,
            "stance_target": stance.target if stance else None,
            "stance_label": stance.label if stance else None,
            "stance_score": stance.score if stance else None,
            "confidence": self.confidence,
            "abstained": self.abstained,
            "model_version": self.model_version,
            "error": None,
        }
