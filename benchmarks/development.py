"""Development figures of models fitted in memory: the learning curve, kinds of text left out, and the ablation.

    python -m benchmarks.development curve     ../shared/dev [-o training/learning_curve.json]
    python -m benchmarks.development ablation  ../shared/dev

The figures are those of the development sets' own scorer (``tools/devscore.py`` beside them), on the probabilities of
the scikit-learn pipeline with the calibration of the last full training.
"""

import importlib.util
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click
import numpy as np

from classifier.features import FAMILIES, Analysis, analyze
from classifier.prediction import Prediction
from classifier.scorer import OUTPUTS, calibrated
from training.config import INVENTIVE, TrainingConfig
from training.corpus import Labelled, read_corpus, read_foreign
from training.train import Data, fit, load_assessment, prepare

SIZES: Final = (1000, 2000, 4000, 8000)
SETS: Final = ("plv", "unscon", "nyt", "newsmtsc")
SHUFFLE: Final = 20261125

Row = dict[str, Any]


class Development:
    """The development sets and their scorer."""

    def __init__(self, folder: Path) -> None:
        place = folder.parent / "tools" / "devscore.py"
        spec = importlib.util.spec_from_file_location("devscore", place)
        assert spec is not None
        assert spec.loader is not None
        self.scorer = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.scorer)
        self.rows: dict[str, list[Row]] = {
            name: [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
            for name in SETS
        }

    def figures(self, data: Data, rows: Sequence[int], config: TrainingConfig) -> dict[str, float]:
        """Fit on some of the data's analyses; return every development figure."""
        vectorizer, heads = fit(data, rows, config)
        calibrations = load_assessment().calibrations
        found: dict[str, float] = {}
        for name, examples in self.rows.items():
            analyses: list[Analysis] = [analyze(row["text"], row.get("target"), data.table) for row in examples]
            matrix = vectorizer.transform_analyses(analyses)
            p = {
                head: calibrated(fitted.logits(matrix, OUTPUTS[head]), calibrations[head])
                for head, fitted in heads.items()
            }
            predictions = [_as_dict(p, i, row.get("target")) for i, row in enumerate(examples)]
            for figure, (value, _) in self.scorer.score(name, examples, predictions).items():
                found[figure.removesuffix(" (lower is better)")] = round(float(value), 4)
        return found


def _as_dict(p: Mapping[str, np.ndarray[Any, Any]], i: int, target: str | None) -> Row:
    named = [dict(zip(labels, p[head][i].tolist(), strict=True)) for head, labels in OUTPUTS.items()]
    found = [(max(each, key=each.__getitem__), each) for each in named]
    return Prediction.of(found, target, None, abstained=False, model_version="").as_dict()


def kind_of(row: Labelled) -> str:
    """Return whether a row is a phrase, typical wording, or inventive wording."""
    if row.phrase:
        return "phrases"
    return "inventive" if row.genre in INVENTIVE else "typical"


def _load() -> Data:
    seeds = Path("seeds")
    return prepare(read_corpus(seeds), read_foreign(seeds))


def _subsets(data: Data) -> Iterable[tuple[str, int, list[int]]]:
    """Yield (name, statements, rows) of every step of the curve and every kind left out."""
    everything = range(len(data.analyses))
    statements = [i for i, row in enumerate(data.rows) if not row.phrase]
    others = sorted(set(everything) - set(statements))
    order = np.random.default_rng(SHUFFLE).permutation(statements).tolist()
    for size in SIZES:
        yield f"{size:,} statements", size, sorted(order[:size]) + others
    yield "all", len(statements), list(everything)
    for kind in ("typical", "inventive", "phrases"):
        kept = [i for i in everything if i >= len(data.rows) or kind_of(data.rows[i]) != kind]
        yield f"without {kind}", sum(i in set(statements) for i in kept), kept


def _table(rows: Sequence[Row], first: str) -> str:
    names = list(rows[0])
    lines = ["| " + " | ".join([first, *names[1:]]) + " |", "|---" * len(names) + "|"]
    lines += [
        "| " + " | ".join(f"{v:.3f}" if isinstance(v, float) else str(v) for v in row.values()) + " |" for row in rows
    ]
    return "\n".join(lines)


@click.group()
def main() -> None:
    """Development figures of models fitted in memory."""


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures as JSON too.")
def curve(folder: Path, output: Path | None) -> None:
    """Print the learning curve and the figures with each kind of text left out."""
    development, data, config = Development(folder), _load(), TrainingConfig()
    rows: list[Row] = []
    for name, statements, chosen in _subsets(data):
        rows.append({"trained on": name, "statements": statements, **development.figures(data, chosen, config)})
        click.echo(f"{name}: {rows[-1]}", err=True)
    click.echo(_table(rows, "trained on"))
    if output:
        sizes = [{k: v for k, v in row.items() if k != "trained on"} for row in rows[: len(SIZES) + 1]]
        output.write_text(json.dumps({"sizes": sizes, "left out": rows[len(SIZES) + 1 :]}, indent=1) + "\n")


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def ablation(folder: Path) -> None:
    """Print all development figures with each feature family off, one at a time."""
    development, data = Development(folder), _load()
    everything = range(len(data.analyses))
    rows: list[Row] = []
    for off in range(len(FAMILIES)):
        config = TrainingConfig()
        heads = {
            head: replace(each, families=tuple(family for family in each.families if family != off))
            for head, each in config.heads.items()
            if any(family != off for family in each.families)
        }
        if off and heads.keys() != config.heads.keys():
            heads["domain"] = config.heads["domain"]
        name = f"without {FAMILIES[off]}" if off else "all families"
        rows.append({"features": name, **development.figures(data, everything, replace(config, heads=heads))})
        click.echo(f"{name}: {rows[-1]}", err=True)
    click.echo(_table(rows, "features"))


if __name__ == "__main__":
    main()
