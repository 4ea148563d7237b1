"""Where the subject of a cue stands in its sentence."""

from typing import Final

from classifier.quotes.adverbials import after_adverbial, is_time_phrase, skip_back
from classifier.quotes.chunks import DASH, QUOTE
from classifier.quotes.cues import ING
from classifier.quotes.segment import Sentence
from classifier.quotes.verbs import Use, is_adverb, is_verb
from classifier.quotes.words import (
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
)

WALLS: Final = frozenset({";", ":", QUOTE, DASH, ".", "!", "?", "…"})
ASIDES: Final = frozenset({"who", "which", "whose", "whom", "speaking", "asked", "for", "himself", "herself", "itself"})


class Span:
    """Places of words: from ``first`` up to, not including, ``last``."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last


class Subject:
    """The words of a subject, and those of an aside or apposition after it."""

    def __init__(self, core: Span, aside: Span | None) -> None:
        self.core = core
        self.aside = aside


def before_cue(sentence: Sentence, use: Use) -> Subject | None:
    """Return the subject that stands before ``use``; None where the cue shares that of an earlier verb."""
    lows = sentence.lows
    last = skip_back(sentence, use.group)
    if use.cue.form == ING and lows[use.group - 1] in (",", "by"):
        return None
    if not last or lows[last - 1] in WALLS or lows[last - 1] in CONJUNCTIONS:
        return None
    aside: Span | None = None
    if lows[last - 1] in ("which", "who"):
        last -= 1
        if last and lows[last - 1] == ",":
            last -= 1
    elif lows[last - 1] in RELATIVES:
        return None
    elif lows[last - 1] == ",":
        opened = _aside_start(sentence, last - 1)
        if opened is None:
            return None
        aside, last = Span(opened + 1, last - 1), opened
    if not last:
        return None
    if last > 1 and lows[last - 1][0].isdigit() and lows[last - 2] == ",":
        last -= 2
    first = _left(sentence, last)
    first = after_adverbial(sentence, first, last)
    first = _after_antecedent(sentence, first, last)
    if aside is not None and first > 1 and lows[first - 1] == "," and sentence.words[first][0].isupper():
        role = after_adverbial(sentence, _left(sentence, first - 1), first - 1)
        if first - role > 2 and not any(is_verb(sentence, k) for k in range(role, first - 1)):
            return Subject(Span(role, first - 1), Span(first, last))
    return Subject(Span(first, last), aside) if first < last else None


def after_cue(sentence: Sentence, place: int) -> Subject | None:
    """Return the subject that follows an inverted cue: 'said [Jamila Begum], 43, who sells fish'."""
    lows, n = sentence.lows, len(sentence.lows)
    end = place
    while end < n and lows[end] not in WALLS and lows[end] != ",":
        if end > place and (lows[end] in ("who", "whose", "while", "when", "after", "before", "as", "but")):
            break
        if end > place and is_time_phrase(sentence, end):
            break
        if end > place and lows[end] in ("told", "during", "following", "addressing", "speaking"):
            break
        end += 1
    if end == place:
        return None
    aside = None
    if end < n and lows[end] == ",":
        closing = next_comma(sentence, end + 1, n)
        aside = Span(end + 1, closing if closing is not None else n - (lows[-1] in WALLS))
    return Subject(Span(place, end), aside)


def between(sentence: Sentence, first: int, use: Use) -> Subject | None:
    """Return the subject between a quotation that ends before ``first`` and ``use``: '"...," [the minister], said'."""
    lows = sentence.lows
    last = skip_back(sentence, use.group)
    while first < last and (lows[first] == "," or lows[first] in CONJUNCTIONS or is_adverb(lows[first])):
        first += 1
    if first >= last:
        return None
    comma = next_comma(sentence, first, last)
    if comma is None:
        first = after_adverbial(sentence, first, last)
        return Subject(Span(first, last), None) if first < last else None
    return Subject(Span(first, comma), Span(comma + 1, last - (lows[last - 1] == ",")))


def _aside_start(sentence: Sentence, closing: int) -> int | None:
    """Return the comma that opens the aside which the comma at ``closing`` ends."""
    lows = sentence.lows
    nearest = found = None
    for k in range(closing - 1, max(0, closing - 60), -1):
        if lows[k] in WALLS:
            break
        if lows[k] == ",":
            nearest = k if nearest is None else nearest
            if lows[k + 1] in ASIDES or lows[k + 1] == "from" or lows[k + 1].endswith("ing"):
                found = k
    return found if found is not None else nearest


def next_comma(sentence: Sentence, first: int, limit: int) -> int | None:
    """Return the place of the next comma outside brackets before ``limit``, or None."""
    depth = 0
    for k in range(first, limit):
        low = sentence.lows[k]
        depth += (low == "(") - (low == ")")
        if low == "," and depth <= 0:
            return k
    return None


def _left(sentence: Sentence, last: int) -> int:
    """Return where the clause that ends before ``last`` begins."""
    lows = sentence.lows
    k = last
    depth = 0
    while k > 0:
        low = lows[k - 1]
        depth += (low == ")") - (low == "(")
        if depth > 0:
            k -= 1
            continue
        if low in WALLS:
            return k
        if low == ",":
            return _over_list(sentence, k - 1, last)
        if low in SUBORDINATORS and not (low == "as" and k < last and lows[k - 2 : k - 1] == ["such"]):
            return k
        if low in ("but", "so", "yet") or (low in ("that", "who", "which") and _clause_word(sentence, k, last)):
            return k
        if low in ("and", "or", "nor") and _verb_before(sentence, k - 1):
            return k
        k -= 1
    return 0


def _clause_word(sentence: Sentence, k: int, last: int) -> bool:
    return sentence.lows[k - 1] == "that" and k < last and not is_verb(sentence, k)


def _verb_before(sentence: Sentence, k: int) -> bool:
    """Whether a verb stands between ``k`` and the clause's beginning, so that "and" at ``k`` joins clauses."""
    lows = sentence.lows
    while k > 0 and lows[k - 1] not in WALLS and lows[k - 1] != ",":
        k -= 1
        if is_verb(sentence, k):
            return True
    return k > 0 and lows[k - 1] == "," and lows[k : k + 1] == ["and"]


def _over_list(sentence: Sentence, comma: int, last: int) -> int:
    """Return where a list "A, B and C" begins that has a comma at ``comma``, or the place after the comma."""
    lows = sentence.lows
    after = comma + 1
    if "and" not in lows[after:last] or lows[after] == "and":
        return after
    k = comma
    first = after
    while k > 0 and comma - k < 8:
        k -= 1
        if lows[k] in WALLS or is_verb(sentence, k) or lows[k] in SUBORDINATORS:
            return first
        if lows[k] == ",":
            if lows[k + 1] in PREPOSITIONS or is_adverb(lows[k + 1]):
                return first
            first, comma = k + 1, k
        elif k == 0:
            return 0 if lows[0] not in PREPOSITIONS else first
    return first


def _after_antecedent(sentence: Sentence, first: int, last: int) -> int:
    """Return where the subject begins in "an idea [the union] (dismissed)", which has no relative pronoun."""
    lows = sentence.lows
    if first < last and lows[first] in DETERMINERS:
        for p in range(first + 2, last):
            if lows[p] in DETERMINERS and lows[p - 1] not in PREPOSITIONS and lows[p - 1] not in CONJUNCTIONS:
                return p if lows[p - 1] not in ("all", "both", ",") and not is_verb(sentence, p - 1) else first
    return first
