"""Training: corpus in, calibrated model on disk out.  Knows nothing of the command line."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.model_selection import GroupKFold

from classifier.errors import ModelNotFoundError
from classifier.features import Analysis, analyze
from classifier.labels import HEADS
from classifier.scorer import OUTPUTS, Calibration, calibrated
from classifier.weighting import Floats, Ints
from classifier.words import WordTable
from training.baselines import word_list_labels
from training.calibrate import abstention_threshold, fit_calibration
from training.config import INVENTIVE, STORED_CALIBRATION, TrainingConfig
from training.corpus import Labelled, read_corpus, read_foreign
from training.evaluate import ClassFigures, HeadFigures, head_figures
from training.export import Abstention, corpus_hash, export
from training.pipeline import DetentePipeline, FittedHead, Job, StatementVectorizer, fit_heads
from training.vocabulary import build_word_table

Tell = Callable[[str], None]
"""Told the name of each step as it begins."""

STEPS = 5
FOREIGN, KNOWN = OUTPUTS["domain"]
ANY_TOPIC = ("opinion_tone", "typical_newspaper_tone", "typical_editorial_tone", "typical_wave2_stance_tone")
"""Genres that teach tone on whatever topic newspapers have."""


@dataclass(frozen=True, slots=True)
class Data:
    """The corpus, analysed: statements first, then phrases, then foreign texts."""

    rows: Sequence[Labelled]
    foreign: Sequence[str]
    table: WordTable
    analyses: Sequence[Analysis]

    def labels(self, head: str) -> list[str | None]:
        """Return one label for each analysis, None where it does not count for the head."""
        if head == "domain":
            return [KNOWN if _shows_domain(row) else None for row in self.rows] + [FOREIGN] * len(self.foreign)
        return [row.label(head) for row in self.rows] + [None] * len(self.foreign)

    def weights(self, inventive: float) -> Floats:
        """Return how much each analysis counts, those of inventive wording ``inventive``."""
        rows = [inventive if row.genre in INVENTIVE else 1.0 for row in self.rows]
        return np.array(rows + [1.0] * len(self.foreign))

    def groups(self) -> list[str]:
        """Return a key for each analysis; equal keys never fall on both sides of a split."""
        return [row.group or row.id for row in self.rows] + [f"foreign-{i}" for i in range(len(self.foreign))]


def _shows_domain(row: Labelled) -> bool:
    """Whether a row shows what the model knows: no phrase, and no opinion of plays and puddings kept to teach tone."""
    return not row.phrase and not (row.act == "none" and row.genre in ANY_TOPIC)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What held-out folds say: calibration, thresholds and figures."""

    calibrations: Mapping[str, Calibration]
    abstention: Abstention
    figures: Mapping[str, HeadFigures]
    corpus: str
    """Hash of the corpus they were made from."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A finished training."""

    folder: Path
    version: str
    assessment: Assessment
    fresh: bool
    """Whether the assessment was made on this very corpus."""
    data: Data
    config: TrainingConfig
    vocabulary: Ints
    """Feature integers of the model, shape ``(n_features,)``."""
    corpus: str
    """Hash of all that was learned from."""


def prepare(rows: Sequence[Labelled], foreign: Sequence[str]) -> Data:
    """Build the word table of a corpus and analyse every text with it."""
    table = build_word_table([*(row.text for row in rows), *foreign])
    analyses = [analyze(row.text, row.target, table) for row in rows]
    analyses += [analyze(text, None, table) for text in foreign]
    return Data(rows, foreign, table, analyses)


def _jobs(data: Data, matrix: sp.csr_matrix, rows: Sequence[int], config: TrainingConfig) -> list[Job]:
    jobs = []
    for head in OUTPUTS:
        labels = data.labels(head)
        weights = data.weights(config.heads[head].inventive)[list(rows)]
        chosen = [place for place, i in enumerate(rows) if labels[i] is not None]
        named = [label for i in rows if (label := labels[i]) is not None]
        if head != "domain" or len(set(named)) == 2:
            jobs.append(Job(head, matrix, np.array(chosen, dtype=np.int64), named, weights[chosen]))
    return jobs


def fit(data: Data, rows: Sequence[int], config: TrainingConfig) -> tuple[StatementVectorizer, dict[str, FittedHead]]:
    """Fit vectoriser and heads to some of the data's analyses."""
    analyses = [data.analyses[i] for i in rows]
    vectorizer = StatementVectorizer(data.table, config.least_documents).fit_analyses(analyses)
    jobs = _jobs(data, vectorizer.transform_analyses(analyses), rows, config)
    fitted = fit_heads(jobs, vectorizer, config)
    return vectorizer, {job.head: head for job, head in zip(jobs, fitted, strict=True)}


