"""Where the time of a statement goes, stage by stage, and what the least of it could be."""

from collections.abc import Callable, Sequence
from unittest.mock import patch

import numpy as np

from benchmarks.inputs import development_texts
from benchmarks.measure import Case, interleaved
from benchmarks.ours import kinds
from benchmarks.peers import vader
from benchmarks.results import Figure, Part
from classifier import Classifier
from classifier.prediction import Prediction

STATEMENTS = 2_000
WHOLE = "a prediction"
GIVEN = "a prediction to which units, scope and acts are given"
SCALE = "VADER, for scale"


def profile(rounds: int, tell: Callable[[str], None]) -> Sequence[Part]:
    """Measure the stages of every kernel there is."""
    texts = development_texts()[:STATEMENTS]
    return [_profile(name, kind.load(), texts, rounds, tell) for name, kind in kinds().items()]


def _profile(name: str, classifier: Classifier, texts: Sequence[str], rounds: int, tell: Callable[[str], None]) -> Part:
    reader, weigher = classifier.model.table.reader, classifier.model.scorer.weigher
    matrix = np.asarray(classifier.model.scorer.weights)

    def read_words() -> None:
        for text in texts:
            reader.release(reader.read(text, None, weigher.worded))

    def sum_up() -> None:
        for text in texts:
            scratch = reader.read(text, None, weigher.worded)
            weigher.score(scratch)
            reader.release(scratch)

    given = {} if weigher.worded else {text: reader.read(text, None, worded=False) for text in texts}

    def take(text: str, target: None, worded: bool) -> object:
        reader.words(text)
        return given[text]

    def predict_as_given() -> list[Prediction]:
        with patch.object(reader, "read", take), patch.object(reader, "release", lambda scratch: None):
            return [classifier.predict(text) for text in texts]

    known = dict.fromkeys(word for text in texts for word in text.split())

    def split() -> None:
        for text in texts:
            for word in text.split():
                known.get(word)

    rows = [classifier.model.scorer.weigh(reader, text, None)[0] for text in texts]

    def gather() -> None:
        for each in rows:
            matrix[each].sum(axis=0)

    peer = vader()
    stages = {
        "split and look up (floor of reading in Python)": split,
        "gather and sum the rows (floor of summing in numpy)": gather,
        "read: words, scope, features": read_words,
        "and find rows, sum and normalise": sum_up,
        WHOLE: lambda: [classifier.predict(text) for text in texts],
        "a prediction as JSON's dictionary": lambda: [classifier.predict(text).as_dict() for text in texts],
        SCALE: lambda: [peer.one(text) for text in texts],
    }
    if given:
        stages[GIVEN] = predict_as_given
    found = interleaved({stage: Case(run, len(texts)) for stage, run in stages.items()}, rounds, tell)
    figures = [Figure(stage, spent, "µs") for stage, spent in found.medians().items()]
    ratios = [
        Figure(f"{stage} : VADER", found.times(stage, SCALE), "times") for stage in (WHOLE, GIVEN) if stage in stages
    ]
    return Part(f"Where the time goes: {name}", figures + ratios)
