"""What a person or a log sees of a run, on standard error: a progress bar, plain lines or JSON lines."""

import json
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from classifier.batch.work import Result
from classifier.tables.rows import Reject

NAMED: Final = 20
"""Rejected rows that are named one by one where all of them go to a file."""
EVERY: Final = 5.0
"""Seconds between two progress lines of the JSON log."""


class Watch:
    """Names rejected rows and notes; says nothing of progress."""

    def __init__(self, console: Console, *, all_named: bool = True) -> None:
        self.console = console
        self.all_named = all_named
        self.rows = 0
        self.rejects = 0
        self.started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    @property
    def rate(self) -> float:
        """Rows a second since the beginning."""
        return self.rows / max(time.monotonic() - self.started, 1e-9)

    def begin(self, total: int | None, done: int) -> None:
        """Note the bytes of the input, None where nobody knows, and the rows done by an earlier run."""
        self.started = time.monotonic()

    def advance(self, result: Result) -> None:
        """Note a scored chunk."""
        self.rows += result.rows

    def reject(self, reject: Reject) -> None:
        """Name a row that cannot be scored."""
        self.rejects += 1
        if self.all_named or self.rejects <= NAMED:
            self.say(f"{reject.source}:{reject.line}: {reject.reason}")
        elif self.rejects == NAMED + 1:
            self.say(f"more than {NAMED} rows are rejected; the rest of them is in the rejects file only")

    def note(self, event: str, message: str, **values: object) -> None:
        """Say what else happens."""
        self.say(f"Note: {message}")

    def say(self, message: str) -> None:
        """Print a line."""
        self.console.print(escape(message), soft_wrap=True, highlight=False)


class Bar(Watch):
    """Shows a progress bar too, with the rate and the time left."""

    def __enter__(self) -> Self:
        self.progress = Progress(
            TextColumn("scoring"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]:,.0f} a second, left"),
            TimeRemainingColumn(),
            console=self.console,
            transient=True,
        )
        self.progress.start()
        self.task: TaskID = self.progress.add_task("", total=None, rows=0, rate=0.0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.stop()

    def begin(self, total: int | None, done: int) -> None:
        """Begin to show."""
        super().begin(total, done)
        self.done = done
        self.progress.update(self.task, total=total, rows=done)

    def advance(self, result: Result) -> None:
        """Show a scored chunk."""
        super().advance(result)
        rows = self.done + self.rows
        self.progress.update(self.task, completed=result.position, rows=rows, rate=self.rate)


class JsonLog(Watch):
    """Writes one JSON object a line."""

    def __init__(self, write: Callable[[str], object], console: Console, *, all_named: bool = True) -> None:
        super().__init__(console, all_named=all_named)
        self.write = write
        self.total: int | None = None
        self.last = 0.0

    def begin(self, total: int | None, done: int) -> None:
        """Begin to show."""
        super().begin(total, done)
        self.total = total
        self.event("begin", bytes=total, resumed_rows=done)

    def advance(self, result: Result) -> None:
        """Show a scored chunk."""
        super().advance(result)
        now = time.monotonic()
        if now - self.last < EVERY:
            return
        self.last = now
        spent, share = now - self.started, result.position / self.total if self.total else 0.0
        left = spent * (1 - share) / share if share else None
        self.event("progress", rows=self.rows, rejects=self.rejects, rate=self.rate, share=share, seconds_left=left)

    def reject(self, reject: Reject) -> None:
        """Write a rejected row."""
        self.rejects += 1
        if self.all_named or self.rejects <= NAMED:
            self.event("reject", source=reject.source, line=reject.line, reason=reject.reason)

    def note(self, event: str, message: str, **values: object) -> None:
        """Write what else happens."""
        self.event(event, message=message, **values)

    def event(self, event: str, **values: object) -> None:
        """Write a line."""
        self.write(json.dumps({"event": event, **values}) + "\n")
