"""The report of a training or evaluation, for people."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from training.evaluate import HeadFigures


def show_figures(figures: Mapping[str, HeadFigures], console: Console) -> None:
    """Print every head's figures beside the baselines, then each class."""
    table = Table(
        "head", "macro-F1", "95 %", "accuracy", "ECE", "majority F1", "word list F1", title="Held-out figures"
    )
    for head, found in figures.items():
        low, high = found.interval
        table.add_row(
            head,
            f"[bold]{found.macro_f1:.3f}[/]",
            f"{low:.3f}–{high:.3f}",
            f"{found.accuracy:.3f}",
            f"{found.ece:.3f}",
            f"{found.majority_f1:.3f}",
            f"{found.word_list_f1:.3f}",
        )
    console.print(table)
    classes = Table("head", "label", "precision", "recall", "F1", "statements", title="By class")
    for head, found in figures.items():
        for label, each in found.classes.items():
            classes.add_row(
                head, label, f"{each.precision:.3f}", f"{each.recall:.3f}", f"{each.f1:.3f}", f"{each.support:,}"
            )
        classes.add_section()
    console.print(classes)
