"""What made each score: per head, the features with their contributions and places; they sum to the score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.artifact import Model
from classifier.describe import describe
from classifier.features import Analysis, analyze
from classifier.labels import HEADS
from classifier.prediction import Prediction
from classifier.scorer import slices
from classifier.units import Unit


@dataclass(frozen=True, slots=True)
class Contribution:
    """A feature's share of the predicted label's score.

    ``value`` is in calibrated logits, relative to the mean of the head's labels; ``spans`` are ``(start, end)``
    characters of the text, empty for features of the text as a whole.
    """

    feature: str
    value: float
    spans: tuple[tuple[int, int], ...]

    def as_dict(self) -> dict[str, object]:
        """Return the contribution in the shape of the JSON interface."""
        return {"feature": self.feature, "value": self.value, "spans": [list(span) for span in self.spans]}


@dataclass(frozen=True, slots=True)
class HeadExplanation:
    """Why a head chose ``label``: ``intercept`` and the contributions, largest first, sum to ``score``."""

    label: str
    score: float
    intercept: float
    contributions: tuple[Contribution, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the head's explanation in the shape of the JSON interface."""
        return {
            "label": self.label,
            "score": self.score,
            "intercept": self.intercept,
            "features": [contribution.as_dict() for contribution in self.contributions],
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """A prediction and what made it, per head; the stance head only where there is a target."""

    prediction: Prediction
    heads: Mapping[str, HeadExplanation]

    def as_dict(self) -> dict[str, object]:
        """Return the explanation in the shape of the JSON interface."""
        return {
            "prediction": self.prediction.as_dict(),
            "explanation": {head: found.as_dict() for head, found in self.heads.items()},
        }


def _spans(analysis: Analysis) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return the character spans of each feature: the words at both of its ends."""
    found: dict[int, dict[tuple[int, int], None]] = {}
    units = analysis.spans()
    places_of_keys = zip(analysis.keys.tolist(), analysis.firsts.tolist(), analysis.lasts.tolist(), strict=True)
    for key, first, last in places_of_keys:
        found.setdefault(key, {}).update(dict.fromkeys((units[first], units[last])))
    return {key: tuple(places) for key, places in found.items()}


class _Said:
    """Words for stems: as the text has them where it does, else the stem itself."""

    def __init__(self, analysis: Analysis, stems: Sequence[str]) -> None:
        self._stems = stems
        self._said: dict[int, str] = {}
        for code, (start, end) in zip(analysis.codes.tolist(), analysis.spans(), strict=True):
            self._said.setdefault(Unit.from_code(code, 0.0).stem, analysis.text[start:end].lower())

    def __getitem__(self, stem: int) -> str:
        return self._said.get(stem) or self._stems[stem]


def explain(model: Model, text: str, target: str | None, prediction: Prediction) -> Explanation:
    """Split the score of each head's predicted label into its features' contributions."""
    scorer = model.scorer
    rows, values = scorer.weigh(model.table.reader, text, target)
    keys: list[int] = scorer.vocabulary[rows].tolist()
    analysis = analyze(text, target, model.table)
    spans, said = _spans(analysis), _Said(analysis, model.table.stems)
    labels = {
        "escalation": prediction.escalation.label,
        "tone": prediction.tone.label,
        "act": prediction.act.label,
        "stance": prediction.stance.label if prediction.stance else None,
    }
    heads: dict[str, HeadExplanation] = {}
    for head, label in labels.items():
        if label is None:
            continue
        place = HEADS[head].index(label)
        columns = slices()[head]
        weights = scorer.weights[rows][:, columns].astype(np.float64)
        shares = (weights[:, place] - weights.mean(axis=1)) * values
        base = scorer.intercepts[columns]
        intercept = float(base[place] - base.mean())
        ranked = sorted(zip(shares.tolist(), keys, strict=True), key=lambda item: (-abs(item[0]), item[1]))
        contributions = tuple(
            Contribution(describe(key, said), share, spans.get(key, ())) for share, key in ranked if share
        )
        heads[head] = HeadExplanation(label, intercept + float(shares.sum()), intercept, contributions)
    return Explanation(prediction, heads)
