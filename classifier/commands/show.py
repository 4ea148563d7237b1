"""``detente show``: an article's statements with their scores, as a table for people."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from classifier.commands.extract import read_article
from classifier.commands.options import model_option
from classifier.model import Classifier
from classifier.model import Statement as ScoredStatement
from classifier.prediction import Prediction
from classifier.quotes import Statement, extract
from classifier.words import mentions_of

COLORS: Final = {-2: "green", -1: "bright_green", 0: "white", 1: "yellow", 2: "dark_orange", 3: "bold red"}
"""The colour of each escalation level."""


@click.command()
@click.argument("articles", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@model_option()
def show(articles: tuple[Path, ...], model_path: Path) -> None:
    """Print the statements of ARTICLES (text files, - for standard input) with who makes them and how they score."""
    classifier = Classifier.load(model_path)
    console = Console()
    for path in articles:
        statements = extract(read_article(path))
        predictions = classifier.predict_many([_scored(each) for each in statements])
        console.print(_table(path.name, statements, predictions))
    console.print(
        f"model {classifier.version}; levels from -2 (de-escalatory) to +3 (coercive); ? = the model abstains"
    )


def _scored(statement: Statement) -> ScoredStatement:
    target = statement.target
    text = statement.scored_text
    return ScoredStatement(text, target if target and mentions_of(text, target) else None)


def _table(name: str, statements: Sequence[Statement], predictions: Sequence[Prediction]) -> Table:
    table = Table(title=name, show_lines=True)
    table.add_column("who", max_width=18)
    table.add_column("statement", ratio=1)
    table.add_column("reads as", max_width=26)
    for statement, prediction in zip(statements, predictions, strict=True):
        escalation, stance = prediction.escalation, prediction.stance
        color = COLORS[escalation.level]
        level = f"{escalation.level:+d}" if escalation.level else " 0"
        doubt = "?" if prediction.abstained else ""
        lines = [
            f"[{color}]{level} {escalation.label}{doubt}[/]",
            f"{prediction.act.label}, {prediction.tone.label}",
        ]
        if stance:
            lines.append(escape(f"{stance.label}: {stance.target}"))
        table.add_row(escape(statement.speaker or "—"), escape(statement.quote), "\n".join(lines))
    return table
