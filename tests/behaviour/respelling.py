"""Ways to write the same statement otherwise, and how far each may move its escalation score."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from typing import Final


@dataclass(frozen=True, slots=True)
class Respelling:
    """A rewriting that returns the text itself where it does not apply."""

    name: str
    tolerance: float
    """How far escalation.score, which spans 5, may move."""
    rewrite: Callable[[str], str]


def _curly(text: str) -> str:
    marks = cycle("“”")
    return "".join(next(marks) if c == '"' else "’" if c == "'" else c for c in text)


def _wrapped(text: str) -> str:
    return text if '"' in text else f"“{text}”"


def _without_stop(text: str) -> str:
    return text.removesuffix(".")


def _said_at_the_end(text: str) -> str:
    return text if '"' in text else f"{text.removesuffix('.')}, officials said."


def _said_at_the_start(text: str) -> str:
    return text if '"' in text else f"Officials said on Tuesday: {text}"


def _headline(text: str) -> str:
    return " ".join(word[0].upper() + word[1:] for word in text.removesuffix(".").split(" "))


SAME: Final = 1e-6
"""Characters that mean the same must not move the score at all."""
NEAR: Final = 0.10
"""A mark that carries no meaning here: a fiftieth of the scale."""
QUARTER: Final = 0.25
"""What cannot be told without case, or words that add something: a quarter of a level."""

RESPELLINGS: Final = (
    Respelling("lower case", QUARTER, str.lower),
    Respelling("sentence case", QUARTER, str.capitalize),
    Respelling("all capitals", QUARTER, str.upper),
    Respelling("headline case", QUARTER, _headline),
    Respelling("curly quotes", SAME, _curly),
    Respelling("en dash", NEAR, lambda text: text.replace(" - ", " – ")),
    Respelling("double hyphen", NEAR, lambda text: text.replace(" - ", " -- ")),
    Respelling("em dash", NEAR, lambda text: text.replace(" - ", "—")),
    Respelling("double spaces", SAME, lambda text: text.replace(" ", "  ")),
    Respelling("no-break spaces", SAME, lambda text: text.replace(" ", "\N{NO-BREAK SPACE}")),
    Respelling("blanks around", SAME, lambda text: f" {text}\n"),
    Respelling("no full stop", NEAR, _without_stop),
    Respelling("in quotation marks", QUARTER, _wrapped),
    Respelling("dateline", QUARTER, lambda text: f"GENEVA, 4 June — {text}"),
    Respelling("agency dateline", QUARTER, lambda text: f"NAIROBI (Reuters) - {text}"),
    Respelling("officials said, at the end", QUARTER, _said_at_the_end),
    Respelling("officials said, at the start", QUARTER, _said_at_the_start),
)
