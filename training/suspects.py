"""Suspected label errors: statements whose label the held-out folds find unlikely, by confident learning."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from cleanlab.filter import find_label_issues

from classifier.labels import HEADS
from classifier.scorer import OUTPUTS, softmax
from training.config import TrainingConfig
from training.train import Data, Tell, held_out_logits


@dataclass(frozen=True, slots=True)
class Suspect:
    """A label that held-out folds doubt: ``likely`` with probability ``confidence`` in [0, 1] instead of ``given``."""

    id: str
    head: str
    given: str
    likely: str
    confidence: float
    text: str


def find_suspects(data: Data, config: TrainingConfig, tell: Tell, heads: Sequence[str] = tuple(HEADS)) -> list[Suspect]:
    """Return the suspects of each head, the likeliest errors first.

    Confident learning as in Northcutt et al. (2021), ranked by the model's confidence in its own label.
    """
    logits = held_out_logits(data, config, tell)
    found = []
    for head in heads:
        labels = OUTPUTS[head]
        gold = data.labels(head)
        chosen = [i for i, row in enumerate(data.rows) if gold[i] and not row.phrase]
        p = softmax(logits[head][chosen])
        numbers = np.array([labels.index(str(gold[i])) for i in chosen])
        for place in find_label_issues(numbers, p, return_indices_ranked_by="normalized_margin"):
            row, best = data.rows[chosen[place]], int(p[place].argmax())
            found.append(Suspect(row.id, head, labels[numbers[place]], labels[best], float(p[place, best]), row.text))
    return found
