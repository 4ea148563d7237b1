"""The gazetteer: states, demonyms, seats of government, organisations and armed groups, with their codes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final

from classifier.lexicon import split_entries, words_of
from classifier.text import match_tokens, tokenize

CASED: Final = frozenset({"us", "is", "who", "car", "au", "eta", "west", "polish", "cis", "sco", "elysee", "aden"})
"""Lower-case words that name an actor only when written as the gazetteer writes them."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor named in a text: ``text[start:end]`` and its ISO 3166 alpha-3 or organisation code."""

    code: str
    start: int
    end: int


@cache
def read_gazetteer() -> Mapping[tuple[str, ...], str]:
    """Word sequences -> actor code; lower case, save those in :data:`CASED`, which keep theirs."""
    names: dict[tuple[str, ...], str] = {}
    text = files("classifier").joinpath("data", "actors.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            code, *columns = line.split("\t")
            for column in columns:
                for name in split_entries(column):
                    words = words_of(name)
                    cased = tuple(token.text for token in tokenize(name))
                    names.setdefault(cased if len(words) == 1 and words[0] in CASED else words, code)
    return names


@cache
def _longest() -> Mapping[str, int]:
    """First word of a name -> the number of words of the longest name that it opens."""
    longest: dict[str, int] = {}
    for words in read_gazetteer():
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return longest


def find_actors(text: str) -> list[Mention]:
    """Return the actors that ``text`` names, in order, the longest name at each place."""
    longest = _longest()
    tokens = list(match_tokens(text))
    lowered = [token.group().lower() for token in tokens]
    found: list[Mention] = []
    reached = 0
    for i, low in enumerate(lowered):
        if i >= reached and (low in longest or low in CASED):
            code, size = _name_at(tokens, lowered, i)
            if code:
                reached = i + size
                found.append(Mention(code, tokens[i].start(), tokens[reached - 1].end()))
    return found


def opening_actor(text: str) -> Mention | None:
    """Return the actor whose name ``text`` begins with, which is the first of :func:`find_actors`; None for none."""
    tokens = match_tokens(text)
    first = next(tokens, None)
    if first is None or first.start():
        return None
    low = first.group().lower()
    following = list(islice(tokens, _longest().get(low, 1) - 1))
    lowered = [low, *(token.group().lower() for token in following)]
    code, size = _name_at([first, *following], lowered, 0)
    return Mention(code, 0, (following[size - 2] if size > 1 else first).end()) if code else None


def _name_at(tokens: Sequence[re.Match[str]], lowered: Sequence[str], i: int) -> tuple[str, int]:
    """Return the code and the number of words of the longest name that begins at token ``i``; "" and 0 for none."""
    names, low = read_gazetteer(), lowered[i]
    if low in CASED:
        return names.get((tokens[i].group(),), ""), 1
    for size in range(min(_longest().get(low, 0), len(tokens) - i), 0, -1):
        code = names.get(tuple(lowered[i : i + size]))
        if code:
            return code, size
    return "", 0
