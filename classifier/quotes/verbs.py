"""Which words of a sentence are verbs, and which of them are cues that report."""

from typing import Final

from classifier.quotes.chunks import CUE, DASH, QUOTE
from classifier.quotes.cues import BASE, ING, PAST, THIRD, Cue, read_cues
from classifier.quotes.memory import Memory
from classifier.quotes.segment import Sentence
from classifier.quotes.words import (
    ADVERBS,
    ALSO_NOUNS,
    ALSO_PASSIVE,
    AUXILIARIES,
    BE,
    BODIES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    HAVE,
    INDEFINITE_TIMES,
    IRREGULAR,
    MODALS,
    MONTHS,
    NEGATIONS,
    PAIRS,
    PLEASED,
    PLURALS,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    SUBORDINATORS,
    TIMES,
)

_CUES: Final = read_cues()
_TRAITS: Final[Memory[int]] = Memory(1 << 14)
_AFTER_OBJECT: Final = PRONOUNS | DETERMINERS | {",", ".", ":", '"', "", "me", "us", "reporters", "that"}
"""What follows a cue after "her" or "his" as an object: "a friend of his told me", not "his stated aim"."""
_NO_ADVERBS: Final = frozenset({"family", "july", "italy", "ally"})
_EVIDENT: Final = frozenset({"used", "heard", "reported", "said", "known", "thought", "believed", "likes", "liked"})
"""What stands before "to say" or "to have said" of somebody who said it."""
_ALWAYS: Final = 1
"""A trait of words: a verb wherever it stands."""
_AFTER_NOUN: Final = 2
"""A verb, but not after a determiner."""
_SMALL: Final = 4
"""A verb, but not after a determiner nor with a capital."""
_ADVERB: Final = 8
_ENDS_ADVERBIAL: Final = 16
"""May be the last word of an adverbial."""
MOST_CUES: Final = 16
"""Cue words of a sentence that are looked at; prose has no more."""


class Use:
    """A cue as a sentence has it: the places of its first word, of the word after it, and of its verb group."""

    def __init__(self, cue: Cue, place: int, after: int, group: int, passive: bool, perfect: bool) -> None:
        self.cue = cue
        self.place = place
        self.after = after
        self.group = group
        self.passive = passive
        self.perfect = perfect


def find_uses(sentence: Sentence) -> list[Use]:
    """Return the cues that report: finite, and neither negated nor merely possible."""
    found: list[Use] = []
    left = MOST_CUES
    for place, signs in enumerate(sentence.signs):
        if signs & CUE and left:
            left -= 1
            use = _use(sentence, place, _CUES[sentence.lows[place]])
            if use is not None:
                found.append(use)
    return found


def _use(sentence: Sentence, place: int, cues: tuple[Cue, ...]) -> Use | None:
    lows = sentence.lows
    following = lows[place + 1] if place + 1 < len(lows) else ""
    for cue in cues:
        if not cue.second or cue.second == following:
            break
    else:
        return None
    if place and sentence.words[place][0].isupper() and not sentence.words[place].isupper():
        return None
    if cue.form == THIRD and cue.lemma in ALSO_NOUNS and following in BE | HAVE:
        return None  # "Small states have known"
    after = place + (2 if cue.second else 1)
    group = place
    found: set[str] = set()
    while group > 0 and (lows[group - 1] in AUXILIARIES or (width := adverbial_width(lows, group))):
        width = 1 if lows[group - 1] in AUXILIARIES else width
        found.update(lows[group - width : group])
        group -= width
    if group > 0 and lows[group - 1].endswith("n't"):
        group -= 1
        found.add("not")
    before = lows[group - 1] if group else ""
    if found:
        evident = "to" in found and (before in PLEASED or before in _EVIDENT)
        if evident:
            group -= 2 if group > 1 and lows[group - 2] in AUXILIARIES else 1
        if (found & NEGATIONS and cue.lemma != "rule out") or (found & MODALS and not evident):
            return None
    if not _finite(sentence, cue, place, group, before, found):
        return None
    return Use(cue, place, after, group, bool(found & BE) and cue.form == PAST, "had" in found)


