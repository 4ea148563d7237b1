"""Subjects: which words name who speaks, and what they say of him, her or it."""

from collections.abc import Mapping
from typing import Final

from classifier.quotes.entities import BODY, DOCUMENT, PERSON, PLURAL, PRONOUN
from classifier.quotes.heads import head_of, kind_of, phrase_gender
from classifier.quotes.naming import actors_in
from classifier.quotes.roles import is_compound_role, is_plural_role, is_role
from classifier.quotes.words import (
    BODIES,
    DETERMINERS,
    DOCUMENTS,
    FIELDS,
    FIRMS,
    GIVEN,
    INDEFINITE,
    OBJECT_PRONOUNS,
    PARTICLES,
    PERSONS,
    POST_NOMINALS,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    ROLES,
    THINGS,
    TITLES,
)

_FIRM_ENDS: Final = frozenset(
    {"ltd", "limited", "plc", "inc", "gmbh", "llc", "oü", "a/s", "as", "ab", "asa", "oy", "oyj", "ag", "sa", "spa"}
    | {"bv", "nv", "llp", "kg", "se", "co", "corp", "group", "holdings"}
)
_BEFORE_FIRM: Final = THINGS | FIRMS
_NO_PHRASE: Final = QUESTION_WORDS | {"the", "a", "an", "this"}
_OWNERS: Final = {"his": "he", "their": "they", "its": "it"}
_NUMBERED: Final = DOCUMENTS | {"article", "section", "clause", "paragraph", "resolution", "annex", "rule", "chapter"}
_SHORTENED: Final = ("'ve", "'d", "'ll", "'m", "'re", "'s")


class Mention:
    """A noun phrase that names a speaker.

    ``text`` is the phrase as it stands, ``name`` the personal name in it or None, ``role`` all other words about the
    person (with affiliation), ``head`` its head noun or surname in lower case.
    """

    def __init__(
        self,
        text: str,
        start: int,
        kind: str,
        head: str,
        name: str | None = None,
        role: str = "",
        gender: str = "",
        title: bool = False,
        age: str = "",
    ) -> None:
        self.text = text
        self.start = start
        self.kind = kind
        self.head = head
        self.name = name
        self.role = role
        self.gender = gender
        self.title = title
        self.age = age


def read_mention(
    text: str,
    words: list[str],
    lows: list[str],
    starts: list[int],
    end: int,
    known: Mapping[str, bool],
) -> Mention | None:
    """Read the noun phrase of ``words``, which stands at ``text[starts[0]:end]``; None where it is none.

    ``lows`` are the words in lower case with plain apostrophes; ``known`` holds names, in lower case, by which the text
    calls people elsewhere.
    """
    if not lows or lows[0] in ("there", "no") or (len(lows) == 1 and lows[0] in _NO_PHRASE):
        return None
    phrase, start = text[starts[0] : end], starts[0]
    head = _pronoun(lows)
    if head is not None:
        last = -1 if lows[-1] == head else 0
        return Mention(words[-1] if last else phrase, starts[last], PRONOUN, head)
    if lows[-1] in ("here", "there") and len(lows) > 1:
        return read_mention(text, words[:-1], lows[:-1], starts[:-1], _end(starts, words, len(words) - 2), known)
    if lows[-1].endswith("'s") and (lows[-1][:-2] in known or (lows[0] == "the" and lows[-1][:-2] in PERSONS)):
        bare = words[-1][:-2]  # "Gemma's having none of it"
        short = [*lows[:-1], lows[-1][:-2]]
        return read_mention(text, [*words[:-1], bare], short, starts, starts[-1] + len(bare), known)
    size = len(words)
    if lows[-1] == ")" and "(" in lows:
        size = lows.index("(")
        if not size:
            return None
    if size > 1 and lows[size - 1].isdigit() and lows[size - 2] in _NUMBERED:
        return Mention(phrase, start, DOCUMENT, lows[size - 2])
    while size > 2 and lows[size - 1] in POST_NOMINALS and words[size - 1].isupper() and words[size - 2][0].isupper():
        size -= 1
    gender = phrase_gender(lows)
    first = _name_start(words[:size], lows[:size], known) if " & " not in phrase else None
    if first and lows[first - 1] in _BEFORE_FIRM and lows[first] not in GIVEN and first <= 2:
        start = starts[first]  # "Parking firm ClampRight"
        return Mention(text[start : _end(starts, words, size - 1)], start, BODY, lows[size - 1])
    if first is not None and (pair := _pair_start(words, lows, first)) is not None:
        return Mention(text[starts[pair] : _end(starts, words, size - 1)], starts[pair], PLURAL, lows[size - 1])
    if first is not None:
        name = " ".join(text[starts[first] : _end(starts, words, size - 1)].split())
        role = " ".join((text[start : starts[first]] + " " + text[_end(starts, words, size - 1) : end]).split())
        title = first > 0 and lows[first - 1] in TITLES
        return Mention(phrase, start, PERSON, lows[size - 1], name, role, gender, title)
    shorter = _before_place(words[:size], lows[:size], known)
    if shorter is not None:
        end = _end(starts, words, shorter - 1)
        return read_mention(text, words[:shorter], lows[:shorter], starts[:shorter], end, known)
    head = head_of(lows[:size])
    if head in DOCUMENTS or (len(lows) > 2 and lows[1] in DOCUMENTS and lows[2].endswith("ed")):
        return Mention(phrase, start, DOCUMENT, head)
    return Mention(phrase, start, kind_of(words[0], lows, head), head, None, phrase, gender)


