"""Every bad input has a defined outcome: its row rejected and named, or the run refused with a sentence."""

import gzip
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console
from runs import command, read_jsonl, score, statements, texts, write_jsonl

from classifier.batch import Job, Outcome, run
from classifier.batch.journal import Journal
from classifier.batch.watch import Watch
from classifier.errors import TableError
from classifier.tables.lines import MAX_LINE


def scored(tmp_path: Path, models: Path, source: Path, output: str = "out.jsonl") -> Outcome:
    job = Job([str(source)], str(tmp_path / output), model_path=models, rejects=tmp_path / "rejects.jsonl")
    return run(job, Watch(Console(stderr=True)))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "cut', "expected a JSON object, found broken JSON"),
        (b'["text"]', "expected a JSON object, found list"),
        (b'{"id": 3}', "expected a string at 'text', found no such key"),
        (b'{"text": null}', "expected a string at 'text', found null"),
        (b'{"text": 5}', "expected a string at 'text', found int"),
        (b'{"text": "Talks.", "target": 5}', "expected a string or null at 'target', found int"),
        (b'{"text": "Talks.", "n": NaN}', "expected JSON, found NaN"),
        (b'{"text": "caf\xe9 talks"}', "expected UTF-8, found the byte 0xe9 at 13"),
        (b'{"text": "Talks resumed.", "target": "NATO"}', "expected the target to occur in the text"),
        (b'{"text": "' + b"a" * 100_001 + b'"}', "expected at most 100,000 characters, found 100,001"),
        (b"[" * 100_000, "expected a JSON object, found one nested too deeply"),
    ],
)
def test_a_bad_row_is_rejected_with_its_line_reason_and_original_and_the_others_go_on(
    line: bytes, reason: str, tmp_path: Path, models: Path
) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"text": "Talks resumed."}\n\n' + line + b'\n{"text": "Talks failed."}\n')
    outcome = scored(tmp_path, models, source)
    assert (outcome.rows, outcome.rejects) == (2, 1)
    assert [row["id"] for row in read_jsonl(tmp_path / "out.jsonl")] == [1, 4]
    [reject] = read_jsonl(tmp_path / "rejects.jsonl")
    assert reject["line"] == 3
    assert reject["source"] == str(source)
    assert reject["reason"].startswith(reason)
    assert reject["original"] == line.decode("utf-8", "backslashreplace")[:100_000]


def test_a_line_of_fifty_megabytes_is_rejected_without_being_held(tmp_path: Path, models: Path) -> None:
    source = tmp_path / "in.jsonl"
    with source.open("wb") as file:
        file.write(b'{"text": "Talks resumed."}\n{"text": "')
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"text": "Talks failed."}\n')
    assert scored(tmp_path, models, source) == Outcome(2, 1)
    [reject] = read_jsonl(tmp_path / "rejects.jsonl")
    assert (reject["line"], len(reject["original"])) == (2, 1000)
    assert f"at most {MAX_LINE:,} bytes, found 50,000,013" in reject["reason"]


def test_empty_control_and_surrogate_text_is_scored(tmp_path: Path, models: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(
        '{"text": ""}\n{"text": "\\u0000\\u0007 talks"}\n{"text": "We \\ud800 will attack.", "k": "\\udfff"}\n'
    )
    assert scored(tmp_path, models, source) == Outcome(3, 0)
    found = read_jsonl(tmp_path / "out.jsonl")
    assert found[0]["abstained"] is True
    assert found[2]["k"] == "\udfff"
    assert scored(tmp_path, models, source, "out.csv") == Outcome(3, 0)


def test_rows_of_the_same_id_are_all_scored_in_order(tmp_path: Path, models: Path) -> None:
    source = write_jsonl(
        tmp_path / "in.jsonl", [{"id": "same", "text": text, "n": i} for i, text in enumerate(texts(3))]
    )
    assert scored(tmp_path, models, source) == Outcome(3, 0)
    assert [(row["id"], row["n"]) for row in read_jsonl(tmp_path / "out.jsonl")] == [("same", i) for i in range(3)]


def test_csv_rows_of_wrong_width_encoding_or_quotes_are_rejected_alone(tmp_path: Path, models: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(
        b'id,text\n1,"Talks\nresumed."\n2,a,b\n3,caf\xe9\n4,"never closed\n5,The army left.\n6,5" guns fired.\n'
    )
    assert scored(tmp_path, models, source) == Outcome(3, 3)
    assert [(row["id"], row["text"]) for row in read_jsonl(tmp_path / "out.jsonl")] == [
        ("1", "Talks\nresumed."),
        ("5", "The army left."),
        ("6", '5" guns fired.'),
    ]
    assert [(row["line"], row["reason"][:32]) for row in read_jsonl(tmp_path / "rejects.jsonl")] == [
        (4, "expected 2 fields as in the head"),
        (5, "expected UTF-8, found the byte 0"),
        (6, "expected a delimiter after a clo"),
    ]


def test_parquet_rows_without_text_are_rejected_by_their_number(tmp_path: Path, models: Path) -> None:
    pq.write_table(pa.table({"text": ["Talks resumed.", None, "Talks failed."]}), tmp_path / "in.parquet")
    assert scored(tmp_path, models, tmp_path / "in.parquet") == Outcome(2, 1)
    [reject] = read_jsonl(tmp_path / "rejects.jsonl")
    assert (reject["line"], reject["original"]) == (2, '{"text": null}')


def _damaged_parquet(path: Path) -> None:
    pq.write_table(pa.table({"text": texts(100)}), path)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])


