"""NDJSON, piece by piece: lines out of bytes, statements out of lines, never more than one line held."""

import json
from dataclasses import asdict, dataclass
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from api.schemas import Id, Target
from api.scoring import Reason
from classifier import Statement


class LineIn(BaseModel):
    """A line of a batch; other keys are passed over."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: Id | None = None
    text: str
    target: Target | None = None


_LINE: Final = TypeAdapter(LineIn)


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its number from 1; None where it was too long to hold."""

    number: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class BadLine:
    """What answers a line that could not be scored."""

    id: str | int | None
    line: int
    """Its number from 1."""
    error: Reason

    def as_dict(self) -> dict[str, object]:
        """Return it in the place of a prediction."""
        return asdict(self)


class LineSplitter:
    """Splits bytes into lines; the rest of a line over ``most`` bytes is skipped, not held."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._rest = bytearray()
        self._skipping = False
        self._number = 0

    def feed(self, piece: bytes) -> list[Line]:
        """Take bytes in and return the lines that they end; blank ones are only counted."""
        *ended, rest = piece.split(b"\n")
        lines: list[Line] = []
        for part in ended:
            self._add(part)
            lines += self._end()
        self._add(rest)
        return lines

    def finish(self) -> list[Line]:
        """Return the last line, which no newline ended."""
        return self._end() if self._rest or self._skipping else []

    def _add(self, part: bytes) -> None:
        if self._skipping or len(self._rest) + len(part) > self._most:
            self._skipping = True
            self._rest.clear()
        else:
            self._rest += part

    def _end(self) -> list[Line]:
        self._number += 1
        content = None if self._skipping else bytes(self._rest)
        self._rest.clear()
        self._skipping = False
        return [] if content is not None and not content.strip() else [Line(self._number, content)]


def read_line(line: Line, most: int) -> Statement | BadLine:
    """Return the statement of a line, or what is wrong with it."""
    if line.content is None:
        return BadLine(None, line.number, Reason("too-large", f"expected at most {most:,} bytes a line, found more"))
    try:
        found = _LINE.validate_python(json.loads(line.content))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "line"
        return BadLine(None, line.number, Reason("invalid", f"{place}: {first['msg']}"))
    except (ValueError, RecursionError):
        return BadLine(
            None, line.number, Reason("malformed", "expected a JSON object in UTF-8 on one line, found something else")
        )
    return Statement(found.text, found.target, found.id)
