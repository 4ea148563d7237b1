import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text import normalise, tokenize

ANY_TEXT = st.text(alphabet=st.characters(), max_size=300)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The U.S. de-escalated.", ["The", "U.S.", "de-escalated", "."]),
        ("They’ll meet; it won’t end", ["They", "'ll", "meet", ";", "it", "won't", "end"]),
        ("1,500 troops on 12.5% pay", ["1,500", "troops", "on", "12.5%", "pay"]),
        ("Russia's “offer”", ["Russia", "'s", '"', "offer", '"']),
        ("", []),
        ("\x00\x1c\u200b", []),
    ],
)
def test_tokens_keep_hyphens_abbreviations_and_negations_whole(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == tokens


@given(ANY_TEXT)
def test_offsets_are_into_the_text_as_given(text: str) -> None:
    plain = normalise(text)
    assert len(plain) == len(text)
    found = tokenize(text)
    assert all(plain[token.start : token.end] == token.text for token in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
