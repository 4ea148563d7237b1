"""What a cue governs in its sentence."""

from typing import Final

from classifier.quotes.chunks import DASH, QUOTE
from classifier.quotes.segment import Sentence
from classifier.quotes.verbs import Use, is_adverb, is_verb
from classifier.quotes.words import (
    BEFORE_TIMES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    NOT_SAID,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
    VEHICLES,
)

_STOPS: Final = frozenset({".", "!", "?", "…", ";", ":", ")", "]", DASH, "..."})


class Complement:
    """What a cue governs, from ``start`` on; ``patient`` is the place after a patient or hearer, where there is one."""

    def __init__(self, kind: str, start: int, patient: int | None = None) -> None:
        self.kind = kind
        self.start = start
        self.patient = patient


def complement(sentence: Sentence, use: Use) -> Complement | None:
    """Return what the cue governs, or None where nothing that it can govern follows it."""
    lows, kinds = sentence.lows, use.cue.complements
    n = len(lows)
    k = _skip_adverbials(sentence, use.after)
    if k >= n or lows[k] in _STOPS:
        return None
    low = lows[k]
    if use.passive:
        return Complement("that", k + 1) if low == "that" and "that" in kinds else None
    if "whether" in kinds and low in QUESTION_WORDS and low != "that":
        return Complement("whether", k)
    if "that" in kinds and low in ("that", "how") and k + 1 < n and lows[k + 1] not in _STOPS:
        return Complement("that", k + 1)
    if use.cue.lemma == "swear" and lows[k + 1 : k + 2] == ["that"]:
        return Complement("that", k + 2)  # "swears blind that"
    if use.cue.lemma == "tell" and low == "how" and k + 2 < n:
        return Complement("that", k + 1)
    if "to" in kinds and (low == "to" or (low == "not" and lows[k + 1 : k + 2] == ["to"])):
        return Complement("to", k) if k + 1 < n else None
    if "patient" in kinds or "hearer" in kinds:
        found = _with_patient(sentence, k, kinds)
        if found:
            return found
    if low == ",":
        return None
    if "want" in kinds and low not in PREPOSITIONS and low not in CONJUNCTIONS:
        return Complement("object", k)
    if "object" in kinds and _opens_object(low):
        return Complement("object", k)
    if "that" in kinds and _opens_clause(sentence, k, use):
        return Complement("that", k)
    return None


def _opens_object(low: str) -> bool:
    if low in PREPOSITIONS and low not in ("over", "about", "around", "under"):
        return False
    return low not in CONJUNCTIONS and low not in SUBORDINATORS and low not in ("to", "that", ",", "not")


def _opens_clause(sentence: Sentence, k: int, use: Use) -> bool:
    low = sentence.lows[k]
    if low in NOT_SAID and not (low == "no" and _opens_noun_phrase(sentence, k + 1)):
        return False
    if low in ("to", "by", "of", "as", "with", "for", "and", "but", "or", "not") or low in RELATIVES:
        return False
    if low == "it" and sentence.lows[k + 1 : k + 2] and sentence.lows[k + 1] in PREPOSITIONS:
        return False  # "He said it without rancour"
    if low in SUBORDINATORS:
        return low == "if" and "," in sentence.lows[k:]
    end = min(len(sentence.lows), k + 40)
    if end - k < 2:
        return False
    return any(is_verb(sentence, p) or sentence.lows[p] == QUOTE for p in range(k, end)) or use.cue.lemma == "say"


def _opens_noun_phrase(sentence: Sentence, k: int) -> bool:
    """Whether a noun follows "no" at ``k`` and a verb that: "said no [more grants would come]"."""
    lows = sentence.lows
    k += lows[k : k + 1] == ["more"]
    if k >= len(lows) or lows[k] in _STOPS or lows[k] in PREPOSITIONS or lows[k] in (",", QUOTE, "to", "and", "or"):
        return False
    return any(is_verb(sentence, p) for p in range(k + 1, min(len(lows), k + 8)))


def _skip_adverbials(sentence: Sentence, k: int) -> int:
    """Return the place after adverbs, days and the phrases that say where or how something was said."""
    lows, n = sentence.lows, len(sentence.lows)
    while k < n:
        low = lows[k]
        if low in DAYS or (is_adverb(low) and low not in ("both", "all", "just", "only", "once")):
            k += 1
        elif low in BEFORE_TIMES and k + 1 < n and lows[k + 1] in TIMES:
            k += 2
        elif low in PREPOSITIONS and low not in ("than", "like", "as", "of", "to", "for", "with", "against", "over"):
            after = _after_phrase(sentence, k)
            if after is None:
                return k
            k = after
        elif low == "," and (after := _after_aside(lows, k)) is not None:
            k = after
        else:
            return k
    return k


