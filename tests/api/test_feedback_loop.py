"""The whole loop: a wrong statement, corrected, trained on, right in the running service, and the rest where it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from serving import serving
from waiting import wait_for

ROOT = Path(__file__).parents[2]
WRONG = "The patience of his country was running out."
"""No word of it threatens, so a model of the seeds takes it for harmless."""
EVERY = 20
"""One seed in so many is trained on: enough to learn from, and quick."""
WATCHED = 400


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thin corpus."""
    folder = tmp_path_factory.mktemp("seeds")
    for path in (ROOT / "seeds").rglob("*"):
        if path.suffix not in {".jsonl", ".tsv"}:
            continue
        made = folder / path.relative_to(ROOT / "seeds")
        made.parent.mkdir(exist_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        made.write_text("".join(lines[:1] + lines[EVERY::EVERY]), encoding="utf-8")
    return folder


def detente(*arguments: str) -> str:
    command = [sys.executable, "-c", "from classifier.cli import main; main()", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DETENTE_")}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def watched() -> list[str]:
    """Return seeds to watch, of all kinds; few of them are in the thin corpus."""
    texts = [
        json.loads(line)["text"]
        for path in sorted((ROOT / "seeds" / "statements").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return texts[:: len(texts) // WATCHED]


def test_a_corrected_statement_is_right_after_training_and_the_rest_has_not_moved(seeds: Path, tmp_path: Path) -> None:
    models, url = tmp_path / "models", f"sqlite:///{tmp_path}/feedback.db"
    train = ["train", "--quick", "--seeds", str(seeds), "--output", str(models)]
    detente(*train)
    with serving(model=models, feedback_url=url, reload_interval=0.1) as service, httpx.Client() as client:

        def version() -> str:
            return str(client.get(f"{service.url}/v2/models/detente/ready").json()["version"])

        def levels(*texts: str) -> list[int]:
            body = {"statements": [{"text": text} for text in texts]}
            answer = client.post(f"{service.url}/v1/predict", json=body).json()
            return [each["escalation"]["level"] for each in answer["predictions"]]

        others = watched()
        first, before = version(), levels(*others)
        wrong = levels(WRONG)
        assert wrong != [2]
        for author in ("Ana", "Ben", "Cem"):
            body = {"text": WRONG, "labels": {"escalation": 2, "act": "threaten"}, "author": author}
            assert client.post(f"{service.url}/v1/feedback", json=body).status_code == 201

        detente(*train, "--feedback", url)
        wait_for(lambda: version() != first)
        assert levels(WRONG) == [2]
        moved = sum(a != b for a, b in zip(before, levels(*others), strict=True))
        assert moved <= len(others) // 50

        detente("rollback", "--model", str(models))
        wait_for(lambda: version() == first)
        assert levels(WRONG) == wrong
        assert levels(*others) == before
