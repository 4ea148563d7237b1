"""Values of other columns: into Arrow arrays and into JSON text, whatever they are."""

import base64
import json
from collections.abc import Sequence
from datetime import date, time
from typing import Any, Final

import pyarrow as pa


def encodable(text: str) -> str:
    """Return ``text`` with each lone surrogate, which UTF-8 cannot hold, as U+FFFD; neither is part of any word."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def json_text(value: Any) -> str:
    """Return ``value`` as JSON in one line; what JSON cannot hold becomes a string, and no number becomes null."""
    try:
        text = _ENCODER.encode(value)
    except ValueError:
        text = json.dumps(_without_nan(value), ensure_ascii=False, default=_plain)
    return encodable(text) if text.isascii() else _escaped(text)


def _escaped(text: str) -> str:
    """Return JSON text with lone surrogates written as escapes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join(f"\\u{ord(c):04x}" if 0xD800 <= ord(c) < 0xE000 else c for c in text)
    return text


def _plain(value: Any) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return str(value)


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, default=_plain, allow_nan=False)


def _without_nan(value: Any) -> Any:
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if isinstance(value, dict):
        return {key: _without_nan(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_nan(each) for each in value]
    return value


def column_of(values: Sequence[Any]) -> Any:
    """Return JSON values as an Arrow array: of their type where they share one, else of their JSON text."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {str}:
        return pa.array([value and encodable(value) for value in values], pa.string() if kinds else pa.null())
    if kinds <= {bool}:
        return pa.array(values, pa.bool_())
    if kinds <= {int, float}:
        try:
            return pa.array(values, pa.int64() if kinds == {int} else pa.float64())
        except (pa.ArrowException, OverflowError):
            pass
    texts = [encodable(v) if isinstance(v, str) else None if v is None else json_text(v) for v in values]
    return pa.array(texts, pa.string())
