"""A year of invented dated statements by eight actors, scored: what the report is tested and looked at with."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ACTORS = ("Arlenia", "Borvia", "Cestria", "Dravonia", "Eskaria", "Fenmark", "Galdor", "Hestia")
CALM = (
    "We welcome the proposal of {} and thank its government.",
    "Our delegation will meet that of {} on Monday.",
    "We agreed with {} to reopen the crossing.",
)
TENSE = (
    "We reject the claims of {} and condemn its conduct.",
    "We will strike the ports of {} if one more ship is seized.",
    "Our navy attacked two vessels of {} at dawn.",
    "We expelled every diplomat of {}.",
)


def statements(seed: int = 0, each: int = 3) -> Iterator[dict[str, object]]:
    """Yield about ``each`` statements a week and actor; Borvia grows tense in autumn, Cestria calms."""
    rng = random.Random(seed)
    for week in range(52):
        for place, actor in enumerate(ACTORS):
            tension = 0.2 + 0.08 * place
            if actor == "Borvia":
                tension = 0.1 if week < 36 else 0.9
            if actor == "Cestria":
                tension = 0.8 - 0.014 * week
            for number in range(rng.randint(0, 2 * each)):
                words = rng.choice(TENSE if rng.random() < tension else CALM)
                toward = rng.choice([name for name in ACTORS if name != actor])
                day = date(2025, 1, 6) + timedelta(days=7 * week + rng.randrange(7))
                text = f"{words.format(toward)} This is note {week}-{number}."
                yield {"text": text, "speaker": actor, "target": toward, "date": day.isoformat()}


def write(path: Path, **options: int) -> Path:
    """Write the year as JSONL."""
    path.write_text("".join(json.dumps(row) + "\n" for row in statements(**options)), encoding="utf-8")
    return path
