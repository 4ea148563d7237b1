"""Every format in and out gives the values of the Python call, and keeps the other columns."""

import csv
import gzip
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console
from runs import read_jsonl, texts, write_jsonl

from classifier import Classifier, Statement
from classifier.batch import Job, run
from classifier.batch.watch import Watch
from classifier.prediction import COLUMNS
from classifier.tables.chunks import Columns

ROWS = [
    {"id": f"s{i}", "text": text, "target": "NATO" if "NATO" in text else None, "n": i}
    for i, text in enumerate(texts(21))
]


def score(inputs: list[Path], output: Path, models: Path, **options: Any) -> Path:
    run(Job([str(path) for path in inputs], str(output), model_path=models, **options), Watch(Console(stderr=True)))
    return output


def expected(classifier: Classifier) -> list[dict[str, Any]]:
    statements = [Statement(row["text"], row["target"], row["id"]) for row in ROWS]  # type: ignore[arg-type]
    return [prediction.as_dict() for prediction in classifier.predict_many(statements)]


def write(path: Path) -> Path:
    plain = path.name.removesuffix(".gz").removesuffix(".zst")
    if plain.endswith(".parquet"):
        pq.write_table(pa.Table.from_pylist(ROWS), path)
        return path
    if plain.endswith(".jsonl"):
        data = "".join(json.dumps(row) + "\n" for row in ROWS)
    else:
        data = "id,text,target,n\n" + "".join(f'{r["id"]},"{r["text"]}",{r["target"] or ""},{r["n"]}\n' for r in ROWS)
    raw = data.encode()
    if path.suffix == ".gz":
        raw = gzip.compress(raw)
    elif path.suffix == ".zst":
        raw = pa.compress(raw, codec="zstd", asbytes=True)
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("name", ["in.jsonl", "in.jsonl.gz", "in.jsonl.zst", "in.csv", "in.csv.gz", "in.parquet"])
def test_jsonl_output_has_the_values_of_the_python_call_and_the_other_columns(
    name: str, tmp_path: Path, models: Path, classifier: Classifier
) -> None:
    found = read_jsonl(score([write(tmp_path / name)], tmp_path / "out.jsonl", models, chunk_rows=4))
    assert [{key: row[key] for key in want} for row, want in zip(found, expected(classifier), strict=True)] == expected(
        classifier
    )
    assert [row["text"] for row in found] == [row["text"] for row in ROWS]
    assert [int(row["n"]) for row in found] == list(range(21))


@pytest.mark.parametrize("name", ["out.csv", "out.csv.gz", "out.csv.zst", "out.parquet"])
@pytest.mark.parametrize("source", ["in.jsonl", "in.csv", "in.parquet"])
def test_flat_output_has_the_flat_columns_first_and_then_the_others(
    name: str, source: str, tmp_path: Path, models: Path, classifier: Classifier
) -> None:
    output = score([write(tmp_path / source)], tmp_path / name, models, chunk_rows=4)
    if name.endswith(".parquet"):
        rows = pq.read_table(output).to_pylist()
    else:
        raw = output.read_bytes()
        raw = gzip.decompress(raw) if name.endswith(".gz") else raw
        if name.endswith(".zst"):
            raw = pa.CompressedInputStream(pa.BufferReader(raw), "zstd").read()
        rows = list(csv.DictReader(raw.decode().splitlines()))
    assert tuple(rows[0]) == (*COLUMNS, "text", "target", "n")
    for row, want in zip(rows, expected(classifier), strict=True):
        assert row["id"] == want["id"]
        assert row["act_label"] == want["act"]["label"]
        assert float(row["escalation_score"]) == want["escalation"]["score"]
        assert (row["stance_label"] or None) == (want["stance"] and want["stance"]["label"])


