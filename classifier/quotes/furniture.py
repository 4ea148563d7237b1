"""The body of an article: its paragraphs without page furniture, and its dateline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from classifier.quotes.datelines import Dateline, strip_dateline
from classifier.quotes.paragraphs import Paragraph, read_paragraphs
from classifier.quotes.words import FURNITURE

LONGEST_END: Final = 30
"""Characters of the longest line that ends an article: "Notes for editors:"."""
HEAD: Final = 8
"""How many paragraphs may stand above a byline or dateline."""
LONGEST_LINE: Final = 400
"""Characters beyond which a paragraph is no furniture of any kind."""
LONGEST_HEADING: Final = 250
"""Characters beyond which a paragraph is body text even without a full stop."""

_BULLET: Final = re.compile(r"(?:[*•‣▪·–—-]|--)\s+")
_BEFORE_ITEM: Final = frozenset("*•‣▪·–—-(")
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
_SAYS_ABOUT: Final = (" is a", " is the ", "reported from")
_END: Final = re.compile(
    r"/+ends?/+|\[ends?\]|#\s?#\s?#|-\s?30\s?-|-?\s?ends\s?-?|notes?\s(?:to|for)\seditors?:?", re.I
)
_FINAL: Final = frozenset(".!?…:;,)]")
_OPENING: Final = "\"“‘'«"
_CLOSING: Final = "\"”’'»›“」』 \xa0\u202f"


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs that are read, those above them that are not, and the first dateline."""

    paragraphs: list[Paragraph]
    head: list[Paragraph]
    dateline: Dateline | None


def find_body(text: str) -> Body:
    """Return the paragraphs of ``text`` that are no furniture; all of them where none would be left."""
    raw = read_paragraphs(text)
    stripped = [strip_dateline(text, paragraph) for paragraph in raw]
    top = _top(text, raw, stripped)
    low = _lower(text)
    signals = [signal for signal in _SIGNALS if signal in low]
    dateline: Dateline | None = None
    kept: list[Paragraph] = []
    for place, paragraph in enumerate(raw):
        short = paragraph.end - paragraph.start <= LONGEST_END
        if short and kept and _END.fullmatch(text, paragraph.start, paragraph.end):
            break
        body, found = stripped[place]
        dateline = dateline or found
        listed = _strip_item(text, body)
        may_be_body = (place >= top or listed.bullet) and listed.start < listed.end
        if may_be_body and not _is_furniture(text, low, listed, found is not None, signals):
            kept.append(listed)
    return Body(kept or raw, raw[:HEAD], dateline)


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


def _strip_item(text: str, paragraph: Paragraph) -> Paragraph:
    opening = text[paragraph.start : paragraph.start + 1]
    if opening not in _BEFORE_ITEM and not opening.isdigit():
        return paragraph
    bullet = _BULLET.match(text, paragraph.start, paragraph.end)
    if bullet:
        return Paragraph(bullet.end(), paragraph.end, bullet=True)
    number = _NUMBER.match(text, paragraph.start, paragraph.end)
    return Paragraph(number.end(), paragraph.end) if number else paragraph


def _is_furniture(text: str, low: str, paragraph: Paragraph, dated: bool, signals: list[str]) -> bool:
    """Whether a paragraph is furniture.

    ``low`` is the text as :func:`_lower` makes it, ``signals`` are those of :data:`_SIGNALS` that are anywhere in it.
    """
    start, end = paragraph.start, paragraph.end
    if end - start > LONGEST_LINE:
        return False
    line = text[start:end]
    first = line.split(None, 1)[0].lower().rstrip(":/,")
    listed = first in FURNITURE and (first != "the" or line[4:8].lower() == "next")
    if (listed or not (first[:1].isalpha() or line[0] in _OPENING)) and _LINE_OF.match(line):
        return True
    if first in _BEFORE_NAME and _BYLINE.match(line):
        return True
    if _holds(low, start, end, signals) and _INSIDE.search(line.lower()):
        return True
    if _holds(low, start, end, _SAYS_ABOUT) and _ABOUT.match(line):
        return True
    if paragraph.bullet or dated or end - start > LONGEST_HEADING:
        return False
    last = line.rstrip(_CLOSING)[-1:]
    return last not in _FINAL or line.isupper()


def _lower(text: str) -> str:
    """Return a text in lower case, character for character, with "?" for what is not ASCII: for quick tests."""
    # bytes are put in lower case many times as fast; two letters outside ASCII have small letters of it
    return text.replace("\u0130", "i").replace("\u212a", "k").encode("ascii", "replace").lower().decode("ascii")


def _holds(low: str, start: int, end: int, signals: Sequence[str]) -> bool:
    """Whether one of ``signals`` is in ``low[start:end]``."""
    return any(low.find(signal, start, end) >= 0 for signal in signals)
