"""``detente score`` as a person or a script meets it."""

import json
import pty
import subprocess
from os import close, read
from pathlib import Path

from runs import command, read_jsonl, score, statements, write_jsonl


def test_standard_input_goes_to_standard_output(models: Path) -> None:
    done = score(models, "-", "-o", "-", "--quiet", input='{"id": "a", "text": "Talks resumed."}\n{"text": 1}\n')
    assert done.returncode == 3
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a"]
    assert done.stderr == "-:2: expected a string at 'text', found int; name the text's key: --text-column\n"


def test_a_run_without_rejects_exits_0_and_says_how_many_rows(tmp_path: Path, models: Path) -> None:
    done = score(models, statements(tmp_path / "in.jsonl", 3), "-o", tmp_path / "out.csv")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("3 rows scored; ")


def test_quiet_says_nothing(tmp_path: Path, models: Path) -> None:
    done = score(models, statements(tmp_path / "in.jsonl", 3), "-o", tmp_path / "out.jsonl", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_json_log_is_json_lines(tmp_path: Path, models: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [{"text": "Talks resumed."}, {"text": None}])
    done = score(models, source, "-o", tmp_path / "out.jsonl", "--json-log", "--rejects", tmp_path / "bad.jsonl")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["event"] for event in events] == ["begin", "reject", "progress", "end"]
    assert (events[1]["line"], events[3]["rows"], events[3]["rejects"]) == (2, 1, 1)


def test_a_bar_is_shown_on_a_terminal_only(tmp_path: Path, models: Path) -> None:
    ours, theirs = pty.openpty()
    source = statements(tmp_path / "in.jsonl", 40)
    arguments = command(models, source, "-o", tmp_path / "out.jsonl", "--chunk-rows", 20)
    process = subprocess.Popen(arguments, stderr=theirs)
    close(theirs)
    shown = b""
    try:
        while piece := read(ours, 4096):
            shown += piece
    except OSError:
        pass
    close(ours)
    assert process.wait() == 0
    assert b"scoring" in shown
    assert b"40 rows" in shown


def test_many_rejects_are_named_up_to_a_number_where_a_file_has_them_all(tmp_path: Path, models: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [{"text": None}] * 30)
    done = score(models, source, "-o", tmp_path / "out.jsonl", "--rejects", tmp_path / "bad.jsonl")
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 22)
    assert len(read_jsonl(tmp_path / "bad.jsonl")) == 30


def test_a_missing_model_is_named_and_exits_1(tmp_path: Path) -> None:
    done = score(tmp_path / "none", statements(tmp_path / "in.jsonl", 1), "-o", tmp_path / "out.jsonl")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: expected a model at")
    assert "Traceback" not in done.stderr


def test_resume_with_standard_output_is_refused(tmp_path: Path, models: Path) -> None:
    done = score(models, statements(tmp_path / "in.jsonl", 1), "-o", "-", "--resume")
    assert done.returncode == 1
    assert "expected an output file with --resume" in done.stderr
