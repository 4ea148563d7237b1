"""What the whole suite shares: the model of the checkout, the kernel as plain Python, and the rule on skips."""

import importlib.util
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from classifier import Classifier, scorer

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything was installed (CI), a test that skips for want of a program has failed."""
    report = yield
    if os.environ.get("DETENTE_NO_SKIPS") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session")
def models() -> Path:
    """The models folder of the checkout, which ``make test`` trains once."""
    folder = ROOT / "models"
    assert (folder / "current").is_file(), "no trained model: run `make test`, or `detente train --quick` first"
    return folder


@pytest.fixture(scope="session")
def classifier(models: Path) -> Classifier:
    return Classifier.load(models)


@pytest.fixture(scope="session")
def plain() -> Iterator[ModuleType]:
    """The kernel read from its source, whether or not it is compiled."""
    source = ROOT / "classifier" / "kernel.py"
    spec = importlib.util.spec_from_file_location("plain_kernel", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["plain_kernel"] = module
    spec.loader.exec_module(module)
    assert not module.COMPILED
    yield module
    del sys.modules["plain_kernel"]


@pytest.fixture(scope="session")
def slow(models: Path, plain: ModuleType) -> Classifier:
    """A classifier that scores with the plain kernel, as an install without a compiler does."""
    found = Classifier.load(models)
    found.model.table.__dict__["reader"] = plain.Reader(found.model.table)
    arguments = [found.model.scorer.feature_slots, found.model.scorer.weights, found.model.scorer.intercepts]
    weigher = plain.Weigher(*arguments, list(scorer.OUTPUTS.values()))
    found.model.scorer.__dict__["weigher"] = weigher
    found._reader, found._weigher = found.model.table.reader, weigher
    return found


@pytest.fixture(scope="session")
def dev() -> Path:
    """The development sets, which lie beside the checkout."""
    folder = SHARED / "dev"
    if not folder.is_dir():
        pytest.skip(f"the development sets are not at {folder}")
    return folder
