"""The kinds of behaviour: how a case of each is judged, and the floor that its share must reach."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from typing import Final

from classifier import Classifier, Prediction, Statement

from . import cases
from .respelling import RESPELLINGS, Respelling

NAME_TOLERANCE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case that was judged, and what the model said of it."""

    passed: bool
    shown: str


@dataclass(frozen=True, slots=True)
class Result:
    """The judged cases of a kind; ``note`` says what the share does not."""

    name: str
    floor: float
    outcomes: Sequence[Outcome]
    note: str = ""

    @property
    def failing(self) -> list[str]:
        return [outcome.shown for outcome in self.outcomes if not outcome.passed]

    @property
    def share(self) -> float:
        return 1 - len(self.failing) / len(self.outcomes)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of behaviour; a floor of 0 is for figures that are only reported."""

    name: str
    floor: float
    judge: Callable[[Classifier], tuple[Sequence[Outcome], str]]

    def run(self, classifier: Classifier) -> Result:
        outcomes, note = self.judge(classifier)
        return Result(self.name, self.floor, outcomes, note)


def _minimum(part: str, classifier: Classifier) -> tuple[Sequence[Outcome], str]:
    wanted = cases.minimum()
    outcomes = []
    for case, found in zip(wanted, classifier.predict_many([case.text for case in wanted]), strict=True):
        act, level = found.act.label, found.escalation.level
        right = {"act": act in case.acts, "level": level == case.level}
        passed = all(right.values()) if part == "both" else right[part]
        shown = f"{'|'.join(case.acts)} {case.level}, found {act} {level}: {case.text}"
        outcomes.append(Outcome(passed, shown))
    return outcomes, ""


def _escalation(prediction: Prediction) -> float:
    return prediction.escalation.score


def _tone(prediction: Prediction) -> float:
    return prediction.tone.score


def _stance(prediction: Prediction) -> float:
    assert prediction.stance
    return prediction.stance.score


def _pairs(
    pairs: Sequence[cases.Pair], score: Callable[[Prediction], float], classifier: Classifier
) -> tuple[Sequence[Outcome], str]:
    lower = classifier.predict_many([Statement(pair.lower, pair.target) for pair in pairs])
    higher = classifier.predict_many([Statement(pair.higher, pair.target) for pair in pairs])
    outcomes = []
    for pair, a, b in zip(pairs, map(score, lower), map(score, higher), strict=True):
        target = f"[{pair.target}] " if pair.target else ""
        outcomes.append(Outcome(a < b, f"{target}{a:+.2f} {pair.lower} < {b:+.2f} {pair.higher}"))
    return outcomes, ""


def _moved(probabilities: Callable[[Prediction], Sequence[float]], a: Prediction, b: Prediction) -> float:
    return max(abs(p - q) for p, q in zip(probabilities(a), probabilities(b), strict=True))


NAME_HEADS: Final[dict[str, Callable[[Prediction], Sequence[float]]]] = {
    "escalation": lambda found: [found.escalation.score],
    "tone": lambda found: [found.tone.score],
    "act": lambda found: list(found.act.probabilities.values()),
    "stance": lambda found: [_stance(found)],
}
"""What must stand still in each head when a name changes: the scores, and the probability of every act."""


def _names(head: str, classifier: Classifier) -> tuple[Sequence[Outcome], str]:
    outcomes, moves = [], []
    for fillings in cases.actors():
        first, *others = classifier.predict_many([Statement(filling.text, filling.name) for filling in fillings])
        for filling, other in zip(fillings[1:], others, strict=True):
            move = _moved(NAME_HEADS[head], first, other)
            moves.append(move)
            outcomes.append(Outcome(move <= NAME_TOLERANCE, f"{move:.3f} {fillings[0].text} / {filling.text}"))
    return outcomes, _spread(moves, NAME_TOLERANCE)


def _respelled(respelling: Respelling, classifier: Classifier) -> tuple[Sequence[Outcome], str]:
    pairs = [(text, respelling.rewrite(text)) for text in cases.wording()]
    pairs = [(text, other) for text, other in pairs if text != other]
    before = classifier.predict_many([text for text, _ in pairs])
    after = classifier.predict_many([other for _, other in pairs])
    moves = [b.escalation.score - a.escalation.score for a, b in zip(before, after, strict=True)]
    outcomes = [
        Outcome(abs(move) <= respelling.tolerance, f"{move:+.2f} from {a.escalation.score:+.2f} {other!r}")
        for (_, other), a, move in zip(pairs, before, moves, strict=True)
    ]
    return outcomes, _spread([abs(move) for move in moves], respelling.tolerance)


def _spread(moves: Sequence[float], tolerance: float) -> str:
    ninth = sorted(moves)[int(0.9 * (len(moves) - 1))]
    return f"within {tolerance:g}; moves: median {median(moves):.3f}, 90% {ninth:.3f}, most {max(moves):.3f}"


def _foreign(classifier: Classifier) -> tuple[Sequence[Outcome], str]:
    texts = cases.foreign()
    outcomes = [Outcome(p.abstained, t) for t, p in zip(texts, classifier.predict_many(texts), strict=True)]
    by_domain = sum(p.abstained for p in _domain_only(classifier).predict_many(texts))
    return outcomes, f"{by_domain} of {len(texts)} by the domain check"


def _ordinary(classifier: Classifier) -> tuple[Sequence[Outcome], str]:
    texts = cases.ordinary()
    found = _domain_only(classifier).predict_many(texts)
    unsure = sum(p.abstained for p in classifier.predict_many(texts))
    return [Outcome(not p.abstained, t) for t, p in zip(texts, found, strict=True)], f"{unsure} abstained in all"


def _domain_only(classifier: Classifier) -> Classifier:
    """Return the classifier without its threshold of confidence: it abstains from what it takes for foreign."""
    return Classifier(replace(classifier.model, threshold=0.0))


KINDS: Final = (
    *(Kind(f"minimum: {part}", 0.85, partial(_minimum, part)) for part in ("act", "level", "both")),
    *(Kind(f"ordered: {name}", 0.90, partial(_pairs, pairs, _escalation)) for name, pairs in cases.ordered().items()),
    Kind("ordered: tone", 0.90, partial(_pairs, cases.tone(), _tone)),
    Kind("ordered: stance", 0.90, partial(_pairs, cases.stance(), _stance)),
    Kind("names: escalation", 0.98, partial(_names, "escalation")),
    *(Kind(f"names: {head}", 0.0, partial(_names, head)) for head in NAME_HEADS if head != "escalation"),
    *(Kind(f"wording: {respelling.name}", 0.90, partial(_respelled, respelling)) for respelling in RESPELLINGS),
    Kind("foreign abstained", 0.90, _foreign),
    Kind("ordinary known", 0.95, _ordinary),
)


def table(results: Sequence[Result]) -> str:
    """Return the share of each kind as lines of text."""
    width = max(len(result.name) for result in results)
    lines = [f"{'kind':{width}}  cases  passed   share  floor"]
    for result in results:
        passed = len(result.outcomes) - len(result.failing)
        floor = f"{result.floor:5.0%}" if result.floor else "    -"
        below = "  BELOW" if result.share < result.floor else ""
        line = f"{result.name:{width}}  {len(result.outcomes):5}  {passed:6}  {result.share:6.1%}  {floor}{below}"
        lines.append(f"{line}  {result.note}".rstrip())
    return "\n".join(lines)


def failures(result: Result) -> str:
    """Return the failing cases of a kind as lines of text."""
    return "\n".join([f"{result.name}: {len(result.failing)} fail", *(f"  {shown}" for shown in result.failing)])
