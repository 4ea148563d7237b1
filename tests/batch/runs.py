"""Real runs of ``detente score``, in processes of their own, for the tests of files."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

COMMAND = (sys.executable, "-c", "from classifier.cli import main; main()", "score")

TEXTS = (
    "The minister welcomed the agreement and thanked both governments.",
    "We will strike their ports if one more ship is seized.",
    "The ministry expelled four diplomats on Friday.",
    "Talks will resume in Geneva next week.",
    "The president accused NATO of breaking its promises.",
    "“Naïve” was the word the envoy used for the offer.",
    "The army withdrew its forces from the border.",
)


def texts(count: int) -> list[str]:
    """Return statements, no two of them alike."""
    return [f"{TEXTS[i % len(TEXTS)]} It was meeting number {i}." for i in range(count)]


def write_jsonl(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def statements(path: Path, count: int) -> Path:
    """Write statements as JSONL."""
    return write_jsonl(path, [{"id": f"s{i}", "text": text, "n": i} for i, text in enumerate(texts(count))])


def command(models: Path, *arguments: object) -> list[str]:
    return [*COMMAND, *(str(each) for each in arguments), "--model", str(models)]


def score(models: Path, *arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run ``detente score`` to its end."""
    return subprocess.run(command(models, *arguments), capture_output=True, text=True, timeout=120, **options)
