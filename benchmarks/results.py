"""What a benchmark found: figures beside their floors, as a table and as JSON."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; ``floor`` is the least (or, with ``most``, the greatest) it should be."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    most: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether it keeps its floor; None where it has none."""
        if self.floor is None:
            return None
        return self.value <= self.floor if self.most else self.value >= self.floor

    def as_dict(self) -> dict[str, object]:
        """Return it for JSON."""
        return {**asdict(self), "value": round(self.value, 4), "holds": self.holds}


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of one part of the benchmark."""

    title: str
    figures: Sequence[Figure]

    def as_dict(self) -> dict[str, object]:
        """Return it for JSON."""
        return {"title": self.title, "figures": [figure.as_dict() for figure in self.figures]}


def rounded(value: float) -> str:
    """Return a value with three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def show(part: Part, console: Console) -> None:
    """Print a part."""
    table = Table("what", "measured", "floor", "", title=part.title, title_justify="left")
    table.columns[1].justify = table.columns[2].justify = "right"
    for figure in part.figures:
        floor = "" if figure.floor is None else f"{'≤' if figure.most else '≥'} {rounded(figure.floor)}"
        mark = {None: "", True: "[green]holds", False: "[red]falls short"}[figure.holds]
        table.add_row(figure.name, f"{rounded(figure.value)} {figure.unit}", floor, mark)
    console.print(table)


def finish(found: Sequence[Part], console: Console, output: Path | None, **settings: float) -> None:
    """Write the parts as JSON where ``output`` is given, and exit with 1 where a figure falls short, else with 0."""
    if output:
        machine = {"python": platform.python_version(), "machine": platform.machine(), **settings}
        output.write_text(json.dumps({**machine, "parts": [part.as_dict() for part in found]}, indent=1) + "\n")
    short = [figure for part in found for figure in part.figures if figure.holds is False]
    console.print(f"{len(short)} of {sum(len(part.figures) for part in found)} figures fall short of their floor")
    raise SystemExit(bool(short))
