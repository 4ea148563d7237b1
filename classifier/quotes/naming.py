"""Actors named in short phrases: the gazetteer behind a cheap test, since most phrases name none."""

import re
from functools import cache, lru_cache
from typing import Final

from classifier.actors import Mention, find_actors, read_gazetteer

_CAPITAL: Final = re.compile(r"[^\W\d_a-z][^\W_]*")


@cache
def _first_words() -> frozenset[str]:
    return frozenset(words[0].partition("-")[0].partition(".")[0].lower() for words in read_gazetteer())


@lru_cache(maxsize=4096)
def actors_in(phrase: str) -> tuple[Mention, ...]:
    """Return the actors that ``phrase`` names with a capital letter, in order."""
    firsts = _first_words()
    if not any(word.lower() in firsts for word in _CAPITAL.findall(phrase)):
        return ()
    return tuple(find_actors(phrase))


def actor_code(phrase: str) -> str | None:
    """Return the code of the first actor that ``phrase`` names, or None."""
    found = actors_in(phrase)
    return found[0].code if found else None
