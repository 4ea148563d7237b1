"""Tokens of a statement, with their character offsets.

Hyphenated words stay whole ("de-escalated" is one token), abbreviations keep their full stops ("U.S."), clitics
stand apart ("they" "'ll") except in negated auxiliaries ("won't"), and numbers are one token.  The rules change
no length, so offsets are always into the text as given.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

MAX_CHARACTERS: Final = 100_000
"""Longest text that is scored, in characters."""

_ONE_FOR_ONE: Final = {
    **{ord(c): "'" for c in "‘’‚‛′`´ʼ＇"},
    **{ord(c): '"' for c in "“”„‟«»″＂「」"},
    **{ord(c): "-" for c in "‐‑‒−﹣－"},
    **{ord(c): "—" for c in "–―"},
    **{c: " " for c in (*range(0x20), *range(0x7F, 0xA1)) if c != 0x0A},
    **dict.fromkeys((*range(8192, 8203), 8239, 8287, 12288, 8232, 8233), " "),
}

_TOKEN: Final = re.compile(
    r"""
      (?:[^\W\d_]\.){2,}                                      # U.S.
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|%)?(?![^\W\d_])       # 1,500  3.5  1990s
    | '(?:ll|s|re|ve|d|m)\b                                   # clitics
    | (?:do|does|did|wo|would|is|are|was|were|ca|could|should|has|have|had|ai|must|need)n't\b
    | [^\W_]+(?:-[^\W_]+)*                                    # words, hyphens kept
    | \.\.\.+ | --+ | (?<=\s)-(?=\s) | [.;:,!?()\[\]"'—…]
    """,
    re.VERBOSE | re.IGNORECASE,
)

_DATELINE: Final = re.compile(
    r"""
      [A-Z][A-Z.']+(?:[ -][A-Z][A-Z.']*){0,4}      # GENEVA
      (?:,[^—\-()\n]{0,30}?)?                      # , 4 June
      (?:\s?\([A-Z][\w. ]{1,24}\))?                # (Reuters)
      \s?(?:—|--|(?<=\s)-(?=\s))\s?(?=\S*[a-z])
    """,
    re.VERBOSE,
)
"""Place, date and agency before the text: they do nothing."""


class Token(NamedTuple):
    """A token: its text as matched after :func:`normalise`, and ``text[start:end]`` in the statement as given."""

    text: str
    start: int
    end: int


def normalise(text: str) -> str:
    """Return ``text`` with quotation marks, dashes, spaces and control characters made plain, each one for one."""
    return text.translate(_ONE_FOR_ONE)


def body_start(plain: str) -> int:
    """Return where a normalised text begins behind its dateline, 0 where it has none."""
    dateline = _DATELINE.match(plain)
    return dateline.end() if dateline else 0


def match_tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield a match for each token of ``text``, a dateline left out; linear in its length, never fails."""
    plain = normalise(text)
    return _TOKEN.finditer(plain, body_start(plain))


def tokenize(text: str) -> list[Token]:
    """Return the tokens of ``text``, as :func:`match_tokens` finds them."""
    return [Token(m.group(), m.start(), m.end()) for m in match_tokens(text)]


def texts_of_tokens(chunk: str) -> list[str]:
    """Return the texts of the tokens of a chunk that has white space on both sides and none within."""
    return _TOKEN.findall(normalise(f" {chunk} "))
