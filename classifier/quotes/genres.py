"""Kinds of article that are read in a way of their own: press releases and summary records."""

import re
from typing import Final

_DELEGATE: Final = re.compile(
    r"(?:\d{1,3}\.\s+)?(?:Mr|Ms|Mrs)\.\s[^\n:]{2,60}\([^\n()]+\),?\s[^\n:]{0,120}?(?:\bthat\b|ed\b)"
)
"""How a paragraph of a summary record begins: "Ms. Ruiz (Mexico), replying, said that"."""
_LINE_END: Final = re.compile("\n")
_RELEASE: Final = (
    *("for immediate release", "for release", "to editors", "for editors"),
    *("media contact", "media office", "media release", "media enquiries", "media inquiries"),
    *("press contact", "press office", "press release", "press enquiries", "press inquiries"),
)
"""What only a press release says of itself, which is then who "we" are."""
_RELEASE_LINE: Final = re.compile(r"\n(?:about [^\n.]{3,60}|ends)(?:\n|$)", re.IGNORECASE)
_NEAR: Final = ("elease", "ditors", "edia ", "ress ", "ELEASE", "DITORS", "EDIA ", "RESS ")
"""Of these, one is in whatever ``_RELEASE`` names: a quick test, since few texts need be put in lower case."""


def is_release(text: str) -> bool:
    """Whether the beginning of a text says that it is a press release."""
    if any(sign in text for sign in _NEAR):
        low = text.lower()
        if any(sign in low for sign in _RELEASE):
            return True
    return _RELEASE_LINE.search(text) is not None


def is_summary(text: str) -> bool:
    """Whether a text begins as a summary record, whose sentences go on with a speech without a cue."""
    if ("ummary" in text or "UMMARY" in text) and "summary record" in text.lower():
        return True
    if "Mr" not in text and "Ms" not in text:
        return False
    begins = (0, *(line.end() for line in _LINE_END.finditer(text)))
    return any(_DELEGATE.match(text, begin) for begin in begins)
