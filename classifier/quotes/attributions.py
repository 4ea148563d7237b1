"""Cues that attribute the sentence they stand in: at its end, in its middle, or by "according to"."""

from typing import Final

from classifier.quotes.chunks import DASH, QUOTE
from classifier.quotes.complements import complement
from classifier.quotes.cues import ING
from classifier.quotes.entities import is_outlet
from classifier.quotes.segment import Sentence
from classifier.quotes.subjects import Span, Subject, after_cue, before_cue
from classifier.quotes.verbs import Use, is_adverb, is_verb
from classifier.quotes.words import CONJUNCTIONS, DAYS, PREPOSITIONS

_STOPS: Final = frozenset({".", "!", "?", "…"})
_BOOKS: Final = frozenset({"memoirs", "memoir", "diary", "diaries", "account", "autobiography", "biography"})
_SPEAKING: Final = frozenset({"that", "quote"})
_NO_CLOSING: Final = frozenset({"deny", "accept", "regret", "deplore", "dispute", "suggest"})


class Indirect:
    """A reported clause: the places ``first`` to ``last`` of its words, and the words of its cue."""

    def __init__(
        self,
        first: int,
        last: int,
        cue: Span,
        subject: Subject | None,
        rule: str,
        use: Use | None = None,
        patient: Span | None = None,
        outer: bool = True,
        source: str | None = None,
    ) -> None:
        self.first = first
        self.last = last
        self.cue = cue
        self.subject = subject
        self.rule = rule
        self.use = use
        self.patient = patient
        self.outer = outer
        """False where only the quoted words are a statement, not the clause around them."""
        self.source = source


def according(sentence: Sentence, taken: set[int]) -> Indirect | None:
    """Return the clause of "according to": before it, after it, or around it."""
    lows, n = sentence.lows, len(sentence.lows)
    if not sentence.has_according():
        return None
    place = lows.index("according")
    if lows[place + 1 : place + 2] != ["to"] or place + 2 >= n or taken:
        return None
    cue = Span(place, place + 2)
    stop = n - (lows[-1] in _STOPS)
    end = place + 2
    while end < stop and lows[end] not in (",", ";", ":", DASH):
        end += 1
    named = (
        place + 4
        if lows[place + 3 : place + 5] and lows[place + 3] in _BOOKS and lows[place + 4] == "of"
        else place + 1
    )
    subject = Subject(Span(named + 1, end), None)
    if place == 0 or (place == 1 and lows[0] in CONJUNCTIONS):
        if (
            end + 1 < stop
            and lows[end + 1] in ("who", "which", "whose", "a", "an", QUOTE)
            and "," in lows[end + 1 : stop]
        ):
            end = lows.index(",", end + 1)
        return Indirect(end + 1, stop, cue, subject, "according-to") if end + 1 < stop else None
    if lows[place - 1] != "," and end + 1 < stop:
        return None
    first = 0
    goes_on = end + 1 < stop and lows[end] == "," and lows[end + 1] not in ("who", "which", "whose", "a", "an")
    if goes_on and lows[place - 1] == ",":
        return Indirect(first, stop, cue, subject, "according-to")
    last = place - (lows[place - 1] == ",")
    return Indirect(first, last, cue, subject, "according-to") if last > first else None


def closing(sentence: Sentence, uses: list[Use], taken: set[int]) -> Indirect | None:
    """Return the clause before a cue that closes the sentence: "[The bridge is open], the ministry said on Sunday"."""
    lows = sentence.lows
    for use in () if taken else reversed(uses):
        kinds = use.cue.complements
        if "that" not in kinds or "to" in kinds or use.cue.lemma in _NO_CLOSING or use.passive or use.cue.form == ING:
            continue
        subject = before_cue(sentence, use)
        if subject is None and use.group and lows[use.group - 1] == ",":
            comma, subject = use.group - 1, after_cue(sentence, use.after)
        elif subject is not None and _tail(sentence, use):
            comma = subject.core.first - 1
        else:
            continue
        if subject is None or comma < 3 or lows[comma] != "," or QUOTE in lows[comma:] or lows[comma + 1] == "not":
            continue
        if any(is_verb(sentence, k) or lows[k] == QUOTE for k in range(comma)):
            return Indirect(0, comma, Span(use.place, use.after), subject, "closing-cue", use)
    return None


