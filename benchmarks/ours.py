"""Detente with the kernel that is installed, and with the kernel as plain Python, side by side in one process."""

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Final

import classifier
from benchmarks.inputs import ROOT
from classifier.kernel import COMPILED

MODELS: Final = ROOT / "models"
KERNEL: Final = "classifier.kernel"


class _FromSource(MetaPathFinder):
    """Finds the kernel's source where the compiled one would be found."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the kernel's source."""
        source = Path(classifier.__file__).with_name("kernel.py")
        return importlib.util.spec_from_file_location(name, source) if name == KERNEL else None


@contextmanager
def _second_import() -> Iterator[None]:
    """Within it, ``import classifier`` gives a second copy of the package; the first is put back after."""

    def ours() -> list[str]:
        return [name for name in sys.modules if name.split(".")[0] == "classifier"]

    first = {name: sys.modules.pop(name) for name in ours()}
    finder = _FromSource()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in ours():
            del sys.modules[name]
        sys.modules.update(first)


def plain_python() -> type[classifier.Classifier]:
    """Return the classifier as it is where nothing is compiled: the whole package over the kernel's source."""
    with _second_import():
        module = importlib.import_module("classifier")
        assert not sys.modules[KERNEL].COMPILED
    found: type[classifier.Classifier] = module.Classifier
    return found


def kinds() -> dict[str, type[classifier.Classifier]]:
    """Return the classifier for each kernel there is, by its name."""
    found = {"Detente, plain Python": plain_python()}
    return {"Detente, compiled": classifier.Classifier, **found} if COMPILED else found
