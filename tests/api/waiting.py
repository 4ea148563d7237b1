"""Waiting for what another process or thread does."""

import time
from collections.abc import Callable


def wait_for(check: Callable[[], bool], seconds: float = 10) -> None:
    """Return once ``check`` holds; fail where it does not in time."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
