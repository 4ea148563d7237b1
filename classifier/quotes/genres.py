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
_RELEASE_LINE: Final = re.compile(r"\n(?:about [^\n.]{3,60}|ends)(?:\n|$)")


def is_release(text: str) -> bool:
    """Whether the beginning of a text says that it is a press release."""
    low = text.lower()
    near = "release" in low or "editors" in low or "media " in low or "press " in low
    return (near and any(sign in low for sign in _RELEASE)) or _RELEASE_LINE.search(low) is not None


def is_summary(text: str) -> bool:
    """Whether a text begins as a summary record, whose sentences go on with a speech without a cue."""
    if "summary record" in text.lower():
        return True
    if "Mr" not in text and "Ms" not in text:
        return False
    begins = (0, *(line.end() for line in _LINE_END.finditer(text)))
    return any(_DELEGATE.match(text, begin) for begin in begins)
