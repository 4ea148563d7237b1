"""The body of an article: its paragraphs without page furniture, and its dateline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from classifier.quotes.words import FURNITURE

LONGEST_END: Final = 30
"""Characters of the longest line that ends an article: "Notes for editors:"."""
HEAD: Final = 8
"""How many paragraphs may stand above a byline or dateline."""
LONGEST_DATELINE: Final = 120
LONGEST_LINE: Final = 400
"""Characters beyond which a paragraph is no furniture of any kind."""
LONGEST_HEADING: Final = 250
"""Characters beyond which a paragraph is body text even without a full stop."""

_SPACE: Final = re.compile(r"[\s\ufeff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]*")
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
"""What every dateline has: a quick test."""
_BULLET: Final = re.compile(r"(?:[*•‣▪·–—-]|--)\s+")
_NUMBER: Final = re.compile(r"\(?\d{1,3}[.)]\s+(?=\S)")
_BYLINE: Final = re.compile(
    r"(?i:(?:(?:exclusive|comment|opinion|analysis|interview|words|text|story|report)\s)?by)\s+[^\W\d_a-z][^.!?]{1,90}$"
)
_BEFORE_NAME: Final = frozenset(
    {"by", "exclusive", "comment", "opinion", "analysis", "interview", "words", "text", "story", "report"}
)
"""First words of bylines."""
_LINE_OF: Final = re.compile(
    r"""
      (?:advertisement|latest\sheadlines|top\sstories|related(?:\s(?:articles|stories|topics|content|links))?
        |around\sthe\sweb|recommended|most\s(?:read|popular)|trending|ends?|/+ends?/+|\[ends?\]|[-_*\#=~\s]{3,}|-\s?30\s?-|e&oe
        |(?:breaking|urgent|update|exclusive|correction|developing)(?:\snews)?|\d+\smin(?:ute)?s?\sread|\d+\scomments?)$
    | (?:read|see|watch|listen|learn)\s(?:more|also|next|on|now)\b
    | (?:watch|listen|read|vote|see\salso|more\son|more\sfrom[^:]*|related|video|gallery|in\spictures|live|tags?
        |contacts?|editors?|participants|date|venue|location|time|subject|present|interview|chair)\s?:
    | (?:share\sthis|sign\sup|subscribe|follow\sus|click\s(?:here|to)|copyright|issued\sby|loading|join\sthe
        \sconversation)\b
    | image\s(?:source|caption|credit)\b
    | (?:photo|picture|image|video|photographs?|pic|pix|credit|caption|photo\scaption)s?
        (?:\scredit|\scaption|\scourtesy|\sby)?\s?[:/]
    | (?:photograph|photo)s?\sby\s | © | \(c\)\s
    | \((?:additional\s)?(?:reporting|writing|editing|compiled|photo|with)\b | (?:additional\s)?reporting\sby\b
    | (?:edited|editing|written|compiled|translated)\sby\b | (?:media|press)\s(?:enquiries|inquiries|contacts?)\b
    | (?:for\s)?(?:further|more)\s(?:enquiries|inquiries|information|details)\b
    | (?:the\s)?next\s(?:programme|program|episode|edition)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_INSIDE: Final = re.compile(
    r"all rights reserved|getty images|photo (?:by|courtesy|credit)|epa-efe|(?:epa|afp|reuters)/|/(?:afp|upi)|ap photo"
    r"|contributed to this|click here|transcript (?:edited|provided|has been|was edited|is edited)"
)
_SIGNALS: Final = ("photo", "/", "epa-", "rights", "getty", "click", "contrib", "transcript")
"""Of these, one is in whatever ``_INSIDE`` finds: a quick test."""
_ABOUT: Final = re.compile(
    r"[^.“\"‘]{2,60}\sis\s(?:a|an|the)\s[^.]{0,40}\b(?:writer|columnist|correspondent|reporter|editor|fellow|professor|author)\b"
    r"[^.]{0,80}\.?$|[^.]{2,40}\sreported\sfrom\s[^.]{2,60}\.$"
)
_END: Final = re.compile(
    r"/+ends?/+|\[ends?\]|#\s?#\s?#|-\s?30\s?-|-?\s?ends\s?-?|notes?\s(?:to|for)\seditors?:?", re.I
)
_FINAL: Final = frozenset(".!?…:;,)]")
_OPENING: Final = "\"“‘'«"
_CLOSING: Final = "\"”’'»›“」』 \xa0\u202f"


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report was filed, as written: "COX'S BAZAR, Bangladesh", "Nov 30"; None where it is silent."""

    place: str | None
    date: str | None


class Paragraph:
    """``text[start:end]``, without bullet, number or dateline before it."""

    def __init__(self, start: int, end: int, bullet: bool = False) -> None:
        self.start = start
        self.end = end
        self.bullet = bullet


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs that are read, those above them that are not, and the first dateline."""

    paragraphs: list[Paragraph]
    head: list[Paragraph]
    dateline: Dateline | None


def find_body(text: str) -> Body:
    """Return the paragraphs of ``text`` that are no furniture; all of them where none would be left."""
    raw = list(_paragraphs(text))
    stripped = [_strip_dateline(text, paragraph) for paragraph in raw]
    top = _top(text, raw, stripped)
    dateline: Dateline | None = None
    kept: list[Paragraph] = []
    for place, paragraph in enumerate(raw):
        short = paragraph.end - paragraph.start <= LONGEST_END
        if short and kept and _END.fullmatch(text, paragraph.start, paragraph.end):
            break
        body, found = stripped[place]
        dateline = dateline or found
        listed = _strip_item(text, body)
        if (place >= top or listed.bullet) and listed.start < listed.end and not _is_furniture(text, listed, found):
            kept.append(listed)
    return Body(kept or raw, raw[:HEAD], dateline)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the lines of ``text``, joined where a block is hard-wrapped."""
    block: list[Paragraph] = []
    breaks = reached = 0
    for line in text.splitlines(keepends=True):
        start, end = reached, reached + len(line.rstrip())
        reached += len(line)
        if start < end and not line[0].isalnum():
            skipped = _SPACE.match(text, start, end)
            start = skipped.end() if skipped else start
        if start >= end:
            breaks += 1
            continue
        if breaks > 1 and block:
            yield from _unwrap(text, block)
            block = []
        breaks = 1
        block.append(Paragraph(start, end))
    yield from _unwrap(text, block)


def _unwrap(text: str, block: list[Paragraph]) -> list[Paragraph]:
    lengths = [line.end - line.start for line in block[:-1]]
    if len(block) < 2 or min(lengths) < 45 or max(lengths) > 100:
        return block
    if any(text[line.start] in "*•-" for line in block) or all(text[line.end - 1] in '.!?"”’' for line in block):
        return block
    return [Paragraph(block[0].start, block[-1].end)]


def _top(text: str, raw: list[Paragraph], stripped: list[tuple[Paragraph, Dateline | None]]) -> int:
    """Return the place of the first paragraph that may be body: the one after a byline, or the one with a dateline."""
    top = 0
    for place, paragraph in enumerate(raw[:HEAD]):
        first = text[paragraph.start : paragraph.start + 20].split(maxsplit=1)
        if first and first[0].lower() in _BEFORE_NAME and _BYLINE.match(text, paragraph.start, paragraph.end):
            top = place + 1
        elif stripped[place][1] and place and not top:
            return place
    return top


def _strip_dateline(text: str, paragraph: Paragraph) -> tuple[Paragraph, Dateline | None]:
    if text[paragraph.start] in '*•-"“‘«' or not _DASHED.search(
        text, paragraph.start, min(paragraph.end, paragraph.start + 80)
    ):
        return paragraph, None
    found = _DATELINE.match(text, paragraph.start, min(paragraph.end, paragraph.start + LONGEST_DATELINE))
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


def _strip_item(text: str, paragraph: Paragraph) -> Paragraph:
    if text[paragraph.start : paragraph.start + 1].isalpha():
        return paragraph
    bullet = _BULLET.match(text, paragraph.start, paragraph.end)
    if bullet:
        return Paragraph(bullet.end(), paragraph.end, bullet=True)
    number = _NUMBER.match(text, paragraph.start, paragraph.end)
    return Paragraph(number.end(), paragraph.end) if number else paragraph


def _is_furniture(text: str, paragraph: Paragraph, dateline: Dateline | None) -> bool:
    start, end = paragraph.start, paragraph.end
    if end - start > LONGEST_LINE:
        return False
    line = text[start:end]
    low = line.lower()
    first = low.split(maxsplit=1)[0].rstrip(":/,")
    if (first in FURNITURE or not (first[:1].isalpha() or line[0] in _OPENING)) and _LINE_OF.match(line):
        return True
    if (first in _BEFORE_NAME and _BYLINE.match(line)) or _is_credit(low):
        return True
    if (" is a" in low or " is the " in low or "reported from" in low) and _ABOUT.match(line):
        return True
    if paragraph.bullet or dateline or end - start > LONGEST_HEADING:
        return False
    last = line.rstrip(_CLOSING)[-1:]
    return last not in _FINAL or line.isupper()


def _is_credit(low: str) -> bool:
    for signal in _SIGNALS:
        if signal in low:
            return _INSIDE.search(low) is not None
    return False
