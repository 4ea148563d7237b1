"""The model on disk: its layout, its manifest, and loading that checks everything before it uses anything."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from classifier.errors import ModelDamagedError, ModelNotFoundError, ModelVersionError
from classifier.scorer import N_OUTPUTS, OUTPUTS, Calibration, Scorer
from classifier.weighting import blocks_of
from classifier.words import Unit, WordTable

FORMAT_VERSION: Final = 1
"""Raise by one whenever a model written before could be read wrongly: other files, array shapes, feature integers,
token rules or label orders."""

CURRENT: Final = "current"
"""File in the models folder that holds the version in use."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a model's folder."""

    manifest: str = "manifest.json"
    words: str = "words.txt"
    stems: str = "stems.txt"
    units: str = "units.npy"
    valences: str = "valences.npy"
    vocabulary: str = "vocabulary.npy"
    idf: str = "idf.npy"
    weights: str = "weights.npy"
    intercepts: str = "intercepts.npy"
    card: str = "MODEL_CARD.md"
    pipeline: str = "pipeline.joblib"

    @property
    def scored(self) -> tuple[str, ...]:
        """The files that scoring reads, all of them hashed in the manifest."""
        return (
            *(self.words, self.stems, self.units, self.valences, self.vocabulary, self.idf, self.weights),
            self.intercepts,
        )


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
    vocabulary = np.load(folder / LAYOUT.vocabulary, mmap_mode="r", allow_pickle=False)
    weights = np.load(folder / LAYOUT.weights, mmap_mode="r", allow_pickle=False)
    idf = np.load(folder / LAYOUT.idf, mmap_mode="r", allow_pickle=False)
    intercepts = np.load(folder / LAYOUT.intercepts, allow_pickle=False)
    if weights.shape != (len(vocabulary), N_OUTPUTS) or idf.shape != vocabulary.shape:
        raise ModelDamagedError(
            f"expected weights of shape {(len(vocabulary), N_OUTPUTS)} in {folder}, found {weights.shape}; train again"
        )
    calibrations = {
        head: Calibration(values["scale"], tuple(values["biases"])) for head, values in manifest["calibration"].items()
    }
    scorer = Scorer(vocabulary, idf, blocks_of(np.asarray(vocabulary)), weights, intercepts, calibrations)
    return Model(
        path=folder,
        version=manifest["model_version"],
        manifest=manifest,
        table=_read_table(folder),
        scorer=scorer,
        threshold=manifest["abstention"]["threshold"],
        domain_threshold=manifest["abstention"]["domain_threshold"],
    )


def write_table(table: WordTable, folder: Path) -> None:
    """Write a word table: one word sequence a line, its numbers a row of the arrays."""
    lines: list[str] = []
    units: list[Unit] = []
    for word, unit in table.words.items():
        lines.append(word)
        units.append(unit)
    for first, endings in table.phrases.items():
        for rest, unit in endings:
            lines.append(" ".join((first, *rest)))
            units.append(unit)
    (folder / LAYOUT.words).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / LAYOUT.stems).write_text("\n".join(table.stems) + "\n", encoding="utf-8")
    np.save(folder / LAYOUT.units, np.array([unit[:-1] for unit in units], dtype=np.int32))
    np.save(folder / LAYOUT.valences, np.array([unit.valence for unit in units], dtype=np.float64))


def _read_table(folder: Path) -> WordTable:
    lines = (folder / LAYOUT.words).read_text(encoding="utf-8").splitlines()
    numbers = np.load(folder / LAYOUT.units, allow_pickle=False).tolist()
    valences = np.load(folder / LAYOUT.valences, allow_pickle=False).tolist()
    words: dict[str, Unit] = {}
    phrases: defaultdict[str, list[tuple[tuple[str, ...], Unit]]] = defaultdict(list)
    for line, row, valence in zip(lines, numbers, valences, strict=True):
        first, *rest = line.split(" ")
        if rest:
            phrases[first].append((tuple(rest), Unit(*row, valence)))
        else:
            words[first] = Unit(*row, valence)
    return WordTable(words, dict(phrases), (folder / LAYOUT.stems).read_text(encoding="utf-8").splitlines())
