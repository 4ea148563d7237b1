"""The words of a chunk of text without white space, and what may be said of each wherever it stands."""

from __future__ import annotations

import re
from typing import Final

from classifier.quotes.cues import read_cues
from classifier.quotes.memory import Memory
from classifier.quotes.words import GIVEN, KIN

QUOTE: Final = '"'
"""The word that a quotation becomes."""
DASH: Final = "—"
LONGEST_KEPT: Final = 48
"""Characters of the longest chunk whose words are remembered."""
MAY_END: Final = 1
"""A sign of words: a sentence may end after it."""
CUE: Final = 2
"""It is the first word of a cue."""
CALLED: Final = 4
"""It is a first name or a relative."""
CAPITAL: Final = 8
"""It begins with a capital."""
ACCORDING: Final = 16
"""It is "according"."""

_ABBREVIATIONS: Final = (
    "Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Capt|Gen|Col|Lt|Maj|Sgt|Brig|Adm|Cmdr|Sen|Rep|Gov|St|Jr|Sr|No|Nos|vs|Inc|Ltd|Corp|Co|Bros"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|Messrs|Mmes|Fr|Pres|Amb|Dept|Mt"
)
_ABBREVIATED: Final = frozenset(_ABBREVIATIONS.split("|"))
_AFTER_ABBREVIATION: Final = "|".join(rf"(?<=\b{word}\.)" for word in _ABBREVIATIONS.split("|"))
_ASCII: Final = 0x7F
_A: Final = 0x41
_Z: Final = 0x5A
_SEPARATE: Final = ",;:?!"
"""Marks that are words of their own after a word."""
_LETTERS: Final = r"[^\W_]+"
_MORE: Final = rf"""
    (?: (?=['\-&/.,:%])                                            # a quick test, since most words end here
        (?: (?: (?: ['\-&/.] | (?<=\d)[,:](?=\d) ) {_LETTERS} )+ | ) %?   # C-34's  3.5bn  1,500  10:30
        (?: \.(?: (?<=\.[^\W\d_]\.)                               # U.S.  p.m.
              | (?<=\b[A-Z]\.)(?=\s[A-Z])                         # J. Smith
              | {_AFTER_ABBREVIATION} )
          | '(?<=[sS]')(?=\s) | )                                 # farmers'
      | )
"""
_WORD: Final = re.compile(
    rf"""( {_LETTERS} {_MORE} | [….,;:!?()\[\]](?<!\.)(?<!\[) | \.+
        | \[\d{{1,3}}\]                                            # a footnote, skipped
        | \[ | [$£€]{_LETTERS} {_MORE} | --+ | [—–] | \s-(?=\s) )""",
    re.VERBOSE,
)
_PLAIN: Final = dict.fromkeys(["--", "---", "–", "—", " -"], DASH)
_ENDERS: Final = frozenset(".!?…") | {QUOTE}
"""Last characters of the words after which a sentence may end."""
_CUES: Final = read_cues()
_LISTED: Final = {
    low: (CUE if low in _CUES else 0)
    | (CALLED if low in GIVEN or low in KIN else 0)
    | (ACCORDING if low == "according" else 0)
    for low in (*_CUES, *GIVEN, *KIN, "according")
}
"""Words in lower case -> the sum of the signs that lists give them."""


def _is_large(letter: str) -> bool:
    """Whether a letter is a capital; those of ASCII, which nearly all are, are compared."""
    code = ord(letter)
    return _A <= code <= _Z or (code > _ASCII and letter.isupper())


class Word:
    """A word, in lower case too, where it stands in its chunk, the sum of its signs, and the word after it."""

    def __init__(self, word: str, first: int, last: int, following: Word | None = None) -> None:
        self.word = word
        self.low = word.lower()
        self.first = first
        self.last = last
        self.following = following
        self.signs = (
            (MAY_END if self.low[-1] in _ENDERS else 0)
            | (CAPITAL if _is_large(word[0]) else 0)
            | _LISTED.get(self.low, 0)
        )


# words are chained, since a list of them would be one more object for the garbage collector to walk over
_CHUNKS: Final[Memory[Word]] = Memory(1 << 15)
_NONE_KEPT: Final = Word(DASH, 0, 0)
"""Stands for the words of a chunk that depend on what stands around it, and for those of one without any."""


def context_free(chunk: str) -> Word | None:
    """Return the first word of a chunk without white space; None where :func:`first_word` must be asked for it."""
    found = _CHUNKS.find(chunk)
    if found is None:
        found = (None if _looks_around(chunk) else first_word(" ", chunk, " ")) or _NONE_KEPT
        if len(chunk) <= LONGEST_KEPT:
            _CHUNKS.keep(chunk, found)
    return None if found is _NONE_KEPT else found


def _looks_around(chunk: str) -> bool:
    """Whether what stands around a chunk decides on its words: those of an initial, "farmers'" or a dash alone."""
    if chunk[-1] == ".":
        before = chunk[-3:-2]
        return "A" <= chunk[-2:-1] <= "Z" and not before.isalnum() and before != "_"
    return chunk == "-" or chunk.endswith(("s'", "S'"))


def first_word(before: str, chunk: str, after: str) -> Word | None:
    """Return the first word of a chunk that stands between two texts, chained to the others; None where it has none."""
    if chunk.isalnum():
        return Word(chunk, 0, len(chunk))
    bare = chunk[:-1]
    if bare.isalnum() and (chunk[-1] in _SEPARATE or (chunk[-1] == "." and not _keeps_stop(bare))):
        return Word(bare, 0, len(bare), Word(chunk[-1], len(bare), len(chunk)))
    opening: Word | None = None
    previous: Word | None = None
    for match in _WORD.finditer(f"{before}{chunk}{after}"):
        word, first = match.group(), match.start() - len(before)
        if first < len(chunk) and (word[0] != "[" or word == "["):
            word = _PLAIN.get(word, word)
            found = Word(word, first, match.end() - len(before))
            if previous is None:
                opening = found
            else:
                previous.following = found
            previous = found
    return opening


def _keeps_stop(word: str) -> bool:
    """Whether a full stop may be part of a word of letters and digits: an abbreviation or an initial."""
    return word in _ABBREVIATED or (len(word) == 1 and word.isupper())
