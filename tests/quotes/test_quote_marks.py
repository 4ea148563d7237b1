"""Quotation marks: which words stand between them, and which marks are apostrophes."""

import pytest

from classifier.quotes.marks import find_quotations


def quoted(text: str, following: str = "") -> list[str]:
    return [text[found.start : found.end] for found in find_quotations(text, 0, len(text), following)]


@pytest.mark.parametrize(
    "text",
    [
        'She said "go home" twice.',
        "She said “go home” twice.",
        "She said 'go home' twice.",
        "She said ‘go home’ twice.",
        "She said «go home» twice.",
        "She said «\u202fgo home\u202f» twice.",
        "She said „go home“ twice.",
        "She said »go home« twice.",
        "She said ‹go home› twice.",
        "She said 「go home」 twice.",
        "She said ``go home'' twice.",
    ],
)
def test_every_kind_of_mark_gives_the_words_between(text: str) -> None:
    assert quoted(text) == ["go home"]


@pytest.mark.parametrize(
    "text",
    [
        "The farmers' union isn't Russia's.",
        "In the '90s rock 'n' roll was 'em all.",
        "It’s the boys’ ball.",
        'A 6" pipe.',
    ],
)
def test_apostrophes_are_not_quotations(text: str) -> None:
    assert quoted(text) == []


def test_apostrophes_inside_single_marks_do_not_close() -> None:
    assert quoted("‘It's the workers’ fault, isn't it,’ he said.") == ["It's the workers’ fault, isn't it,"]


def test_a_possessive_closes_where_another_quotation_opens_after_it() -> None:
    assert quoted("They call them 'farmers' and 'thieves'.") == ["farmers", "thieves"]


def test_nested_quotations_belong_to_the_outer_one() -> None:
    assert quoted("“I told him, ‘Be patient,’ and left,” she said.") == ["I told him, ‘Be patient,’ and left,"]


def test_nested_marks_of_the_same_kind_are_counted() -> None:
    assert quoted("“a “b” c” d") == ["a “b” c"]


def test_a_quotation_that_is_not_closed_runs_to_the_end_of_its_paragraph() -> None:
    assert quoted('He stood up. "We are patient.', '"') == ["We are patient."]


def test_a_single_mark_that_is_never_closed_counts_only_where_the_next_paragraph_opens_again() -> None:
    assert quoted("'We are patient.", "'") == ["We are patient."]
    assert quoted("'We are patient.") == []
