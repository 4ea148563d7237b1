"""``detente score``: files of statements or articles, scored."""

import signal
import sys
from pathlib import Path
from types import FrameType

import click
from rich.console import Console

from classifier.batch.runner import Job, Outcome, run
from classifier.batch.watch import Bar, JsonLog, Watch
from classifier.cli import FAILED, REJECTED
from classifier.commands.options import model_option
from classifier.tables.chunks import CHUNK_ROWS, Columns


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", required=True, help="File to write (.jsonl, .csv, .parquet), - for standard output.")
@click.option("--text-column", default="text", show_default=True, help="Column or key with the statement.")
@click.option("--id-column", default="id", show_default=True, help="Column with the id; without it, the row's number.")
@click.option("--target-column", default="target", show_default=True, help="Column with whom the stance is toward.")
@click.option("--workers", type=click.IntRange(1, 1024), default=1, show_default=True, help="Processes that score.")
@click.option("--resume", is_flag=True, help="Continue a run that was interrupted; the result is the same.")
@click.option("--rejects", type=click.Path(path_type=Path), help="JSONL file for rows that cannot be scored.")
@click.option("--articles", is_flag=True, help="INPUTs are articles (text or HTML): score each statement in them.")
@click.option(
    "--chunk-rows",
    type=click.IntRange(1, 100_000),
    default=CHUNK_ROWS,
    show_default=True,
    help="Rows scored at a time.",
)
@click.option("--quiet", is_flag=True, help="No progress bar and no summary.")
@click.option("--json-log", is_flag=True, help="Progress, rejects and summary as JSON lines on standard error.")
@model_option()
def score(
    inputs: tuple[str, ...],
    output: str,
    text_column: str,
    id_column: str,
    target_column: str,
    workers: int,
    resume: bool,
    rejects: Path | None,
    articles: bool,
    chunk_rows: int,
    quiet: bool,
    json_log: bool,
    model_path: Path,
) -> None:
    """Score the statements in INPUTs: files, globs, folders, URLs, or - for JSONL on standard input.

    Formats go by the names: .jsonl, .csv, .tsv, .txt (one statement a line), .parquet; .gz or .zst may follow. Other
    columns are kept. A row that cannot be scored is named on standard error, the others go on, and the exit code is 3.
    """
    columns = Columns(text_column, id_column, target_column)
    job = Job(inputs, output, columns, model_path, workers, resume, rejects, articles, chunk_rows)
    signal.signal(signal.SIGTERM, _stop)
    watch = choose_watch(quiet=quiet, json_log=json_log, all_named=rejects is None)
    try:
        with watch:
            outcome = run(job, watch)
    except KeyboardInterrupt:
        again = "" if output == "-" else "; the same command with --resume continues"
        watch.note("interrupted", f"interrupted after {watch.rows:,} rows{again}", rows=watch.rows)
        sys.exit(FAILED)
    summarise(outcome, output, watch, quiet=quiet)
    if outcome.rejects:
        sys.exit(REJECTED)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def choose_watch(*, quiet: bool, json_log: bool, all_named: bool) -> Watch:
    """Return who tells of a run: a bar on a terminal, JSON lines where asked for, else only what goes wrong."""
    console = Console(stderr=True)
    if json_log:
        return JsonLog(sys.stderr.write, console, all_named=all_named)
    if quiet or not console.is_terminal:
        return Watch(console, all_named=all_named)
    return Bar(console, all_named=all_named)


def summarise(outcome: Outcome, output: str, watch: Watch, *, quiet: bool) -> None:
    """Say what was done."""
    if isinstance(watch, JsonLog):
        watch.event("end", rows=outcome.rows, rejects=outcome.rejects, output=output, rate=watch.rate)
    elif not quiet:
        rejected = f", {outcome.rejects:,} rejected" if outcome.rejects else ""
        watch.say(f"{outcome.rows:,} rows scored{rejected}; {watch.rate:,.0f} a second")
