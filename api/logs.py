"""Structured logs, one JSON object a line on standard error, without any text of a statement."""

import logging
import sys
import traceback
from typing import Any, BinaryIO

import structlog
from structlog.typing import FilteringBoundLogger

Log = FilteringBoundLogger


def make_log(level: str, stream: BinaryIO | None = None) -> Log:
    """Return a log that writes JSON lines to ``stream``, standard error by default."""
    lazy = structlog.wrap_logger(
        structlog.BytesLogger(stream if stream is not None else sys.stderr.buffer),
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=_serialize),
        ],
    )
    # the lazy one finds itself anew at every line, which takes a third of the time of writing it
    log: Log = lazy.bind()
    return log


def _serialize(value: Any, **_: Any) -> bytes:
    from api.encoding import encode

    return encode(value)


def places(error: BaseException) -> list[str]:
    """Return where an exception passed, innermost last: files and lines, never its message, which may hold a text."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


class StandardHandler(logging.Handler):
    """Passes records of the standard library's loggers, such as uvicorn's, to a structured log."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record: its message, and the places of its exception."""
        extra: dict[str, object] = {"logger": record.name}
        if record.exc_info and record.exc_info[1]:
            extra |= {"error": type(record.exc_info[1]).__name__, "places": places(record.exc_info[1])}
        self._log.log(record.levelno, record.getMessage(), **extra)
