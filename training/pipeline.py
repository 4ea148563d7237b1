"""The scikit-learn side of the model: a vectoriser over our features and one logistic regression a head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from joblib import Parallel, delayed
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LogisticRegression

from classifier.features import FAMILY_SHIFT, SENTIMENT, TARGET_SENTIMENT, Analysis, analyze
from classifier.scorer import OUTPUTS, Calibration, calibrated
from classifier.weighting import Floats, Ints, blocks_of, raw_entries, weigh
from classifier.words import WordTable
from training.config import HeadConfig, TrainingConfig

Pair = tuple[str, str | None]
"""A text and its target."""

Mask = npt.NDArray[np.bool_]


class StatementVectorizer(BaseEstimator, TransformerMixin):  # type: ignore[misc]
    """TF-IDF of the features of :mod:`classifier.features`; scikit-learn's interface over ``(text, target)`` pairs.

    After fitting: ``vocabulary_`` (sorted feature integers) and ``idf_``, both of shape ``(n_features,)``.
    """

    def __init__(self, table: WordTable, least_documents: int = 2) -> None:
        self.table = table
        self.least_documents = least_documents

    def fit(self, pairs: Sequence[Pair], y: object = None) -> Self:
        """Learn the vocabulary and the document frequencies of ``pairs``."""
        return self.fit_analyses([analyze(text, target, self.table) for text, target in pairs])

    def fit_analyses(self, analyses: Sequence[Analysis]) -> Self:
        """Learn the same from statements that are analysed already."""
        rows, keys, _ = raw_entries(analyses)
        order = np.lexsort((rows, keys))
        rows, keys = rows[order], keys[order]
        fresh = np.ones(len(keys), dtype=bool)
        fresh[1:] = (rows[1:] != rows[:-1]) | (keys[1:] != keys[:-1])
        vocabulary, frequencies = np.unique(keys[fresh], return_counts=True)
        family = vocabulary >> FAMILY_SHIFT
        kept = (frequencies >= self.least_documents) | (family == SENTIMENT) | (family == TARGET_SENTIMENT)
        self.vocabulary_: Ints = vocabulary[kept]
        self.idf_: Floats = np.log((1 + len(analyses)) / (1 + frequencies[kept])) + 1
        return self

    def transform(self, pairs: Sequence[Pair]) -> sp.csr_matrix:
        """Return the matrix of ``pairs``, shape ``(n_pairs, n_features)``."""
        return self.transform_analyses([analyze(text, target, self.table) for text, target in pairs])

    def transform_analyses(self, analyses: Sequence[Analysis]) -> sp.csr_matrix:
        """Return the matrix of statements that are analysed already."""
        found = weigh(analyses, self.vocabulary_, self.idf_, blocks_of(self.vocabulary_))
        return sp.csr_matrix((found.values, (found.rows, found.columns)), shape=(len(analyses), len(self.vocabulary_)))

    def reads(self, families: Sequence[int]) -> Mask:
        """Return which features are of ``families``, shape ``(n_features,)``."""
        return np.isin(self.vocabulary_ >> FAMILY_SHIFT, families)


@dataclass(frozen=True, slots=True)
class FittedHead:
    """A head's logistic regression over the features that ``mask`` selects."""

    mask: Mask
    regression: LogisticRegression

    def logits(self, matrix: sp.csr_matrix, labels: Sequence[str]) -> Floats:
        """Return raw scores of shape ``(n, n_labels)``, in the order of ``labels``."""
        scores = self.regression.decision_function(matrix[:, self.mask])
        if scores.ndim == 1:
            scores = np.column_stack([-scores / 2, scores / 2])
        return spread(scores, self.regression.classes_, labels, UNSEEN)


UNSEEN: Final = -20.0
"""Raw score of a label that does not occur in what a head was fitted to."""


def spread(values: Floats, classes: Sequence[str], labels: Sequence[str], unseen: float) -> Floats:
    """Return the columns of ``values``, one for each of ``classes``, in the order of ``labels``, else ``unseen``."""
    found = np.full((len(values), len(labels)), unseen)
    for place, name in enumerate(classes):
        found[:, list(labels).index(name)] = values[:, place]
    return found


@dataclass(frozen=True, slots=True)
class Job:
    """One fit: a head, its rows of the matrix and their labels."""

    head: str
    matrix: sp.csr_matrix
    rows: Ints
    labels: Sequence[str]
    weights: Floats
    """How much each of the rows counts, shape ``(n_rows,)``."""


def _fit(job: Job, mask: Mask, head: HeadConfig, iterations: int) -> FittedHead:
    regression = LogisticRegression(
        C=head.strength, class_weight="balanced" if head.balanced else None, max_iter=iterations
    )
    regression.fit(job.matrix[job.rows][:, mask], np.array(job.labels), sample_weight=job.weights)
    return FittedHead(mask, regression)


def fit_heads(
    jobs: Sequence[Job], vectorizer: StatementVectorizer, config: TrainingConfig, n_jobs: int = 2
) -> list[FittedHead]:
    """Fit the heads of ``jobs``, the result in their order, in parallel processes."""
    masks = {job.head: vectorizer.reads(config.heads[job.head].families) for job in jobs}
    found: list[FittedHead] = Parallel(n_jobs=n_jobs)(
        delayed(_fit)(job, masks[job.head], config.heads[job.head], config.iterations) for job in jobs
    )
    return found


@dataclass(frozen=True, slots=True)
class DetentePipeline:
    """The whole fitted model as scikit-learn objects: what the compiled scorer must equal to 1e-6."""

    vectorizer: StatementVectorizer
    heads: Mapping[str, FittedHead]
    calibrations: Mapping[str, Calibration]

    def predict_proba(self, head: str, pairs: Sequence[Pair]) -> Floats:
        """Return one head's calibrated probabilities, shape ``(n_pairs, n_labels)``."""
        logits = self.heads[head].logits(self.vectorizer.transform(pairs), OUTPUTS[head])
        return calibrated(logits, self.calibrations[head])
