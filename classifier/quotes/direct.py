"""Quotations that stand as speech of their own, and the cue that reports each."""

from typing import Final

from classifier.quotes.chunks import QUOTE
from classifier.quotes.complements import complement
from classifier.quotes.main_subjects import main_subject
from classifier.quotes.segment import Sentence
from classifier.quotes.subjects import Subject, after_cue, before_cue, between
from classifier.quotes.unlisted import announcer, leads, unknown_cue, verdict
from classifier.quotes.verbs import Use, is_adverb, is_verb
from classifier.quotes.words import (
    CONJUNCTIONS,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    RELATIVES,
)

REACH: Final = 40
"""Words between a quotation and its cue at most."""

MOST_AFTER: Final = 8
"""Words between such a cue and the colon that ends its sentence at most: "told the BBC in June:"."""

_SIGNS: Final = frozenset(
    {"read", "reads", "reading", "sign", "banner", "banners", "motto", "slogan", "titled", "entitled"}
    | {"saying", "proverb"}
)
_WALLS: Final = frozenset({".", "!", "?", ";", "…", QUOTE})


_SMALL: Final = PREPOSITIONS | DETERMINERS | CONJUNCTIONS | HAVE
"""Words of a title that need no capital."""


class Direct:
    """A direct quotation at a place of its sentence; ``use`` is None where it floats."""

    def __init__(self, place: int, use: Use | None, subject: Subject | None, rule: str) -> None:
        self.place = place
        self.use = use
        self.subject = subject
        self.rule = rule


def find_direct(text: str, sentence: Sentence, uses: list[Use]) -> list[Direct]:
    """Return the direct quotations of a sentence, each with the nearer of the cues before and after it."""
    speaking = [use for use in uses if "quote" in use.cue.complements and not use.passive]
    found: list[Direct] = []
    for place in sorted(sentence.quotes):
        before = _cue_before(text, sentence, place, speaking)
        after = _cue_after(text, sentence, place, speaking)
        if before and after and _is_shared(sentence, place, after):
            after = None
        if before is not None:
            rule = "interrupted" if any(other.use is before for other in found) else "speaker-cue-quote"
            earlier = next((other.subject for other in found if other.use is before), None)
            found.append(Direct(place, before, earlier or subject_of(sentence, before), rule))
        elif after is not None:
            found.append(_after(sentence, place, after))
        elif (unknown := unknown_cue(text, sentence, place)) is not None:
            found.append(_after(sentence, place, unknown))
        elif (judged := verdict(sentence, place)) is not None:
            found.append(Direct(place, None, judged, "verdict"))
        elif _floats(sentence, place):
            found.append(Direct(place, None, None, "floating"))
        elif _announced(sentence, place):
            found.append(Direct(place, None, announcer(sentence, place), "colon"))
    return found


def _is_shared(sentence: Sentence, place: int, after: Use) -> bool:
    return after.group - place > 2


def announcing(sentence: Sentence, uses: list[Use]) -> Use | None:
    """Return the cue of a sentence that ends with a colon and announces the next paragraph: "The chair said:"."""
    last = next((use for use in reversed(uses) if "quote" in use.cue.complements and not use.passive), None)
    return last if last is not None and len(sentence) - last.after <= MOST_AFTER else None


def subject_of(sentence: Sentence, use: Use) -> Subject | None:
    """Return whom a cue before a quotation has as its subject, its own or that of the sentence."""
    subject = before_cue(sentence, use)
    if subject is None and (use.group == 0 or sentence.lows[use.group - 1] != QUOTE):
        return main_subject(sentence, use.group)
    return subject


