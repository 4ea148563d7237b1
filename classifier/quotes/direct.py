"""Quotations that stand as speech of their own, and the cue that reports each."""

from typing import Final, NamedTuple

from classifier.quotes.adverbials import after_adverbial
from classifier.quotes.complements import complement
from classifier.quotes.cues import PAST, THIRD, Cue, read_cues
from classifier.quotes.segment import QUOTE, Sentence
from classifier.quotes.subjects import Span, Subject, after_cue, before_cue, between, main_subject
from classifier.quotes.verbs import Use, is_adverb, is_verb
from classifier.quotes.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    HAVE,
    IRREGULAR,
    PERSONS,
    PREPOSITIONS,
    PRONOUNS,
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


_CUES: Final = read_cues()
_SMALL: Final = PREPOSITIONS | DETERMINERS | CONJUNCTIONS | HAVE
"""Words of a title that need no capital."""


class Direct(NamedTuple):
    """A direct quotation at a place of its sentence; ``use`` is None where it floats."""

    place: int
    use: Use | None
    subject: Subject | None
    rule: str


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
        elif (unknown := _unknown_cue(text, sentence, place)) is not None:
            found.append(_after(sentence, place, unknown))
        elif (judged := _verdict(sentence, place)) is not None:
            found.append(Direct(place, None, judged, "verdict"))
        elif _floats(sentence, place):
            found.append(Direct(place, None, None, "floating"))
        elif _announced(sentence, place):
            found.append(Direct(place, None, _announcer(sentence, place), "colon"))
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
        if governs is not None and governs.kind in ("that", "to", "object") and gap > 1:
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
    if not _leads(lows, place):
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


def _unknown_cue(text: str, sentence: Sentence, place: int) -> Use | None:
    """Return the verb after a quotation that no list of cues has but that can be nothing else: '"...," she deadpanned'.

    The quotation ends with a comma, or with "?" or "!" before a pronoun; a pronoun, a name or a role stands before or
    after the verb.
    """
    lows, words, n = sentence.lows, sentence.words, len(sentence.lows)
    last = text[sentence.quotes[place].end - 1]
    k = place + 1
    if last not in ",?!" or k + 1 >= n or not _leads(lows, place):
        return None
    if _is_report(words, lows, k) and last == ",":
        following = words[k + 1]
        role = lows[k + 1] in DETERMINERS and not PERSONS.isdisjoint(lows[k + 2 : k + 6])
        return _made(lows, k) if following[0].isupper() or role else None
    if lows[k] in ("he", "she", "they", "it"):
        verb = k + 1
    else:
        verb = k
        while verb < n and words[verb][0].isupper():
            verb += 1
        if verb == k and lows[k] in DETERMINERS:
            verb = next((p + 1 for p in range(k + 1, min(k + 6, n)) if lows[p] in PERSONS), k)
        if verb == k or last != ",":
            return None
    while verb < n and is_adverb(lows[verb]):
        verb += 1
    if last == "," and lows[verb : verb + 1] == ["would"] and verb + 1 < n and lows[verb + 1] in _CUES:
        return _made(lows, verb + 1)._replace(group=verb)  # '"You never know," she would say'
    return _made(lows, verb) if verb < n and _is_report(words, lows, verb) else None


def _is_report(words: list[str], lows: list[str], k: int) -> bool:
    low = lows[k]
    if not words[k].islower() or low in AUXILIARIES or low in PREPOSITIONS or len(low) < 4:
        return False
    return low.endswith(("s", "ed")) or low in IRREGULAR


def _verdict(sentence: Sentence, place: int) -> Subject | None:
    """Return whose words '"...," is her verdict' and '"...," was how he put it' say that they are."""
    lows = sentence.lows
    k = place + 1
    k += lows[k : k + 1] == [","]
    if place or lows[k : k + 1] not in (["is"], ["was"], ["are"], ["were"]):
        return None
    k += 1 + (lows[k + 1 : k + 2] == ["how"])
    if lows[k : k + 1] and (lows[k] in ("his", "her", "their") or (lows[k - 1] == "how" and lows[k] in PRONOUNS)):
        return Subject(Span(k, k + 1), None)
    return None


def _announcer(sentence: Sentence, place: int) -> Subject | None:
    """Return the subject of a verb before a colon that no list has: "An old man [disagrees]:", "came [a voice]:"."""
    lows = sentence.lows
    if lows[:4] == ["in", "the", "words", "of"]:
        stop = next((k for k in range(4, place) if lows[k] in (",", ":")), place)
        return Subject(Span(4, stop), None)
    if "came" in lows[: place - 2]:
        after = lows.index("came") + 1
        if lows[after] in DETERMINERS:
            return Subject(Span(after, place - 1), None)
    subject = main_subject(sentence, place)
    if subject is not None or place < 3 or not lows[place - 2].endswith(("s", "ed")):
        return subject
    first = after_adverbial(sentence, 0, place - 2)
    return Subject(Span(first, place - 2), None) if first < place - 2 else None


def _made(lows: list[str], k: int) -> Use:
    form = THIRD if lows[k].endswith("s") else PAST
    return Use(Cue(lows[k], form, "", frozenset({"quote"})), k, k + 1, k, False, False)


def _leads(lows: list[str], place: int) -> bool:
    """Whether a quotation stands at the head of its sentence, or after a comma or colon."""
    return (
        all(low == QUOTE or low in CONJUNCTIONS or low in (",", "(") for low in lows[:place]) or lows[place - 1] == ":"
    )


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
