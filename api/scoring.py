"""Statements in, predictions or reasons out: short work at once, long work in threads, no item failing another."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

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
"""Up to so many characters are scored at once, in the event loop: a thread costs more than it saves."""
PIECE: Final = 40_000
"""So many characters are scored in one go in a thread; between goes, work that nobody waits for ends."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failure:
    """A statement that could not be scored, and why."""

    id: str | int | None
    type: str
    detail: str

    def as_dict(self) -> dict[str, object]:
        """Return the failure in the place of a prediction."""
        return {"id": self.id, "error": {"type": self.type, "detail": self.detail}}


@dataclass(frozen=True, slots=True)
class Scored:
    """A prediction, and its shape in an answer, which is made where it is scored and not in the event loop."""

    prediction: Prediction
    answer: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Return the prediction in the shape of the JSON interface."""
        return self.answer


Outcome = Scored | Failure


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
        if sum(len(statement.text) for statement in statements) <= SHORT:
            return self.score_now(classifier, statements)
        outcomes: list[Outcome] = []
        async with _deadline(self._settings.work_timeout):
            for piece in _pieces(statements):
                outcomes += await self._in_thread(self.score_now, classifier, piece)
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
        outcomes: list[Outcome | None] = []
        good: list[Statement] = []
        for statement in statements:
            try:
                self.check(statement)
            except InputError as error:
                kind = type(error).__name__.removesuffix("Error").lower()
                self._metrics.failures.labels(kind).inc()
                outcomes.append(Failure(statement.id, kind, said(error)))
            else:
                outcomes.append(None)
                good.append(statement)
        scored = [Scored(prediction, prediction.as_dict()) for prediction in classifier.stream(good)]
        self._metrics.scored(classifier, good, [each.answer for each in scored])
        waiting = iter(scored)
        return [next(waiting) if outcome is None else outcome for outcome in outcomes]

    def check(self, statement: Statement) -> None:
        """Raise TextError or TargetError where a statement cannot be scored."""
        most = self._settings.max_characters
        if isinstance(statement.text, str) and len(statement.text) > most:
            raise TextError(
                f"expected at most {most:,} characters, found {len(statement.text):,}; split the text into statements"
            )
        check(statement)
