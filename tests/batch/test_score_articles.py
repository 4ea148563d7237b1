"""Articles are scored statement by statement, with who said it."""

from pathlib import Path

import pytest
from rich.console import Console
from runs import read_jsonl

from classifier.batch import Job, Outcome, run
from classifier.batch.watch import Watch

ARTICLE = """\
GENEVA, March 3 (Wire) -- "We will strike their ports if one more ship is seized," Foreign Minister Ana Costa said.

The minister accused Denmark of breaking its promises.
"""


def scored(tmp_path: Path, models: Path, source: Path, output: str = "out.jsonl") -> Outcome:
    job = Job([str(source)], str(tmp_path / output), model_path=models, articles=True, rejects=tmp_path / "bad.jsonl")
    return run(job, Watch(Console(stderr=True)))


def test_each_statement_is_a_row_with_its_speaker_offsets_and_prediction(tmp_path: Path, models: Path) -> None:
    source = tmp_path / "2026-03-03-costa.txt"
    source.write_text(ARTICLE)
    assert scored(tmp_path, models, source).rejects == 0
    row = read_jsonl(tmp_path / "out.jsonl")[0]
    assert (row["id"], row["article"], row["date"]) == ("2026-03-03-costa.txt:1", str(source), "2026-03-03")
    assert (row["speaker"], row["kind"]) == ("Ana Costa", "direct")
    assert ARTICLE[row["start"] : row["end"]] == row["quote"]
    assert row["escalation"]["level"] >= 1
    assert row["key"]


def test_a_folder_of_articles_is_scored_and_a_broken_one_rejected(tmp_path: Path, models: Path) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE)
    (folder / "b.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "c.md").write_text(ARTICLE)
    outcome = scored(tmp_path, models, folder, "out.parquet")
    assert (outcome.rows >= 4, outcome.rejects) == (True, 1)
    assert read_jsonl(tmp_path / "bad.jsonl")[0]["source"] == str(folder / "b.txt")


def test_html_pages_are_read_without_what_surrounds_the_article(tmp_path: Path, models: Path) -> None:
    pytest.importorskip("trafilatura")
    paragraphs = "".join(f"<p>{each}</p>" for each in ARTICLE.split("\n\n") * 3)
    head = "<html><head><title>Costa warns</title></head><body><nav>Home, News</nav>"
    page = f"{head}<article>{paragraphs}</article></body>"
    (tmp_path / "page.html").write_text(page)
    (tmp_path / "empty.html").write_text("<html></html>")
    assert scored(tmp_path, models, tmp_path / "page.html").rows >= 2
    row = read_jsonl(tmp_path / "out.jsonl")[0]
    assert (row["speaker"], row["title"]) == ("Ana Costa", "Costa warns")
    assert scored(tmp_path, models, tmp_path / "empty.html") == Outcome(0, 1)
