import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.stem import bases, stem


@pytest.mark.parametrize(
    "family",
    [
        ["accuse", "accused", "accuses", "accusing", "accusation"],
        ["negotiate", "negotiated", "negotiation", "negotiations"],
        ["mobilize", "mobilise", "mobilised", "mobilization"],
        ["agree", "agreed", "agreement"],
        ["policy", "policies"],
        ["stop", "stopped", "stopping"],
    ],
)
def test_inflections_and_nominal_forms_share_a_stem(family: list[str]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize(("one", "other"), [("agree", "disagree"), ("war", "warn"), ("use", "useless"), ("no", "not")])
def test_words_that_do_different_things_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(max_size=30))
def test_any_word_has_a_stem_no_longer_than_itself(word: str) -> None:
    assert len(stem(word)) <= len(word)


def test_bases_of_a_word_are_tried_in_order() -> None:
    assert list(bases("stopped")) == ["stoppe", "stopp", "stop"]
