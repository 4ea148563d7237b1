"""Compile the fitted pipeline into arrays and write a versioned model, whole or not at all."""

import hashlib
import importlib.metadata
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np

from classifier.artifact import CURRENT, FORMAT_VERSION, LAYOUT, sha256, write_arrays
from classifier.features import BLOCKS, TARGET_SENTIMENT_WEIGHT
from classifier.kernel import WIDTH
from classifier.scorer import N_OUTPUTS, OUTPUTS, Scorer, exact, slices
from classifier.slots import build_slots
from classifier.weighting import Floats, Ints, blocks_of
from training.config import CORPUS_DATE, TrainingConfig
from training.corpus import Labelled
from training.evaluate import HeadFigures
from training.pipeline import UNSEEN, DetentePipeline, spread

LIBRARIES = ("numpy", "scipy", "scikit-learn", "joblib")


@dataclass(frozen=True, slots=True)
class Abstention:
    """When the model abstains: thresholds in [0, 1], the precision they were chosen for and the share they keep."""

    threshold: float
    domain_threshold: float
    precision: float
    kept: float


def corpus_hash(rows: Sequence[Labelled], foreign: Sequence[str]) -> str:
    """Return the SHA-256 of all that is learned from."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps(asdict(row), sort_keys=True, ensure_ascii=True).encode())
    for text in foreign:
        digest.update(json.dumps(text).encode())
    return digest.hexdigest()


LARGEST_LOGIT = 300.0
"""No text's logits may leave this range: exponentials are taken of them as they are."""


def compile_weights(pipeline: DetentePipeline) -> tuple[Floats, Floats]:
    """Return all heads' weights for calibrated logits, ``(n_features, N_OUTPUTS)``, and intercepts ``(N_OUTPUTS,)``."""
    n = len(pipeline.vectorizer.vocabulary_)
    weights, intercepts = np.zeros((n, N_OUTPUTS)), np.zeros(N_OUTPUTS)
    for head, columns in slices().items():
        if head not in pipeline.heads:
            continue
        fitted, calibration = pipeline.heads[head], pipeline.calibrations[head]
        coefficients, bias = fitted.regression.coef_, fitted.regression.intercept_
        if len(coefficients) == 1:
            coefficients = np.vstack([-coefficients / 2, coefficients / 2])
            bias = np.array([-bias[0] / 2, bias[0] / 2])
        classes = fitted.regression.classes_
        found = spread(coefficients.T, classes, OUTPUTS[head], 0.0)
        weights[fitted.mask, columns] = calibration.scale * found
        bias = spread(bias[None, :], classes, OUTPUTS[head], UNSEEN)[0]
        intercepts[columns] = calibration.scale * bias + np.array(calibration.biases)
    return weights, intercepts


def _bound(weights: Floats, intercepts: Floats, blocks: Ints) -> float:
    """Return what no text's logits exceed, by Cauchy and Schwarz: a block's features have the length 1."""
    lengths = [np.linalg.norm(weights[blocks == block], axis=0) for block in range(BLOCKS)]
    own = np.abs(weights[blocks < 0]).sum(axis=0) * TARGET_SENTIMENT_WEIGHT
    return float((np.sum(lengths, axis=0) + own + np.abs(intercepts)).max(initial=0))


def compile_scorer(pipeline: DetentePipeline) -> Scorer:
    """Return the fitted pipeline as the scorer reads it."""
    weights, intercepts = compile_weights(pipeline)
    vectorizer = pipeline.vectorizer
    blocks = blocks_of(vectorizer.vocabulary_)
    bound = _bound(weights, intercepts, blocks)
    if not bound <= LARGEST_LOGIT:
        raise ValueError(f"expected logits up to {LARGEST_LOGIT:g}, found {bound:g}; lower the heads' `strength`")
    # the commonest features first, so that what is read often lies together
    order = np.argsort(vectorizer.idf_, kind="stable")
    carries_value = (blocks < 0)[:, None]
    idf = vectorizer.idf_[:, None]
    columns = np.hstack([np.where(carries_value, weights, idf * weights), np.where(carries_value, 0.0, idf**2)])[order]
    unknown = np.zeros((1, WIDTH))
    keys: list[int] = vectorizer.vocabulary_[order].tolist()
    return Scorer(build_slots(keys), exact(np.concatenate([columns, unknown])), exact(intercepts).astype(np.float64))


def _manifest(
    folder: Path,
    corpus: str,
    abstention: Abstention,
    figures: Mapping[str, HeadFigures],
    pipeline: DetentePipeline,
    config: TrainingConfig,
) -> dict[str, Any]:
    hashes = {name: sha256(folder / name) for name in LAYOUT.scored}
    content = {
        "format_version": FORMAT_VERSION,
        "labels": {head: list(labels) for head, labels in OUTPUTS.items()},
        "sha256": hashes,
        "calibration": {head: asdict(found) for head, found in pipeline.calibrations.items()},
        "abstention": asdict(abstention),
        "configuration": asdict(config),
        "training_data": corpus,
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
        "metrics": {head: asdict(found) for head, found in figures.items()},
    }
    told = {key: content[key] for key in ("sha256", "calibration", "abstention")}
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    return {"model_version": f"{CORPUS_DATE}-{digest.hexdigest()[:8]}", **content}


def export(
    pipeline: DetentePipeline,
    output: Path,
    corpus: str,
    abstention: Abstention,
    figures: Mapping[str, HeadFigures],
    config: TrainingConfig,
) -> tuple[Path, str]:
    """Write the model into a new folder of ``output`` and make it the current one; return (folder, version).

    The folder is written aside and moved into place when it is whole, so that a stop leaves no half-written model.
    """
    output.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=output))
    try:
        write_arrays(aside, pipeline.vectorizer.table, compile_scorer(pipeline))
        manifest = _manifest(aside, corpus, abstention, figures, pipeline, config)
        (aside / LAYOUT.manifest).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        joblib.dump(pipeline, aside / LAYOUT.pipeline, compress=3)
        aside.chmod(0o755)
        folder = output / str(manifest["model_version"])
        if folder.exists():
            shutil.rmtree(folder)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    make_current(output, folder.name)
    return folder, folder.name


def make_current(output: Path, version: str) -> None:
    """Make ``version`` the model in use of a models folder, in one step."""
    pointer = output / f".{CURRENT}.new"
    pointer.write_text(version + "\n", encoding="utf-8")
    os.replace(pointer, output / CURRENT)
