"""``detente report`` as a person meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from classifier.commands.report import report
from classifier.errors import TableError

pytest.importorskip("altair", reason="the report is an extra: pip install 'detente[report]'")

ROW = {"when": "2026-01-05", "party": "A", "text": "Talks.", "escalation": {"score": -1.0, "label": "conciliatory"}}


def test_columns_are_named_and_the_page_is_written(tmp_path: Path) -> None:
    source, output = tmp_path / "s.jsonl", tmp_path / "r.html"
    source.write_text(json.dumps(ROW) + "\n" + json.dumps(ROW | {"party": None}) + "\n")
    done = CliRunner().invoke(report, [str(source), "-o", str(output), "--by", "party", "--date-column", "when"])
    assert done.exit_code == 0
    assert "1 statements in" in done.output
    assert "1 rows left out" in done.output
    assert output.read_text().startswith("<!doctype html>")
    assert not (tmp_path / "r.html.part").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    source = tmp_path / "s.jsonl"
    source.write_text(json.dumps({**ROW, "date": "2026-01-05", "speaker": "A"}) + "\n")
    done = CliRunner().invoke(report, [str(source), "-o", str(tmp_path / "none" / "r.html")])
    assert isinstance(done.exception, TableError)
    assert "expected to be able to write" in str(done.exception)
