"""Calibration on held-out logits, and the thresholds under which the model abstains."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from classifier.scorer import Calibration, softmax
from classifier.weighting import Floats, Ints

BIAS_PENALTY = 1e-3
"""Keeps the biases near 0 where the held-out data say nothing of them."""


def fit_calibration(logits: Floats, gold: Ints) -> Calibration:
    """Fit ``softmax(scale * logits + biases)`` to held-out labels by likelihood.

    Vector scaling with one shared scale, after Guo et al. (2017), "On Calibration of Modern Neural Networks".
    ``logits`` has shape ``(n, n_labels)``; ``gold`` holds label numbers, shape ``(n,)``.
    """
    n, k = logits.shape

    def loss(parameters: Floats) -> tuple[float, Floats]:
        scale, biases = np.exp(parameters[0]), parameters[1:]
        p = softmax(scale * logits + biases)
        nll = -np.log(np.maximum(p[np.arange(n), gold], 1e-12)).mean() + BIAS_PENALTY * float(biases @ biases)
        error = p
        error[np.arange(n), gold] -= 1
        gradient = np.concatenate(
            [[(error * logits).sum() * scale / n], error.sum(axis=0) / n + 2 * BIAS_PENALTY * biases]
        )
        return float(nll), gradient

    found = minimize(loss, np.zeros(k + 1), jac=True, method="L-BFGS-B").x
    return Calibration(float(np.exp(found[0])), tuple(float(value) for value in found[1:]))


def abstention_threshold(confidence: Floats, correct: Sequence[bool], precision: float) -> float:
    """Return the least confidence from which on at least ``precision`` of the held-out predictions are right."""
    order = np.argsort(-confidence, kind="stable")
    right = np.cumsum(np.asarray(correct, dtype=float)[order]) / np.arange(1, len(order) + 1)
    reached = np.flatnonzero(right >= precision)
    return float(confidence[order[reached[-1]]]) if len(reached) else 1.0
