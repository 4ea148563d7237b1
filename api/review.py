"""Which statements are most worth labelling next: the uncertain, the disagreeing, those with new words."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.errors import UnavailableError
from api.feedback import FeedbackStore, storable
from api.logs import Log
from api.scoring import Outcome
from api.settings import Settings
from classifier import Classifier, Prediction, Statement
from classifier.features import count_words

WORTH: Final = 0.5
"""Least priority of a statement that is kept."""
WAITING: Final = 2_000
"""Most statements that wait to be written; more are dropped."""
FLUSH_SECONDS: Final = 1.0
LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Worth:
    """Why a statement is worth labelling; ``priority`` is about 0 to 3."""

    priority: float
    reasons: tuple[str, ...]


def worth_of(prediction: Prediction, unknown: float, disputed: bool = False) -> Worth:
    """Weigh a prediction; ``unknown`` is the share of words the model does not know, in [0, 1]."""
    first, second = sorted(prediction.escalation.probabilities.values(), reverse=True)[:2]
    uncertain = 1 - (first - second)
    level, quad = prediction.escalation.level, prediction.act.quad_class
    heads_apart = (quad in (3, 4) and level < 0) or (quad in (1, 2) and level > 0)
    reasons = (
        *(("people disagree",) if disputed else ()),
        *(("uncertain",) if uncertain > WORTH or prediction.abstained else ()),
        *(("heads disagree",) if heads_apart else ()),
        *(("new words",) if unknown > 0.25 else ()),
    )
    return Worth(uncertain + 0.5 * heads_apart + min(1.0, 2 * unknown) + 2.0 * disputed, reasons)


def unknown_share(classifier: Classifier, statement: Statement) -> float:
    """Return the share of a statement's words that the model does not know."""
    known, unknown = count_words(statement.text, classifier.model.table)
    return unknown / (known + unknown) if known + unknown else 0.0


class Collector:
    """Keeps scored statements for review where the operator wants it; off by default, and then keeps nothing."""

    def __init__(self, settings: Settings, store: FeedbackStore | None, log: Log) -> None:
        self._store = store if settings.collect else None
        self._limit = settings.collect_limit
        self._log = log
        self._waiting: deque[tuple[str, str | None, float]] = deque(maxlen=WAITING)

    def offer(self, classifier: Classifier, statements: Sequence[Statement], outcomes: Sequence[Outcome]) -> None:
        """Take in the statements that are worth labelling; costs nothing where collecting is off."""
        if self._store is None:
            return
        for statement, outcome in zip(statements, outcomes, strict=True):
            text = statement.text
            if not isinstance(outcome, Prediction) or len(text) > LONGEST or not storable(text):
                continue
            worth = worth_of(outcome, unknown_share(classifier, statement))
            if worth.reasons and worth.priority >= WORTH:
                self._waiting.append((text, statement.target, worth.priority))

    async def run(self) -> None:
        """Write what waits, for ever."""
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            await asyncio.to_thread(self.flush)

    def flush(self) -> None:
        """Write what waits; what cannot be written is dropped, and the log says so."""
        rows = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not rows or self._store is None:
            return
        try:
            self._store.collect(rows, self._limit)
        except UnavailableError as error:
            self._log.warning("statements for review dropped", count=len(rows), reason=error.detail)
