"""The lock names releases, so that it means the same on every machine."""

import re
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"


def test_every_line_of_the_lock_is_a_release_of_the_index() -> None:
    lines = [line for line in LOCK.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[A-Za-z0-9.+_-]+", line)] == []
    assert lines
