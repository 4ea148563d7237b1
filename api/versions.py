"""The models of a folder, and which one is in use."""

import os
from dataclasses import dataclass
from pathlib import Path

from api.models import load_tried
from classifier.artifact import CURRENT, LAYOUT
from classifier.errors import ModelNotFoundError


@dataclass(frozen=True, slots=True)
class Version:
    """A model of the folder."""

    name: str
    current: bool


def versions_of(models: Path) -> list[Version]:
    """Return the models of a folder, the oldest first by the time of their manifests.

    Raises ModelNotFoundError where there is none.
    """
    folders = [folder for folder in models.iterdir() if (folder / LAYOUT.manifest).is_file()] if models.is_dir() else []
    if not folders:
        raise ModelNotFoundError(f"expected a folder of models at {models}, found none; run `detente train` first")
    folders.sort(key=lambda folder: ((folder / LAYOUT.manifest).stat().st_mtime_ns, folder.name))
    pointer = models / CURRENT
    name = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else None
    return [Version(folder.name, folder.name == name) for folder in folders]


def roll_back(models: Path, version: str | None = None) -> str:
    """Make ``version``, or the one before the current, the one in use, after trying it out; return its name.

    Raises a ModelError where there is no such model or it does not work; then nothing has changed.
    """
    versions = versions_of(models)
    names = [each.name for each in versions]
    if version is None:
        place = next((i for i, each in enumerate(versions) if each.current), len(versions))
        if place == 0:
            raise ModelNotFoundError(f"expected a model before {names[0]} in {models}, found none; name one to use")
        version = names[place - 1]
    if version not in names:
        raise ModelNotFoundError(f"expected one of {', '.join(names)}, found {version!r}; name one of these")
    load_tried(models / version)
    waiting = models / f".{CURRENT}.{os.getpid()}"
    waiting.write_text(version + "\n", encoding="utf-8")
    os.replace(waiting, models / CURRENT)
    return version
