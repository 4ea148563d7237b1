"""Which capitalised words are what somebody is, not part of a name."""

import re
from typing import Final

from classifier.quotes.memory import Memory
from classifier.quotes.words import (
    ADVERBS,
    BODIES,
    CONJUNCTIONS,
    DETERMINERS,
    FIELDS,
    GIVEN,
    PARTICLES,
    PERSONS,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    SUBORDINATORS,
    TIMES,
    TITLES,
)

_NOT_NAMES: Final = (
    ROLES
    | TITLES
    | BODIES
    | DETERMINERS
    | PREPOSITIONS - PARTICLES
    | CONJUNCTIONS
    | SUBORDINATORS
    | PRONOUNS
    | ADVERBS
    | TIMES
    | FIELDS
)
_TRADE: Final = re.compile(
    r"(?:co-|ex-|great-)\w+|\w{3,}(?:man|woman|maker|keeper|holder|worker|owner|goer|grower|teacher|ologist)"
)
_AGENT: Final = re.compile(r"\w{3,}(?:er|or|ist|den|ant)")
_ADJECTIVE: Final = re.compile(r"\w{3,}(?:y|ed|ing|ous|ful|ic|ish|less|ate|ent|ive|able)")
_RANKS: Final = frozenset({"pc", "dc", "ds", "di", "md", "vp", "mp", "pm", "dj"})
_TRADES: Final[Memory[bool]] = Memory(1 << 13)
_NO_NAMES: Final[Memory[bool]] = Memory(1 << 13)
_PREFIXES: Final = frozenset({"vice", "co", "ex", "deputy", "sub", "under", "great", "step", "arch", "multi"})


def is_trade(low: str) -> bool:
    """Whether a word that opens a name is a trade: "[Trawlerman] Jim Nance", "[Co-host] Ada Pell"."""
    kept = _TRADES.find(low)
    return _TRADES.keep(low, _names_trade(low)) if kept is None else kept


def _names_trade(low: str) -> bool:
    return _TRADE.fullmatch(low) is not None or any(low[-size:] in PERSONS for size in range(4, len(low) - 2))


def is_compound_role(low: str) -> bool:
    """Whether a word is a role with a prefix or second role: "vice-minister", "ex-striker", "secretary-treasurer"."""
    before, _, last = low.rpartition("-")
    return last in PERSONS and (before in _PREFIXES or before in PERSONS)


def is_plural_role(low: str) -> bool:
    """Whether a word names several people by their role: "ministers", but not the name "Nunn"."""
    return low[-1:] == "s" and low[:-1] in PERSONS


def _is_no_name(low: str) -> bool:
    """Whether a word is no part of a name wherever it stands."""
    kept = _NO_NAMES.find(low)
    return _NO_NAMES.keep(low, _names_nobody(low)) if kept is None else kept


def _names_nobody(low: str) -> bool:
    if low in _NOT_NAMES or low.endswith(("'s", "’s")) or is_plural_role(low):
        return True
    return "-" in low and (is_compound_role(low) or low.endswith("-year-old"))


def is_role(words: list[str], place: int) -> bool:
    """Whether the capitalised word at ``place`` of a run of them is what somebody is, not part of a name."""
    low = words[place].lower()
    if place and place == len(words) - 1 and words[place - 1].lower() in GIVEN:
        return low.endswith(("'s", "’s"))  # "Imran Sheikh", "Dave Cook"
    if _is_no_name(low):
        return True
    if words[place].isupper() and not words[-1].isupper() and (len(low) > 2 or low in _RANKS) and low not in GIVEN:
        return low.isalpha()  # "HEARTBROKEN Carly Munro", "CEO Signe Aagaard"
    if place or len(words) < 2 or low in GIVEN:
        return False
    given = words[1].lower() in GIVEN
    if given:  # "Fiery Laurent Deschamps", "Accuser Gavin"
        return "-" in low or is_trade(low) or _AGENT.fullmatch(low) is not None or _ADJECTIVE.fullmatch(low) is not None
    return len(words) > 2 and is_trade(low)
