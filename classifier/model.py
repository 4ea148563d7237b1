"""The classifier people use: load a model, predict, explain."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from classifier.artifact import Model, load_model
from classifier.errors import TargetError, TextError
from classifier.explanation import Explanation, explain
from classifier.kernel import Scored, score, score_many
from classifier.prediction import Prediction
from classifier.scorer import DOMAINS, Scores
from classifier.targets import mentions_of
from classifier.text import MAX_CHARACTERS

DEFAULT_PATH: Final = Path("models")
"""Where ``detente train`` writes and everything else looks, unless told otherwise."""
CHUNK: Final = 512
"""How many statements are scored at once."""
_KNOWN: Final = DOMAINS.index("known")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is to be scored."""

    text: str
    target: str | None = None
    id: str | int | None = None


class Classifier:
    """Scores statements with a loaded model; safe to share between threads and forked processes."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._reader = model.table.reader
        self._weigher = model.scorer.weigher

    @classmethod
    def load(cls, path: str | Path = DEFAULT_PATH) -> Self:
        """Load the model in use of a models folder (``models`` by default), or the one in a model's own folder.

        Raises ModelNotFoundError, ModelVersionError or ModelDamagedError.
        """
        return cls(load_model(Path(path)))

    @property
    def version(self) -> str:
        """The model's version."""
        return self.model.version

    def predict(self, text: str, target: str | None = None) -> Prediction:
        """Score one statement, and its stance where a ``target`` is given.

        Raises TextError where ``text`` is no string or too long, TargetError where ``target`` does not occur in it.
        """
        if _needs_check(text, target):
            check(Statement(text, target))
        return self._prediction(score(self._reader, self._weigher, text, target), target, None)

    def predict_statement(self, statement: Statement) -> Prediction:
        """Score one statement and keep its id; raises as :meth:`predict` does."""
        text, target = statement.text, statement.target
        if _needs_check(text, target):
            check(statement)
        return self._prediction(score(self._reader, self._weigher, text, target), target, statement.id)

    def predict_many(
        self, texts: Iterable[str | Statement], targets: Iterable[str | None] | None = None
    ) -> list[Prediction]:
        """Score statements in order; the same numbers as :meth:`predict`, faster.

        Raises as :meth:`predict` does, naming the first statement that cannot be scored.
        """
        if targets is not None:
            texts = [Statement(str(text), target) for text, target in zip(texts, targets, strict=True)]
        return list(self.stream(texts))

    def stream(self, statements: Iterable[str | Statement]) -> Iterator[Prediction]:
        """Score statements lazily, in order; they are checked a chunk at a time."""
        waiting = iter(statements)
        while chunk := [_checked(statement) for statement in islice(waiting, CHUNK)]:
            texts, targets, ids = zip(*chunk, strict=True)
            yield from map(self._prediction, score_many(self._reader, self._weigher, texts, targets), targets, ids)

    def score_arrays(self, texts: Sequence[str], targets: Sequence[str | None] | None = None) -> Scores:
        """Score statements into arrays: the same numbers as :meth:`predict_many`, without an object a statement.

        A target of None gives a stance that means nothing.  Texts and targets are not checked (:func:`check`).
        """
        return self.model.scorer.score_many(self._reader, texts, targets or [None] * len(texts))

    def abstentions(self, scores: Scores) -> npt.NDArray[np.bool_]:
        """Return which of the statements are not what the model knows, or too uncertain; shape ``(n,)``."""
        return np.asarray(
            (scores.known == 0)
            | (scores.unknown > scores.known)
            | (scores.of("domain")[:, _KNOWN] < self.model.domain_threshold)
            | (scores.of("escalation").max(axis=1) < self.model.threshold)
        )

    def explain(self, text: str, target: str | None = None) -> Explanation:
        """Score one statement and say what made each score; raises as :meth:`predict` does."""
        return explain(self.model, text, target, self.predict(text, target))

    def _prediction(self, scored: Scored, target: str | None, id_: str | int | None) -> Prediction:
        found, familiar, known, unknown = scored
        level, levels = found[0]
        model = self.model
        abstained = not known or unknown > known or levels[level] < model.threshold or familiar < model.domain_threshold
        return Prediction.of(found, target, id_, abstained, model.version)


def _needs_check(text: object, target: object) -> bool:
    """Whether a statement is anything but a text of a common length; most are not, and are not looked at further."""
    return target is not None or type(text) is not str or len(text) > MAX_CHARACTERS


def _checked(statement: str | Statement) -> tuple[str, str | None, str | int | None]:
    """Return a statement's text, target and id; raises as :func:`check` does."""
    if type(statement) is str and len(statement) <= MAX_CHARACTERS:
        return statement, None, None
    if not isinstance(statement, Statement):
        statement = Statement(statement)
    if _needs_check(statement.text, statement.target):
        check(statement)
    return statement.text, statement.target, statement.id


def check(statement: Statement) -> None:
    """Raise TextError or TargetError where a statement cannot be scored."""
    text, target = statement.text, statement.target
    if not isinstance(text, str):
        raise TextError(f"expected the text to be a string, found {type(text).__name__}; give the statement's words")
    if len(text) > MAX_CHARACTERS:
        raise TextError(
            f"expected at most {MAX_CHARACTERS:,} characters, found {len(text):,}; split the text into statements"
        )
    if target is not None and (not isinstance(target, str) or not mentions_of(text, target)):
        raise TargetError(
            f"expected the target to occur in the text, found no {target!r} in it; name it as the text does"
        )
