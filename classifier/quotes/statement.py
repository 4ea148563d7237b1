"""What :func:`classifier.quotes.extract` returns."""

import hashlib
import re
from typing import Final, Literal, NamedTuple

Kind = Literal["direct", "mixed", "indirect"]

_GOVERNED: Final = frozenset({"indirect-object", "indirect-infinitive", "indirect-patient"})
"""Rules of statements that are objects, infinitives or patients of their cue."""
_DENYING: Final = re.compile(
    r"den(?:y|ies|ied|ying)\b|disput|doubt|refut|reject|dismiss|disavow|rul\w* out", re.IGNORECASE
)
"""Cues that turn a clause into its opposite."""


class _Letters(dict[int, int]):
    """For :meth:`str.translate`: letters and digits stay, everything else becomes a space."""

    def __missing__(self, code: int) -> int:
        found = self[code] = code if chr(code).isalnum() else _SPACE
        return found


_SPACE: Final = ord(" ")
_LETTERS: Final = _Letters()


class Statement(NamedTuple):
    """One attributed statement of an article; offsets are characters into the text as given.

    ``text[start:end] == quote`` always, and ``text[speaker_start:]`` begins with the words that name the speaker at
    this place ("he", "the minister"), while ``speaker`` is the fullest name that the text gives.
    """

    speaker: str | None
    """Name without title or role; None where naming one would be a guess, and then ``reason`` says why."""
    speaker_start: int | None
    actor: str | None
    """ISO 3166 alpha-3 or organisation code of whom the speaker speaks for, or None."""
    cue: str | None
    """The word or words that report the statement, as they stand; ":" in transcripts; None where there is none."""
    quote: str
    start: int
    end: int
    kind: Kind
    rule: str
    """The construction that was recognised, such as "quote-speaker-cue" or "floating"."""
    reason: str | None = None
    source: str | None = None
    """The outlet or document that the report rests on: "said, according to CNN"."""
    target: str | None = None
    """The words that name another actor in the patient's place: "accused [Denmark] of"."""

    @property
    def key(self) -> str:
        """Hash of the quote without regard to case, marks and spaces: equal in syndicated copies of a statement."""
        return statement_key(self.quote)

    @property
    def scored_text(self) -> str:
        """The text that tells the statement's meaning: the quote, after its cue where it does not stand for itself.

        "welcomed [the withdrawal]" is a welcome, "refused [to sign]" a refusal and "denied that [they had threatened
        us]" no threat, which the quotes alone do not say.
        """
        governed = self.rule in _GOVERNED or (self.rule == "indirect" and _DENYING.match(self.cue or ""))
        return f"{self.cue} {self.quote}" if self.cue and governed else self.quote

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the fields and the key by name, ready for JSON."""
        return {**self._asdict(), "key": self.key}


def statement_key(quote: str) -> str:
    """Return 16 hexadecimal digits that depend only on the letters and digits of ``quote``, in their order."""
    # the commonest mark outside ASCII first: ASCII is translated several times as fast
    plain = " ".join(quote.casefold().replace("’", "'").translate(_LETTERS).split())
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def without_overlaps(statements: list[Statement]) -> list[Statement]:
    """Drop what overlaps an earlier statement, save a mixed one inside an indirect one; they come by their start."""
    kept: list[Statement] = []
    outer: Statement | None = None
    reached = 0
    for statement in statements:
        nested = (
            outer is not None and statement.kind == "mixed" and outer.kind == "indirect" and statement.end <= outer.end
        )
        if statement.start >= reached or (nested and statement.start >= (kept[-1].end if kept[-1] is not outer else 0)):
            kept.append(statement)
        if statement.start >= reached:
            outer, reached = statement, statement.end
    return kept
