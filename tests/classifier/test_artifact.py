"""A model that is missing, tampered with, cut short or of another version is refused before anything of it is used."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier import Classifier
from classifier.artifact import LAYOUT, resolve
from classifier.errors import ModelDamagedError, ModelNotFoundError, ModelVersionError


@pytest.fixture
def copy(models: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    shutil.copytree(resolve(models), folder, ignore=shutil.ignore_patterns(LAYOUT.pipeline, "*.svg"))
    return folder


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def edit_manifest(folder: Path, **changes: object) -> None:
    path = folder / LAYOUT.manifest
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@pytest.mark.parametrize("name", LAYOUT.scored)
def test_a_changed_file_is_refused_by_name(copy: Path, name: str) -> None:
    rewrite(copy / name, lambda content: content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(
        ModelDamagedError, match=rf"expected {name} .* found another; the file was changed or cut short"
    ):
        Classifier.load(copy)


@pytest.mark.parametrize("name", LAYOUT.scored)
def test_a_file_cut_short_is_refused(copy: Path, name: str) -> None:
    rewrite(copy / name, lambda content: content[: len(content) // 2])
    with pytest.raises(ModelDamagedError, match="copy the model again or retrain"):
        Classifier.load(copy)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / LAYOUT.weights).unlink()
    with pytest.raises(ModelDamagedError, match=r"expected the file weights\.npy in .*, found none"):
        Classifier.load(copy)


def test_another_format_is_refused_with_what_to_do(copy: Path) -> None:
    edit_manifest(copy, format_version=99)
    with pytest.raises(ModelVersionError, match=r"expected a model of format \d+ .* found format 99; train it again"):
        Classifier.load(copy)


def test_other_labels_are_refused(copy: Path) -> None:
    edit_manifest(copy, labels={"tone": ["bad", "good"]})
    with pytest.raises(ModelVersionError, match="expected the labels of this version"):
        Classifier.load(copy)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "\x00"])
def test_a_manifest_that_is_no_manifest_is_refused(copy: Path, content: str) -> None:
    (copy / LAYOUT.manifest).write_text(content)
    with pytest.raises(ModelDamagedError, match=r"expected .* in .*manifest\.json|expected the key 'format_version'"):
        Classifier.load(copy)


def test_a_version_mismatch_is_told_before_a_damaged_array_is_read(copy: Path) -> None:
    edit_manifest(copy, format_version=99)
    (copy / LAYOUT.weights).write_bytes(b"\x80\x04not an array")
    with pytest.raises(ModelVersionError):
        Classifier.load(copy)


def test_nothing_there_says_to_train(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match=r"found nothing there; run `detente train` first"):
        Classifier.load(tmp_path / "nowhere")


def test_an_empty_folder_says_to_train(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="found neither; run `detente train` first"):
        Classifier.load(tmp_path)


def test_a_pointer_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("gone\n")
    with pytest.raises(ModelNotFoundError, match=r"names the model 'gone', but .* holds no manifest\.json"):
        Classifier.load(tmp_path)


def test_scoring_never_opens_the_pickle(copy: Path) -> None:
    (copy / LAYOUT.pipeline).write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
    assert Classifier.load(copy).predict("Talks resumed on Monday.").act.label


def test_arrays_are_mapped_read_only(models: Path) -> None:
    weights = Classifier.load(models).model.scorer.weights
    assert not weights.flags.writeable
    assert "memmap" in type(weights).__name__