def test_parquet_to_parquet_keeps_every_type(tmp_path: Path, models: Path) -> None:
    table = pa.table(
        {
            "text": pa.array(texts(3), pa.large_string()),
            "id": pa.array([7, 8, 9], pa.uint16()),
            "day": [date(2026, 1, 1)] * 3,
            "price": [Decimal("1.50")] * 3,
            "tags": [["a"], [], None],
            "place": [{"x": 1}] * 3,
            "kind": pa.array(["a", "b", "a"]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    found = pq.read_table(score([tmp_path / "in.parquet"], tmp_path / "out.parquet", models, chunk_rows=2))
    for name in table.schema.names:
        assert found.schema.field(name).type == table.schema.field(name).type
        assert found.column(name).to_pylist() == table.column(name).to_pylist()
    as_json = read_jsonl(score([tmp_path / "in.parquet"], tmp_path / "out.jsonl", models))
    assert as_json[0]["day"] == "2026-01-01"
    assert as_json[0]["price"] == "1.50"
    assert as_json[0]["id"] == 7


def test_text_lines_get_their_line_number_as_id_and_blank_lines_are_passed_over(tmp_path: Path, models: Path) -> None:
    (tmp_path / "in.txt").write_bytes(b"\xef\xbb\xbfTalks resumed.\r\n\n   \nThe army attacked the port.")
    found = read_jsonl(score([tmp_path / "in.txt"], tmp_path / "out.jsonl", models))
    assert [(row["id"], row["text"]) for row in found] == [(1, "Talks resumed."), (4, "The army attacked the port.")]


def test_columns_go_by_the_names_that_are_given(tmp_path: Path, models: Path) -> None:
    (tmp_path / "in.csv").write_text("doc;says;about;id\nd1;NATO lied again.;NATO;x\n")
    columns = Columns("says", "doc", "about")
    row = read_jsonl(score([tmp_path / "in.csv"], tmp_path / "out.jsonl", models, columns=columns))[0]
    assert (row["id"], row["doc"], row["input_id"], row["stance"]["target"]) == ("d1", "d1", "x", "NATO")


def test_columns_of_the_input_that_a_prediction_has_too_are_kept_under_another_name(
    tmp_path: Path, models: Path
) -> None:
    write_jsonl(tmp_path / "in.jsonl", [{"id": 1, "text": "Talks resumed.", "tone": "neutral", "tone_label": "mine"}])
    row = read_jsonl(score([tmp_path / "in.jsonl"], tmp_path / "out.jsonl", models))[0]
    assert (row["input_tone"], row["tone_label"], row["tone"]["label"]) == ("neutral", "mine", row["tone"]["label"])
    flat = pq.read_table(score([tmp_path / "in.jsonl"], tmp_path / "out.parquet", models)).to_pylist()[0]
    assert (flat["tone"], flat["input_tone_label"]) == ("neutral", "mine")


def test_rows_of_unlike_keys_and_types_make_one_table(tmp_path: Path, models: Path) -> None:
    rows = [
        {"id": 1, "text": "Talks resumed.", "n": 1},
        {"id": "b", "text": "Talks failed.", "n": 2.5, "late": {"a": [1]}},
        {"text": "Talks ended.", "n": "many", "late": None},
    ]
    write_jsonl(tmp_path / "in.jsonl", rows)
    found = pq.read_table(score([tmp_path / "in.jsonl"], tmp_path / "out.parquet", models, chunk_rows=1)).to_pylist()
    assert [row["id"] for row in found] == ["1", "b", "3"]
    assert [row["n"] for row in found] == ["1", "2.5", "many"]
    assert [row["late"] for row in found] == [None, '{"a": [1]}', None]


def test_globs_and_folders_are_read_in_order(tmp_path: Path, models: Path) -> None:
    folder = tmp_path / "wire" / "deep"
    folder.mkdir(parents=True)
    for name, at in (("b.jsonl", tmp_path / "wire"), ("a.txt", folder), ("notes.pdf", folder)):
        (at / name).write_text('{"text": "Talks resumed."}' if name == "b.jsonl" else "Talks failed.")
    found = read_jsonl(score([tmp_path / "wire"], tmp_path / "out.jsonl", models))
    assert [row["text"] for row in found] == ["Talks resumed.", "Talks failed."]
    found = read_jsonl(score([tmp_path / "wire" / "**" / "*.txt"], tmp_path / "out.jsonl", models))
    assert [row["text"] for row in found] == ["Talks failed."]


def test_remote_paths_are_read_through_fsspec(tmp_path: Path, models: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    with fsspec.open("memory://bucket/day.jsonl.gz", "wb") as file:
        file.write(gzip.compress(b'{"id": "r", "text": "Talks resumed."}\n'))
    job = Job(["memory://bucket/*.jsonl.gz"], str(tmp_path / "out.jsonl"), model_path=models)
    assert run(job, Watch(Console(stderr=True))).rows == 1
    assert read_jsonl(tmp_path / "out.jsonl")[0]["id"] == "r"


def test_an_input_without_rows_gives_an_empty_output(tmp_path: Path, models: Path) -> None:
    (tmp_path / "in.jsonl").write_text("")
    assert read_jsonl(score([tmp_path / "in.jsonl"], tmp_path / "out.jsonl", models)) == []
    table = pq.read_table(score([tmp_path / "in.jsonl"], tmp_path / "out.parquet", models))
    assert (table.num_rows, tuple(table.schema.names)) == (0, COLUMNS)


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.csv.gz", "out.parquet"])
def test_two_workers_write_what_one_writes(name: str, tmp_path: Path, models: Path) -> None:
    source = write(tmp_path / "in.jsonl")
    one, two = (
        score([source], tmp_path / f"{workers}-{name}", models, workers=workers, chunk_rows=4) for workers in (1, 2)
    )
    assert one.read_bytes() == two.read_bytes()
