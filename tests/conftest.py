"""Fixtures that the whole suite shares: the trained model of the checkout, and the rule on skips."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from classifier import Classifier

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
def dev() -> Path:
    """The development sets, which lie beside the checkout."""
    folder = SHARED / "dev"
    if not folder.is_dir():
        pytest.skip(f"the development sets are not at {folder}")
    return folder
