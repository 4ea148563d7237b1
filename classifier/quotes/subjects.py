"""Where the subject of a cue stands in its sentence."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from classifier.quotes.adverbials import after_adverbial, is_time_phrase, skip_back
from classifier.quotes.cues import ING
from classifier.quotes.segment import DASH, QUOTE, Sentence
from classifier.quotes.verbs import Use, is_adverb, is_verb
from classifier.quotes.words import (
    BEFORE_TIMES,
    CONJUNCTIONS,
    DETERMINERS,
    PERSONS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
)

_WALLS: Final = frozenset({";", ":", QUOTE, DASH, ".", "!", "?", "…"})
_ALSO_NOUNS: Final = frozenset({"set", "cut", "hit", "split", "spread", "lead", "bid", "drove", "left"})
"""Irregular verbs that are nouns or adverbs where they close a sentence: "a chess set"."""
_ASIDES: Final = frozenset(
    {"who", "which", "whose", "whom", "speaking", "asked", "for", "himself", "herself", "itself"}
)


class Span(NamedTuple):
    """Places of words: from ``first`` up to, not including, ``last``."""

    first: int
    last: int


class Subject(NamedTuple):
    """The words of a subject, and those of an aside or apposition after it."""

    core: Span
    aside: Span | None


def before_cue(sentence: Sentence, use: Use) -> Subject | None:
    """Return the subject that stands before ``use``; None where the cue shares that of an earlier verb."""
    lows = sentence.lows
    last = skip_back(sentence, use.group)
    if use.cue.form == ING and lows[use.group - 1] in (",", "by"):
        return None
    if not last or lows[last - 1] in _WALLS or lows[last - 1] in CONJUNCTIONS:
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


def main_subject(sentence: Sentence, limit: int) -> Subject | None:
    """Return the subject of the first verb of the sentence before ``limit``."""
    lows = sentence.lows
    first = _opening(sentence, limit)
    first = after_adverbial(sentence, first, limit)
    k = first
    while k < limit:
        if lows[k] == "," and k > first:
            closing = _next_comma(sentence, k + 1, limit)
            if (lows[k + 1 : k + 2] and lows[k + 1] in _ASIDES) or _named_aside(sentence, k):
                return Subject(Span(first, k), None if closing is None else Span(k + 1, closing))
            if closing is not None and closing + 1 < limit and is_verb(sentence, closing + 1):
                return Subject(Span(first, k), Span(k + 1, closing))
            first = after_adverbial(sentence, k + 1, limit)
            k = first
            continue
        if is_verb(sentence, k) and k > first and not (lows[k] in _ALSO_NOUNS and lows[k + 1 : k + 2] == ["."]):
            last = skip_back(sentence, k)
            return Subject(Span(first, last), None) if last > first else None
        k += 1
    return None


def bare_subject(sentence: Sentence, known: Mapping[str, bool]) -> Subject | None:
    """Return the subject of a sentence whose verb is not known as one: "Ruthanne [slid]", "The tyre man [overhears]".

    ``known`` holds names, in lower case, by which the text calls people.
    """
    lows, words = sentence.lows, sentence.words
    first = after_adverbial(sentence, _opening(sentence, len(lows)), len(lows))
    last = first
    while last < len(lows) and lows[last] in known and words[last][0].isupper():
        last += 1
    if last > first:
        return Subject(Span(first, last), None)
    if first < len(lows) and lows[first] in DETERMINERS:
        for place in range(first + 1, min(first + 5, len(lows) - 1)):
            if lows[place] in PERSONS and lows[place + 1] not in PERSONS:
                last = place + 1
                while last < len(lows) and words[last][0].isupper():
                    last += 1
                end = len(lows) - (lows[-1] in _WALLS)
                if last < end and lows[last] in PREPOSITIONS and not any(is_verb(sentence, k) for k in range(last, end - 1)):
                    last = end  # "Across the corridor sits [a priest with a chess set]"
                return Subject(Span(first, last), None)
            if not lows[place][0].isalpha() or lows[place] in PREPOSITIONS:
                break
    return None


def met(sentence: Sentence) -> Subject | None:
    """Return whom the author met, asked or rang: "I asked [a driver], who had better remain nameless"."""
    lows, n = sentence.lows, len(sentence.lows)
    place = next((k for k in range(min(n - 3, 12)) if lows[k] in ("i", "we") and is_verb(sentence, k + 1)), None)
    if place is None:
        return None
    first = place + 2 + (lows[place + 2] in ("to", "with"))
    last = first
    while last < n and lows[last] not in _WALLS and lows[last] != "," and lows[last] not in PREPOSITIONS:
        last += 1
    person = lows[last - 1] in PERSONS or sentence.words[last - 1][0].isupper()
    return Subject(Span(first, last), None) if first < last and person else None


def second_subject(sentence: Sentence) -> Subject | None:
    """Return the subject of a second clause: "There are four children, and [the teacher] is tired"."""
    lows = sentence.lows
    for k in range(2, len(lows) - 3):
        if lows[k] == "," and lows[k + 1] in ("and", "but"):
            last = next((p for p in range(k + 3, min(k + 8, len(lows))) if is_verb(sentence, p)), None)
            return None if last is None else Subject(Span(k + 2, last), None)
    return None


def _opening(sentence: Sentence, limit: int) -> int:
    """Return the place after what opens a sentence before its subject: adverbs, and phrases that a comma ends."""
    lows = sentence.lows
    first = 0
    while first < limit:
        low = lows[first]
        if low in PREPOSITIONS or low in SUBORDINATORS:
            comma = _next_comma(sentence, first, limit)
            if comma is None or comma + 1 >= limit:
                return first
            if low in PREPOSITIONS and low not in SUBORDINATORS and _clause_within(sentence, first, comma):
                return first
            first = comma + 1
        elif low in BEFORE_TIMES and low != "the" and first + 1 < limit and lows[first + 1] in TIMES:
            first += 2
        elif low in _WALLS or low in CONJUNCTIONS or low == "," or (is_adverb(low) and low != "both"):
            first += 1
        else:
            return first
    return first


def _clause_within(sentence: Sentence, first: int, comma: int) -> bool:
    """Whether "In 2018 a minister stood on it too," has its subject and verb before the comma."""
    subject = after_adverbial(sentence, first, comma)
    return subject > first and any(is_verb(sentence, k) for k in range(subject + 1, comma))


def after_cue(sentence: Sentence, place: int) -> Subject | None:
    """Return the subject that follows an inverted cue: 'said [Jamila Begum], 43, who sells fish'."""
    lows, n = sentence.lows, len(sentence.lows)
    end = place
    while end < n and lows[end] not in _WALLS and lows[end] != ",":
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
        closing = _next_comma(sentence, end + 1, n)
        aside = Span(end + 1, closing if closing is not None else n - (lows[-1] in _WALLS))
    return Subject(Span(place, end), aside)


def between(sentence: Sentence, first: int, use: Use) -> Subject | None:
    """Return the subject between a quotation that ends before ``first`` and ``use``: '"...," [the minister], said'."""
    lows = sentence.lows
    last = skip_back(sentence, use.group)
    while first < last and (lows[first] == "," or lows[first] in CONJUNCTIONS or is_adverb(lows[first])):
        first += 1
    if first >= last:
        return None
    comma = _next_comma(sentence, first, last)
    if comma is None:
        first = after_adverbial(sentence, first, last)
        return Subject(Span(first, last), None) if first < last else None
    return Subject(Span(first, comma), Span(comma + 1, last - (lows[last - 1] == ",")))


def _aside_start(sentence: Sentence, closing: int) -> int | None:
    """Return the comma that opens the aside which the comma at ``closing`` ends."""
    lows = sentence.lows
    nearest = found = None
    for k in range(closing - 1, max(0, closing - 60), -1):
        if lows[k] in _WALLS:
            break
        if lows[k] == ",":
            nearest = k if nearest is None else nearest
            if lows[k + 1] in _ASIDES or lows[k + 1] == "from" or lows[k + 1].endswith("ing"):
                found = k
    return found if found is not None else nearest


def _named_aside(sentence: Sentence, comma: int) -> bool:
    """Whether a name or a role in apposition follows the comma."""
    k = comma + 1
    if k + 1 >= len(sentence.lows):
        return False
    return sentence.words[k][0].isupper() or sentence.lows[k] in ("a", "an", "the") or sentence.lows[k][0].isdigit()


def _next_comma(sentence: Sentence, first: int, limit: int) -> int | None:
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
        if low in _WALLS:
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
    while k > 0 and lows[k - 1] not in _WALLS and lows[k - 1] != ",":
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
        if lows[k] in _WALLS or is_verb(sentence, k) or lows[k] in SUBORDINATORS:
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
