"""Features in words a person understands: "accused … of [kidnapping]"."""

from typing import Final, Protocol

from classifier.features import (
    BIGRAM,
    OBJECT,
    OPERATOR,
    PLAIN,
    SCOPED,
    SENTIMENT,
    TARGET,
    unpack,
)
from classifier.lexicon import OBJECTS, OPERATORS
from classifier.sentiment import SUMMARY_NAMES, TARGET_SUMMARY_NAMES


class Words(Protocol):
    """What gives a word for a stem's number."""

    def __getitem__(self, stem: int, /) -> str:
        """Return the word."""


_MOODS: Final = ("", "future ", "possible ", "conditional ")
_ROLES: Final = ("", "", " (noun)", " (participle)")
_ZONES: Final = ("", " in the background", " in a relative clause")


def _state(number: int) -> str:
    """Class, mood and negation of an event: "not possible agree"."""
    return f"{'not ' if number & 1 else ''}{_MOODS[number >> 1 & 3]}{OPERATORS[number >> 3]}"


def _operator(mark: int, a: int, b: int, words: Words) -> str:
    match mark:
        case 1:
            return f"act: {_state(a >> 2)}{_ROLES[a & 3]}{_ZONES[b]}"
        case 2:
            return f"{_state(a)}, then {_state(b)}"
        case 3:
            return f"{OPERATORS[a]} … of [{_state(b)}]"
        case 4:
            return "no act in the main clause"
        case 5:
            return f"first act: {_state(a >> 2)}{_ROLES[a & 3]}"
        case 6:
            return f"last act: {_state(a >> 2)}{_ROLES[a & 3]}"
        case 7:
            return f"first acts: {_state(a)}, {_state(b)}"
        case 8:
            return f"main verb: {_state(a >> 1)}{' (passive)' if a & 1 else ''}"
        case 9:
            return f"main verb “{words[a]}”{' ' + _state(b).strip() if b else ''}"
        case _:
            return f"first verbs: {_state(a)}, {_state(b)}"


def _object(mark: int, a: int, b: int, words: Words) -> str:
    thing = OBJECTS[b] or "nothing named"
    where = " in the background" if mark & 8 else ""
    match mark & 7:
        case 1:
            return f"{_state(a)} + {thing}{where}"
        case 2:
            return f"“{words[a]}” + {thing}{where}"
        case _:
            return f"main act {_state(a)} + {thing}"


def _target(mark: int, a: int, b: int, words: Words) -> str:
    match mark:
        case 1:
            return f"“{words[b]}” {a} before the target"
        case 2:
            return f"“{words[b]}” {a} after the target"
        case 3:
            return f"“{words[a]} {words[b]}” before the target"
        case 4:
            return f"“{words[a]} {words[b]}” after the target"
        case 5:
            return f"“{words[b]}” somewhat before the target"
        case 6:
            return f"“{words[b]}” somewhat after the target"
        case 7 | 9:
            side = "before" if mark == 7 else "after"
            return f"{_state(a)}{' (passive)' if b >> 1 & 1 else ''}{_ROLES[b >> 2]} {side} the target"
        case 8 | 10:
            return f"act “{words[a]}” {'before' if mark == 8 else 'after'} the target"
        case 11 | 12:
            side = "before" if mark == 11 else "after"
            return f"first act {side} the target: {_state(a)}{' (passive)' if b else ''}"
        case 13:
            return f"target between {OPERATORS[a] or 'nothing'} and {OPERATORS[b] or 'nothing'}"
        case 14:
            governor = OPERATORS[a >> 3] or "no act"
            return f"target governed by {governor}{', negated' if a >> 2 & 1 else ''}{_ZONES[a & 3]}"
        case 15:
            return "target " + ("opens the text" if a else "ends the text" if b else "inside the text")
        case _:
            return f"{a} other actors before, {b} after the target"


def describe(key: int, words: Words) -> str:
    """Return a feature in words; ``words`` gives one for the number of a stem of the model's word table."""
    family, mark, a, b = unpack(key)
    if family == PLAIN:
        return f"“{words[a]}”"
    if family == SCOPED:
        governor = OPERATORS[mark >> 2]
        inner = f"[{'not ' if mark >> 1 & 1 else ''}{words[a]}]{' in the background' if mark & 1 else ''}"
        return f"{governor} … {inner}" if governor else inner
    if family == BIGRAM:
        return f"“{words[a]} {words[b]}”{' in the background' if mark else ''}"
    if family == OPERATOR:
        return _operator(mark, a, b, words)
    if family == OBJECT:
        return _object(mark, a, b, words)
    if family == TARGET:
        return _target(mark, a, b, words)
    if family == SENTIMENT:
        return SUMMARY_NAMES[mark]
    return f"sentiment {TARGET_SUMMARY_NAMES[mark]}"
