"""Any text gives an answer with true offsets, in time linear in its length."""

import sys
from collections.abc import Callable
from itertools import pairwise
from types import FrameType

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


def calls(text: str) -> int:
    """Count the Python and C calls of one extraction: the work, whatever the machine does besides."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(trace)
    try:
        extract(text)
    finally:
        sys.setprofile(None)
    return count


HOSTILE: dict[str, Callable[[int], str]] = {
    "prose": lambda n: 'Iran said the talks had failed. "We tried," Ana Lopez said. ' * (n // 60),
    "paragraphs": lambda n: 'Iran accused Iraq of lying.\n\n"We tried.\n\n' * (n // 42),
    "only quotation marks": lambda n: '"' * n,
    "apostrophes": lambda n: "'as' " * (n // 5),
    "opening marks": lambda n: "“a ‘b «c " * (n // 9),
    "cues": lambda n: "said " * (n // 5),
    "cues and commas": lambda n: "he said, " * (n // 9),
    "no stops": lambda n: "while the man told the woman that " * (n // 34),
    "names": lambda n: " ".join(f"Mr A{i} B{i} said he was the minister." for i in range(n // 40)),
    "descriptions": lambda n: 'A widow met his uncle, Avrom. "Never," the retired lady said.\n\n' * (n // 61),
    "named people": lambda n: "\n\n".join(
        f'Jo B{chr(97 + i % 26)}{i} rose. "No," the man{i} said.' for i in range(n // 40)
    ),
    "pronouns": lambda n: 'He asked her why. "No," she answered. I met a boy. "Yes," he said.\n\n' * (n // 68),
    "labels": lambda n: "Q: x\n" * (n // 5),
    "hyphens": lambda n: "A-" * (n // 2),
    "bidirectional marks": lambda n: '\u202e\u2066"x' * (n // 4),
    "other languages": lambda n: "他说：“你好。” قال «نعم» " * (n // 20),
    "surrogates": lambda n: '\ud800"said\udfff ' * (n // 8),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_work_linear_in_its_length(name: str) -> None:
    small, large = calls(HOSTILE[name](8_000)), calls(HOSTILE[name](32_000))
    assert large <= 4.6 * small + 500


def test_a_megabyte_of_marks_is_answered() -> None:
    check('He said "no. ' * 77_000)
