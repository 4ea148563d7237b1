"""Transcripts and verbatim records: whose turn a paragraph belongs to."""

import re
from collections.abc import Sequence
from typing import Final

from classifier.quotes.paragraphs import Paragraph

_LABEL: Final = re.compile(
    r"""
    (?P<label>
        (?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord)\.?\s[^\W\d_a-z][^:(),\n]{1,40}?
      | (?:The\s)?(?:Acting\s)?(?:President|Chair|Chairman|Chairperson|Secretary-General|Speaker|Moderator)
      | [QA]
      | [^\W\d_a-z][A-ZÀ-ÞŠŽČ.'’\- ]{1,50}
      | [^\W\d_a-z][\w.'’-]+(?:\s[^\W\d_a-z][\w.'’-]+){0,4}
    )
    (?P<country>\s\([^()\n]{2,60}\))?
    (?P<aside>(?:\s\((?:spoke|speaking|interpretation|continued|via)[^()\n]{0,60}\))|(?:,\s(?:speaking|in\s)[^:\n]{1,120}))?
    \s?(?::|(?<=\b[QA])\.)\s+
    """,
    re.VERBOSE,
)
_ASKERS: Final = re.compile(
    r"(?:Q|QUESTION|REPORTER|JOURNALIST|INTERVIEWER|PRESS|MEDIA|CORRESPONDENT|Question|Reporter|Journalist|Interviewer|VOICE)\b"
    r"[\s\d]*|.*\b(?:REUTERS|BBC|CNN|AFP|NEWS|RADIO)"
)
_PROCEDURE: Final = re.compile(
    r"(?:The\s(?:\w+\s){0,3}(?:meeting|agenda|resolution|decision|motion|session|sitting|amendment)s?\s(?:was|were|rose|resumed|is"
    r"|adjourned|opened|closed)\b|It\swas\sso\s|A\s(?:\w+\s)?vote\swas|In\sfavou?r:|Against:|Abstaining:|Abstentions?:)"
)
_STAGE: Final = re.compile(
    r"\s*[(\[](?:laughter|laughs?|laughing|applause|pause|crosstalk|interruption|inaudible|spoke|smiles|coughs|interpretation"
    r"|end|continued|silence|cheers|off[ -]mic)[^()\[\]\n]{0,50}[)\]]\s*",
    re.I,
)
_THANKS: Final = re.compile(r"(?:Thank(?:s| you)\b[^.!?]{0,60}[.!?]?\s*){1,2}")
_MIXED: Final = 3
"""How many labels in small letters a transcript must have: "Note: ..." is none."""


class Turn:
    """A paragraph, or a piece between stage directions, that belongs to a speaker; ``asks`` marks the questioner."""

    def __init__(self, start: int, end: int, label: str, label_start: int, country: str, asks: bool) -> None:
        self.start = start
        self.end = end
        self.label = label
        self.label_start = label_start
        self.country = country
        self.asks = asks


def read_turns(text: str, paragraphs: Sequence[Paragraph]) -> dict[int, list[Turn]]:
    """Place of a paragraph -> its turns, where the paragraphs are a transcript or a verbatim record; {} otherwise."""
    labels = [_match(text, paragraph) for paragraph in paragraphs]
    named = [found.group("label") for found in labels if found]
    loud = sum(1 for label in named if label.isupper() or label.startswith(("Mr", "Ms", "The ", "Dr", "Sir")))
    if loud < 2 and (len(named) < _MIXED or len(set(named)) == len(named)):
        return {}
    turns: dict[int, list[Turn]] = {}
    current: re.Match[str] | None = None
    thanked = False
    for place, paragraph in enumerate(paragraphs):
        found = labels[place]
        if _PROCEDURE.match(text, paragraph.start, paragraph.end):
            current = None
            continue
        current = found or current
        if current is None:
            continue
        start = found.end() if found else paragraph.start
        turns[place] = _pieces(text, start, paragraph.end, current)
        thanks = bool(_THANKS.fullmatch(text, start, paragraph.end))
        if thanks and thanked:
            current = None
        thanked = thanks
    return turns


def _match(text: str, paragraph: Paragraph) -> re.Match[str] | None:
    limit = min(paragraph.end, paragraph.start + 250)
    if paragraph.bullet or (text.find(":", paragraph.start, limit) < 0 and text[paragraph.start] not in "QA"):
        return None
    return _LABEL.match(text, paragraph.start, limit)


def _pieces(text: str, start: int, end: int, label: re.Match[str]) -> list[Turn]:
    pieces: list[Turn] = []
    asks = bool(_ASKERS.fullmatch(label.group("label")) or _ASKERS.match(label.group("label")))
    staged = text.find("(", start, end) >= 0 or text.find("[", start, end) >= 0
    for found in [*(_STAGE.finditer(text, start, end) if staged else ()), None]:
        last = found.start() if found else end
        if found is not None and "inaudible" in found.group().lower() and start < last and found.end() < end:
            continue
        piece = text[start:last]
        stripped = piece.strip()
        if stripped and not (stripped[0] in "([" and stripped[-1] in ")]"):
            first = start + piece.index(stripped[0])
            country = (label.group("country") or "").strip(" ()")
            pieces.append(
                Turn(first, first + len(stripped), label.group("label").strip(), label.start(), country, asks)
            )
        start = found.end() if found else end
    return pieces
