"""The store of corrections: SQLite in WAL mode or PostgreSQL, each correction durable before it is answered."""

import datetime
import hashlib
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Engine, delete, event, func, insert, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from api.errors import UnavailableError
from classifier.feedback import HEADS_CORRECTED, Correction, open_engine, tables

BUSY_SECONDS: Final = 5
"""How long a write waits for a locked SQLite database."""
PAUSE: Final = 0.05
"""Seconds until the tables are made again where that failed."""
READ_AT_MOST: Final = 5_000


def key_of(text: str, target: str | None) -> str:
    """Return what is equal for the same text and target."""
    return hashlib.sha256(f"{text}\0{target or ''}".encode("utf-8", "surrogatepass")).hexdigest()


def storable(text: str) -> bool:
    """Whether a database can hold a text: no NUL, no lone surrogates."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class FeedbackStore:
    """Corrections, and statements worth labelling.  Every method raises UnavailableError where the database fails."""

    def __init__(self, url: str) -> None:
        sqlite = url.startswith("sqlite")
        options: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS}} if sqlite else {
            "pool_pre_ping": True, "pool_size": 2, "max_overflow": 2, "pool_timeout": BUSY_SECONDS,
            "connect_args": {"connect_timeout": BUSY_SECONDS},
        }  # fmt: skip
        self.engine: Engine = open_engine(url, **options)
        if sqlite:
            event.listen(self.engine, "connect", _durable)
        self._corrections = tables().tables["corrections"]
        self._candidates = tables().tables["candidates"]

    @property
    def shown(self) -> str:
        """The URL without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    def prepare(self) -> None:
        """Make the tables where there are none, and wait for others who make them at the same moment."""
        deadline, tried = time.monotonic() + BUSY_SECONDS, False
        while True:
            try:
                tables().create_all(self.engine)
                return
            except SQLAlchemyError as error:
                # SQLite lets nobody wait for the change to WAL, whatever its timeout
                waits = _is_locked(error) and time.monotonic() < deadline
                if tried and not waits:
                    raise self._unavailable(error) from error
                tried = True
                time.sleep(PAUSE)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def add(self, correction: Correction, prediction: Mapping[str, object]) -> int:
        """Store a correction and return its number; it is on disk when this returns, or not at all."""
        values = {head: getattr(correction, head) for head in HEADS_CORRECTED}
        row = {
            **values,
            "created": _now(),
            "key": key_of(correction.text, correction.target),
            "text": correction.text,
            "target": correction.target,
            "author": correction.author,
            "model_version": correction.model_version,
            "prediction": dict(prediction),
        }
        try:
            with self.engine.begin() as connection:
                number = connection.execute(insert(self._corrections).values(row)).inserted_primary_key
                connection.execute(delete(self._candidates).where(self._candidates.c.key == row["key"]))
        except SQLAlchemyError as error:
            raise self._unavailable(error) from error
        assert number is not None
        return int(number[0])

    def collect(self, rows: Sequence[tuple[str, str | None, float]], limit: int) -> None:
        """Keep statements worth labelling, (text, target, priority), the ``limit`` most worth it."""
        table = self._candidates
        fresh = {key_of(text, target): (text, target, priority) for text, target, priority in rows}
        try:
            with self.engine.begin() as connection:
                for other in (table, self._corrections):
                    known = connection.execute(select(other.c.key).where(other.c.key.in_(list(fresh)))).scalars().all()
                    for key in known:
                        fresh.pop(key, None)
                for key, (text, target, priority) in fresh.items():
                    values = {"key": key, "created": _now(), "text": text, "target": target, "priority": priority}
                    connection.execute(insert(table).values(values))
                count = connection.execute(select(func.count()).select_from(table)).scalar_one()
                if count > limit:
                    least = select(table.c.key).order_by(table.c.priority, table.c.created).limit(count - limit)
                    connection.execute(delete(table).where(table.c.key.in_(connection.execute(least).scalars().all())))
        except SQLAlchemyError as error:
            raise self._unavailable(error) from error

    def candidates(self, limit: int) -> list[tuple[str, str | None]]:
        """Return the texts and targets most worth labelling."""
        table = self._candidates
        query = (
            select(table.c.text, table.c.target).order_by(table.c.priority.desc(), table.c.created.desc()).limit(limit)
        )
        try:
            with self.engine.connect() as connection:
                return [(text, target) for text, target in connection.execute(query)]
        except SQLAlchemyError as error:
            raise self._unavailable(error) from error

    def disputed(self, limit: int) -> list[tuple[str, str | None]]:
        """Return the texts and targets to which people gave different labels, the latest first."""
        table = self._corrections
        columns = (table.c.text, table.c.target, *(table.c[head] for head in HEADS_CORRECTED))
        twice = select(table.c.key).group_by(table.c.key).having(func.count() > 1)
        query = select(*columns).where(table.c.key.in_(twice)).order_by(table.c.id.desc()).limit(READ_AT_MOST)
        given: dict[tuple[str, str | None], list[tuple[Any, ...]]] = defaultdict(list)
        try:
            with self.engine.connect() as connection:
                for text, target, *labels in connection.execute(query):
                    given[text, target].append(tuple(labels))
        except SQLAlchemyError as error:
            raise self._unavailable(error) from error
        found = [
            place for place, rows in given.items() if any(len(set(of) - {None}) > 1 for of in zip(*rows, strict=True))
        ]
        return found[:limit]

    @staticmethod
    def _unavailable(error: SQLAlchemyError) -> UnavailableError:
        # the message of a driver repeats the values: only what kind of failure it was is told
        kind = type(error.orig).__name__ if isinstance(error, DBAPIError) else type(error).__name__
        said = str(error.orig).lower() if isinstance(error, DBAPIError) else ""
        why = next((words for words in ("locked", "full", "read-only", "readonly") if words in said), "not available")
        return UnavailableError(
            f"nothing was stored or read: the feedback database is {why} ({kind}); send it again later", 10
        )


def _is_locked(error: SQLAlchemyError) -> bool:
    return isinstance(error, DBAPIError) and "locked" in str(error.orig)


def _durable(connection: Any, _: object) -> None:
    """Make SQLite write ahead and to disk at every commit."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.close()
