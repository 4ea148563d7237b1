"""``detente serve``, ``detente rollback`` and ``detente export-feedback``."""

import json
import os
import sys
from pathlib import Path
from typing import get_args

import click
from pydantic import ValidationError

from api.check import report
from api.keys import hash_key
from api.keys import new_key as random_key
from api.settings import CONFIG, PREFIX, KeyEntry, Scope, Settings, load_settings
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
@click.option("--new-key", metavar="NAME", help="Make an API key for NAME, print it once and serve nothing.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(get_args(Scope)),
    help="What the new key may do; may be repeated.  [default: score]",
)
def serve(
    host: str | None,
    port: int | None,
    workers: int | None,
    model: Path | None,
    config: Path | None,
    check: bool,
    new_key: str | None,
    scopes: tuple[Scope, ...],
) -> None:
    """Serve predictions by HTTP.

    Settings come from these options, from DETENTE_ variables and from a TOML file, in this order.
    """
    if new_key is not None:
        _make_key(new_key, scopes or ("score",))
        return
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


def _make_key(name: str, scopes: tuple[Scope, ...]) -> None:
    """Print a new key on standard error, and on standard output the lines that let it in."""
    key = random_key()
    try:
        entry = KeyEntry(name=name, sha256=hash_key(key), scopes=frozenset(scopes))
    except ValidationError as error:
        raise click.BadParameter(
            f"expected up to 64 letters, digits, dots, dashes and underscores, found {name!r}", param_hint="--new-key"
        ) from error
    click.echo(f"key, shown only now: {key}", err=True)
    click.echo(
        f'[[keys]]\nname = "{entry.name}"\nsha256 = "{entry.sha256}"\nscopes = {json.dumps(sorted(entry.scopes))}'
    )


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
