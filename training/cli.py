"""``detente train``, ``detente evaluate`` and ``detente corpus``."""

import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from classifier.artifact import LAYOUT
from classifier.commands.options import model_option
from classifier.model import Classifier
from training.agreement import agreement
from training.card import write_card
from training.config import STORED_CALIBRATION, TrainingConfig
from training.corpus import raise_problems, read_corpus, read_foreign, read_jsonl
from training.coverage import coverage_of, show_coverage
from training.evaluate_model import evaluate_model
from training.feedback import read_corrections
from training.report import show_figures
from training.suspects import find_suspects
from training.train import STEPS, prepare
from training.train import train as train_model

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--seeds", type=_FOLDER, default=Path("seeds"), show_default=True, help="Folder of the labelled corpus.")
@click.option("--output", type=_FOLDER, default=Path("models"), show_default=True, help="Folder of models to write to.")
@click.option(
    "--data", type=_FILE, multiple=True, help="Labelled JSONL of your own, in the same shape; may be repeated."
)
@click.option("--quick", is_flag=True, help="No folds: the same weights with the last calibration.")
@click.option("--feedback", metavar="URL", help="Learn from the corrections in this feedback database too.")
@click.option("--store-calibration", is_flag=True, help="Keep this calibration for later --quick runs.")
def train(
    seeds: Path, output: Path, data: tuple[Path, ...], quick: bool, feedback: str | None, store_calibration: bool
) -> None:
    """Fit, calibrate and evaluate a model, write it and print the report."""
    began = time.monotonic()
    console = Console(stderr=True)
    config = TrainingConfig()
    steps = STEPS if quick else STEPS + config.folds
    columns = (SpinnerColumn(), TextColumn("{task.description:32}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("starting", total=steps)

        def tell(step: str) -> None:
            progress.update(task, description=step, advance=1)

        rows = read_corrections(feedback) if feedback else ()
        trained = train_model(
            seeds, output, data, rows, quick, STORED_CALIBRATION if store_calibration else None, tell, config
        )
        tell("writing the card")
        write_card(trained)
        progress.update(task, description="done", completed=steps)
    out = Console()
    show_coverage(coverage_of(trained.data.rows), out)
    show_figures(trained.assessment.figures, out)
    if not trained.fresh:
        out.print(
            "[yellow]The figures and the calibration are of the last full training, on another corpus; "
            "run without --quick to renew them.[/]"
        )
    out.print(f"wrote {trained.folder} and made it the current model, in {time.monotonic() - began:.0f} s")


@click.command()
@click.argument("data", type=_FILE)
@model_option()
def evaluate(data: Path, model_path: Path) -> None:
    """Print a model's figures on labelled DATA (JSONL in the shape of the seeds)."""
    rows, problems = read_jsonl(data)
    raise_problems(problems)
    classifier = Classifier.load(model_path)
    show_figures(evaluate_model(classifier, rows), Console())
    click.echo(f"model {classifier.version}, {len(rows)} statements; card: {classifier.model.path / LAYOUT.card}")


@click.command()
@click.option("--seeds", type=_FOLDER, default=Path("seeds"), show_default=True, help="Folder of the labelled corpus.")
@click.option(
    "--suspects", type=click.Path(dir_okay=False, path_type=Path), help="Write suspected label errors as TSV."
)
def corpus(seeds: Path, suspects: Path | None) -> None:
    """Validate the corpus, print what it holds beside its floors and what is thin, and how two readers agree.

    With --suspects, also search for label errors on held-out folds (some minutes).
    """
    console = Console()
    rows = read_corpus(seeds)
    show_coverage(coverage_of(rows), console, full=True)
    double = seeds / "agreement.jsonl"
    if double.is_file():
        for field, (alpha, compared) in agreement(double).items():
            console.print(f"Krippendorff's alpha, {field}: {alpha:.3f} ({compared:,} statements read blind)")
    if suspects:
        found = find_suspects(prepare(rows, read_foreign(seeds)), TrainingConfig(), lambda step: console.print(step))
        lines = ["id\thead\tgiven\tlikely\tconfidence\ttext"]
        lines += [f"{s.id}\t{s.head}\t{s.given}\t{s.likely}\t{s.confidence:.3f}\t{s.text}" for s in found]
        suspects.write_text("\n".join(lines) + "\n", encoding="utf-8")
        console.print(f"{len(found):,} suspects in {suspects}")
