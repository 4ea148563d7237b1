"""Kinds of article that are read in a way of their own: press releases and summary records."""

import re
from typing import Final

RELEASE_HEAD: Final = 3000
"""Characters in which a press release says that it is one."""
SUMMARY_HEAD: Final = 2000
"""Characters in which a summary record says that it is one, or begins as one."""

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


class Genre:
    """What kind of its own an article is: found out when it is first asked for, since few articles need to know."""

    def __init__(self, text: str) -> None:
        """Read the beginning of ``text`` when that is asked for."""
        self._text = text
        self._release: bool | None = None
        self._summary: bool | None = None

    def is_release(self) -> bool:
        """Whether the beginning of the text says that it is a press release."""
        if self._release is None:
            self._release = _is_release(self._text[:RELEASE_HEAD])
        return self._release

    def is_summary(self) -> bool:
        """Whether the text begins as a summary record, whose sentences go on with a speech without a cue."""
        if self._summary is None:
            self._summary = _is_summary(self._text[:SUMMARY_HEAD])
        return self._summary


def _is_release(text: str) -> bool:
    if any(sign in text for sign in _NEAR):
        low = text.lower()
        if any(sign in low for sign in _RELEASE):
            return True
    return _RELEASE_LINE.search(text) is not None


def _is_summary(text: str) -> bool:
    if ("ummary" in text or "UMMARY" in text) and "summary record" in text.lower():
        return True
    if "(" not in text or ("Mr." not in text and "Ms." not in text and "Mrs." not in text):
        return False
    begins = (0, *(line.end() for line in _LINE_END.finditer(text)))
    return any(_DELEGATE.match(text, begin) for begin in begins)
