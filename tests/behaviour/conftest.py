"""Prints the share of each kind of behaviour after the tests."""

import pytest

from .checks import Result, table

RESULTS = pytest.StashKey[list[Result]]()


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest) -> list[Result]:
    """What has been judged so far; the terminal summary shows it."""
    return request.config.stash.setdefault(RESULTS, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    judged = config.stash.get(RESULTS, [])
    if judged:
        terminalreporter.section("behaviour")
        terminalreporter.write_line(table(judged))
