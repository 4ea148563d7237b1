"""The model in use: loaded at start, replaced while serving, never by one that does not work."""

import asyncio
import math
from pathlib import Path
from typing import Final

from api.errors import UnavailableError
from api.logs import Log
from api.metrics import Metrics
from classifier import Classifier, Prediction
from classifier.artifact import LAYOUT, resolve
from classifier.errors import DetenteError, ModelDamagedError

TRIALS: Final = (
    "Moscow warned of a military response if NATO deploys missiles in Ukraine.",
    "The two sides agreed to withdraw their troops and to resume talks.",
    "",
)
"""What a model must score before it is used."""


def try_out(classifier: Classifier) -> None:
    """Raise ModelDamagedError where a model gives anything but probabilities."""
    predictions: list[Prediction] = classifier.predict_many(TRIALS)
    for prediction in predictions:
        for head in (prediction.escalation, prediction.tone, prediction.act):
            if not math.isclose(sum(head.probabilities.values()), 1, abs_tol=1e-3):
                raise ModelDamagedError(
                    f"expected probabilities that sum to 1 of model {classifier.version}, found "
                    f"{sum(head.probabilities.values()):.3g}; train again"
                )


def load_tried(path: Path) -> Classifier:
    """Return a model that was loaded, checked and tried out.  Raises a ModelError."""
    try:
        classifier = Classifier.load(path)
        try_out(classifier)
    except (KeyError, ValueError, TypeError, IndexError, OSError) as error:
        raise ModelDamagedError(
            f"expected a usable model at {path}, found one that fails with {type(error).__name__}: {error}; train again"
        ) from error
    return classifier


class ModelHolder:
    """Holds the classifier in use and watches for another."""

    def __init__(self, path: Path, log: Log, metrics: Metrics) -> None:
        self.path = path
        self._log = log
        self._metrics = metrics
        self._classifier: Classifier | None = None
        self._seen: tuple[str, int] | None = None
        self.refused: str | None = None
        """Name of the model that was refused last, while it is still the one named."""

    @property
    def classifier(self) -> Classifier:
        """The classifier in use.  Raises UnavailableError while there is none."""
        if self._classifier is None:
            raise UnavailableError("the service has not loaded its model yet; try again shortly", 2)
        return self._classifier

    @property
    def is_ready(self) -> bool:
        """Whether there is a model."""
        return self._classifier is not None

    def load(self) -> None:
        """Load the model named now.  Raises a ModelError."""
        mark = self._mark()
        self._use(load_tried(self.path))
        self._seen = mark

    def _use(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self.refused = None
        self._metrics.model_loaded(classifier)
        self._log.info("model loaded", version=classifier.version, path=str(classifier.model.path))

    def _mark(self) -> tuple[str, int]:
        """Return what changes with the model named: its folder and the time of its manifest."""
        folder = resolve(self.path)
        return str(folder), (folder / LAYOUT.manifest).stat().st_mtime_ns

    def look(self) -> None:
        """Load the model named now where it is another; keep the old one where the new one does not work."""
        try:
            mark = self._mark()
        except (DetenteError, OSError, ValueError) as error:
            self._refuse((str(error), 0), str(self.path), error)
            return
        if mark == self._seen:
            return
        try:
            classifier = load_tried(Path(mark[0]))
        except DetenteError as error:
            self._refuse(mark, Path(mark[0]).name, error)
            return
        self._use(classifier)
        self._seen = mark
        self._metrics.reloads.labels("loaded").inc()

    def _refuse(self, mark: tuple[str, int], name: str, error: Exception) -> None:
        if mark == self._seen:
            return
        self._seen = mark
        self.refused = name
        self._metrics.reloads.labels("refused").inc()
        kept = self._classifier.version if self._classifier else None
        self._log.error("model refused", model=name, reason=str(error), kept=kept)

    async def watch(self, interval: float) -> None:
        """Look for another model for ever, every ``interval`` seconds."""
        while True:
            await asyncio.sleep(interval)
            await asyncio.to_thread(self.look)
