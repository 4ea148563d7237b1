"""A written model's figures on labelled data."""

from collections.abc import Sequence

import numpy as np

from classifier.labels import HEADS
from classifier.model import Classifier, Statement
from training.baselines import word_list_labels
from training.corpus import Labelled
from training.evaluate import HeadFigures, head_figures


def evaluate_model(classifier: Classifier, rows: Sequence[Labelled]) -> dict[str, HeadFigures]:
    """Return each head's figures over the rows that are labelled for it; heads without any are left out."""
    predictions = classifier.predict_many([Statement(row.text, row.target) for row in rows])
    figures = {}
    for head, labels in HEADS.items():
        gold, probabilities, listed = [], [], []
        for row, prediction in zip(rows, predictions, strict=True):
            label, result = row.label(head), getattr(prediction, head)
            if label is not None and result is not None:
                gold.append(label)
                probabilities.append([result.probabilities[each] for each in labels])
                listed.append(word_list_labels(row.text, classifier.model.table)[head])
        if gold:
            figures[head] = head_figures(labels, gold, np.array(probabilities), listed)
    return figures