def _after_aside(lows: list[str], k: int) -> int | None:
    """Return the place after an aside between commas that leads to "that": "said, in a sentence of his, that"."""
    for p in range(k + 1, min(len(lows), k + 22)):
        if lows[p] == "," and p + 1 < len(lows):
            return p + 1 if lows[p + 1] == "that" else None
        if lows[p] in _STOPS or lows[p] == QUOTE:
            return None
    return None


def _after_phrase(sentence: Sentence, k: int) -> int | None:
    """Return the place after the prepositional phrase at ``k``, where something follows it that a cue can govern."""
    lows = sentence.lows
    limit = min(len(lows), k + 16)
    for p in range(k + 1, limit):
        low = lows[p]
        if low in ("that", "to") and p > k + 1:
            return p
        if low == "," and (after := _after_aside(lows, p)) is not None:
            return after
        if low in (",", QUOTE) or low in _STOPS or low in ("and", "but"):
            break
        if p + 1 < limit and (low in TIMES or low in VEHICLES or low.isdigit()) and not _goes_on(sentence, p + 1):
            return p + 1
        if p > k + 1 and p + 1 < limit and lows[p] in ("terms", "strongest"):
            continue
        if low == "terms":
            return p + 1
    for p in range(k + 2, limit):
        low = lows[p]
        if low in (",", QUOTE) or low in _STOPS:
            break
        if (low in DETERMINERS or low in PRONOUNS) and lows[p - 1] not in PREPOSITIONS:
            return p
    return None


def _goes_on(sentence: Sentence, p: int) -> bool:
    low = sentence.lows[p]
    return low in TIMES or low.isdigit() or low in PREPOSITIONS or low in (",", ".") or low.endswith("ed")


def _with_patient(sentence: Sentence, k: int, kinds: frozenset[str]) -> Complement | None:
    lows, n = sentence.lows, len(sentence.lows)
    start = k
    if lows[k] == "of" and "patient" in kinds and k + 1 < n and "whom" in lows[:k]:
        return Complement("patient", k)  # "whom it accuses [of smuggling]"
    if lows[k] in _STOPS or lows[k] in PREPOSITIONS or lows[k] in (",", "that", "not"):
        return None
    hearer = "hearer" in kinds
    links = ("to", "of", "for", "over", "against", "not") if not hearer else ("to", "not")
    p = k + 1
    while p < n and p < k + 40:
        low = lows[p]
        if low in links and "patient" in kinds and (low != "not" or lows[p + 1 : p + 2] == ["to"]):
            return Complement("patient", start, p)
        if "whether" in kinds and low in QUESTION_WORDS and lows[p - 1] != ",":
            return Complement("whether", p, p)
        if hearer and low == "that":
            return Complement("hearer", p + 1, p)
        if hearer and (low in QUESTION_WORDS) and low != "who":
            return Complement("hearer", p, p)
        if hearer and _starts_report(sentence, k, p):
            return Complement("hearer", p, p)
        if low in _STOPS and not hearer:
            break
        if low in _STOPS or (low == QUOTE and hearer):
            return None
        if low == "," and hearer and (after := _after_aside(lows, p)) is not None:
            return Complement("hearer", after + 1, p)
        if low == "," and not (p + 1 < n and lows[p + 1] in RELATIVES) and hearer:
            return None
        p += 1
    return Complement("patient", start, n) if "patient" in kinds and "object" not in kinds and not hearer else None


def _starts_report(sentence: Sentence, k: int, p: int) -> bool:
    """Whether the report begins at ``p`` after the hearer that begins at ``k``: "told the BBC [he had slept]"."""
    low, before = sentence.lows[p], sentence.lows[p - 1]
    if low in PRONOUNS or low == "there":
        return True
    if before in PREPOSITIONS or before in DETERMINERS:
        return False
    if low in DETERMINERS or sentence.lows[k] in ("me", "us", "him", "them", "reporters", "journalists", "you"):
        return low not in PREPOSITIONS and low not in _STOPS and low not in (",", QUOTE) and low not in TIMES
    return False
