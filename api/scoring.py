"""Statements in, predictions or reasons out: in pieces between which others are served, no item failing another."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from typing import Final, TypeVar

import anyio
import anyio.to_thread

from api.errors import UnavailableError, said
from api.metrics import Metrics
from api.settings import Settings
from classifier import Classifier, Prediction, Statement
from classifier.errors import InputError, TextError
from classifier.explanation import Explanation
from classifier.model import check

SHORT: Final = 6_000
"""Up to so many characters are explained at once, in the event loop: a thread costs more than it saves."""
PIECE: Final = 16_000
"""So many characters are scored in one go, about a millisecond; between goes others are served, and work ends that
nobody waits for.  Threads would be no quicker: one at a time holds the interpreter, and memory moves between cores.
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a statement could not be scored."""

    type: str
    detail: str


@dataclass(frozen=True, slots=True)
class Failure:
    """What stands in the place of a prediction where a statement could not be scored."""

    id: str | int | None
    error: Reason

    def as_dict(self) -> dict[str, object]:
        """Return the failure in the place of a prediction."""
        return asdict(self)


Outcome = Prediction | Failure


@asynccontextmanager
async def _deadline(seconds: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise UnavailableError(f"the work took longer than {seconds:g} seconds; ask for less at once", 5) from error


def _pieces(statements: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    """Split statements into pieces of about :data:`PIECE` characters."""
    first = size = 0
    for i, statement in enumerate(statements):
        size += len(statement.text)
        if size >= PIECE:
            yield statements[first : i + 1]
            first, size = i + 1, 0
    if first < len(statements):
        yield statements[first:]


class ScoringPool:
    """Scores for all requests of a process."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self._limiter: anyio.CapacityLimiter | None = None

    async def score(self, classifier: Classifier, statements: Sequence[Statement]) -> list[Outcome]:
        """Return one outcome a statement, in order.  Raises UnavailableError over the time for work."""
        if sum(len(statement.text) for statement in statements) <= PIECE:
            return self.score_now(classifier, statements)
        outcomes: list[Outcome] = []
        async with _deadline(self._settings.work_timeout):
            for piece in _pieces(statements):
                if len(piece[-1].text) > PIECE:
                    outcomes += await self._in_thread(self.score_now, classifier, piece)
                else:
                    outcomes += self.score_now(classifier, piece)
                    await asyncio.sleep(0)
        return outcomes

    async def explain(self, classifier: Classifier, statement: Statement) -> Explanation:
        """Explain a statement; raises as Classifier.explain does, and UnavailableError over the time for work."""
        self.check(statement)
        if len(statement.text) <= SHORT:
            return classifier.explain(statement.text, statement.target)
        return await self.run(lambda: classifier.explain(statement.text, statement.target))

    async def run(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, in a thread.  Raises UnavailableError over the time for work."""
        async with _deadline(self._settings.work_timeout):
            return await self._in_thread(work)

    async def _in_thread(self, work: Callable[..., T], *args: object) -> T:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(self._settings.threads)
        return await anyio.to_thread.run_sync(work, *args, limiter=self._limiter)

    def score_now(self, classifier: Classifier, statements: Sequence[Statement]) -> list[Outcome]:
        """Return one outcome a statement, in order."""
        outcomes: list[Outcome] = []
        scored: list[Statement] = []
        predictions: list[Prediction] = []
        for statement in statements:
            try:
                self._check_length(statement)
                prediction = classifier.predict_statement(statement)
            except InputError as error:
                kind = type(error).__name__.removesuffix("Error").lower()
                self._metrics.failures.labels(kind).inc()
                outcomes.append(Failure(statement.id, Reason(kind, said(error))))
            else:
                outcomes.append(prediction)
                scored.append(statement)
                predictions.append(prediction)
        self._metrics.scored(predictions)
        self._metrics.sample(classifier, scored)
        return outcomes

    def check(self, statement: Statement) -> None:
        """Raise TextError or TargetError where a statement cannot be scored."""
        self._check_length(statement)
        check(statement)

    def _check_length(self, statement: Statement) -> None:
        most = self._settings.max_characters
        if isinstance(statement.text, str) and len(statement.text) > most:
            raise TextError(
                f"expected at most {most:,} characters, found {len(statement.text):,}; split the text into statements"
            )
