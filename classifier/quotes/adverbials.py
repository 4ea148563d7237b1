"""Adverbials around a subject: "In January", "on the other side", "for their part"."""

from classifier.quotes.segment import Sentence
from classifier.quotes.verbs import adverbial_width, is_adverb
from classifier.quotes.words import (
    BEFORE_TIMES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    INDEFINITE_TIMES,
    PARTICLES,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIMES,
    TITLES,
)


def is_time_phrase(sentence: Sentence, k: int) -> bool:
    """Whether words for when something was said begin at ``k``: "on Tuesday", "last week", "afterwards"."""
    lows = sentence.lows
    low, following = lows[k], lows[k + 1] if k + 1 < len(lows) else ""
    if low in DAYS or low in ("afterwards", "later"):
        return True
    return low in ("on", "in", "at", "last", "late", "early", "this") and (
        following in TIMES or following in INDEFINITE_TIMES or following[:1].isdigit() or following in ("a", "an")
    )


def skip_back(sentence: Sentence, k: int) -> int:
    """Return the place after the subject's last word: days, adverbs and "on Monday" before the verb are skipped."""
    lows = sentence.lows
    while k > 1:
        low = lows[k - 1]
        if low in ("not", "never") or (low == "," and lows[k - 2] == "however"):
            k -= 1
        elif low not in ("both", "all") and (width := adverbial_width(lows, k)):
            k = max(1, k - width)
        elif low == "," and _phrase_aside(lows, k - 1) is not None:
            k = _phrase_aside(lows, k - 1) or k
        else:
            return k
    return k


def _phrase_aside(lows: list[str], comma: int) -> int | None:
    """Return the place of the comma that opens "for their part," or "in turn," before ``comma``."""
    for k in range(comma - 1, max(0, comma - 5), -1):
        if lows[k] == ",":
            return k if lows[k + 1] in ("for", "in", "by", "too", "of", "on", "at") else None
    return None


def after_adverbial(sentence: Sentence, first: int, last: int) -> int:
    """Return where the subject begins after "In January", "On the other side", "Last week" and the like."""
    lows = sentence.lows
    while first < last:
        low = lows[first]
        if low in CONJUNCTIONS or low == "," or (is_adverb(low) and low not in ("both", "all", "first", "many")):
            first += 1
        elif (low in BEFORE_TIMES or low == "one") and low != "the" and first + 1 < last and lows[first + 1] in TIMES:
            first += 2
        elif low in SUBORDINATORS or low in ("that", "how"):
            first += 1
        elif low in PREPOSITIONS and low not in ("like", "than", "of", "over", "around", "about", "under"):
            after = _after_phrase(sentence, first, last)
            if after is None:
                return first
            first = after
        else:
            return first
    return first


def _after_phrase(sentence: Sentence, first: int, last: int) -> int | None:
    lows, words = sentence.lows, sentence.words
    k = first + 1
    if k < last and is_adverb(lows[k]):
        return k + 1 if k + 1 < last else None
    if k < last and (lows[k] in TIMES or lows[k][0].isdigit()):
        while k < last and (lows[k] in TIMES or lows[k][0].isdigit() or lows[k] == ","):
            k += 1
        return k if k < last else None
    if k < last and (lows[k] in DETERMINERS or lows[k] in POSSESSIVES):
        k += 1
    for p in range(k + 1, last):
        if lows[p - 1] in PREPOSITIONS:
            continue
        if lows[p] in DETERMINERS or lows[p] in PRONOUNS or lows[p] in TITLES:
            return p
        if words[p][0].isupper() and words[p - 1][0].islower() and lows[p - 1] not in PARTICLES:
            return p
        if k == first + 1 and words[p][0].islower() and words[p - 1][0].isupper() and lows[p] not in PREPOSITIONS:
            return p
    if k == first + 1 and k + 1 < last and words[k][0].isupper() and words[k + 1][0].isupper():
        return k + 1
    return None
