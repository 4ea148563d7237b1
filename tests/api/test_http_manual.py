"""docs/http.md: its curl lines run, its answers have the names of real ones, and it leaves no call or setting out."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from serving import Served, serving

from api.cli import export_feedback, rollback, serve
from api.keys import hash_key, new_key
from api.settings import KeyEntry, Settings

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
KEY = new_key()


@dataclass(frozen=True, slots=True)
class Example:
    """Curl lines and the answer shown beneath them."""

    commands: str
    shown: str

    @property
    def names(self) -> set[str]:
        """The names in the answer."""
        return set(re.findall(r'"(\w+)":', self.shown))


EXAMPLES = [
    Example(commands, shown)
    for commands, shown in re.findall(r"```sh\n(.*?)```\n```(?:json|text)\n(.*?)```", MANUAL, re.DOTALL)
]


@pytest.fixture(scope="module")
def guarded(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    database = tmp_path_factory.mktemp("manual") / "feedback.db"
    key = KeyEntry(name="reader", sha256=hash_key(KEY), scopes=frozenset({"admin"}))
    with serving(model=models, feedback_url=f"sqlite:///{database}", keys=(key,)) as service:
        yield service


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=lambda example: re.findall(r":8000(\S*?)[\"' ?\n]", example.commands)[0]
)
def test_the_curl_lines_give_what_they_show(guarded: Served, example: Example) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    script = example.commands.replace("http://127.0.0.1:8000", guarded.url).replace(
        "curl -s", "curl -sS --fail-with-body"
    )
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={**os.environ, "KEY": KEY},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert example.names <= set(re.findall(r'"(\w+)":', done.stdout))


def test_every_call_of_the_document_has_its_curl_line(guarded: Served) -> None:
    paths = httpx.get(f"{guarded.url}/openapi.json").json()["paths"]
    asked = {path for example in EXAMPLES for path in re.findall(r":8000(/[\w/]*)", example.commands)}
    assert asked == set(paths)


def test_every_setting_and_figure_is_named(guarded: Served) -> None:
    settings = MANUAL.split("<!-- settings -->")[1].split("##")[0]
    named = set(re.findall(r"`(\w+)`", " ".join(line.split("|")[1] for line in settings.splitlines() if "|" in line)))
    assert named == set(Settings.model_fields)
    figures = {
        line.split()[2] for line in httpx.get(f"{guarded.url}/metrics", headers={"x-api-key": KEY}).text.splitlines()
        if line.startswith("# TYPE")
    }  # fmt: skip
    assert {name for name in figures if not name.endswith("_created") and name not in MANUAL} == set()


def test_the_options_of_its_commands_exist() -> None:
    commands = {"serve": serve, "rollback": rollback, "export-feedback": export_feedback}
    for name, command in commands.items():
        options = CliRunner().invoke(command, ["--help"]).output
        for line in re.findall(rf"detente {name} (.*)", MANUAL):
            for option in re.findall(r"--[\w-]+", line):
                assert option in options, f"detente {name} {line}"
