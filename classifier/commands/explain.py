"""``detente explain``: the words and phrases that made each score."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from classifier.commands.options import model_option
from classifier.explanation import Explanation
from classifier.model import Classifier
from classifier.prediction import Prediction


@click.command()
@click.argument("text")
@click.option("--target", help="An actor or issue named in TEXT: its stance is explained too.")
@click.option("--most", default=8, show_default=True, help="How many features to show a head.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@model_option()
def explain(text: str, target: str | None, most: int, as_json: bool, model_path: Path) -> None:
    """Show the words and phrases of TEXT that made each score.

    Contributions are calibrated log-odds of the predicted label against the mean of all labels; with the intercept they
    sum to its score.
    """
    found = Classifier.load(model_path).explain(text, target)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    else:
        show(found, text, most, Console())


def headline(prediction: Prediction) -> str:
    """Return a prediction in one line."""
    parts = [
        f"{prediction.escalation.label} ({prediction.escalation.score:+.2f})",
        f"act {prediction.act.label}",
        f"tone {prediction.tone.label}",
    ]
    if prediction.stance:
        parts.append(f"stance toward {prediction.stance.target}: {prediction.stance.label}")
    doubt = "; abstained" if prediction.abstained else ""
    return ", ".join(parts) + f"; confidence {prediction.confidence:.2f}{doubt}"


def show(found: Explanation, text: str, most: int, console: Console) -> None:
    """Print an explanation as a table a head."""
    console.print(escape(headline(found.prediction)))
    for head, why in found.heads.items():
        table = Table(
            "share", "feature", "where", title=f"{head}: {why.label} ({why.score:+.2f})", title_justify="left"
        )
        for each in why.contributions[:most]:
            where = " … ".join(text[start:end] for start, end in each.spans)
            color = "green" if each.value > 0 else "red"
            table.add_row(f"[{color}]{each.value:+.3f}[/]", escape(each.feature), escape(where))
        rest = sum(each.value for each in why.contributions[most:])
        table.add_row(f"{rest:+.3f}", f"{max(0, len(why.contributions) - most)} smaller features", "")
        table.add_row(f"{why.intercept:+.3f}", "intercept", "")
        console.print(table)