def _holed_parquet(path: Path) -> None:
    pq.write_table(pa.table({"text": texts(5000)}), path)
    raw = path.read_bytes()
    path.write_bytes(raw[:100] + b"\x00" * 2000 + raw[2100:])


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut.jsonl.gz": (
        lambda p: p.write_bytes(gzip.compress(os.urandom(5000).hex().encode())[:900]),
        "expected whole gzip",
    ),
    "no.jsonl.gz": (lambda p: p.write_bytes(b"plain"), "expected whole gzip data"),
    "cut.jsonl.zst": (lambda p: p.write_bytes(pa.compress(os.urandom(5000), codec="zstd", asbytes=True)[:900]), "zstd"),
    "cut.parquet": (_damaged_parquet, "expected a whole Parquet file"),
    "holed.parquet": (_holed_parquet, "expected a whole Parquet file"),
    "number.parquet": (lambda p: pq.write_table(pa.table({"text": [1]}), p), "expected strings in the column 'text'"),
    "other.parquet": (lambda p: pq.write_table(pa.table({"say": ["a"]}), p), "expected a column 'text' .* columns say"),
    "other.csv": (
        lambda p: p.write_text("id,words\n1,a\n"),
        "expected a column 'text' .* columns id, words; .*--text-col",
    ),
    "twice.csv": (lambda p: p.write_text("text,text\na,b\n"), "named once, found .'text'. twice"),
    "empty.csv": (lambda p: p.write_text(""), "expected a header .* empty file"),
    "wide.jsonl": (lambda p: p.write_text('{"text": "a"}', encoding="utf-16"), "expected UTF-8 .* found UTF-16"),
    "gzip.jsonl": (lambda p: p.write_bytes(gzip.compress(b"{}")), "found gzip; name it with .gz"),
    "table.jsonl": (lambda p: pq.write_table(pa.table({"text": ["a"]}), p), "found a Parquet file; name it .parquet"),
    "array.json": (lambda p: p.write_text("[]"), r"expected an input ending in .*jq -c '\.\[\]'"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence_and_leaves_no_output(
    name: str, tmp_path: Path, models: Path
) -> None:
    make, sentence = REFUSED[name]
    make(tmp_path / name)
    with pytest.raises(TableError, match=sentence):
        scored(tmp_path, models, tmp_path / name)
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("inputs", "output", "sentence"),
    [
        (["absent.jsonl"], "out.jsonl", "expected a file at .*absent.jsonl, found: No such file"),
        (["in.jsonl"], "in.jsonl", "expected an output that is not an input"),
        (["in.jsonl"], "out.xlsx", "expected an output ending in"),
        (["in.jsonl"], "folder.jsonl", "found the folder"),
        (["in.jsonl"], "none/out.jsonl", "expected to be able to write .*No such file"),
        (["nothing/*.csv"], "out.jsonl", "expected files at"),
        (["folder.jsonl"], "out.jsonl", "expected files at .*, found none"),
    ],
)
def test_paths_that_cannot_be_are_refused(
    inputs: list[str], output: str, sentence: str, tmp_path: Path, models: Path
) -> None:
    statements(tmp_path / "in.jsonl", 1)
    (tmp_path / "folder.jsonl").mkdir()
    job = Job([str(tmp_path / name) for name in inputs], str(tmp_path / output), model_path=models)
    with pytest.raises(TableError, match=sentence):
        run(job, Watch(Console(stderr=True)))


@contextmanager
def without_rights() -> Iterator[None]:
    """Be nobody for a while where the tests run as root, whom no folder is closed to."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_scored(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o555)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(parent.stat().st_mode | 0o011)
    with without_rights(), pytest.raises(TableError, match=r"expected to be able to write .*Permission denied"):
        Journal(folder / "out.jsonl", None, {}).open(resume=False)


def test_a_full_disk_stops_the_run_with_a_sentence_and_resume_continues(tmp_path: Path, models: Path) -> None:
    source = statements(tmp_path / "in.jsonl", 300)
    arguments = (source, "-o", tmp_path / "out.jsonl", "--chunk-rows", 20)
    full = score(models, *arguments, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000)))
    assert full.returncode == 1
    assert "File too large; free some and run the same command with --resume" in full.stderr
    assert "Traceback" not in full.stderr
    assert not (tmp_path / "out.jsonl").exists()
    again = score(models, *arguments, "--resume")
    assert (again.returncode, "continuing after" in again.stderr) == (0, True)
    score(models, source, "-o", tmp_path / "whole.jsonl", "--chunk-rows", 20)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/dev/full is of Linux")
def test_standard_output_that_takes_no_more_is_named(tmp_path: Path, models: Path) -> None:
    source = statements(tmp_path / "in.jsonl", 5)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command(models, source, "-o", "-"), stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert done.returncode == 1
    assert "expected to be able to write standard output, found: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
