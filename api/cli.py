"""``detente serve``, ``detente rollback``, ``detente api-key`` and ``detente export-feedback``."""

import json
import os
import sys
from pathlib import Path

import click

from api.check import report
from api.keys import hash_key, new_key
from api.settings import CONFIG, PREFIX, Settings, load_settings
from api.versions import roll_back, versions_of
from classifier.commands.options import model_option
from classifier.errors import TableError
from classifier.feedback import read_corrections


@click.command()
@click.option("--host", help="Address to serve on.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="Port to serve on.  [default: 8000]")
@click.option("--workers", type=int, help="Worker processes.  [default: 1]")
@click.option(
    "--model", type=click.Path(path_type=Path), help="A model's folder, or a folder of models with one in use."
)
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar=CONFIG,
    help="Settings as TOML.",
)
@click.option("--check", is_flag=True, help="Check the settings, the model and the feedback database; serve nothing.")
def serve(
    host: str | None, port: int | None, workers: int | None, model: Path | None, config: Path | None, check: bool
) -> None:
    """Serve predictions by HTTP.

    Settings come from these options, from DETENTE_ variables and from a TOML file, in this order.
    """
    given = {"host": host, "port": port, "workers": workers, "model": model}
    settings = load_settings(config, given)
    lines = report(settings)
    if check:
        click.echo("\n".join(lines))
        return
    _hand_on(settings, config)
    for line in lines:
        click.echo(line, err=True)
    from api.server import run

    if not run(settings):
        raise click.ClickException(f"the service could not start on {settings.host}:{settings.port}; its log says why")


def _hand_on(settings: Settings, config: Path | None) -> None:
    """Leave in the environment what worker processes need to read the same settings."""
    if config is not None:
        os.environ[CONFIG] = str(config)
    for name in ("host", "port", "workers", "model"):
        os.environ[PREFIX + name.upper()] = str(getattr(settings, name))


@click.command()
@click.argument("version", required=False)
@click.option("--list", "only_list", is_flag=True, help="Print the models and change nothing.")
@model_option()
def rollback(version: str | None, only_list: bool, model_path: Path) -> None:
    """Make VERSION, or the model before the current one, the one in use.

    A running service takes it within seconds, without a dropped request.
    """
    if not only_list:
        click.echo(f"in use now: {roll_back(model_path, version)}")
    for each in versions_of(model_path):
        click.echo(f"{'*' if each.current else ' '} {each.name}")


@click.command("api-key")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(["score", "feedback", "admin"]), default=("score",))
def api_key(name: str, scopes: tuple[str, ...]) -> None:
    """Make a key for NAME: print it once, and the lines for the settings file."""
    key = new_key()
    click.echo(f"key, shown only now: {key}", err=True)
    click.echo(f'[[keys]]\nname = "{name}"\nsha256 = "{hash_key(key)}"\nscopes = {json.dumps(list(scopes))}')


@click.command("export-feedback")
@click.option(
    "--feedback",
    "url",
    metavar="URL",
    envvar=PREFIX + "FEEDBACK_URL",
    default="sqlite:///feedback.db",
    help="The feedback database.  [default: sqlite:///feedback.db]",
)
@click.option("-o", "--output", metavar="FILE", required=True, help="JSONL to write, or - for standard output.")
def export_feedback(url: str, output: str) -> None:
    """Write collected corrections as labelled JSONL, in the shape of the seeds."""
    rows = [json.dumps(each.as_row(), ensure_ascii=False) + "\n" for each in read_corrections(url)]
    if output == "-":
        sys.stdout.writelines(rows)
        return
    try:
        Path(output).write_text("".join(rows), encoding="utf-8")
    except OSError as error:
        raise TableError(f"expected a file that can be written at {output}, found: {error.strerror}") from error
    click.echo(f"wrote {len(rows)} corrections to {output}", err=True)
