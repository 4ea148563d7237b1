"""The gazetteer: states, demonyms, seats of government, organisations and armed groups, with their codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
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
    names, longest = read_gazetteer(), _longest()
    tokens = list(match_tokens(text))
    lowered = [token.group().lower() for token in tokens]
    found: list[Mention] = []
    reached = 0
    for i, low in enumerate(lowered):
        if i < reached:
            continue
        if low in CASED:
            sizes = range(1, 0, -1)
        elif low in longest:
            sizes = range(min(longest[low], len(tokens) - i), 0, -1)
        else:
            continue
        for n in sizes:
            code = names.get((tokens[i].group(),) if low in CASED else tuple(lowered[i : i + n]))
            if code:
                reached = i + n
                found.append(Mention(code, tokens[i].start(), tokens[reached - 1].end()))
                break
    return found
