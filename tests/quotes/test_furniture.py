"""Page furniture is left out; the dateline is kept."""

import pytest

from classifier.quotes import extract
from classifier.quotes.datelines import Dateline
from classifier.quotes.furniture import find_body

BODY = "Russia said the talks had failed."


def kept(text: str) -> list[str]:
    return [text[paragraph.start : paragraph.end] for paragraph in find_body(text).paragraphs]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Latest Headlines",
        "Read More",
        "Photo by Chea Rithy/UPI",
        "Villagers return to their homes. Photo courtesy Ministry of Defense via EPA-EFE",
        "Image source, Getty Images",
        "(Reporting by Ana Lopez; Editing by John Smith)",
        "© Agence France-Presse",
        "Associated Press journalist Lim Sae-bom in Yeoncheon contributed to this report.",
        "Sign up for our newsletter!",
        "Follow us on social media.",
        "For further enquiries please contact the duty officer.",
        "WHAT HAPPENS NEXT",
        "A heading without a stop",
        "___",
    ],
)
def test_furniture_is_dropped(line: str) -> None:
    assert kept(f"{BODY}\n\n{line}\n\n{BODY}") == [BODY, BODY]


def test_what_stands_above_a_byline_is_dropped() -> None:
    assert kept(f"Talks fail.\n\nA ‘bad day’ for peace.\n\nBy Ana Lopez\n\n{BODY}") == [BODY]


def test_what_follows_the_end_mark_is_dropped() -> None:
    assert kept(f"{BODY}\n\n//END//\n\nThe ministry said it was founded in 1921.") == [BODY]


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("Jan. 12 (UPI) -- ", Dateline(None, "Jan. 12")),
        ("BUDAPEST/KYIV, Feb 11 (Reuters) - ", Dateline("BUDAPEST/KYIV", "Feb 11")),
        ("COX'S BAZAR, Bangladesh (AP) — ", Dateline("COX'S BAZAR, Bangladesh", None)),
        ("Addis Ababa, 6 October: ", Dateline("Addis Ababa", "6 October")),
        ("NAHUATERIQUE — ", Dateline("NAHUATERIQUE", None)),
        ("Brussels (EPN) - ", Dateline("Brussels", None)),
    ],
)
def test_datelines_are_kept_as_place_and_date(line: str, dateline: Dateline) -> None:
    text = f"A headline\n\n{line}{BODY}"
    body = find_body(text)
    assert body.dateline == dateline
    assert kept(text) == [BODY]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "Russia said on Monday that the talks in Geneva had failed and that its\n"
        "delegation would return home, but the United States said the door was\n"
        "still open."
    )
    assert kept(wrapped) == [wrapped]


def test_a_text_that_is_all_heading_is_read_all_the_same() -> None:
    assert [found.quote for found in extract("Russia says it will not sign")] == ["it will not sign"]
