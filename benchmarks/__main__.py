"""``python -m benchmarks``: everything the speed of scoring is judged by, beside its peers, in one run."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from benchmarks import growth, loading, profiling, scoring, serving
from benchmarks.measure import pin
from benchmarks.results import Part, finish, show

Run = Callable[[int, Callable[[str], None]], Iterable[Part]]
PARTS: Final[Mapping[str, Run]] = {
    "single": scoring.single,
    "batch": scoring.batch,
    "load": loading.load,
    "http": serving.http,
    "growth": growth.growth,
    "profile": profiling.profile,
}


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(sorted(PARTS)))
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(min=1), help="Counted rounds; medians.")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures as JSON too.")
def main(parts: Sequence[str], rounds: int, output: Path | None) -> None:
    """Measure PARTS, everything by default.

    In each round every contestant is timed once, one after the other; a figure is the median of its rounds, a ratio the
    median of theirs.  What runs in process has one core; servers and their clients share all.  Peers come with the
    extra `bench`.
    """
    console = Console()
    pin(0)
    found: list[Part] = []
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("")

        def tell(what: str) -> None:
            progress.update(task, description=what)

        for name in parts or PARTS:
            for part in PARTS[name](rounds, tell):
                found.append(part)
                show(part, console)
    finish(found, console, output, rounds=rounds)


if __name__ == "__main__":
    main()
