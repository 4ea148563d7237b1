"""A header of a request, found in the bytes it came in: each layer looks for one or two; decoding all costs more."""

from collections.abc import Mapping
from typing import Any


def header(scope: Mapping[str, Any], name: bytes) -> str | None:
    """Return the first value of a header, by its name in lower case; None where there is none."""
    for found, value in scope["headers"]:
        if found == name:
            text: str = value.decode("latin-1")
            return text
    return None
