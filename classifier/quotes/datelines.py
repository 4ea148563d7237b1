"""Datelines: where and when a report was filed, before its first words."""

import re
from dataclasses import dataclass
from typing import Final

from classifier.quotes.paragraphs import Paragraph

LONGEST: Final = 120
"""Characters of the longest dateline."""

_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE: Final = rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?"
_PLACE: Final = (
    r"[^\W\d_a-z][\w'’.-]*(?:[ /](?:[^\W\d_a-z][\w'’.-]*|de|la|am|of)){0,3}(?:,\s[^\W\d_a-z][\w'’. ]{2,20}?)??"
)
_DATELINE: Final = re.compile(
    rf"(?:(?P<place>{_PLACE})(?:[,.]\s)?)?(?P<date>{_DATE})?\.?\s?(?P<agency>\([A-Z][\w /-]{{1,20}}\)|/[A-Z]+/\.?"
    rf"|[A-Z]{{4,}})?(?P<dash>\s?(?:--|—|–)\s|\s-(?:\s|$)|:\s|(?<=/)\s|(?<=/\.)\s)"
)
_DASHED: Final = re.compile(r"[-—–/)\d]:?\s")
"""What every dateline has in its first characters."""
_NEAR: Final = 80


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report was filed, as written: "COX'S BAZAR, Bangladesh", "Nov 30"; None where it is silent."""

    place: str | None
    date: str | None


def strip_dateline(text: str, paragraph: Paragraph) -> tuple[Paragraph, Dateline | None]:
    """Return a paragraph without the dateline before it, and that; None where it has none."""
    start, limit = paragraph.start, min(paragraph.end, paragraph.start + LONGEST)
    if text[start] in '*•-"“‘«' or not _is_parted(text[start:limit]):
        return paragraph, None
    if not _DASHED.search(text, start, min(limit, start + _NEAR)):
        return paragraph, None
    found = _DATELINE.match(text, start, limit)
    if not found:
        return paragraph, None
    place, date, agency, dash = found.group("place", "date", "agency", "dash")
    parted = "-" in dash or "—" in dash or "–" in dash
    if parted:
        good = bool(agency or date or place)
    else:
        good = bool(date and place) if ":" in dash else bool(agency and "/" in agency and place)
    if not good:
        return paragraph, None
    where = place.rstrip(",. ") if place else None
    return Paragraph(found.end(), paragraph.end), Dateline(where, date)


def _is_parted(head: str) -> bool:
    """Whether one of the marks that part a dateline from a text is in ``head``: a quick test."""
    if ":" in head or "—" in head or "–" in head or "/" in head:
        return True
    hyphen = head.find("-")
    while hyphen >= 0:
        if hyphen and (head[hyphen - 1] == "-" or head[hyphen - 1].isspace()):
            return True
        hyphen = head.find("-", hyphen + 1)
    return False
