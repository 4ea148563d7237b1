"""``detente report``: who escalates toward whom over time, as one HTML page."""

from pathlib import Path

import click

from classifier.batch.journal import beside, unwritable
from classifier.timeline.page import render_page
from classifier.timeline.read import Fields, read_events


@click.command()
@click.argument("scored", nargs=-1, required=True, metavar="SCORED...")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="HTML file to write.")
@click.option("--by", "who", multiple=True, help="Column with who speaks.  [default: actor, then speaker]")
@click.option("--date-column", multiple=True, help="Column with the ISO date of a statement.  [default: date]")
@click.option("--toward-column", multiple=True, help="Column with whom it is about.  [default: the stance's target]")
@click.option("--abstained", is_flag=True, help="Count rows too on which the model abstained.")
@click.option("--title", default="Who escalates toward whom", show_default=True)
def report(
    scored: tuple[str, ...],
    output: Path,
    who: tuple[str, ...],
    date_column: tuple[str, ...],
    toward_column: tuple[str, ...],
    abstained: bool,
    title: str,
) -> None:
    """Chart the mean level of each actor by week from SCORED files (output of `detente score`) as one HTML page.

    The page holds everything it needs and asks nothing of the network. Copies of a statement count once.
    """
    usual = Fields()
    fields = Fields(date_column or usual.date, who or usual.who, toward_column or usual.toward)
    found = read_events(scored, fields, abstained=abstained)
    write_page(render_page(found, title), output)
    left = sum(found.left_out.values())
    click.echo(
        f"{len(found.events):,} statements in {output}" + (f"; {left:,} rows left out" if left else ""), err=True
    )


def write_page(page: str, output: Path) -> None:
    """Write a page aside and move it into place.  Raises TableError where that cannot be done."""
    aside = beside(output, ".part")
    try:
        aside.write_text(page, encoding="utf-8")
        aside.replace(output)
    except OSError as error:
        raise unwritable(output, error) from error
