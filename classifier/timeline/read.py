"""Files of scored rows -> dated events, each statement once."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from classifier.errors import TableError
from classifier.quotes import statement_key
from classifier.tables.formats import Format
from classifier.tables.lines import read_lines
from classifier.tables.sources import Source, expand, open_stored, open_unpacked

SAME: Final = timedelta(days=7)
"""Within this time of each other, equal words of one speaker are copies of one statement."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Which columns tell when, who and toward whom; of several, the first that a row has."""

    date: Sequence[str] = ("date",)
    who: Sequence[str] = ("actor", "speaker")
    toward: Sequence[str] = ("stance_target", "target")
    text: Sequence[str] = ("text", "quote")


@dataclass(frozen=True, slots=True)
class Event:
    """One scored statement."""

    day: date
    who: str
    toward: str | None
    level: float
    """Expected escalation level, in [-2, 3]."""
    label: str
    text: str


@dataclass(slots=True)
class Events:
    """The events of some files, and how many rows were left out and why."""

    events: list[Event] = field(default_factory=list)
    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def read_events(inputs: Sequence[str], fields: Fields, *, abstained: bool = False) -> Events:
    """Read scored rows; copies of a statement count once, rows that abstained count only where ``abstained`` is true.

    Raises TableError where a file cannot be read or no row of any has a date, a name and a score.
    """
    found = Events()
    events: list[Event] = []
    for source in expand(inputs):
        for row in read_rows(source):
            found.rows += 1
            event = _event(row, fields, abstained)
            if isinstance(event, Event):
                events.append(event)
            else:
                found.left_out[event] += 1
    if not events:
        reasons = ", ".join(f"{count} {why}" for why, count in found.left_out.items()) or "no rows"
        raise TableError(
            f"expected scored rows with a date, a name and a score, found {reasons}; give the output "
            f"of `detente score` and name the columns with --date-column and --by"
        )
    found.events = sorted(_once(events, found.left_out), key=lambda event: event.day)
    return found


def read_rows(source: Source) -> Iterator[Mapping[str, Any]]:
    """Read the rows of a scored file of any format.  Raises TableError where it is none."""
    try:
        match source.kind.format:
            case Format.JSONL:
                with open_unpacked(source) as (stream, _):
                    for line in read_lines(stream):
                        if line.data.strip():
                            yield json.loads(line.data)
            case Format.CSV:
                with open_unpacked(source) as (stream, _), io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
                    yield from csv.DictReader(text)
            case Format.PARQUET:
                with open_stored(source) as file:
                    for batch in pq.ParquetFile(file).iter_batches(5000):
                        yield from batch.to_pylist()
            case _:
                raise TableError(f"expected scored rows in {source.name}, found plain text; run `detente score` first")
    except (ValueError, EOFError, OSError, csv.Error, pa.ArrowException) as error:
        raise TableError(f"expected scored rows in {source.name}, found: {error}; run `detente score` again") from error


def _event(row: Mapping[str, Any], fields: Fields, abstained: bool) -> Event | str:
    """Return a row's event, or why it has none."""
    level, label = _score(row)
    day, who = _day(_first(row, fields.date)), _first(row, fields.who)
    if level is None:
        return "without a score"
    if not abstained and row.get("abstained") in (True, "true"):
        return "abstained"
    if day is None or who is None:
        return "without a date" if day is None else "without a name"
    stance = row.get("stance")
    toward = stance.get("target") if isinstance(stance, Mapping) else _first(row, fields.toward)
    text = str(_first(row, fields.text) or "")
    return Event(day, str(who), str(toward) if toward else None, level, label, text)


def _score(row: Mapping[str, Any]) -> tuple[float | None, str]:
    """Return a row's expected level and its label, from either shape of output."""
    nested = row.get("escalation")
    if isinstance(nested, Mapping):
        score, label = nested.get("score"), nested.get("label")
    else:
        score, label = row.get("escalation_score"), row.get("escalation_label")
    return (None if score in (None, "") else float(score)), str(label)


def _first(row: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError:
        return None


def _once(events: Sequence[Event], left_out: Counter[str]) -> Iterator[Event]:
    """Leave out copies: equal words of one speaker within a week of the first."""
    first: dict[tuple[str, str], date] = {}
    for event in sorted(events, key=lambda event: event.day):
        key = event.who, statement_key(event.text)
        if event.text and key in first and event.day - first[key] <= SAME:
            left_out["copies of another"] += 1
            continue
        first[key] = event.day
        yield event