def outlet_comma(text: str, sentence: Sentence, uses: list[Use]) -> tuple[int, str] | None:
    """Return the comma before "state media reported" or "according to the Herald", and the outlet, behind a cue."""
    return _according_comma(text, sentence, uses) or _reporting_comma(text, sentence, uses)


def _according_comma(text: str, sentence: Sentence, uses: list[Use]) -> tuple[int, str] | None:
    lows = sentence.lows
    if not sentence.has_according():
        return None
    end = len(lows) - (lows[-1] in _STOPS)
    comma = next((k for k in range(end - 4, 3, -1) if lows[k] == "," and lows[k + 1 : k + 3] == ["according", "to"]), 0)
    if not comma or "," in lows[comma + 1 : end]:
        return None
    outlet = text[sentence.starts[comma + 3] : sentence.ends[end - 1]]
    governing = any(use.place < comma and complement(sentence, use) is not None for use in uses)
    return (comma, outlet.removeprefix("the ")) if governing and is_outlet(outlet) else None


def _reporting_comma(text: str, sentence: Sentence, uses: list[Use]) -> tuple[int, str] | None:
    if len(uses) < 2 or "that" not in uses[-1].cue.complements or not _tail(sentence, uses[-1]):
        return None
    subject = before_cue(sentence, uses[-1])
    if subject is None or subject.core.first < 4 or sentence.lows[subject.core.first - 1] != ",":
        return None
    outlet = text[sentence.starts[subject.core.first] : sentence.ends[subject.core.last - 1]]
    governing = any(complement(sentence, use) is not None for use in uses[:-1])
    return (subject.core.first - 1, outlet) if governing and is_outlet(outlet) else None


def _comma_before(sentence: Sentence, use: Use) -> int | None:
    for k in range(use.group - 1, max(-1, use.group - 14), -1):
        if sentence.lows[k] == ",":
            chunk = sentence.lows[k + 1 : use.group]
            if chunk and (
                chunk[0] in CONJUNCTIONS or chunk[0] in ("who", "which", "while", "though", "although", "as")
            ):
                return None
            return k
        if sentence.lows[k] in (";", ":", DASH, QUOTE):
            return None
    return None


def _tail(sentence: Sentence, use: Use) -> bool:
    """Whether nothing follows the cue but where, when and to whom it was said."""
    lows = sentence.lows
    k = use.after
    if k >= len(lows) or lows[k] in _STOPS or lows[k] in (",", ";", ")"):
        return True
    end = len(lows) - (lows[-1] in _STOPS)
    rest = lows[k:end]
    if "," in rest:
        rest = rest[: rest.index(",")]
    if len(rest) > 14 or "that" in rest or (use.cue.lemma == "tell" and len(rest) < 5 and "he" not in rest):
        return use.cue.lemma == "tell" and len(rest) < 5
    first = rest[0] if rest else ""
    if first in DAYS or is_adverb(first):
        return len(rest) <= 3
    return first in PREPOSITIONS and not any(is_verb(sentence, p) for p in range(k, k + len(rest)))


def inside(sentence: Sentence, uses: list[Use], taken: set[int]) -> Indirect | None:
    """Return the clause that its cue interrupts: "[His orders, he said, had come by telephone]"."""
    lows = sentence.lows
    for use in () if taken or "," not in lows else uses:
        if use.passive or use.cue.complements.isdisjoint(_SPEAKING):
            continue
        comma = _comma_before(sentence, use)
        if not comma or use.group == comma + 1 or "," not in lows[use.after : use.after + 8]:
            continue
        after = lows.index(",", use.after)
        rest = lows[after + 1 :]
        if len(rest) < 3 or rest[0] in ("according", "adding", "that", "but") or QUOTE in lows[comma:after]:
            continue
        if not _tail(sentence, use):
            continue
        subject = Subject(Span(comma + 1, use.group), None)
        return Indirect(0, len(lows) - (lows[-1] in _STOPS), Span(use.place, use.after), subject, "inside-cue", use)
    return None
