"""What a prediction is: frozen results, with the JSON and the flat-column shapes that other programs rely on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import mul
from typing import Final, Self

from classifier.labels import ESCALATION_LEVELS, QUAD_CLASS

COLUMNS: Final = (
    *("id", "escalation_level", "escalation_label", "escalation_score", "tone_label", "tone_score"),
    *("act_label", "quad_class", "stance_target", "stance_label", "stance_score", "confidence", "abstained"),
    *("model_version", "error"),
)
"""The flat columns of CSV and Parquet output, in order."""

_LEVELS: Final = tuple(ESCALATION_LEVELS.values())


@dataclass(frozen=True, slots=True)
class HeadResult:
    """One head's calibrated probabilities by label; they sum to 1."""

    probabilities: Mapping[str, float]

    @property
    def label(self) -> str:
        """The most probable label."""
        return max(self.probabilities, key=self.probabilities.__getitem__)


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
        return float(sum(map(mul, _LEVELS, self.probabilities.values())))

    def as_dict(self) -> dict[str, object]:
        """Return the head in the shape of the JSON interface."""
        label = self.label
        return {
            "level": ESCALATION_LEVELS[label],
            "label": label,
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
        label = self.label
        return {"label": label, "quad_class": QUAD_CLASS[label], "probabilities": dict(self.probabilities)}


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


class _Deferred:
    """A prediction whose fields are made when one of them is first asked for: often they are not needed."""

    __slots__ = ("_maker",)
    _maker: tuple[Callable[..., Mapping[str, object]], tuple[object, ...]]

    @classmethod
    def deferred(cls, make: Callable[..., Mapping[str, object]], *args: object) -> Self:
        """Return a prediction whose fields are ``make(*args)``."""
        made = _new(cls)
        _set_maker(made, (make, args))
        return made

    def __getattr__(self, name: str) -> object:
        # called only where a slot is empty
        if name not in Prediction.__dataclass_fields__:
            raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
        make, args = self._maker
        fields = make(*args)
        for field, value in fields.items():
            object.__setattr__(self, field, value)
        return fields[name]


_new: Final = object.__new__
_set_maker: Final = _Deferred.__dict__["_maker"].__set__


@dataclass(frozen=True, slots=True)
class Prediction(_Deferred):
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
        return max(self.escalation.probabilities.values())

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
        level, act = self.escalation.label, self.act.label
        return {
            "id": self.id,
            "escalation_level": ESCALATION_LEVELS[level],
            "escalation_label": level,
            "escalation_score": self.escalation.score,
            "tone_label": self.tone.label,
            "tone_score": self.tone.score,
            "act_label": act,
            "quad_class": QUAD_CLASS[act],
            "stance_target": stance.target if stance else None,
            "stance_label": stance.label if stance else None,
            "stance_score": stance.score if stance else None,
            "confidence": self.confidence,
            "abstained": self.abstained,
            "model_version": self.model_version,
            "error": None,
        }
