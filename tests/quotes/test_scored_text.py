"""What is scored of a statement: its quote, with the cue where the quote alone does not tell its meaning."""

import pytest

from classifier.quotes import extract


@pytest.mark.parametrize(
    ("text", "quote", "scored"),
    [
        ("Turkey welcomed the withdrawal.", "the withdrawal", "welcomed the withdrawal"),
        ("Ana Lopez refused to sign the accord.", "to sign the accord", "refused to sign the accord"),
        ("Sweden accused Denmark of theft.", "Denmark of theft", "accused Denmark of theft"),
        ("Mali called for a truce.", "a truce", "called for a truce"),
        ("Bo Lund denied that he fired.", "he fired", "denied he fired"),
        ("Ana Lopez said the talks had failed.", "the talks had failed", "the talks had failed"),
        ('"We agree," Ana Lopez said.', "We agree,", "We agree,"),
        ("Ana Lopez asked when talks would begin.", "when talks would begin", "when talks would begin"),
    ],
)
def test_objects_infinitives_and_what_is_denied_are_scored_with_their_cue_and_clauses_alone(
    text: str, quote: str, scored: str
) -> None:
    (found,) = extract(text)
    assert (found.quote, found.scored_text) == (quote, scored)
    assert text[found.start : found.end] == quote
