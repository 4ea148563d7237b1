"""JSON that never fails on a text: the one encoder of answers."""

import json
from typing import Any

import orjson
from starlette.responses import Response


def encode(value: object) -> bytes:
    """Return ``value`` as JSON; lone surrogates, which UTF-8 cannot hold, as escapes."""
    try:
        return orjson.dumps(value)
    except TypeError:  # a lone surrogate, or a number of more than 64 bits
        return json.dumps(value, ensure_ascii=True, default=str).encode("ascii")


class JsonResponse(Response):
    """An answer in JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Return the bytes of the body."""
        return encode(content)
