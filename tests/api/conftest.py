"""Servers that the tests of the service share."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from serving import Served, serving


@pytest.fixture(scope="session")
def served(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service without keys, with a feedback database of its own."""
    database = tmp_path_factory.mktemp("feedback") / "feedback.db"
    with serving(model=models, feedback_url=f"sqlite:///{database}") as service:
        yield service


@pytest.fixture(scope="session")
def client(served: Served) -> Iterator[httpx.Client]:
    """A client of it."""
    with httpx.Client(base_url=served.url, timeout=20) as client:
        yield client
