"""JSON that never fails on a text: the one encoder of answers."""

import json
from typing import Any

import orjson
from starlette.responses import Response


def encode(value: object) -> bytes:
    """Return ``value`` as JSON: what has ``as_dict`` by that, lone surrogates, which UTF-8 cannot hold, as escapes."""
    try:
        return orjson.dumps(value, _as_dict, orjson.OPT_PASSTHROUGH_DATACLASS)
    except TypeError:  # a lone surrogate, or a number of more than 64 bits
        return json.dumps(value, ensure_ascii=True, default=_as_dict).encode("ascii")


def _as_dict(value: Any) -> object:
    return value.as_dict() if hasattr(value, "as_dict") else str(value)


class JsonResponse(Response):
    """An answer in JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Return the bytes of the body."""
        return encode(content)
