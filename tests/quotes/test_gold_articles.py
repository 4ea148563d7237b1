"""The article that the project exists for, and floors on the open half of the fixtures."""

import json
from pathlib import Path

import pytest

from benchmarks.quote_scores import same_speaker
from benchmarks.quotes import ARTICLES, read_articles, score_by_kind
from classifier.quotes import extract

SHARED = Path(__file__).parents[3] / "shared" / "articles"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared example article is not on this machine")
def test_all_statements_of_the_example_are_found_and_nothing_of_its_furniture() -> None:
    text = (SHARED / "upi-nato-russia.txt").read_text(encoding="utf-8")
    gold = json.loads((SHARED / "upi-nato-russia.gold.json").read_text(encoding="utf-8"))["statements"]
    found = extract(text)
    assert [(row.start, row.end, row.kind, row.cue) for row in found] == [
        (row["start"], row["end"], row["kind"], row["cue"]) for row in gold
    ]
    assert all(same_speaker(row["speaker"], statement.speaker) for row, statement in zip(gold, found, strict=True))


def test_the_open_half_keeps_its_floors() -> None:
    scores = score_by_kind(read_articles(ARTICLES / "open"))["all"]
    assert scores.quotes_exact.f1 >= 0.95
    assert scores.quotes_overlap.f1 >= 0.97
    assert scores.indirect_exact.f1 >= 0.85
    assert scores.speakers.recall >= 0.95


def test_the_practice_half_keeps_its_floors() -> None:
    scores = score_by_kind(read_articles(ARTICLES / "practice"))
    assert scores["all"].quotes_exact.f1 >= 0.98
    assert scores["all"].indirect_exact.f1 >= 0.90
    assert scores["all"].speakers.recall >= 0.97
    assert all(scores[kind].speakers.recall >= 0.95 for kind in ("oped", "press_release", "tabloid", "feature"))


def test_the_practice_half_stands_where_its_gold_says() -> None:
    for path in sorted((ARTICLES / "practice").glob("*.gold.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(record["article"]).read_text(encoding="utf-8")
        assert all(text[row["start"] : row["end"]] == row["quote"] for row in record["statements"])
