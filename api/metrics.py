"""What Prometheus reads: requests, predictions, unknown words, drift.  No label ever holds a text."""

import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from api.drift import LEAST, WINDOW, Drift, training_shares
from classifier import Classifier, Prediction, Statement
from classifier.features import count_words
from classifier.labels import HEADS

BUCKETS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Variable that names the folder through which worker processes share their figures."""
SAMPLED: Final = 20
"""One statement in so many is looked at for unknown words."""
DRIFT_HEADS: Final = ("escalation", "tone", "act")


class Metrics:
    """The figures of one process, in a registry of its own."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self.requests = Counter("detente_requests_total", "Requests answered", ["route", "status"], registry=registry)
        self.seconds = Histogram(
            "detente_request_seconds", "Seconds from request to answer", ["route"], buckets=BUCKETS, registry=registry
        )
        self.in_flight = Gauge(
            "detente_requests_in_flight", "Requests in work", registry=registry, multiprocess_mode="livesum"
        )
        self.refused = Counter("detente_refused_total", "Requests refused before work", ["reason"], registry=registry)
        self.predictions = Counter("detente_predictions_total", "Labels given", ["head", "label"], registry=registry)
        self.abstentions = Counter("detente_abstentions_total", "Predictions abstained from", registry=registry)
        self.failures = Counter("detente_unscorable_total", "Statements not scored", ["reason"], registry=registry)
        self.words = Counter("detente_words_sampled_total", "Words seen in a sample", ["known"], registry=registry)
        self.reloads = Counter("detente_model_reloads_total", "New models found", ["outcome"], registry=registry)
        self.model = Gauge(
            "detente_model_info", "1 for the model in use", ["version"], registry=registry, multiprocess_mode="livemax"
        )
        self.drift = Gauge(
            "detente_drift_index", "Population stability index of the last predictions against training",
            ["head"], registry=registry, multiprocess_mode="livemax",
        )  # fmt: skip
        self.feedback = Counter("detente_corrections_total", "Corrections stored", registry=registry)
        # finding a series by its labels costs more than counting in it
        self._given = {
            (head, label): self.predictions.labels(head, label) for head, labels in HEADS.items() for label in labels
        }
        self._answered: dict[tuple[str, int], Counter] = {}
        self._seconds: dict[str, Histogram] = {}
        self._drifts = {head: Drift(HEADS[head]) for head in DRIFT_HEADS}
        self._version: str | None = None
        self._until_sample = 1
        self._until_drift = LEAST

    def model_loaded(self, classifier: Classifier) -> None:
        """Take note of the model in use."""
        if self._version is not None:
            self.model.labels(self._version).set(0)
        self._version = classifier.version
        self.model.labels(classifier.version).set(1)
        for head, drift in self._drifts.items():
            drift.expected = training_shares(classifier.model.manifest, head, HEADS[head])

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        if (counter := self._answered.get((route, status))) is None:
            counter = self._answered[route, status] = self.requests.labels(route, str(status))
        if (histogram := self._seconds.get(route)) is None:
            histogram = self._seconds[route] = self.seconds.labels(route)
        counter.inc()
        histogram.observe(seconds)

    def scored(self, predictions: Sequence[Prediction]) -> None:
        """Count predictions."""
        self._see("escalation", [prediction.escalation.label for prediction in predictions])
        self._see("tone", [prediction.tone.label for prediction in predictions])
        self._see("act", [prediction.act.label for prediction in predictions])
        self._see("stance", [prediction.stance.label for prediction in predictions if prediction.stance])
        if abstained := sum(prediction.abstained for prediction in predictions):
            self.abstentions.inc(abstained)
        # a worker is seldom the one that is asked for figures, so each writes its own down now and then
        self._until_drift -= len(predictions)
        if self._until_drift <= 0:
            self._until_drift = WINDOW // 4
            self._show_drift()

    def _show_drift(self) -> None:
        """Write the drift of each head down; nothing while there are too few predictions."""
        for head, drift in self._drifts.items():
            if not math.isnan(index := drift.index()):
                self.drift.labels(head).set(index)

    def _see(self, head: str, labels: Sequence[str]) -> None:
        if drift := self._drifts.get(head):
            drift.see(labels)
        for label in set(labels):
            self._given[head, label].inc(labels.count(label))

    def sample(self, classifier: Classifier, statements: Sequence[Statement]) -> None:
        """Count the unknown words of one statement in many."""
        while self._until_sample <= len(statements):
            statement = statements[self._until_sample - 1]
            self._until_sample += SAMPLED
            if len(statement.text) > 2_000:
                continue
            known, unknown = count_words(statement.text, classifier.model.table)
            self.words.labels("yes").inc(known)
            self.words.labels("no").inc(unknown)
        self._until_sample -= len(statements)

    def exposition(self) -> bytes:
        """Return all figures in Prometheus' text format, of all worker processes together."""
        self._show_drift()
        folder = os.environ.get(SHARED)
        if folder is None:
            return generate_latest(self.registry)
        _forget_dead(Path(folder))
        registry = CollectorRegistry()
        MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def _forget_dead(folder: Path) -> None:
    """Drop the gauges of workers that have ended."""
    for path in folder.glob("gauge_live*_*.db"):
        pid = int(path.stem.rpartition("_")[2])
        if not Path(f"/proc/{pid}").exists():
            mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
