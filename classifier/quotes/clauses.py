"""Where a reported clause ends."""

from typing import Final

from classifier.quotes.chunks import DASH, QUOTE
from classifier.quotes.complements import complement
from classifier.quotes.cues import ING, PAST, THIRD
from classifier.quotes.segment import Sentence
from classifier.quotes.verbs import Use, is_adverb, is_verb
from classifier.quotes.words import CONJUNCTIONS, HAVE, NEGATIONS, PREPOSITIONS, PRONOUNS, RELATIVES, SUBORDINATORS

_STOPS: Final = frozenset({".", "!", "?", "…", ";", ":", ")", "]", DASH, "..."})

_JOINS: Final = CONJUNCTIONS | SUBORDINATORS
_SUBJECTS: Final = frozenset({"he", "she", "they", "i", "we"})
_MAY_BREAK: Final = _JOINS | {";", ",", DASH}


def clause_end(sentence: Sentence, start: int, uses: dict[int, Use]) -> int:
    """Return the place after the last word of the clause that begins at ``start``."""
    lows, n = sentence.lows, len(sentence.lows)
    depth = 0
    end = n
    for k in range(start, n):
        low = lows[k]
        if low == "(":
            depth += 1
        elif low == ")":
            depth -= 1
        elif k > start and _closes(sentence, k, start, depth, uses):
            end = k
            break
    while (
        end > start
        and lows[end - 1] in (".", ",", "!", "?", ";", ":", "…", DASH, "and", "but", ")")
        and not (lows[end - 1] == ")" and "(" in lows[start:end])
    ):
        end -= 1
    return end


def _breaks(sentence: Sentence, k: int, uses: dict[int, Use]) -> bool:
    lows, n = sentence.lows, len(sentence.lows)
    low = lows[k]
    if low == ";":
        return True
    if low == DASH:
        return DASH not in lows[k + 1 :] and DASH not in lows[:k]
    following = lows[k + 1] if k + 1 < n else ""
    if low == ",":
        if following in ("which", "who", "whom", "whose", "where"):
            return "," not in lows[k + 1 :]
        if following in (
            "according",
            "citing",
            "referring",
            "something",
            "hours",
            "days",
            "minutes",
            "weeks",
            "months",
            "then",
        ):
            return True
        if k + 1 in uses and (uses[k + 1].cue.form == ING or _spliced(sentence, k, uses[k + 1])):
            return True
        if following in ("a", "an", "the") and _anaphor(sentence, k + 1, uses):
            return True
        return following in _JOINS and _new_cue(sentence, k + 1, uses, True)
    if low in ("and", "but", "or") or (low in SUBORDINATORS and low not in ("as", "if")):
        return _new_cue(sentence, k, uses, low not in ("and", "or"))
    return False


def _closes(sentence: Sentence, k: int, start: int, depth: int, uses: dict[int, Use]) -> bool:
    low = sentence.lows[k]
    if low in _MAY_BREAK and depth <= 0 and _breaks(sentence, k, uses):
        return True
    opened = low in _SUBJECTS and k > start + 1 and sentence.lows[0] in SUBORDINATORS
    return opened and _main_clause(sentence, k)


def _main_clause(sentence: Sentence, k: int) -> bool:
    """Whether the main clause begins at a pronoun, without a comma: "When she told him that it was late [he left]"."""
    before = sentence.lows[k - 1]
    if before in _JOINS or before in PREPOSITIONS or before in RELATIVES or is_verb(sentence, k - 1):
        return False
    return k + 1 < len(sentence) and before != "," and is_verb(sentence, k + 1)


def _spliced(sentence: Sentence, comma: int, use: Use) -> bool:
    """Whether a finite cue right after a comma goes on with the same subject: "welcomes step, says it comes late"."""
    return use.cue.form in (THIRD, PAST) and "," not in sentence.lows[:comma] and _governs(sentence, use)


def _anaphor(sentence: Sentence, k: int, uses: dict[int, Use]) -> bool:
    """Whether "a charge the agency denies" begins at ``k``: a noun, a subject, and a cue that ends the sentence."""
    for p in range(k + 2, min(len(sentence.lows), k + 10)):
        if (p in uses and complement(sentence, uses[p]) is None) or (p in uses and "as" in uses[p].cue.complements):
            return True
        if sentence.lows[p] in (",", QUOTE):
            return False
    return False


def _new_cue(sentence: Sentence, k: int, uses: dict[int, Use], subject: bool) -> bool:
    """Whether the conjunction at ``k`` leads to another cue, with a subject of its own where one is allowed."""
    lows, n = sentence.lows, len(sentence.lows)
    p = k + 1
    while p < n and (lows[p] in HAVE or lows[p] in NEGATIONS or is_adverb(lows[p]) or lows[p] in ("at", "first")):
        p += 1
    if p < n and lows[p] in PRONOUNS:
        p += 1
        while p < n and (lows[p] in HAVE or is_adverb(lows[p])):
            p += 1
        subject = False
    if p in uses and not uses[p].passive:
        return _governs(sentence, uses[p])
    if not subject:
        return False
    return _subject_and_cue(sentence, p, uses)


def _subject_and_cue(sentence: Sentence, p: int, uses: dict[int, Use]) -> bool:
    """Whether a subject begins at ``p`` and a cue follows it, at most one aside between commas apart."""
    lows = sentence.lows
    limit, aside = min(len(lows), p + 14), False
    q = p
    while q < limit:
        if q in uses:
            return not uses[q].perfect and not uses[q].passive and _governs(sentence, uses[q])
        if lows[q] == "," and not aside and q > p and lows[p] != "," and "," in lows[q + 1 : q + 20]:
            q, aside = lows.index(",", q + 1), True
            limit = min(len(lows), q + 5)
        elif lows[q] in (",", QUOTE) or lows[q] in _STOPS or (is_verb(sentence, q) and lows[q] not in HAVE):
            return False
        q += 1
    return False


def _governs(sentence: Sentence, use: Use) -> bool:
    if complement(sentence, use) is not None:
        return True
    return "quote" in use.cue.complements and any(
        low in (":", QUOTE) for low in sentence.lows[use.after : use.after + 8]
    )
