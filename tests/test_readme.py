"""The README's examples run as they stand."""

import doctest
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = [block for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) if not block.startswith("make")]
COMMANDS = [
    line
    for block in SHELL
    for line in block.replace("\\\n", "").splitlines()
    if line.startswith("detente") and " serve" not in line
]


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with the files that the README's examples name."""
    for name in ("examples", "models", "seeds"):
        (tmp_path / name).symlink_to(ROOT / name)
    row = {"text": "Chile signed the treaty.", "target": "Chile", "act": "support", "escalation": -1}
    (tmp_path / "statements.jsonl").write_text(json.dumps(row) + "\n")
    (tmp_path / "statements.csv").write_text("text,target\nChile signed the treaty.,Chile\n")
    labelled = {**row, "tone": "neutral", "stance": "neutral"}
    (tmp_path / "mine.jsonl").write_text(json.dumps(labelled) + "\n")
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=280
    )


def test_the_python_examples_give_what_they_show(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testfile(str(ROOT / "README.md"), module_relative=False, report=True)
    assert found.attempted >= 6
    assert found.failed == 0


@pytest.mark.parametrize("command", [command for command in COMMANDS if " train" not in command])
def test_every_command_runs(workplace: Path, models: Path, command: str) -> None:
    result = run(command, workplace)
    assert result.returncode == 0, result.stderr
    for output in re.findall(r"-o (\S+)", command):
        assert (workplace / output).stat().st_size > 0


def test_training_on_ones_own_labels_writes_a_model(workplace: Path) -> None:
    (workplace / "models").unlink()
    (workplace / "seeds").unlink()
    small = workplace / "seeds" / "statements"
    small.mkdir(parents=True)
    for path in sorted((ROOT / "seeds" / "statements").glob("typical_*.jsonl"))[:8]:
        lines = path.read_text(encoding="utf-8").splitlines()[:60]
        (small / path.name).write_text("\n".join(lines), encoding="utf-8")
    (command,) = [command for command in COMMANDS if " train" in command]
    result = run(f"{command} --quick", workplace)
    assert result.returncode == 0, result.stderr
    assert (workplace / "models" / "current").is_file()
    shutil.rmtree(workplace / "models")


@pytest.fixture
def server(workplace: Path) -> Iterator[int]:
    """The README's server, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "classifier", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=workplace, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/v2/health/ready", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_the_curl_call_is_answered(server: int, workplace: Path) -> None:
    (block,) = [block for block in SHELL if block.startswith("curl")]
    result = run(block.replace("8000", str(server)), workplace)
    assert json.loads(result.stdout)["predictions"][0]["id"] == "a1"
