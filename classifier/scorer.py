"""The compiled linear model: arrays in, calibrated probabilities out; numpy only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.features import Analysis
from classifier.labels import HEADS
from classifier.weighting import Floats, Ints, Weighted, weigh

DOMAINS: Final = ("foreign", "known")
"""Labels of the domain head: whether a text is of the kind the model was trained on."""
OUTPUTS: Final = {**HEADS, "domain": DOMAINS}
"""Every head of the linear model with its labels, in the order of the columns of the weights."""

N_OUTPUTS: Final = sum(len(labels) for labels in OUTPUTS.values())


def slices() -> dict[str, slice]:
    """Return each head's columns among the outputs."""
    found, start = {}, 0
    for head, labels in OUTPUTS.items():
        found[head] = slice(start, start + len(labels))
        start += len(labels)
    return found


@dataclass(frozen=True, slots=True)
class Calibration:
    """A head's calibration: ``softmax(scale * logits + biases)`` (vector scaling with one scale, Guo et al. 2017)."""

    scale: float
    biases: tuple[float, ...]


def softmax(logits: Floats) -> Floats:
    """Return probabilities of shape ``(n, n_labels)`` that sum to 1 along the last axis."""
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def calibrated(logits: Floats, calibration: Calibration) -> Floats:
    """Return calibrated probabilities of one head; ``logits`` of shape ``(n, n_labels)``."""
    return softmax(calibration.scale * logits + np.array(calibration.biases))


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights of all heads over one sorted vocabulary of features.

    ``vocabulary``, ``idf`` and ``blocks`` have shape ``(n_features,)``, ``weights`` ``(n_features, N_OUTPUTS)`` and
    ``intercepts`` ``(N_OUTPUTS,)``.
    """

    vocabulary: Ints
    idf: Floats
    blocks: Ints
    weights: npt.NDArray[np.float32]
    intercepts: Floats
    calibrations: Mapping[str, Calibration]

    def weigh(self, analyses: Sequence[Analysis]) -> Weighted:
        """Return the weighted features of ``analyses``."""
        return weigh(analyses, self.vocabulary, self.idf, self.blocks)

    def logits(self, weighted: Weighted) -> Floats:
        """Return the heads' raw scores, shape ``(n, N_OUTPUTS)``: each row depends on its own statement only."""
        found = np.tile(self.intercepts, (weighted.n_rows, 1))
        if len(weighted.rows):
            parts = self.weights[weighted.columns].astype(np.float64) * weighted.values[:, None]
            starts = np.flatnonzero(np.diff(weighted.rows, prepend=-1))
            found[weighted.rows[starts]] += np.add.reduceat(parts, starts, axis=0)
        return found

    def probabilities(self, logits: Floats) -> dict[str, Floats]:
        """Return each head's calibrated probabilities, shape ``(n, n_labels)``."""
        return {head: calibrated(logits[:, columns], self.calibrations[head]) for head, columns in slices().items()}
