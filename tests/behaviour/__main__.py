"""``python -m tests.behaviour [models]``: the share of each kind, then the failing cases of each."""

import sys
from pathlib import Path

import click

from classifier import Classifier

from .checks import KINDS, failures, table


@click.command()
@click.argument("models", type=click.Path(exists=True, path_type=Path), default="models")
@click.option("--kind", default="", help="Only the kinds whose names contain this.")
@click.option(
    "--failing/--no-failing", default=True, help="List the failing cases (of kinds without a floor: with --kind)."
)
def main(models: Path, kind: str, failing: bool) -> None:
    """Print what the model of MODELS does, by kind."""
    classifier = Classifier.load(models)
    results = [each.run(classifier) for each in KINDS if kind in each.name]
    if not results:
        raise click.BadParameter(f"expected one of: {', '.join(each.name for each in KINDS)}", param_hint="--kind")
    click.echo(f"model {classifier.version}\n{table(results)}")
    for result in results:
        if failing and result.failing and (kind or result.floor):
            click.echo(f"\n{failures(result)}")
    if any(result.share < result.floor for result in results):
        sys.exit(1)


main(prog_name="python -m tests.behaviour")
