"""The linear model: arrays in, calibrated probabilities out; numpy only."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.features import BLOCKS, OWN_KEYS
from classifier.kernel import WIDTH, Reader, Weigher, score_into
from classifier.labels import HEADS
from classifier.slots import keys_of
from classifier.weighting import Floats, Ints, blocks_of

DOMAINS: Final = ("foreign", "known")
"""Labels of the domain head: whether a text is of the kind the model was trained on."""
OUTPUTS: Final = {**HEADS, "domain": DOMAINS}
"""Every head of the linear model with its labels, in the order of the columns of the weights."""

N_OUTPUTS: Final = WIDTH - 1
assert sum(len(labels) for labels in OUTPUTS.values()) == N_OUTPUTS


QUANTUM: Final = 2.0**-28
"""Weights are multiples of this: sums of up to 2**53 of it are exact, in whatever order they are made."""


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


def exact(weights: Floats) -> npt.NDArray[np.float32]:
    """Return weights as multiples of :data:`QUANTUM`, the nearest ones that float32 holds too."""
    return np.asarray((np.rint(weights / QUANTUM) * QUANTUM).astype(np.float32))


@dataclass(frozen=True)
class Scorer:
    """Weights of all heads over one vocabulary of features, with the calibration in them.

    ``feature_slots`` finds a feature's row (:func:`classifier.slots.build_slots`).  ``weights`` has shape
    ``(n_features + 1, WIDTH)``: a column for each output, what the feature adds to it (:func:`exact`), and one for the
    square of its inverse document frequency, 0 for features with values of their own; the last row, all 0, is for
    features that the model does not know.  ``intercepts`` has the shape ``(N_OUTPUTS,)``.

    Within each block the weights of the features of a text are summed and divided by the root of the sum of squares;
    those of values of their own are multiplied by these.  All this and the intercepts make the calibrated logits.
    """

    feature_slots: Ints
    weights: npt.NDArray[np.float32]
    intercepts: Floats

    @cached_property
    def vocabulary(self) -> Ints:
        """The features in the order of their rows, shape ``(n_features,)``."""
        return keys_of(self.feature_slots)

    @cached_property
    def weigher(self) -> Weigher:
        """The kernel's part of the model."""
        return Weigher(self.feature_slots, self.weights, self.intercepts, list(OUTPUTS.values()))

    def score_many(self, reader: Reader, texts: Sequence[str], targets: Sequence[str | None]) -> Scores:
        """Score texts; exactly the numbers of :func:`classifier.kernel.score`."""
        probabilities, counts = np.empty((len(texts), N_OUTPUTS)), np.empty((len(texts), 2), np.int64)
        score_into(reader, self.weigher, list(texts), list(targets), probabilities, counts)
        return Scores(probabilities, counts[:, 0], counts[:, 1])

    def weigh(self, reader: Reader, text: str, target: str | None) -> tuple[Ints, Floats]:
        """Return the rows of a text's features and what their weights count, both of shape ``(n,)``, each feature once.

        A weight counts as much as one over its block's length, or as the value that the feature carries.
        """
        s, row_of = reader.read(text, target), self.weigher.row
        rows = np.array(sorted({row_of(key) for key in s.keys[: s.n_keys]} - {-1}), dtype=np.int64)
        own = {row_of(key): s.own[i] for i, key in enumerate(OWN_KEYS[: s.n_own]) if row_of(key) >= 0}
        reader.release(s)
        blocks = blocks_of(self.vocabulary[rows])
        shares = 1 / np.sqrt(np.bincount(blocks, self.weights[rows, -1], BLOCKS))[blocks]
        return np.append(rows, np.array([*own], np.int64)), np.append(shares, [*own.values()])
