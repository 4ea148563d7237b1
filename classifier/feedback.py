"""Corrections that people made, as the feedback database holds them: the table and its reading side.

SQLAlchemy (extra ``api``) is imported when a database is opened, never with this module.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from classifier.errors import TableError

if TYPE_CHECKING:
    from sqlalchemy import Engine, MetaData

HEADS_CORRECTED: Final = ("act", "escalation", "tone", "stance")


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's labels for a statement; a head that is None was not corrected."""

    text: str
    target: str | None = None
    act: str | None = None
    escalation: int | None = None
    tone: str | None = None
    stance: str | None = None
    author: str | None = None
    model_version: str | None = None
    id: int | None = None
    created: datetime.datetime | None = None

    def as_row(self) -> dict[str, object]:
        """Return the correction as a labelled statement in the shape of the seeds."""
        return {
            "id": f"feedback-{self.id}",
            "text": self.text,
            "act": self.act,
            "escalation": self.escalation,
            "tone": self.tone,
            "target": self.target if self.stance is not None else None,
            "stance": self.stance,
            "group": None,
            "cameo": None,
        }


@cache
def tables() -> "MetaData":
    """Return the tables ``corrections`` and ``candidates``."""
    from sqlalchemy import JSON, Column, DateTime, Float, Integer, MetaData, String, Table, Text

    metadata = MetaData()
    Table(
        "corrections", metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("created", DateTime(timezone=True), nullable=False),
        Column("key", String(64), nullable=False, index=True),
        Column("text", Text, nullable=False),
        Column("target", Text),
        Column("act", String(32)),
        Column("escalation", Integer),
        Column("tone", String(32)),
        Column("stance", String(32)),
        Column("author", String(200)),
        Column("model_version", String(64), nullable=False),
        Column("prediction", JSON, nullable=False),
    )  # fmt: skip
    Table(
        "candidates", metadata,
        Column("key", String(64), primary_key=True),
        Column("created", DateTime(timezone=True), nullable=False),
        Column("text", Text, nullable=False),
        Column("target", Text),
        Column("priority", Float, nullable=False, index=True),
    )  # fmt: skip
    return metadata


def open_engine(url: str, **options: Any) -> "Engine":
    """Return an engine for a feedback database, without connecting.  Raises TableError for a URL that names none."""
    try:
        from sqlalchemy import create_engine
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError
    except ModuleNotFoundError as error:
        raise TableError("a feedback database needs SQLAlchemy, found none; run: pip install 'detente[api]'") from error
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    try:
        return create_engine(url, **options)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise TableError(
            "expected the URL of a feedback database, such as sqlite:///feedback.db or postgresql://user@host/name, "
            f"found one that cannot be used ({type(error).__name__})"
        ) from error


def read_corrections(url: str) -> list[Correction]:
    """Return all corrections in the database at ``url``, in the order in which they were made.

    Raises TableError where there is no such database.
    """
    engine = open_engine(url)
    from sqlalchemy import select
    from sqlalchemy.exc import SQLAlchemyError

    shown = engine.url.render_as_string(hide_password=True)
    database = engine.url.database
    if engine.dialect.name == "sqlite" and database and not Path(database).is_file():
        raise TableError(f"expected a feedback database at {shown}, found no file; name the one `serve` writes")
    table = tables().tables["corrections"]
    names = list(Correction.__dataclass_fields__)
    try:
        with engine.connect() as connection:
            rows = connection.execute(select(*(table.c[name] for name in names)).order_by(table.c.id)).mappings()
            return [Correction(**row) for row in rows]
    except SQLAlchemyError as error:
        raise TableError(f"expected corrections at {shown}, found none to read ({type(error).__name__})") from error
    finally:
        engine.dispose()


def settle(corrections: Iterable[Correction]) -> list[Correction]:
    """Return one correction a statement and target: of each head the label given most often, of equals the last."""
    by_key: dict[tuple[str, str | None], list[Correction]] = {}
    for correction in corrections:
        by_key.setdefault((correction.text, correction.target), []).append(correction)
    settled: list[Correction] = []
    for given in by_key.values():
        labels = {head: _most([getattr(each, head) for each in given]) for head in HEADS_CORRECTED}
        settled.append(replace(given[-1], **labels))
    return settled


def _most(values: list[Any]) -> Any:
    given = [value for value in values if value is not None]
    if not given:
        return None
    counts = Counter(given)
    most = max(counts.values())
    return next(value for value in reversed(given) if counts[value] == most)
