"""Settings from arguments, variables and a file; what is wrong is named, and secrets are not."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import rollback, serve
from api.keys import hash_key
from api.settings import SettingsError, load_settings

HASH = "ab" * 32


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("DETENTE_"):
            monkeypatch.delenv(name)


def test_arguments_win_over_variables_and_these_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "detente.toml"
    file.write_text(
        f'host = "10.0.0.1"\nport = 1\nmax_statements = 7\n'
        f'[[keys]]\nname = "desk"\nsha256 = "{HASH}"\nscopes = ["feedback"]\n'
    )
    monkeypatch.setenv("DETENTE_HOST", "10.0.0.2")
    monkeypatch.setenv("DETENTE_PORT", "2")
    found = load_settings(file, {"port": 3, "workers": None})
    assert (found.host, found.port, found.max_statements, found.workers) == ("10.0.0.2", 3, 7, 1)
    assert found.keys[0].scopes == {"feedback"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("port = 'abc'", r"port: .*found 'abc' \(variable DETENTE_PORT\)"),
        ("prot = 1", "prot: Extra inputs are not permitted, found 1"),
        ("port = 99999", "less than or equal to 65535, found 99999"),
        ("[[keys]]\nname = 'a'\nsha256 = 'hunter2'", r"keys\.0\.sha256"),
        ("port =", "expected settings as TOML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "detente.toml"
    file.write_text(content)
    with pytest.raises(SettingsError, match=words) as caught:
        load_settings(file)
    assert "hunter2" not in str(caught.value)


def test_a_variable_that_should_be_json_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_KEYS", "hunter2")
    with pytest.raises(SettingsError, match="keys") as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


def test_passwords_of_databases_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_FEEDBACK_URL", "postgresql://detente:hunter2@db/x")
    assert "hunter2" not in repr(load_settings())


def test_check_says_what_would_be_served(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_FEEDBACK_URL", f"sqlite:///{tmp_path}/f.db")
    result = CliRunner().invoke(serve, ["--check", "--model", str(models), "--port", "9"])
    assert result.exit_code == 0, result.output
    assert "serving on http://127.0.0.1:9" in result.output
    assert "keys: OFF" in result.output
    refused = CliRunner().invoke(serve, ["--check", "--model", str(models), "--host", "0.0.0.0"])
    assert isinstance(refused.exception, SettingsError)
    monkeypatch.setenv("DETENTE_FEEDBACK_URL", f"sqlite:///{tmp_path}/none/f.db")
    broken = CliRunner().invoke(serve, ["--check", "--model", str(models)])
    assert isinstance(broken.exception, SettingsError)


def test_a_new_key_is_printed_once_beside_its_lines_for_the_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(serve, ["--new-key", "desk", "--scope", "feedback"])
    key = result.stderr.strip().rpartition(" ")[2]
    file = tmp_path / "detente.toml"
    file.write_text(result.stdout)
    (entry,) = load_settings(file).keys
    assert entry.sha256 == hash_key(key)
    assert entry.scopes == {"feedback"}
    refused = CliRunner().invoke(serve, ["--new-key", "desk 3"])
    assert refused.exit_code == 2
    assert "found 'desk 3'" in refused.output


def test_rollback_lists_the_models(models: Path) -> None:
    result = CliRunner().invoke(rollback, ["--list", "--model", str(models)])
    assert result.exit_code == 0, result.output
    assert f"* {(models / 'current').read_text().strip()}" in result.output
