"""schemathesis over the OpenAPI document: every call, all checks, on a real server."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from serving import serving

HERE = Path(__file__).parent
EXAMPLES = os.environ.get("DETENTE_EXAMPLES", "8")
"""Generated requests a call."""


def test_every_call_keeps_to_the_document(models: Path, tmp_path: Path) -> None:
    if importlib.util.find_spec("schemathesis") is None:
        pytest.skip("schemathesis is not installed")
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run"]
    options = ["--checks", "all", "--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES, "--no-color"]
    hooks = {"SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(HERE)}
    database = tmp_path / "feedback.db"
    with serving(model=models, feedback_url=f"sqlite:///{database}", collect=True) as service:
        done = subprocess.run(
            [*command, f"{service.url}/openapi.json", *options, "--continue-on-failure"],
            env={**os.environ, **hooks},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
        found = re.search(r"Selected: (\d+)/(\d+)", done.stdout)
        assert found
        assert found[1] == found[2] == "16"
        assert '"level":"error"' not in service.log
