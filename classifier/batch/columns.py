"""Scores as Arrow columns, made for a whole batch at once: the values of :class:`classifier.prediction.Prediction`."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from classifier.labels import ESCALATION_LEVELS, HEADS, QUAD_CLASS, STANCES, TONES
from classifier.model import Classifier
from classifier.prediction import COLUMNS, expected_level

PROBABILITIES: Final = {head: f"{head}_probabilities" for head in HEADS}
"""Head -> the column of its probabilities, in the order of its labels."""

_TYPES: Final = {
    **dict.fromkeys(("escalation_level", "quad_class"), pa.int8()),
    **dict.fromkeys(("escalation_score", "tone_score", "stance_score", "confidence"), pa.float64()),
    "abstained": pa.bool_(),
}
FLAT: Final = [pa.field(name, _TYPES.get(name, pa.string())) for name in COLUMNS if name != "id"]
LISTS: Final = [pa.field(name, pa.list_(pa.float64())) for name in PROBABILITIES.values()]

_Floats = npt.NDArray[np.float64]
_LEVELS: Final = np.array(list(ESCALATION_LEVELS.values()), dtype=np.int8)
_QUADS: Final = np.array(list(QUAD_CLASS.values()), dtype=np.int8)
_NEGATIVE, _POSITIVE = TONES.index("negative"), TONES.index("positive")
_FAVOR, _AGAINST = STANCES.index("favor"), STANCES.index("against")


def columns_of(
    classifier: Classifier, texts: Sequence[str], targets: Sequence[str | None], probabilities: bool
) -> list[Any]:
    """Return the flat columns of statements that can be scored, without id and error, then probabilities if asked."""
    scores = classifier.score_arrays(texts, targets)
    p = {head: scores.of(head) for head in HEADS}
    best = {head: values.argmax(axis=1) if len(texts) else np.zeros(0, np.int64) for head, values in p.items()}
    no_target = np.array([target is None for target in targets], dtype=bool)
    columns = {
        "escalation_level": pa.array(_LEVELS[best["escalation"]]),
        "escalation_score": pa.array(expected_level(list(p["escalation"].T))),
        "tone_score": pa.array(p["tone"][:, _POSITIVE] - p["tone"][:, _NEGATIVE]),
        "quad_class": pa.array(_QUADS[best["act"]]),
        "stance_target": pa.array(targets, pa.string()),
        "stance_score": pa.array(p["stance"][:, _FAVOR] - p["stance"][:, _AGAINST], mask=no_target),
        "confidence": pa.array(p["escalation"].max(axis=1, initial=0.0)),
        "abstained": pa.array(classifier.abstentions(scores)),
        "model_version": pa.repeat(pa.scalar(classifier.version), len(texts)),
    }
    for head, places in best.items():
        mask = no_target if head == "stance" else None
        columns[f"{head}_label"] = pa.array(HEADS[head], pa.string()).take(pa.array(places, mask=mask))
    lists = (
        [_list(values, no_target if head == "stance" else None) for head, values in p.items()] if probabilities else []
    )
    return [*(columns[field.name] for field in FLAT if field.name != "error"), *lists]


def _list(values: _Floats, mask: npt.NDArray[np.bool_] | None) -> Any:
    """Return a list column; null where ``mask`` is set."""
    count, width = values.shape
    offsets = pa.array(np.arange(0, (count + 1) * width, width, dtype=np.int32))
    flat = pa.array(np.ascontiguousarray(values).reshape(-1))
    return pa.ListArray.from_arrays(offsets, flat, mask=None if mask is None else pa.array(mask))
