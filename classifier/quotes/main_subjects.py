"""Whom a sentence is about: the subject of its first verb, or of one that is not known as a verb."""

from collections.abc import Mapping
from typing import Final

from classifier.quotes.adverbials import after_adverbial, skip_back
from classifier.quotes.segment import Sentence
from classifier.quotes.subjects import ASIDES, WALLS, Span, Subject, next_comma
from classifier.quotes.verbs import is_adverb, is_verb
from classifier.quotes.words import BEFORE_TIMES, CONJUNCTIONS, DETERMINERS, PERSONS, PREPOSITIONS, SUBORDINATORS, TIMES

_ALSO_NOUNS: Final = frozenset({"set", "cut", "hit", "split", "spread", "lead", "bid", "drove", "left"})
"""Irregular verbs that are nouns or adverbs where they close a sentence: "a chess set"."""


def main_subject(sentence: Sentence, limit: int) -> Subject | None:
    """Return the subject of the first verb of the sentence before ``limit``."""
    lows = sentence.lows
    first = _opening(sentence, limit)
    first = after_adverbial(sentence, first, limit)
    k = first
    while k < limit:
        if lows[k] == "," and k > first:
            closing = next_comma(sentence, k + 1, limit)
            if (lows[k + 1 : k + 2] and lows[k + 1] in ASIDES) or _named_aside(sentence, k):
                return Subject(Span(first, k), None if closing is None else Span(k + 1, closing))
            if closing is not None and closing + 1 < limit and is_verb(sentence, closing + 1):
                return Subject(Span(first, k), Span(k + 1, closing))
            first = after_adverbial(sentence, k + 1, limit)
            k = first
            continue
        if lows[k] in ("who", "whom") and k > first:
            return Subject(Span(first, k), None)  # "[A curator] whom I have known, and who must not be named, has left"
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
                end = len(lows) - (lows[-1] in WALLS)
                if (
                    last < end
                    and lows[last] in PREPOSITIONS
                    and not any(is_verb(sentence, k) for k in range(last, end - 1))
                ):
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
    for link in range(place + 2, n - 2):  # "I was lectured by [a boy]", "I put the question to [the tenors]"
        if lows[link] in ("by", "to") and lows[link + 1] in DETERMINERS:
            near = range(link + 2, min(link + 5, n))
            last = next((k for k in near if lows[k] in PERSONS or lows[k][:-1] in PERSONS), 0)
            if last:
                return Subject(Span(link + 1, last + 1), _apposition(sentence, last + 1))
    first = place + 2 + (lows[place + 2] in ("to", "with"))
    last = first
    while last < n and lows[last] not in WALLS and lows[last] != "," and lows[last] not in PREPOSITIONS:
        last += 1
    person = lows[last - 1] in PERSONS or sentence.words[last - 1][0].isupper()
    return Subject(Span(first, last), None) if first < last and person else None


def _apposition(sentence: Sentence, comma: int) -> Span | None:
    """Return the name between the comma at ``comma`` and the next one: "to a Dutch colleague, [Marieke Vos], who"."""
    if comma + 1 >= len(sentence) or sentence.lows[comma] != "," or not sentence.words[comma + 1][0].isupper():
        return None
    closing = next_comma(sentence, comma + 1, len(sentence))
    return Span(comma + 1, closing if closing is not None else len(sentence) - (sentence.lows[-1] in WALLS))


def second_subject(sentence: Sentence) -> Subject | None:
    """Return the subject of a second clause: "There are four children, and [the teacher] is tired"."""
    lows = sentence.lows
    for k in range(2, len(lows) - 3):
        if lows[k] == "," and lows[k + 1] in ("and", "but"):
            near = range(k + 3, min(k + 8, len(lows)))
            last = next((p for p in near if is_verb(sentence, p) or (lows[p] == "," and lows[p - 1] in PERSONS)), None)
            return None if last is None else Subject(Span(k + 2, last), _apposition(sentence, last))
    return None


def _opening(sentence: Sentence, limit: int) -> int:
    """Return the place after what opens a sentence before its subject: adverbs, and phrases that a comma ends."""
    lows = sentence.lows
    first = 0
    while first < limit:
        low = lows[first]
        if low in PREPOSITIONS or low in SUBORDINATORS:
            comma = next_comma(sentence, first, limit)
            if comma is None or comma + 1 >= limit:
                return first
            phrase = low in PREPOSITIONS and low not in SUBORDINATORS
            if phrase and (lows[comma + 1] in ASIDES or _clause_within(sentence, first, comma)):
                return first
            first = comma + 1
        elif (low in BEFORE_TIMES or low == "one") and low != "the" and first + 1 < limit and lows[first + 1] in TIMES:
            first += 2
        elif low in WALLS or low in CONJUNCTIONS or low == "," or (is_adverb(low) and low != "both"):
            first += 1
        else:
            return first
    return first


def _clause_within(sentence: Sentence, first: int, comma: int) -> bool:
    """Whether "In 2018 a minister stood on it too," has its subject and verb before the comma."""
    subject = after_adverbial(sentence, first, comma)
    return subject > first and any(is_verb(sentence, k) for k in range(subject + 1, comma))


def _named_aside(sentence: Sentence, comma: int) -> bool:
    """Whether a name or a role in apposition follows the comma."""
    k = comma + 1
    if k + 1 >= len(sentence.lows):
        return False
    return sentence.words[k][0].isupper() or sentence.lows[k] in ("a", "an", "the") or sentence.lows[k][0].isdigit()
