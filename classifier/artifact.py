"""The model on disk: its layout, its manifest, and loading that checks everything before it uses anything."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from classifier.errors import ModelDamagedError, ModelNotFoundError, ModelVersionError
from classifier.kernel import WIDTH
from classifier.scorer import N_OUTPUTS, OUTPUTS, Scorer
from classifier.words import WordTable

FORMAT_VERSION: Final = 3
"""Raise by one whenever a model written before could be read wrongly: other files, array shapes, feature integers,
token rules or label orders."""

CURRENT: Final = "current"
"""File in the models folder that holds the version in use."""

WORD_ARRAYS: Final = (
    *("letters", "ends", "codes", "valences", "word_slots", "openings", "steps", "phrase_codes", "phrase_valences"),
)
"""The arrays of a :class:`classifier.words.WordTable`."""
ARRAYS: Final = (*WORD_ARRAYS, "feature_slots", "weights", "intercepts")
"""All arrays that scoring reads, by their names in the layout."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a model's folder."""

    manifest: str = "manifest.json"
    stems: str = "stems.txt"
    letters: str = "letters.npy"
    ends: str = "ends.npy"
    codes: str = "codes.npy"
    valences: str = "valences.npy"
    word_slots: str = "word_slots.npy"
    openings: str = "openings.npy"
    steps: str = "steps.npy"
    phrase_codes: str = "phrase_codes.npy"
    phrase_valences: str = "phrase_valences.npy"
    feature_slots: str = "feature_slots.npy"
    weights: str = "weights.npy"
    intercepts: str = "intercepts.npy"
    card: str = "MODEL_CARD.md"
    pipeline: str = "pipeline.joblib"

    @property
    def scored(self) -> tuple[str, ...]:
        """The files that scoring reads, all of them hashed in the manifest."""
        return (self.stems, *(getattr(self, name) for name in ARRAYS))


LAYOUT: Final = Layout()


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model."""

    path: Path
    version: str
    manifest: Mapping[str, Any]
    table: WordTable
    scorer: Scorer
    threshold: float
    """Least confidence, in [0, 1], under which a prediction abstains."""
    domain_threshold: float
    """Least probability, in [0, 1], that a text is of the kind the model knows."""


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def resolve(path: Path) -> Path:
    """Return the model folder that ``path`` names: the folder itself, or the current one of a models folder.

    Raises ModelNotFoundError where there is none.
    """
    if (path / LAYOUT.manifest).is_file():
        return path
    pointer = path if path.name == CURRENT else path / CURRENT
    if pointer.is_file():
        folder = pointer.parent / pointer.read_text(encoding="utf-8").strip()
        if (folder / LAYOUT.manifest).is_file():
            return folder
        raise ModelNotFoundError(
            f"{pointer} names the model {folder.name!r}, but {folder} holds no {LAYOUT.manifest}; "
            f"train a model with `detente train` or name an existing one in {pointer}"
        )
    raise ModelNotFoundError(
        f"expected a model at {path} (a folder with {LAYOUT.manifest}, or a models folder with a file "
        f"{CURRENT!r}), found {'neither' if path.exists() else 'nothing there'}; run `detente train` first, or pass "
        f"--model DIR"
    )


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / LAYOUT.manifest
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise ModelDamagedError(f"expected JSON in {path}, found something else ({error}); train again") from error
    if not isinstance(manifest, dict) or "format_version" not in manifest:
        raise ModelDamagedError(f"expected the key 'format_version' in {path}, found none; train again")
    return manifest


def _check(folder: Path, manifest: Mapping[str, Any]) -> None:
    found = manifest["format_version"]
    if found != FORMAT_VERSION:
        raise ModelVersionError(
            f"expected a model of format {FORMAT_VERSION} in {folder}, found format {found}; train it again with this "
            f"version of detente, or install the version that wrote it"
        )
    if manifest.get("labels") != {head: list(labels) for head, labels in OUTPUTS.items()}:
        raise ModelVersionError(f"expected the labels of this version in {folder}, found others; train it again")
    hashes = manifest.get("sha256", {})
    for name in LAYOUT.scored:
        path = folder / name
        if not path.is_file():
            raise ModelDamagedError(
                f"expected the file {name} in {folder}, found none; copy the model again or retrain"
            )
        if sha256(path) != hashes.get(name):
            raise ModelDamagedError(
                f"expected {name} in {folder} to have the SHA-256 of its manifest, found another; the file was "
                f"changed or cut short: copy the model again or retrain"
            )


def load_model(path: Path) -> Model:
    """Load the model at ``path`` (a model's folder or a models folder), its arrays mapped read-only.

    Raises ModelNotFoundError, ModelVersionError or ModelDamagedError, before anything of the model is used.
    """
    folder = resolve(path)
    manifest = _read_manifest(folder)
    _check(folder, manifest)
    arrays = {name: _map(folder / getattr(LAYOUT, name)) for name in ARRAYS}
    weights, intercepts = arrays["weights"], arrays["intercepts"]
    if weights.shape[1:] != (WIDTH,) or intercepts.shape != (N_OUTPUTS,):
        raise ModelDamagedError(
            f"expected weights of shape {('n', WIDTH)} in {folder}, found {weights.shape}; train again"
        )
    scorer = Scorer(arrays["feature_slots"], weights, intercepts)
    table = WordTable(**{name: arrays[name] for name in WORD_ARRAYS}, stems_path=folder / LAYOUT.stems)
    return Model(
        path=folder,
        version=manifest["model_version"],
        manifest=manifest,
        table=table,
        scorer=scorer,
        threshold=manifest["abstention"]["threshold"],
        domain_threshold=manifest["abstention"]["domain_threshold"],
    )


def _map(path: Path) -> Any:
    """Map an array read-only.  Raises ModelDamagedError where the file holds none."""
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, OSError) as error:
        raise ModelDamagedError(f"expected an array in {path}, found something else ({error}); train again") from error


def write_arrays(folder: Path, table: WordTable, scorer: Scorer) -> None:
    """Write all that scoring reads, but the manifest."""
    for name in WORD_ARRAYS:
        np.save(folder / getattr(LAYOUT, name), getattr(table, name))
    (folder / LAYOUT.stems).write_text("\n".join(table.stems) + "\n", encoding="utf-8")
    np.save(folder / LAYOUT.feature_slots, scorer.feature_slots)
    np.save(folder / LAYOUT.weights, scorer.weights)
    np.save(folder / LAYOUT.intercepts, scorer.intercepts)
