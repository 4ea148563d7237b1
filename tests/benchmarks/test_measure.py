"""A benchmark compares what was timed in the same round."""

from collections.abc import Callable

import pytest

from benchmarks.measure import Case, Rounds, interleaved


def test_a_slow_round_of_both_changes_no_ratio() -> None:
    found = Rounds({"ours": [1.0, 10.0, 1.0], "theirs": [3.0, 30.0, 3.0]})
    assert found.times("ours", "theirs") == 3


def test_the_ratio_is_the_median_of_the_rounds_ratios_and_not_the_ratio_of_medians() -> None:
    found = Rounds({"ours": [1.0, 10.0, 10.0], "theirs": [2.0, 20.0, 2.0]})
    assert found.medians() == {"ours": 10, "theirs": 2}
    assert found.times("ours", "theirs") == 2


def test_every_case_runs_in_turn_and_the_first_round_is_not_counted() -> None:
    calls: list[str] = []
    run: Callable[[str], Callable[[], None]] = lambda name: lambda: calls.append(name)  # noqa: E731
    found = interleaved({name: Case(run(name), 2) for name in ("a", "b")}, 3, lambda _: None)
    assert calls == ["a", "b"] * 4
    assert {name: len(spent) for name, spent in found.spent.items()} == {"a": 3, "b": 3}


def test_the_time_of_a_round_is_the_mean_of_its_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    spent = iter([90.0, 90.0, 1.0, 3.0, 5.0, 7.0])
    monkeypatch.setattr("benchmarks.measure.microseconds", lambda _: next(spent))
    found = interleaved({"a": Case(lambda: None, 1)}, 2, lambda _: None, turns=2)
    assert found.spent == {"a": [2, 6]}


def test_a_preparation_comes_before_each_round_of_its_case() -> None:
    calls: list[str] = []
    interleaved({"a": Case(lambda: calls.append("run"), 1, lambda: calls.append("prepare"))}, 1, lambda _: None)
    assert calls == ["prepare", "run"] * 2


@pytest.mark.parametrize("count", [1, 4])
def test_time_is_told_an_item(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr("benchmarks.measure.time.process_time", lambda: next(clock) / 1e6)
    found = interleaved({"a": Case(lambda: None, count)}, 2, lambda _: None)
    assert found.medians()["a"] == pytest.approx(1 / count)