def _pronoun(lows: list[str]) -> str | None:
    """Return the pronoun that a phrase is, or that stands last in it ("in which he"), in its subject form."""
    if len(lows) == 1 and (lows[0] in PRONOUNS or lows[0] in INDEFINITE):
        return lows[0]
    if "'" in lows[-1] and lows[-1].endswith(_SHORTENED) and lows[-1].partition("'")[0] in PRONOUNS:
        return lows[-1].partition("'")[0]
    if lows[0] in ("somebody", "someone"):
        return lows[0]
    if lows[0] in INDEFINITE and lows[1:3] in (["of", "them"], ["of", "those"], ["of", "us"]):
        return "one"
    if lows[0] in PRONOUNS:
        return lows[0]  # "they both"
    if lows[-1] in PRONOUNS:
        return lows[-1]
    return _OWNERS.get(lows[0]) or OBJECT_PRONOUNS.get(lows[0]) if len(lows) == 1 else None


def _end(starts: list[int], words: list[str], place: int) -> int:
    return starts[place] + len(words[place])


def _name_start(words: list[str], lows: list[str], known: Mapping[str, bool]) -> int | None:
    """Return where the personal name at the end of a phrase begins, or None where there is none."""
    if not words[-1][0].isupper():
        return None
    if len(lows) > 2 and "of" in lows[1:3] and lows[lows.index("of") - 1] in BODIES:
        return None  # "the Ministry of Foreign Affairs"
    first = len(words)
    while first and (words[first - 1][0].isupper() or (lows[first - 1] in PARTICLES and first < len(words))):
        if lows[first - 1].endswith("'s") or lows[first - 1] in DETERMINERS:
            break
        first -= 1
    while first < len(words) and lows[first] in PARTICLES and not words[first][0].isupper():
        first += 1
    if first == len(words) or words[-1].endswith(("'s", "’s")):
        return None
    stripped = False
    for place in range(len(words) - 1, first - 1, -1):
        low = lows[place]
        if place and place == len(words) - 1 and lows[place - 1] in GIVEN and low not in BODIES:
            continue  # "Imran Sheikh"
        if _is_role(low) or (place == 0 and _is_trade(words)):
            if place == len(words) - 1:
                return None
            if place + 2 == len(words) and place and lows[place - 1] == "of" and lows[-1] not in known:
                return None  # "The Minister of Foreign Affairs"
            first, stripped = place + 1, True
            break
    if lows[-1] in _FIRM_ENDS:
        return None
    before = lows[first - 1] if first else ""
    first, stripped = _after_actor(words, first, stripped)
    if first == len(words):
        return None
    run = lows[first:]
    if first == 0 and len(run) == 2 and known.get(run[1]) and run[0] not in known and run[0] not in GIVEN:
        return 1  # "Desperate Janine"
    if (before in DETERMINERS and not stripped) or any(low in BODIES for low in run):
        return None
    if before in PREPOSITIONS and not (stripped and any(low in PERSONS for low in lows[:first])):
        return None
    if len(run) > 1 or stripped or run[-1] in known or (run[-1] in GIVEN and not actors_in(words[-1])):
        return first
    named = before and before not in PREPOSITIONS and not before.endswith("'s")
    return first if before in PERSONS or named else None


def _is_role(low: str) -> bool:
    if low in ROLES or low in BODIES or low in FIELDS or is_plural_role(low):
        return True
    return "-" in low and (is_compound_role(low) or low.endswith("-year-old"))


def _pair_start(words: list[str], lows: list[str], first: int) -> int | None:
    """Return where "Ray and Sheila Boon" begins, whose second name begins at ``first``; None for a single name."""
    place = first - 1
    if place < 1 or lows[place] != "and":
        return None
    while (
        place and words[place - 1][0].isupper() and lows[place - 1] not in ROLES and lows[place - 1][:-1] not in PERSONS
    ):
        place -= 1
    return place if place < first - 1 else None


def _is_trade(words: list[str]) -> bool:
    return is_role(words, 0)


def _after_actor(words: list[str], first: int, stripped: bool) -> tuple[int, bool]:
    """Return the place after actors at the start of a run of capitals: "[U.S.] Jane Hartley"."""
    run = " ".join(words[first:])
    place = 0
    for actor in actors_in(run):
        if run[place : actor.start].strip():
            break
        place = actor.end
    if not place:
        return first, stripped
    return first + len(run[:place].split()), True


def _before_place(words: list[str], lows: list[str], known: Mapping[str, bool]) -> int | None:
    """Return the size of the name in "Professor Anna Kerr [of Leeds]", or None."""
    for place in range(2, len(words) - 1):
        if lows[place] in ("of", "from", "at", "in", "for", "with", "on"):
            first = _name_start(words[:place], lows[:place], known)
            return place if first is not None and (first or place - first > 1) else None
    return None
