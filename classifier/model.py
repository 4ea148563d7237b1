"""The classifier people use: load a model, predict, explain."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Self

from classifier.artifact import Model, load_model
from classifier.errors import TargetError, TextError
from classifier.explanation import Explanation, explain
from classifier.features import Analysis, analyze
from classifier.labels import HEADS
from classifier.prediction import Act, Escalation, Prediction, Stance, Tone
from classifier.scorer import DOMAINS
from classifier.text import MAX_CHARACTERS
from classifier.words import mentions_of

DEFAULT_PATH: Final = Path("models")
"""Where ``detente train`` writes and everything else looks, unless told otherwise."""
CHUNK: Final = 512
"""How many statements are scored at once."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is to be scored."""

    text: str
    target: str | None = None
    id: str | int | None = None


class Classifier:
    """Scores statements with a loaded model; safe to share between threads and forked processes."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @classmethod
    def load(cls, path: str | Path = DEFAULT_PATH) -> Self:
        """Load the model in use of a models folder (``models`` by default), or the one in a model's own folder.

        Raises ModelNotFoundError, ModelVersionError or ModelDamagedError.
        """
        return cls(load_model(Path(path)))

    @property
    def version(self) -> str:
        """The model's version."""
        return self.model.version

    def predict(self, text: str, target: str | None = None) -> Prediction:
        """Score one statement, and its stance where a ``target`` is given.

        Raises TextError where ``text`` is no string or too long, TargetError where ``target`` does not occur in it.
        """
        return next(self._score([Statement(text, target)]))

    def predict_many(
        self, texts: Iterable[str | Statement], targets: Iterable[str | None] | None = None
    ) -> list[Prediction]:
        """Score statements in order; the same numbers as :meth:`predict`, faster.

        Raises as :meth:`predict` does, naming the first statement that cannot be scored.
        """
        if targets is not None:
            texts = [Statement(str(text), target) for text, target in zip(texts, targets, strict=True)]
        return list(self.stream(texts))

    def stream(self, statements: Iterable[str | Statement]) -> Iterator[Prediction]:
        """Score statements lazily, in order, a chunk at a time."""
        waiting = iter(statements)
        while chunk := [s if isinstance(s, Statement) else Statement(s) for s in islice(waiting, CHUNK)]:
            yield from self._score(chunk)

    def explain(self, text: str, target: str | None = None) -> Explanation:
        """Score one statement and say what made each score; raises as :meth:`predict` does."""
        statement = Statement(text, target)
        check(statement)
        analysis = analyze(text, target, self.model.table)
        prediction = next(self._predictions([statement], [analysis]))
        return explain(self.model, analysis, prediction)

    def _score(self, statements: Sequence[Statement]) -> Iterator[Prediction]:
        for statement in statements:
            check(statement)
        analyses = [analyze(s.text, s.target, self.model.table) for s in statements]
        return self._predictions(statements, analyses)

    def _predictions(self, statements: Sequence[Statement], analyses: Sequence[Analysis]) -> Iterator[Prediction]:
        scorer = self.model.scorer
        logits = scorer.logits(scorer.weigh(analyses))
        by_head = {head: values.tolist() for head, values in scorer.probabilities(logits).items()}
        for i, (statement, analysis) in enumerate(zip(statements, analyses, strict=True)):
            stance = None
            if statement.target is not None:
                stance = Stance(_named("stance", by_head["stance"][i]), statement.target)
            escalation = Escalation(_named("escalation", by_head["escalation"][i]))
            yield Prediction(
                escalation=escalation,
                tone=Tone(_named("tone", by_head["tone"][i])),
                act=Act(_named("act", by_head["act"][i])),
                stance=stance,
                abstained=self._abstains(analysis, escalation, by_head["domain"][i]),
                model_version=self.version,
                id=statement.id,
            )

    def _abstains(self, analysis: Analysis, escalation: Escalation, domain: Sequence[float]) -> bool:
        """Whether the text is not what the model knows, or its level is too uncertain."""
        return (
            analysis.known == 0
            or analysis.unknown > analysis.known
            or domain[DOMAINS.index("known")] < self.model.domain_threshold
            or max(escalation.probabilities.values()) < self.model.threshold
        )


def _named(head: str, probabilities: Sequence[float]) -> dict[str, float]:
    return dict(zip(HEADS[head], probabilities, strict=True))


def check(statement: Statement) -> None:
    """Raise TextError or TargetError where a statement cannot be scored."""
    text, target = statement.text, statement.target
    if not isinstance(text, str):
        raise TextError(f"expected the text to be a string, found {type(text).__name__}; give the statement's words")
    if len(text) > MAX_CHARACTERS:
        raise TextError(
            f"expected at most {MAX_CHARACTERS:,} characters, found {len(text):,}; split the text into statements"
        )
    if target is not None and (not isinstance(target, str) or not mentions_of(text, target)):
        raise TargetError(
            f"expected the target to occur in the text, found no {target!r} in it; name it as the text does"
        )
