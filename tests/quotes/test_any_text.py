"""Any text gives an answer with true offsets, in time linear in its length."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.quotes import Statement, extract

PIECES = [
    *(
        "Russia",
        "Ana Lopez",
        "he",
        "the minister",
        "said",
        "told",
        "accused",
        "wants",
        "called",
        "according to",
        "that",
        "to",
    ),
    *(
        '"',
        "“",
        "”",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        ",",
        ".",
        "?",
        ":",
        ";",
        "—",
        "(",
        ")",
        "\n\n",
        "\n",
        " ",
        "and",
        "but",
        "of",
    ),
    *(
        "\u202e",
        "\u2066",
        "\ud800",
        "\x00",
        "İ",
        "«\u202f",
        "1. ",
        "* ",
        "Q: ",
        "MR HALE: ",
        "it was",
        "not",
        "Iraq",
        "calm",
    ),
]


def check(text: str) -> list[Statement]:
    found = extract(text)
    for statement in found:
        assert text[statement.start : statement.end] == statement.quote
        assert statement.quote
        assert statement.speaker is not None or statement.reason
    outer = [statement for statement in found if statement.kind != "mixed" or not _nested(statement, found)]
    assert all(first.end <= second.start for first, second in pairwise(outer))
    return found


def _nested(inner: Statement, found: list[Statement]) -> bool:
    return any(outer.kind == "indirect" and outer.start <= inner.start and inner.end <= outer.end for outer in found)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
def test_news_like_text_keeps_offsets_and_never_overlaps(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_any_text_gives_an_answer(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["", "\n", " ", "?", '"', "“”", "''", "\ufeff", "\ud800"])
def test_nothing_to_read_gives_nothing(text: str) -> None:
    assert extract(text) == []


def test_a_source_that_is_not_named_gives_no_error() -> None:
    text = "The minister said that it was calm there, according to"
    assert [said.quote for said in check(text)] == ["it was calm there"]


def test_a_megabyte_of_marks_is_answered() -> None:
    check('He said "no. ' * 77_000)
