"""Sentences of a paragraph as words with offsets, each quotation standing as one word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from classifier.quotes.cues import read_cues
from classifier.quotes.marks import Quotation
from classifier.quotes.words import DETERMINERS, PREPOSITIONS, PRONOUNS

QUOTE: Final = '"'
"""The word that a quotation becomes."""
DASH: Final = "—"
LONGEST: Final = 200
"""Words of the longest sentence; what is longer is no prose and is cut, which keeps the work on it linear."""

_ABBREVIATIONS: Final = (
    "Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Capt|Gen|Col|Lt|Maj|Sgt|Brig|Adm|Cmdr|Sen|Rep|Gov|St|Jr|Sr|No|Nos|vs|Inc|Ltd|Corp|Co|Bros"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|Messrs|Mmes|Fr|Pres|Amb|Dept|Mt"
)
_AFTER_ABBREVIATION: Final = "|".join(rf"(?<=\b{word}\.)" for word in _ABBREVIATIONS.split("|"))
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
_PLAIN: Final = dict.fromkeys(["--", "---", "–", "—", " -", "\t-", "\xa0-", "\n-"], DASH)
_DASHES: Final = frozenset(_PLAIN)
_STOPS: Final = frozenset({".", "!", "?", "…", "..", "..."})
_ENDERS: Final = frozenset(".!?…") | {QUOTE}
"""Last characters of the words after which a sentence may end."""
_CUES: Final = read_cues()
_OPENERS: Final = DETERMINERS | PRONOUNS | PREPOSITIONS | frozenset({"but", "and", "when", "while", "if", "there"})


@dataclass(slots=True)
class Sentence:
    """Parallel lists: the words as they stand, in lower case with plain apostrophes, and their offsets."""

    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    quotes: dict[int, Quotation]
    """Place of each word that is a quotation -> the quotation."""

    def __len__(self) -> int:
        return len(self.lows)


def split_sentences(text: str, start: int, end: int, quotations: Sequence[Quotation]) -> Iterator[Sentence]:
    """Yield the sentences of ``text[start:end]``, whose apostrophes are straight; linear in its length."""
    whole = _words(text, start, end, quotations)
    first = 0
    size = len(whole.lows)
    ends = [p + 1 for p, low in enumerate(whole.lows) if low[-1] in _ENDERS and _ends(text, whole, p)]
    if 0 < size <= LONGEST and (not ends or ends[0] == size):
        yield whole
        return
    for end in ends if ends and ends[-1] == size else [*ends, size]:
        while end - first > LONGEST:
            yield _part(whole, first, first + LONGEST)
            first += LONGEST
        if first < end:
            yield _part(whole, first, end)
        first = end


def _words(text: str, start: int, end: int, quotations: Sequence[Quotation]) -> Sentence:
    whole = Sentence([], [], [], [], {})
    for quotation in quotations:
        _narrative(text, start, quotation.left, whole)
        whole.quotes[len(whole.lows)] = quotation
        whole.words.append(QUOTE)
        whole.lows.append(QUOTE)
        whole.starts.append(quotation.left)
        whole.ends.append(quotation.right)
        start = quotation.right
    _narrative(text, start, end, whole)
    return whole


def _narrative(text: str, start: int, end: int, whole: Sentence) -> None:
    if start >= end:
        return
    # A split with a group gives gaps and words by turns, whose lengths add up to their offsets.
    parts = _WORD.split(text[start:end])
    reached = list(accumulate(map(len, parts), initial=start))
    words, starts, ends = parts[1::2], reached[1:-1:2], reached[2::2]
    if text.find("[", start, end) >= 0:
        kept = [place for place, word in enumerate(words) if word[0] != "[" or word == "["]
        words = [words[place] for place in kept]
        starts, ends = [starts[place] for place in kept], [ends[place] for place in kept]
    if not _DASHES.isdisjoint(words):
        words = [_PLAIN.get(word, word) for word in words]
    whole.words += words
    whole.lows += map(str.lower, words)
    whole.starts += starts
    whole.ends += ends


def first_words(sentence: Sentence, size: int) -> Sentence:
    """Return the first ``size`` words of a sentence as one."""
    return _part(sentence, 0, size)


def _part(whole: Sentence, first: int, last: int) -> Sentence:
    if not whole.quotes:
        quotes: dict[int, Quotation] = {}
    else:
        quotes = {place - first: whole.quotes[place] for place in range(first, last) if whole.lows[place] == QUOTE}
    return Sentence(
        whole.words[first:last], whole.lows[first:last], whole.starts[first:last], whole.ends[first:last], quotes
    )


def _ends(text: str, whole: Sentence, place: int) -> bool:
    low = whole.lows[place]
    if place + 1 == len(whole.lows):
        return True
    following = whole.words[place + 1]
    if low in _STOPS:
        return following == QUOTE or not following[0].islower()
    if low == QUOTE:
        return _quote_ends(text, whole, place, following)
    if low[-1] == "." and len(low) > 2 and low[-3] == ".":
        return following[0].isupper() and whole.lows[place + 1] in _OPENERS
    return False


def _quote_ends(text: str, whole: Sentence, place: int, following: str) -> bool:
    quotation = whole.quotes[place]
    last = text[quotation.end - 1]
    if last not in ".!?…" or following[0].islower() or following in (",", ".", ";", ":", DASH, ")"):
        return False
    return last == "." or not _attributes(whole, place + 1)


def _attributes(whole: Sentence, place: int) -> bool:
    """Whether a cue follows within a few words, as one does in '"Why?" Smith asked', or a name and a verb alone."""
    verb = place + 1
    while verb < len(whole.lows) and verb < place + 4 and whole.words[verb][0].isupper():
        verb += 1
    if whole.lows[verb + 1 : verb + 2] in (["."], [","]) and whole.lows[verb].endswith(("s", "ed")):
        return True  # '"Permanent!" Patil snorts.'
    for low in whole.lows[place : place + 10]:
        if low in _CUES:
            return True
        if low in _STOPS or low == QUOTE:
            return False
    return False
