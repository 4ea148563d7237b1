"""The linear model: arrays in, calibrated probabilities out; numpy only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.kernel import WIDTH, Reader, Weigher, score_into
from classifier.labels import HEADS
from classifier.slots import keys_of
from classifier.weighting import Floats, Ints

DOMAINS: Final = ("foreign", "known")
"""Labels of the domain head: whether a text is of the kind the model was trained on."""
OUTPUTS: Final = {**HEADS, "domain": DOMAINS}
"""Every head of the linear model with its labels, in the order of the columns of the weights."""

N_OUTPUTS: Final = WIDTH - 1
assert sum(len(labels) for labels in OUTPUTS.values()) == N_OUTPUTS


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
class Scores:
    """Scored statements as columns.

    ``probabilities`` has the labels of every head side by side (:func:`slices`), shape ``(n, N_OUTPUTS)``; ``known``
    and ``unknown`` count each statement's words, shape ``(n,)``.
    """

    probabilities: Floats
    known: Ints
    unknown: Ints

    def of(self, head: str) -> Floats:
        """Return a head's probabilities, shape ``(n, n_labels)``; those of the stance mean nothing without a target."""
        return self.probabilities[:, _SLICES[head]]


_SLICES: Final = slices()


@dataclass(frozen=True)
class Scorer:
    """Weights of all heads over one vocabulary of features.

    ``feature_slots`` finds a feature's row (:func:`classifier.slots.build_slots`).  ``weights`` has shape
    ``(n_features, WIDTH)``: a column for each output, the last one the inverse document frequency.
    ``intercepts`` has the shape ``(N_OUTPUTS,)``.
    """

    feature_slots: Ints
    weights: npt.NDArray[np.float32]
    intercepts: Floats
    calibrations: Mapping[str, Calibration]

    @cached_property
    def vocabulary(self) -> Ints:
        """The features in the order of their rows, shape ``(n_features,)``."""
        return keys_of(self.feature_slots)

    @cached_property
    def weigher(self) -> Weigher:
        """The kernel's part of the model."""
        found = [self.calibrations[head] for head in OUTPUTS]
        biases = [bias for calibration in found for bias in calibration.biases]
        scales = [calibration.scale for calibration in found]
        return Weigher(self.feature_slots, self.weights, self.intercepts, biases, scales, list(OUTPUTS.values()))

    def score_many(self, reader: Reader, texts: Sequence[str], targets: Sequence[str | None]) -> Scores:
        """Score texts; exactly the numbers of :func:`classifier.kernel.score`."""
        probabilities, counts = np.empty((len(texts), N_OUTPUTS)), np.empty((len(texts), 2), np.int64)
        score_into(reader, self.weigher, list(texts), list(targets), probabilities, counts)
        return Scores(probabilities, counts[:, 0], counts[:, 1])

    def weigh(self, reader: Reader, text: str, target: str | None) -> tuple[Ints, Floats]:
        """Return the rows and the weights of a text's features, both of shape ``(n,)``, each feature once."""
        s = reader.read(text, target)
        n = self.weigher.weigh(s)
        found = np.array(s.rows[:n], dtype=np.int64), np.array(s.weights[:n], dtype=np.float64)
        reader.release(s)
        return found
