"""Agreement of two readers of the same statements: Krippendorff's alpha per field."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

import krippendorff
import numpy as np

from classifier.labels import ACTS, LEVEL_LABELS, STANCES, TONES

FIELDS: Final[Mapping[str, tuple[Literal["nominal", "ordinal"], tuple[Any, ...]]]] = {
    "escalation": ("ordinal", tuple(LEVEL_LABELS)),
    "act": ("nominal", ACTS),
    "tone": ("nominal", TONES),
    "stance": ("nominal", STANCES),
}
"""Each field's level of measurement and its values in order."""


def alpha(first: Sequence[Any], second: Sequence[Any], field: str) -> float:
    """Return Krippendorff's alpha (Krippendorff 2004) of two readers, at most 1; pairs with a None do not count."""
    level, domain = FIELDS[field]
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    data = np.array([[domain.index(value) for value in reader] for reader in zip(*pairs, strict=True)], dtype=float)
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement=level))


def agreement(path: Path) -> dict[str, tuple[float, int]]:
    """Return (alpha, statements compared) per field from a file of double labels (``seeds/agreement.jsonl``).

    Each line holds ``first`` and ``second``, each with act, escalation, tone and stance as the two readers gave them.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = {}
    for field in FIELDS:
        first, second = [row["first"][field] for row in rows], [row["second"][field] for row in rows]
        compared = sum(a is not None and b is not None for a, b in zip(first, second, strict=True))
        found[field] = alpha(first, second, field), compared
    return found
