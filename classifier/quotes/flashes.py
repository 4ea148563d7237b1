"""Bulleted lines of a flash: "HOUTHI SPOKESMAN: EXCHANGE TO BEGIN" and "Algeria recalls envoy: ministry"."""

import re
from collections.abc import Mapping
from typing import Final

from classifier.quotes.nouns import Mention, read_mention
from classifier.quotes.paragraphs import Paragraph

LONGEST_SOURCE: Final = 3
"""Words of a source that stands last."""

_LINE: Final = re.compile(r"([^:.!?\n\"“«‘]{2,60}):\s+(?=\S)")


_WORD: Final = re.compile(r"\S+")


class Flash:
    """``text[start:end]`` is what is reported; ``mention`` who reports it."""

    def __init__(self, start: int, end: int, mention: Mention | None) -> None:
        self.start = start
        self.end = end
        self.mention = mention


def read_flash(text: str, paragraph: Paragraph, known: Mapping[str, bool]) -> Flash | None:
    """Return what a bulleted line reports by its colon, or None where it has none."""
    found = _LINE.match(text, paragraph.start, paragraph.end) if paragraph.bullet else None
    if not found or text[found.end()] in '"“«‘':
        return None
    said, named = (found.end(), paragraph.end), found.span(1)
    if len(text[said[0] : said[1]].split()) <= LONGEST_SOURCE < len(found.group(1).split()):
        said, named = named, said
    last, named_last = (end - (text[end - 1] == ".") for end in (said[1], named[1]))
    found_words = list(_WORD.finditer(text, named[0], named_last))
    words, starts = [word.group() for word in found_words], [word.start() for word in found_words]
    lows = [word.lower().replace("’", "'") for word in words]
    mention = read_mention(text, words, lows, starts, named_last, known)
    return Flash(said[0], last, mention)
