"""The arrows of the architecture: training -> classifier <- api, and who may import which library."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FORBIDDEN = {
    "classifier": {"training", "api", "sklearn", "joblib", "scipy", "fastapi", "pydantic", "vaderSentiment"},
    "training": {"api", "fastapi", "pydantic"},
    "api": {"training", "sklearn", "joblib", "scipy"},
}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


@pytest.mark.parametrize("package", FORBIDDEN)
def test_package_imports_nothing_it_must_not(package: str) -> None:
    files = list((ROOT / package).rglob("*.py"))
    assert files
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files
        for name in imports_of(path)
        if name.partition(".")[0] in FORBIDDEN[package]
    ]
    assert wrong == []


def loaded_by(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return {name.partition(".")[0] for name in result.stdout.split()}


def test_importing_the_classifier_loads_no_scikit_learn_and_no_server() -> None:
    assert loaded_by("import classifier").isdisjoint({"sklearn", "scipy", "joblib", "fastapi", "pydantic", "pickle5"})


def test_scoring_loads_no_scikit_learn(models: Path) -> None:
    statement = f"from classifier import Classifier; Classifier.load({str(models)!r}).predict('Talks resumed.')"
    assert loaded_by(statement).isdisjoint({"sklearn", "scipy", "joblib"})


def test_the_server_loads_no_scikit_learn() -> None:
    assert loaded_by("import api.app").isdisjoint({"sklearn", "scipy", "joblib", "training"})
