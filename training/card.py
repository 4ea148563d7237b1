"""The model card: what the model is, its figures and plots, beside the arrays in the model's folder."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from classifier.artifact import LAYOUT
from classifier.features import FAMILIES
from training.coverage import Coverage, coverage_of
from training.evaluate import HeadFigures
from training.train import Trained

LEARNING_CURVE: Final = Path(__file__).parent / "learning_curve.json"
"""Development figures by corpus size, measured by ``python -m benchmarks.development curve``."""

STALE: Final = (
    "These figures are of the last full training, on another corpus than this model's: retrain without `--quick`."
)

_STYLE: Final[Any] = {
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.size": 9,
    "svg.hashsalt": "detente",
}
_PLOT: Final[Mapping[str, Any]] = {"metadata": {"Date": None}, "bbox_inches": "tight"}


def write_card(trained: Trained) -> None:
    """Write the card and its plots into the model's folder."""
    figures = trained.assessment.figures
    with matplotlib.rc_context(_STYLE):
        _confusions(figures, trained.folder / "confusion.svg")
        _lines(figures, "reliability", trained.folder / "reliability.svg")
        _lines(figures, "coverage", trained.folder / "coverage.svg")
        curve = json.loads(LEARNING_CURVE.read_text(encoding="utf-8")) if LEARNING_CURVE.is_file() else None
        if curve:
            _learning_curve(curve["sizes"], trained.folder / "learning_curve.svg")
    text = card_text(trained, coverage_of(trained.data.rows), curve is not None)
    (trained.folder / LAYOUT.card).write_text(text, encoding="utf-8")


def _confusions(figures: Mapping[str, HeadFigures], path: Path) -> None:
    figure = Figure(figsize=(13, 12))
    for place, (head, found) in enumerate(figures.items(), 1):
        axes = figure.add_subplot(2, 2, place)
        shares = [[cell / max(1, sum(row)) for cell in row] for row in found.confusion]
        axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
        labels = list(found.classes)
        axes.set_xticks(range(len(labels)), labels, rotation=90)
        axes.set_yticks(range(len(labels)), labels)
        axes.set(xlabel="predicted", ylabel="labelled", title=head)
        for i, row in enumerate(shares):
            for j, share in enumerate(row):
                if share >= 0.05:
                    axes.text(
                        j, i, f"{share:.2f}", ha="center", va="center", fontsize=6, color="w" if share > 0.5 else "k"
                    )
    figure.tight_layout()
    figure.savefig(path, **_PLOT)


def _lines(figures: Mapping[str, HeadFigures], kind: str, path: Path) -> None:
    figure = Figure(figsize=(6, 4.5))
    axes: Axes = figure.add_subplot()
    for head, found in figures.items():
        points: Sequence[Sequence[float]] = found.reliability if kind == "reliability" else found.coverage
        axes.plot([point[0] for point in points], [point[1] for point in points], marker=".", label=head)
    if kind == "reliability":
        axes.plot([0, 1], [0, 1], color="0.7", linestyle="--", label="perfect")
        axes.set(xlabel="mean confidence", ylabel="share right", title="Reliability on held-out folds")
    else:
        axes.set(
            xlabel="share of statements kept, most confident first", ylabel="accuracy", title="Coverage and accuracy"
        )
    axes.legend()
    figure.savefig(path, **_PLOT)


def _learning_curve(sizes: Sequence[Mapping[str, Any]], path: Path) -> None:
    figure = Figure(figsize=(6, 4.5))
    axes = figure.add_subplot()
    for name in [key for key in sizes[0] if key != "statements" and "ECE" not in key]:
        axes.plot([row["statements"] for row in sizes], [row[name] for row in sizes], marker=".", label=name)
    axes.set(xscale="log", xlabel="statements trained on", ylabel="figure", title="Development figures by corpus size")
    axes.legend(fontsize=7, loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    figure.savefig(path, **_PLOT)


def _figures_table(figures: Mapping[str, HeadFigures]) -> str:
    lines = [
        "| head | macro-F1 | 95 % interval | accuracy | ECE | majority F1 | word list F1 |",
        "|---|---|---|---|---|---|---|",
    ]
    for head, found in figures.items():
        low, high = found.interval
        lines.append(
            f"| {head} | {found.macro_f1:.3f} | {low:.3f}–{high:.3f} | {found.accuracy:.3f} | {found.ece:.3f} "
            f"| {found.majority_f1:.3f} | {found.word_list_f1:.3f} |"
        )
    return "\n".join(lines)


def _classes_table(figures: Mapping[str, HeadFigures]) -> str:
    lines = ["| head | label | precision | recall | F1 | statements |", "|---|---|---|---|---|---|"]
    for head, found in figures.items():
        for label, each in found.classes.items():
            lines.append(
                f"| {head} | {label} | {each.precision:.3f} | {each.recall:.3f} | {each.f1:.3f} | {each.support} |"
            )
    return "\n".join(lines)


def card_text(trained: Trained, corpus: Coverage, has_curve: bool) -> str:
    """Return the card in Markdown."""
    assessment = trained.assessment
    heads = "\n".join(
        f"- **{head}**: {', '.join(FAMILIES[family] for family in each.families)} (C = {each.strength}"
        f"{f', inventive statements weigh {each.inventive}' if each.inventive != 1 else ''})"
        for head, each in trained.config.heads.items()
    )
    stale = "" if trained.fresh else f"\n{STALE}\n"
    curve = "\n![Learning curve](learning_curve.svg)\n" if has_curve else ""
    abstention = assessment.abstention
    return f"""# Model card: Detente {trained.version}

**What it is.** TF-IDF features under operator scope and one logistic regression a head: escalation (6 levels), tone
(3), act (17 PLOVER roots), stance toward a given target (3). {len(trained.vocabulary):,} features, scored with numpy on
a CPU.

**Trained on** {corpus.statements:,} invented statements and {corpus.phrases:,} phrases (corpus hash
`{trained.corpus[:16]}`); see `seeds/README.md`. No real text was trained on.

**Heads and the feature families they read**
{heads}

## Figures
Cross-validated over {trained.config.folds} folds that keep contrast groups whole; the statements are those of the
corpus, so figures on other people's text are lower (`training/EXPERIMENTS.md` has development sets of real text).
{stale}
{_figures_table(assessment.figures)}

![Confusion](confusion.svg)
![Reliability](reliability.svg)
![Coverage](coverage.svg)
{curve}
**Abstention.** A prediction abstains under a confidence of {abstention.threshold:.3f}, chosen so that
{abstention.precision:.0%} of the escalation levels kept are right on held-out folds ({abstention.kept:.0%} of the
statements are kept), and where the text is not of the kind the model knows (probability under
{abstention.domain_threshold:.3f}).

{_classes_table(assessment.figures)}

## Use and misuse
Made to sort, count and compare public statements, with a person reading what matters. Not a judgement of truth, intent
or of people, and no ground for action against anyone. English only. Names of actors are masked, so a score does not
depend on whose name it is; what it does depend on is shown by `detente explain`.
"""