def _finite(sentence: Sentence, cue: Cue, place: int, group: int, before: str, found: set[str]) -> bool:
    """Whether the form can be a verb that reports, by what stands before it."""
    if cue.form == ING and before == "by":
        return QUOTE in sentence.lows[place + 1 : place + 3]  # "drew a cheer by shouting, "..."
    if cue.form == ING:
        return bool(found & BE) or before in (",", "", DASH) or (before in CONJUNCTIONS and group > 1)
    if before in ("her", "his") and cue.form == PAST:
        following = sentence.lows[place + 1] if place + 1 < len(sentence.lows) else ""
        return following in _AFTER_OBJECT
    if (before in DETERMINERS and before not in ("that", "this")) or (before.endswith("'s") and group == place):
        return False
    if before in PREPOSITIONS and before not in SUBORDINATORS:
        return False
    if cue.form == BASE:
        return bool(found & MODALS) or _plural(sentence, group, cue.lemma in ALSO_NOUNS)
    if (
        cue.form == PAST
        and before == ","
        and not found
        and cue.lemma.partition(" ")[0] in ALSO_PASSIVE
        and _participle(sentence, place)
    ):
        return False
    if cue.form == PAST and before == "" and cue.second == "" and found == set():
        following = sentence.lows[place + 1] if place + 1 < len(sentence.lows) else ""
        return following in ("", ".") or sentence.words[place + 1][0].isupper() or following in DETERMINERS
    return True


def _participle(sentence: Sentence, place: int) -> bool:
    """Whether the past form after a comma at ``place`` is a participle: "The minister, asked for a view, said"."""
    following = sentence.lows[place + 1] if place + 1 < len(sentence.lows) else ""
    return "," not in sentence.lows[: place - 1] and (following in PREPOSITIONS or following in QUESTION_WORDS)


def _plural(sentence: Sentence, group: int, near: bool) -> bool:
    """Whether the subject that ends before ``group`` is plural, so that a base form can be its verb.

    With ``near`` the plural must be the word before, as the form may be a noun ("in Rakhine state").
    """
    k = group - 1
    while k >= 0 and sentence.lows[k] in (",", ")"):
        k -= 1
    if k < 0:
        return False
    low = sentence.lows[k]
    if sentence.words[k][0].isupper() and "and" in sentence.lows[max(0, k - 3) : k]:
        return True
    if low in PLURALS or low in PAIRS or (low in BODIES and not near):
        return True
    if low.endswith("s") and not low.endswith(("ss", "'s", "us", "is")):
        return True
    return not near and any(
        low in PLURALS or low == "and" or (low.endswith("s") and len(low) > 3 and not low.endswith("'s"))
        for low in sentence.lows[max(0, k - 8) : k]
    )


def adverbial_width(lows: list[str], end: int) -> int:
    """Return how many words before ``end`` are an adverbial such as "also", "on Monday", "at first"; 0 for none."""
    low = lows[end - 1]
    if not _traits_of(low) & _ENDS_ADVERBIAL:
        return 0
    before = lows[end - 2] if end > 1 else ""
    if low in TIMES and before in INDEFINITE_TIMES:
        return 2
    if low in DAYS:
        return (
            1 + (before in ("on", "late", "by")) + (end > 2 and lows[end - 3] in ("late", "early") and before == "on")
        )
    if low == "first" and before == "at":
        return 2
    if low[0].isdigit() and before in MONTHS:
        return 2 + (end > 2 and lows[end - 3] == "on")
    return int(is_adverb(low))


def _traits_of(low: str) -> int:
    """Return the traits of a word in lower case, which do not depend on its place, as a sum."""
    kept = _TRAITS.find(low)
    if kept is not None:
        return kept
    adverb = low in ADVERBS or low in DAYS or low in ("very", "well") or (low.endswith("ly") and low not in _NO_ADVERBS)
    ends = adverb or low in TIMES or low == "first" or low[:1].isdigit()
    return _TRAITS.keep(low, _kind_of(low) | (_ADVERB if adverb else 0) | (_ENDS_ADVERBIAL if ends else 0))


def _kind_of(low: str) -> int:
    """Return the trait that tells whether a word is a finite verb by itself; 0 where it is none."""
    if low.endswith("n't") or low in AUXILIARIES or low in IRREGULAR:
        return 0 if low in ("to", "nor", "neither", "nobody") else _ALWAYS
    if low in _CUES:
        return _AFTER_NOUN if _CUES[low][0].form in (PAST, THIRD) else 0
    return _SMALL if low.endswith("ed") and len(low) > 4 else 0


def is_adverb(low: str) -> bool:
    """Whether a word stands freely between a subject and its verb."""
    return _traits_of(low) & _ADVERB != 0


def is_verb(sentence: Sentence, place: int) -> bool:
    """Whether a word is likely a finite verb: an auxiliary, a cue, a common irregular past, or a word in -ed."""
    kind = _traits_of(sentence.lows[place]) & (_ALWAYS | _AFTER_NOUN | _SMALL)
    if kind in (0, _ALWAYS):
        return kind == _ALWAYS
    if place and sentence.lows[place - 1] in DETERMINERS:
        return False
    return kind == _AFTER_NOUN or sentence.words[place][0].islower()