def held_out_logits(data: Data, config: TrainingConfig, tell: Tell) -> dict[str, Floats]:
    """Return each head's logits for every analysis from a fold that did not see it, shape ``(n, n_labels)``."""
    n = len(data.analyses)
    found = {head: np.zeros((n, len(labels))) for head, labels in OUTPUTS.items()}
    phrases = [i for i, row in enumerate(data.rows) if row.phrase]
    splits = GroupKFold(config.folds).split(np.zeros(n), groups=data.groups())
    for number, (inside, outside) in enumerate(splits, 1):
        tell(f"fold {number} of {config.folds}")
        rows = sorted({*inside.tolist(), *phrases})
        vectorizer, heads = fit(data, rows, config)
        matrix = vectorizer.transform_analyses([data.analyses[i] for i in outside])
        for head, fitted in heads.items():
            found[head][outside] = fitted.logits(matrix, OUTPUTS[head])
    return found


def assess(data: Data, config: TrainingConfig, tell: Tell) -> Assessment:
    """Calibrate every head on held-out folds and take its figures there."""
    logits = held_out_logits(data, config, tell)
    calibrations: dict[str, Calibration] = {}
    figures: dict[str, HeadFigures] = {}
    listed = [word_list_labels(row.text, data.table) for row in data.rows]
    held: dict[str, tuple[list[int], Floats]] = {}
    for head, labels in OUTPUTS.items():
        gold = data.labels(head)
        chosen = [i for i, label in enumerate(gold) if label and (i >= len(data.rows) or not data.rows[i].phrase)]
        if head == "domain" and not data.foreign:
            calibrations[head] = Calibration(1.0, (0.0,) * len(labels))
            continue
        numbers = np.array([labels.index(str(gold[i])) for i in chosen], dtype=np.int64)
        calibrations[head] = fit_calibration(logits[head][chosen], numbers)
        p = calibrated(logits[head][chosen], calibrations[head])
        held[head] = chosen, p
        if head in HEADS:
            figures[head] = head_figures(labels, [str(gold[i]) for i in chosen], p, [listed[i][head] for i in chosen])
    abstention = _abstention(data, held, config)
    return Assessment(calibrations, abstention, figures, corpus_hash(data.rows, data.foreign))


def _abstention(data: Data, held: Mapping[str, tuple[list[int], Floats]], config: TrainingConfig) -> Abstention:
    chosen, p = held["escalation"]
    gold = data.labels("escalation")
    correct = [HEADS["escalation"][k] == gold[i] for k, i in zip(p.argmax(axis=1).tolist(), chosen, strict=True)]
    threshold = abstention_threshold(p.max(axis=1), correct, config.precision)
    known = 0.0
    if "domain" in held:
        places, q = held["domain"]
        inside = q[[k for k, i in enumerate(places) if i < len(data.rows)], OUTPUTS["domain"].index(KNOWN)]
        known = float(np.quantile(inside, 1 - config.known_kept))
    return Abstention(threshold, known, config.precision, float((p.max(axis=1) >= threshold).mean()))


def _store(assessment: Assessment, path: Path) -> None:
    path.write_text(json.dumps(asdict(assessment), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def load_assessment(path: Path = STORED_CALIBRATION) -> Assessment:
    """Read the assessment of the last full training.  Raises ModelNotFoundError where there is none."""
    if not path.is_file():
        raise ModelNotFoundError(
            f"expected the calibration of a full training in {path}, found none; run `detente train` without "
            f"--quick once"
        )
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    calibrations = {head: Calibration(v["scale"], tuple(v["biases"])) for head, v in raw["calibrations"].items()}
    figures = {
        head: HeadFigures(**{**values, "classes": {k: ClassFigures(**v) for k, v in values["classes"].items()}})
        for head, values in raw["figures"].items()
    }
    return Assessment(calibrations, Abstention(**raw["abstention"]), figures, raw["corpus"])


def train(
    seeds: Path,
    output: Path,
    extra: Sequence[Path] = (),
    corrections: Sequence[Labelled] = (),
    quick: bool = False,
    store: Path | None = None,
    tell: Tell = lambda step: None,
    config: TrainingConfig | None = None,
) -> Trained:
    """Train on ``seeds``, ``extra`` files and ``corrections`` of users; make the model current under ``output``.

    ``quick`` takes calibration and figures from the last full training instead of making folds; the weights are the
    same.  ``store`` is where a full training leaves its calibration.  Raises LabelError and TableError.
    """
    config = config or TrainingConfig()
    tell("reading the corpus")
    rows, foreign = [*read_corpus(seeds, extra), *corrections], read_foreign(seeds)
    tell("reading features")
    data = prepare(rows, foreign)
    assessment = load_assessment() if quick else assess(data, config, tell)
    if store and not quick:
        _store(assessment, store)
    tell("fitting all heads")
    vectorizer, heads = fit(data, range(len(data.analyses)), config)
    tell("writing the model")
    pipeline = DetentePipeline(vectorizer, heads, assessment.calibrations)
    corpus = corpus_hash(rows, foreign)
    folder, version = export(pipeline, output, corpus, assessment.abstention, assessment.figures, config)
    fresh = assessment.corpus == corpus
    return Trained(folder, version, assessment, fresh, data, config, vectorizer.vocabulary_, corpus)
