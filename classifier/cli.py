"""The ``detente`` command: a lazy group, and the one place where errors become exit codes.

Commands are named as strings and imported only when called, so ``detente score`` never imports scikit-learn or fastapi.
Exit codes: 0 done, 1 failed, 2 usage, 3 done with rejected rows.
"""

import importlib
import importlib.metadata
import sys
from collections.abc import Mapping
from typing import Any, Final

import click

from classifier.errors import DetenteError, InputError

COMMANDS: Final[Mapping[str, str]] = {
    "train": "training.cli:train",
    "evaluate": "training.cli:evaluate",
    "corpus": "training.cli:corpus",
    "score": "classifier.commands.score:score",
    "explain": "classifier.commands.explain:explain",
    "extract": "classifier.commands.extract:extract",
    "show": "classifier.commands.show:show",
    "report": "classifier.commands.report:report",
    "serve": "api.cli:serve",
    "rollback": "api.cli:rollback",
    "export-feedback": "api.cli:export_feedback",
}
"""Command -> where it lives."""

EXTRAS: Final[Mapping[str, str]] = {"training": "train", "api": "api"}
"""Package -> the extra that installs what it needs."""

FAILED: Final = 1
USAGE: Final = 2
REJECTED: Final = 3


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None for an unknown name."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        try:
            found = getattr(importlib.import_module(module), name)
        except ModuleNotFoundError as error:
            extra = EXTRAS.get(module.partition(".")[0])
            if extra is None or (error.name or "").startswith(("classifier", "training", "api")):
                raise
            raise click.ClickException(
                f"`detente {cmd_name}` needs the package {error.name!r}, which is not installed; "
                f"run: pip install 'detente[{extra}]'"
            ) from error
        assert isinstance(found, click.Command)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a domain error becomes its sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except DetenteError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(USAGE if isinstance(error, InputError) and ctx.meta.get("usage") else FAILED)
        except BrokenPipeError:
            # the reader of our output has gone, as `head` does: nothing is wrong
            sys.stderr.close()
            ctx.exit(0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their first lines, without importing what is not installed."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])


SUMMARIES: Final[Mapping[str, str]] = {
    "train": "Fit, calibrate and evaluate a model, write it and print the report.",
    "evaluate": "Print a model's figures on labelled data.",
    "corpus": "Validate the corpus and print what it holds and what is thin.",
    "score": "Score files of statements or articles.",
    "explain": "Show the words and phrases that made each score.",
    "extract": "Print an article's statements with their speakers, as JSONL.",
    "show": "Print the statements of articles with their scores, as a table.",
    "report": "Chart who escalates toward whom over time, as one HTML page.",
    "serve": "Serve predictions by HTTP.",
    "rollback": "Make an earlier model the one in use.",
    "export-feedback": "Write collected corrections as labelled JSONL.",
}


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    """Print the version, and whether the kernel and the rules that read articles run compiled or as plain Python."""
    if asked:
        from classifier import kernel, quotes

        speeds = {False: "plain Python", True: "compiled"}
        version = importlib.metadata.version("detente")
        click.echo(f"detente {version}, kernel: {speeds[kernel.COMPILED]}, quotes: {speeds[quotes.COMPILED]}")
        ctx.exit()


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, callback=_version, expose_value=False, is_eager=True, help="Show the version.")
def main() -> None:
    """Score the tone, escalation, speech act and stance of diplomatic and political statements, offline."""