def _cue_before(text: str, sentence: Sentence, place: int, uses: list[Use]) -> Use | None:
    lows = sentence.lows
    use = next((use for use in reversed(uses) if use.after <= place), None)
    if use is None or place - use.after > REACH or QUOTE in lows[use.after : place]:
        return None
    if not place or lows[place - 1] == ":":
        return use
    gap = place - use.after
    begins = text[sentence.quotes[place].start]
    large = not begins.islower()
    if lows[place - 1] == ",":
        governs = complement(sentence, use)
        inverted = use.group > 0 and lows[use.group - 1] == QUOTE
        if governs is not None and governs.kind in ("that", "to", "object") and gap > 1 and not inverted:
            return None
        return use if large or gap <= 3 or (gap <= 8 and "that" not in lows[use.after : place]) else None
    if gap == 0:
        return use if large and not _titled(text, sentence, place) else None
    if large and use.cue.lemma in ("tell", "say", "write", "ask", "reply") and gap <= 5:
        inner = lows[use.after : place]
        sized = sentence.quotes[place]
        ends = text[sized.end - 1] in ".!?,…"
        return (
            use
            if ends
            and not any(low in RELATIVES or is_verb(sentence, use.after + k) for k, low in enumerate(inner))
            and lows[place - 1] not in DETERMINERS
            else None
        )
    return None


def _titled(text: str, sentence: Sentence, place: int) -> bool:
    quotation = sentence.quotes[place]
    return is_title(text[quotation.start : quotation.end])


def _cue_after(text: str, sentence: Sentence, place: int, uses: list[Use]) -> Use | None:
    lows, n = sentence.lows, len(sentence.lows)
    quotation = sentence.quotes[place]
    k = place + 1
    closed = text[quotation.end - 1] in ",?!—–-…" or (k < n and lows[k] in (",", "—"))
    if not leads(lows, place):
        return None
    use = next((use for use in uses if use.group >= k), None)
    if use is None or use.group - k > REACH:
        return None
    middle = range(k, use.group)
    if any(lows[p] in _WALLS for p in middle):
        return None
    if use.place == k or (use.group <= k + 1 and all(is_adverb(lows[p]) or lows[p] == "," for p in middle)):
        return use if closed or text[quotation.end - 1] == "." or lows[k - 1] == QUOTE else None
    if not closed and (len(middle) > 8 or any(is_verb(sentence, p) for p in middle)):
        return None
    if lows[k] in CONJUNCTIONS and not closed:
        return None
    return use if closed or complement(sentence, use) is None else None


def _after(sentence: Sentence, place: int, use: Use) -> Direct:
    lows = sentence.lows
    k = place + 1
    while k < use.group and (lows[k] == "," or is_adverb(lows[k])):
        k += 1
    if k >= use.group:
        subject = after_cue(sentence, use.after)
        return Direct(place, use, subject, "quote-cue-speaker")
    subject = between(sentence, k, use)
    if subject is None:
        return Direct(place, use, after_cue(sentence, use.after), "quote-cue-speaker")
    return Direct(place, use, subject, "quote-speaker-cue")


def _floats(sentence: Sentence, place: int) -> bool:
    """Whether the sentence consists of quotations alone."""
    return all(low == QUOTE or low in (".", ",", "?", "!", "…", "(", ")") for low in sentence.lows)


def _announced(sentence: Sentence, place: int) -> bool:
    """Whether a colon announces the quotation and no sign, banner or list does."""
    lows = sentence.lows
    return place > 2 and lows[place - 1] == ":" and place + 2 >= len(lows) and _SIGNS.isdisjoint(lows[:place])


def is_spent(use: Use, direct: Direct) -> bool:
    """Whether a cue reports a direct quotation or stands inside what names its speaker."""
    subject = direct.subject
    if use is direct.use or subject is None:
        return use is direct.use
    last = subject.core.last if subject.aside is None else subject.aside.last
    return direct.use is not None and subject.core.first <= use.place < last


def is_title(words: str) -> bool:
    """Whether quoted words are written as a title: two words or more, all but small ones with a capital."""
    parts = words.strip(".,").split()
    large = [part for part in parts if part.lower() not in _SMALL]
    return (
        len(parts) > 1 and not words.isupper() and words[-1:] not in ".!?" and all(part[0].isupper() for part in large)
    )
