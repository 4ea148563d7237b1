"""What is scored: the development texts, shuffled, and statements of invented words that no cache has seen."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
DEV: Final = ROOT.parent / "shared" / "dev"
SETS: Final = ("plv", "unscon", "nyt", "newsmtsc")
SYLLABLES: Final = [c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "l", "s", "th")]


def development_texts() -> list[str]:
    """Return the texts of all development sets, shuffled.  Raises SystemExit where they are not there."""
    if not DEV.is_dir():
        raise SystemExit(f"expected the development sets in {DEV}, found nothing there")
    lines = [line for name in SETS for line in (DEV / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [str(json.loads(line)["text"]) for line in lines]
    random.Random(1).shuffle(texts)
    return texts


def invented(seed: int) -> Iterator[str]:
    """Yield statements of about 22 words that do not exist, for ever; another seed gives other words."""
    rng = random.Random(seed)
    while True:
        words = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(rng.randint(14, 30))]
        yield " ".join(words).capitalize() + "."


def invented_texts(seed: int, count: int) -> list[str]:
    """Return ``count`` statements of :func:`invented`."""
    source = invented(seed)
    return [next(source) for _ in range(count)]
