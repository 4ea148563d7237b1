"""Where the time of a statement goes, stage by stage, and what the least of it could be."""

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.inputs import development_texts
from benchmarks.measure import Case, interleaved
from benchmarks.ours import kinds
from benchmarks.peers import vader
from benchmarks.results import Figure, Part
from classifier import Classifier

STATEMENTS = 2_000


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

    def words_alone() -> None:
        for text in texts:
            codes = [word.code for word in reader.words(text)]
            weigher.single.score(codes, [0] * len(codes), False, (), (), weigher.single.bases[()])

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
        "a prediction": lambda: [classifier.predict(text) for text in texts],
        "a prediction as JSON's dictionary": lambda: [classifier.predict(text).as_dict() for text in texts],
        "VADER, for scale": lambda: [peer.one(text) for text in texts],
    }
    if weigher.single is not None:
        stages["words and pairs looked up, summed and normalised, nothing read of them"] = words_alone
    found = interleaved({stage: Case(run, len(texts)) for stage, run in stages.items()}, rounds, tell)
    return Part(
        f"Where the time goes: {name}", [Figure(stage, spent, "µs") for stage, spent in found.medians().items()]
    )
