"""Containerfile, as far as it can be read without a builder: not root, and made of what is there."""

import re
from pathlib import Path

from api.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
CONTAINERFILE = (ROOT / "Containerfile").read_text(encoding="utf-8")
IGNORE = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()


def test_it_runs_as_a_user_without_rights() -> None:
    (user,) = re.findall(r"^USER (\d+):\d+$", CONTAINERFILE, re.MULTILINE)
    assert int(user) >= 10_000
    assert CONTAINERFILE.index("USER ") < CONTAINERFILE.index("\nCMD ")


def test_what_it_copies_exists_and_is_not_ignored() -> None:
    copied = [
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINERFILE, re.MULTILINE) for name in line.split()
    ]
    assert {"classifier", "api", "requirements.lock"} <= set(copied)
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in IGNORE


def test_its_variables_are_settings() -> None:
    for name in re.findall(rf"{PREFIX}(\w+)=", CONTAINERFILE):
        assert name == "CONFIG" or name.lower() in Settings.model_fields
