"""The scoring of extraction."""

import pytest

from benchmarks.quote_scores import Count, Gold, match, overlap, same_speaker, score
from classifier.quotes import Statement


def statement(start: int, end: int, kind: str = "direct", speaker: str | None = "Ana") -> Statement:
    return Statement(speaker, 0, None, "said", "x" * (end - start), start, end, kind, "test")  # type: ignore[arg-type]


def test_overlap_is_the_common_share_of_either() -> None:
    assert overlap(Gold(0, 10, "direct", None), statement(0, 8)) == pytest.approx(0.8)
    assert overlap(Gold(0, 10, "direct", None), statement(20, 30)) == 0


def test_each_gold_span_is_matched_once() -> None:
    gold = [Gold(0, 10, "direct", None)]
    assert len(match(gold, [statement(0, 10), statement(0, 9)], 0.8)) == 1


def test_names_are_compared_without_case_and_article() -> None:
    assert same_speaker("The ministry", "the Ministry")
    assert same_speaker(None, None)
    assert not same_speaker(None, "Ana")


def test_scores_count_kinds_apart() -> None:
    gold = [Gold(0, 10, "direct", "Ana"), Gold(20, 30, "mixed", "Ana"), Gold(15, 30, "indirect", "Ana")]
    found = [statement(0, 10, speaker="Bo"), statement(20, 30, "mixed"), statement(15, 28, "indirect")]
    scores = score(gold, found)
    assert scores.quotes_exact == Count(2, 2, 2)
    assert scores.indirect_exact == Count(1, 1, 0)
    assert scores.indirect_overlap == Count(1, 1, 1)
    assert scores.speakers == Count(1, 1, 0)


def test_f1_of_nothing_is_one() -> None:
    assert Count().f1 == 1
    assert Count(2, 0, 0).f1 == 0
