"""The people and bodies of an article, and what may be said of their names alone."""

from typing import Final

from classifier.quotes.memory import Memory
from classifier.quotes.naming import actor_code
from classifier.quotes.words import MEN, OUTLET_NAMES, OUTLET_NOUNS, ROLES, WOMEN

PERSON: Final = "person"
BODY: Final = "body"
PLURAL: Final = "plural"
PRONOUN: Final = "pronoun"
DOCUMENT: Final = "document"
"""What a noun phrase names."""
_AFTER_OUTLET: Final = ROLES | {"secretary", "conference"}
"""Words that make "the Press secretary" no outlet."""

_OUTLETS: Final[Memory[bool]] = Memory(1 << 12)
_FEMININE: Final = ("a", "elle", "ette", "ine", "een", "lyn", "lynn", "ise")
_MASCULINE: Final = ("o", "us", "rd", "tt", "ld", "rt", "ck", "as", "os", "ev", "ov", "slav", "mir", "son", "ton")
"""Endings of first names."""


class Speaker:
    """Who said it: name or None, where it is named, actor code, and why there is no name."""

    def __init__(self, name: str | None, start: int | None, actor: str | None, reason: str | None) -> None:
        self.name = name
        self.start = start
        self.actor = actor
        self.reason = reason


NOBODY: Final = Speaker(None, None, None, "no speaker named")


class Entity:
    """Somebody or some body: the fullest name, the kind of :mod:`nouns`, actor code, gender "f", "m" or ""."""

    def __init__(
        self, name: str, kind: str, actor: str | None, gender: str, named: bool = False, age: str = ""
    ) -> None:
        self.name = name
        self.kind = kind
        self.actor = actor
        self.gender = gender
        self.named = named
        self.age = age
        self.spoke = False
        """Whether it has made a statement."""
        self.words: set[str] = set()
        self.seen = 0
        """The paragraph of its last mention."""
        self.rank = -10.0
        """When it was last spoken of, as :class:`focus.Focus` counts."""


def is_outlet(phrase: str) -> bool:
    """Whether a phrase names a newspaper, agency or broadcaster."""
    kept = _OUTLETS.find(phrase)
    return _OUTLETS.keep(phrase, _names_outlet(phrase)) if kept is None else kept


def _names_outlet(phrase: str) -> bool:
    words = phrase.removesuffix("'s").split()
    lows = [word.lower() for word in words]
    if OUTLET_NAMES.isdisjoint(lows):
        return bool(lows) and (lows[-1] in OUTLET_NOUNS or lows[-2:] == ["news", "agency"])
    named = [place for place, low in enumerate(lows) if low in OUTLET_NAMES and words[place][0].isupper()]
    return any(place + 1 == len(lows) or lows[place + 1] not in _AFTER_OUTLET for place in named)


def key_of(phrase: str) -> str:
    """Return what is equal for "The ministry" and "the Ministry"."""
    low = phrase.lower()
    return low[4:] if low.startswith("the ") else low


def gender_of(name: str) -> str:
    """Return "f" or "m" where the first name is commonly a woman's or a man's, else the empty string."""
    first = name.split(None, 1)[0].lower()
    return "f" if first in WOMEN else "m" if first in MEN else ""


def leaning_of(name: str) -> str:
    """Return "f" or "m" where the ending of an uncommon first name suggests a woman or a man."""
    first = name.split(None, 1)[0].lower()
    return "f" if first.endswith(_FEMININE) else "m" if first.endswith(_MASCULINE) else ""


def agree(first: Entity, second: Entity) -> bool:
    """Whether gender and age allow two descriptions to be of one person."""
    same_gender = not (first.gender and second.gender and first.gender != second.gender)
    return same_gender and not (first.age and second.age and first.age != second.age)


def is_proper(phrase: str) -> bool:
    """Whether a body has a name of its own and is no state: "Skerrymore Power Ltd"."""
    words = phrase.removeprefix("The ").removeprefix("the ").split()
    large = len(words) > 1 and all(word[0].isupper() or word == "&" for word in words)
    return large and actor_code(phrase) is None
