"""Sentences of a paragraph as words with offsets, each quotation standing as one word."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from classifier.quotes.chunks import ACCORDING, DASH, MAY_END, QUOTE, context_free, first_word
from classifier.quotes.cues import read_cues
from classifier.quotes.marks import Quotation
from classifier.quotes.words import DETERMINERS, PREPOSITIONS, PRONOUNS

if TYPE_CHECKING:
    from mypy_extensions import i64

LONGEST: Final = 200
"""Words of the longest sentence; what is longer is no prose and is cut, which keeps the work on it linear."""

_SPACE: Final = 0x20
_ASCII: Final = 0x7F

_STOPS: Final = frozenset({".", "!", "?", "…", "..", "..."})
_CUES: Final = read_cues()
_OPENERS: Final = DETERMINERS | PRONOUNS | PREPOSITIONS | frozenset({"but", "and", "when", "while", "if", "there"})


class Sentence:
    """Parallel lists: the words as they stand, in lower case with plain apostrophes, their offsets and signs."""

    def __init__(
        self,
        words: list[str],
        lows: list[str],
        starts: list[int],
        ends: list[int],
        signs: list[int],
        quotes: dict[int, Quotation],
    ) -> None:
        self.words = words
        self.lows = lows
        self.starts = starts
        self.ends = ends
        self.signs = signs
        self.quotes = quotes
        """Place of each word that is a quotation -> the quotation."""
        self._according: bool | None = None

    def __len__(self) -> int:
        return len(self.lows)

    def has(self, sign: int, first: int, last: int) -> bool:
        """Whether one of the words from ``first`` up to, not including, ``last`` has a sign."""
        signs = self.signs
        return any(signs[place] & sign for place in range(first, min(last, len(signs))))

    def has_according(self) -> bool:
        """Whether "according" is among the words."""
        if self._according is None:
            self._according = self.has(ACCORDING, 0, len(self.signs))
        return self._according


def split_sentences(text: str, start: int, end: int, quotations: Sequence[Quotation]) -> Iterator[Sentence]:
    """Yield the sentences of ``text[start:end]``, whose apostrophes are straight; linear in its length."""
    whole = _words(text, start, end, quotations)
    first = 0
    size = len(whole.lows)
    ends = [p + 1 for p, signs in enumerate(whole.signs) if signs & MAY_END and _ends(text, whole, p)]
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
    whole = Sentence([], [], [], [], [], {})
    for quotation in quotations:
        _narrative(text, start, quotation.left, whole)
        whole.quotes[len(whole.lows)] = quotation
        whole.words.append(QUOTE)
        whole.lows.append(QUOTE)
        whole.starts.append(quotation.left)
        whole.ends.append(quotation.right)
        whole.signs.append(MAY_END)
        start = quotation.right
    _narrative(text, start, end, whole)
    return whole


def _narrative(text: str, begin: int, end: int, whole: Sentence) -> None:
    """Add the words of ``text[begin:end]``, in which there is no quotation."""
    words, lows, starts, ends, signs = whole.words, whole.lows, whole.starts, whole.ends, whole.signs
    place: i64 = begin
    chunks = text[begin:end].split()
    for number, chunk in enumerate(chunks):
        while not _SPACE < ord(text[place]) <= _ASCII and text[place].isspace():
            place += 1
        at, place = place, place + len(chunk)
        word = context_free(chunk)
        if word is None:
            following = chunks[number + 1][0] if number + 1 < len(chunks) else ""
            word = first_word(" " if at > begin else "", chunk, (" " if place < end else "") + following)
        while word is not None:
            words.append(word.word)
            lows.append(word.low)
            starts.append(at + word.first)
            ends.append(at + word.last)
            signs.append(word.signs)
            word = word.following


def first_words(sentence: Sentence, size: int) -> Sentence:
    """Return the first ``size`` words of a sentence as one."""
    return _part(sentence, 0, size)


def _part(whole: Sentence, first: int, last: int) -> Sentence:
    if not whole.quotes:
        quotes: dict[int, Quotation] = {}
    else:
        quotes = {place - first: whole.quotes[place] for place in range(first, last) if whole.lows[place] == QUOTE}
    return Sentence(
        whole.words[first:last],
        whole.lows[first:last],
        whole.starts[first:last],
        whole.ends[first:last],
        whole.signs[first:last],
        quotes,
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
