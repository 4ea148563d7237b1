"""What a prediction is: frozen results, with the JSON and the flat-column shapes that other programs rely on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

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
        return float(expected_level(list(self.probabilities.values())))

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
    """A prediction of which each field is made when it is first asked for: often most of them are not needed."""

    __slots__ = ("_source",)
    _source: tuple[Any, ...]

    def __getattr__(self, name: str) -> object:
        # called only where a slot is empty
        if name not in Prediction.__dataclass_fields__:
            raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
        makers, *args = self._source
        value = makers[name](*args)
        object.__setattr__(self, name, value)
        return value


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
        escalation, tone, act, stance, abstained, model_version, id_ = self._fields()
        return {
            "id": id_,
            "escalation": escalation.as_dict(),
            "tone": tone.as_dict(),
            "act": act.as_dict(),
            "stance": stance.as_dict() if stance else None,
            "confidence": max(escalation.probabilities.values()),
            "abstained": abstained,
            "model_version": model_version,
        }

    def as_row(self) -> dict[str, object]:
        """Return the prediction as flat columns, in the order of :data:`COLUMNS`."""
        escalation, tone, act, stance, abstained, model_version, id_ = self._fields()
        level, act_label = escalation.label, act.label
        return {
            "id": id_,
            "escalation_level": ESCALATION_LEVELS[level],
            "escalation_label": level,
            "escalation_score": escalation.score,
            "tone_label": tone.label,
            "tone_score": tone.score,
            "act_label": act_label,
            "quad_class": QUAD_CLASS[act_label],
            "stance_target": stance.target if stance else None,
            "stance_label": stance.label if stance else None,
            "stance_score": stance.score if stance else None,
            "confidence": max(escalation.probabilities.values()),
            "abstained": abstained,
            "model_version": model_version,
            "error": None,
        }

    def _fields(self) -> Sequence[Any]:
        """Return all fields in order, without keeping them: quicker than one by one where none is there yet."""
        source = getattr(self, "_source", None)
        if source is None:
            return [getattr(self, name) for name in self.__dataclass_fields__]
        makers, *args = source
        return [makers[name](*args) for name in self.__dataclass_fields__]


def deferred(makers: Mapping[str, Callable[..., object]], *args: object) -> Prediction:
    """Return a prediction whose field ``name`` is ``makers[name](*args)``."""
    made = _new(Prediction)
    _set_source(made, (makers, *args))
    return made


_new: Final = object.__new__
_set_source: Final = _Deferred.__dict__["_source"].__set__
