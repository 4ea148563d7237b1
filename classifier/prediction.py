"""What a prediction is: frozen results, with the JSON and the flat-column shapes that other programs rely on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, Self

from classifier.kernel import Found, frozen
from classifier.labels import ESCALATION_LEVELS, QUAD_CLASS

COLUMNS: Final = (
    *("id", "escalation_level", "escalation_label", "escalation_score", "tone_label", "tone_score"),
    *("act_label", "quad_class", "stance_target", "stance_label", "stance_score", "confidence", "abstained"),
    *("model_version", "error"),
)
"""The flat columns of CSV and Parquet output, in order."""


def expected_level(probabilities: Iterable[Any]) -> Any:
    """Return the expected level, in [-2, 3], of each level's probability, numbers or arrays of them.

    Written out, for it is needed for each statement; numbers and arrays give the same to the last bit.
    """
    de_escalatory, conciliatory, _, confrontational, threatening, coercive = probabilities
    return -2.0 * de_escalatory - conciliatory + confrontational + 2.0 * threatening + 3.0 * coercive


@dataclass(frozen=True, slots=True)
class Escalation:
    """The escalation head."""

    level: int
    """The level of the most probable label, -2 to 3."""
    label: str
    """The most probable label."""
    score: float
    """The expected level, in [-2, 3]."""
    probabilities: Mapping[str, float]
    """Calibrated probabilities by label, here and in the other heads; they sum to 1."""

    def as_dict(self) -> dict[str, object]:
        """Return the head in the shape of the JSON interface."""
        return {
            "level": self.level,
            "label": self.label,
            "score": self.score,
            "probabilities": dict(self.probabilities),
        }


@dataclass(frozen=True, slots=True)
class Tone:
    """The tone head."""

    label: str
    score: float
    """P(positive) - P(negative), in [-1, 1]."""
    probabilities: Mapping[str, float]

    def as_dict(self) -> dict[str, object]:
        """Return the head in the shape of the JSON interface."""
        return {"label": self.label, "score": self.score, "probabilities": dict(self.probabilities)}


@dataclass(frozen=True, slots=True)
class Act:
    """The act head."""

    label: str
    quad_class: int
    """QuadClass of the most probable act: 1-4, 0 for none."""
    probabilities: Mapping[str, float]

    def as_dict(self) -> dict[str, object]:
        """Return the head in the shape of the JSON interface."""
        return {"label": self.label, "quad_class": self.quad_class, "probabilities": dict(self.probabilities)}


@dataclass(frozen=True, slots=True)
class Stance:
    """The stance head, toward ``target``."""

    target: str
    label: str
    score: float
    """P(favor) - P(against), in [-1, 1]."""
    probabilities: Mapping[str, float]

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

    id: str | int | None
    escalation: Escalation
    tone: Tone
    act: Act
    stance: Stance | None
    confidence: float
    """Calibrated probability of the predicted escalation level."""
    abstained: bool
    model_version: str

    @classmethod
    def of(
        cls, found: Sequence[Found], target: str | None, id_: str | int | None, abstained: bool, model_version: str
    ) -> Self:
        """Return the prediction of what the heads found: escalation, tone, act, and with a target the stance."""
        (level, levels), (tone, tones), (act, acts), *rest = found
        toward = None
        if target is not None:
            ((stance, stances),) = rest
            toward = frozen(Stance, _STANCE, (target, stance, stances["favor"] - stances["against"], stances))
        values = (
            id_,
            frozen(Escalation, _ESCALATION, (ESCALATION_LEVELS[level], level, expected_level(levels.values()), levels)),
            frozen(Tone, _TONE, (tone, tones["positive"] - tones["negative"], tones)),
            frozen(Act, _ACT, (act, QUAD_CLASS[act], acts)),
            toward,
            levels[level],
            abstained,
            model_version,
        )
        return frozen(cls, _PREDICTION, values)

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


def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_ESCALATION, _TONE, _ACT, _STANCE = _names(Escalation), _names(Tone), _names(Act), _names(Stance)
_PREDICTION: Final = _names(Prediction)
