"""Quotations reported by words that are no cue: "she deadpanned", "is her verdict", "from the back came a voice:"."""

from typing import Final

from classifier.quotes.adverbials import after_adverbial
from classifier.quotes.chunks import QUOTE
from classifier.quotes.cues import PAST, THIRD, Cue, read_cues
from classifier.quotes.main_subjects import main_subject
from classifier.quotes.segment import Sentence
from classifier.quotes.subjects import Span, Subject
from classifier.quotes.verbs import Use, is_adverb
from classifier.quotes.words import AUXILIARIES, CONJUNCTIONS, DETERMINERS, IRREGULAR, PERSONS, PREPOSITIONS, PRONOUNS

_CUES: Final = read_cues()


def unknown_cue(text: str, sentence: Sentence, place: int) -> Use | None:
    """Return the verb after a quotation that no list of cues has but that can be nothing else: '"...," she deadpanned'.

    The quotation ends with a comma, or with "?" or "!" before a pronoun; a pronoun, a name or a role stands before or
    after the verb.
    """
    lows, words, n = sentence.lows, sentence.words, len(sentence.lows)
    last = text[sentence.quotes[place].end - 1]
    k = place + 1
    if last not in ",?!" or k + 1 >= n or not leads(lows, place):
        return None
    if _is_report(words, lows, k) and last == ",":
        following = words[k + 1]
        role = lows[k + 1] in DETERMINERS and not PERSONS.isdisjoint(lows[k + 2 : k + 6])
        return _made(lows, k, k) if following[0].isupper() or role else None
    if lows[k] in ("he", "she", "they", "it"):
        verb = k + 1
    else:
        verb = k
        while verb < n and words[verb][0].isupper():
            verb += 1
        if verb == k and lows[k] in DETERMINERS:
            near = range(k + 1, min(k + 7, n))
            verb = next((p + 1 for p in near if lows[p] in PERSONS), k)
            if verb == k and last == ",":  # "the retired maths master snorted."
                ends = (p for p in near[1:] if lows[p + 1 : p + 2] in (["."], [","]) and _is_report(words, lows, p))
                verb = next(ends, k)
        if verb == k or (last != "," and lows[verb + 1 : verb + 2] not in (["."], [","])):
            return None
    while verb < n and is_adverb(lows[verb]):
        verb += 1
    if last == "," and lows[verb : verb + 1] == ["would"] and verb + 1 < n and lows[verb + 1] in _CUES:
        return _made(lows, verb + 1, verb)  # '"You never know," she would say'
    return _made(lows, verb, verb) if verb < n and _is_report(words, lows, verb) else None


def _is_report(words: list[str], lows: list[str], k: int) -> bool:
    low = lows[k]
    if not words[k].islower() or low in AUXILIARIES or low in PREPOSITIONS or len(low) < 4:
        return False
    return low.endswith(("s", "ed")) or low in IRREGULAR


def verdict(sentence: Sentence, place: int) -> Subject | None:
    """Return whose words '"...," is her verdict' and '"...," was how he put it' say that they are."""
    lows = sentence.lows
    k = place + 1
    k += lows[k : k + 1] == [","]
    if place or lows[k : k + 1] not in (["is"], ["was"], ["are"], ["were"]):
        return None
    k += 1 + (lows[k + 1 : k + 2] == ["how"])
    if lows[k : k + 1] and (lows[k] in ("his", "her", "their") or (lows[k - 1] == "how" and lows[k] in PRONOUNS)):
        return Subject(Span(k, k + 1), None)
    owner = next((p for p in range(k, min(k + 5, len(lows))) if lows[p].endswith("'s")), None)
    if owner is not None and lows[k] == "the":
        return Subject(Span(k, owner + 1), None)
    return None


def announcer(sentence: Sentence, place: int) -> Subject | None:
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


def _made(lows: list[str], k: int, group: int) -> Use:
    form = THIRD if lows[k].endswith("s") else PAST
    return Use(Cue(lows[k], form, "", frozenset({"quote"})), k, k + 1, group, False, False)


def leads(lows: list[str], place: int) -> bool:
    """Whether a quotation stands at the head of its sentence, or after a comma or colon."""
    return (
        all(low == QUOTE or low in CONJUNCTIONS or low in (",", "(") for low in lows[:place]) or lows[place - 1] == ":"
    )
