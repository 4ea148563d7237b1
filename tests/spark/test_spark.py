"""The core under Spark gives the values of the Python call: the documented line is run once, in a real Spark."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from classifier import Classifier, Statement
from classifier.errors import TableError
from classifier.spark import check_columns, ddl_of
from classifier.tables.chunks import Columns

BIN = Path(sys.executable).parent
ROWS: list[dict[str, Any]] = [
    {"key": i, "words": f"We will strike NATO’s ports at hour {i}.", "toward": "NATO" if i % 3 else None}
    for i in range(59)
] + [{"key": 59, "words": None, "toward": None}]


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory, models: Path) -> list[dict[str, Any]]:
    """The rows that the submit line wrote, for a folder of files in batches of seven rows."""
    pytest.importorskip("pyspark", reason="Spark is an extra: pip install 'detente[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java: apt-get install openjdk-17-jre-headless")
    folder = tmp_path_factory.mktemp("spark")
    source = folder / "in.jsonl"
    source.mkdir()
    for part in range(3):
        lines = "".join(json.dumps(row) + "\n" for row in ROWS[part::3])
        (source / f"{part}.jsonl").write_text(lines, encoding="utf-8")
    program = subprocess.run([sys.executable, "-m", "classifier.spark", "--where"], capture_output=True, text=True)
    settings = ("spark.ui.enabled=false", "spark.sql.execution.arrow.maxRecordsPerBatch=7")
    columns = ("--text-column", "words", "--id-column", "key", "--target-column", "toward", "--probabilities")
    subprocess.run(
        [
            *(str(BIN / "spark-submit"), "--master", "local[2]", "--driver-memory", "512m"),
            *(word for setting in settings for word in ("--conf", setting)),
            *(program.stdout.strip(), str(source), "-o", str(folder / "out"), "--model", str(models), *columns),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={"PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin", "PYSPARK_PYTHON": sys.executable},
    )
    return sorted(pq.read_table(folder / "out").to_pylist(), key=lambda row: int(row["id"]))


def test_every_value_is_that_of_the_python_call(scored: list[dict[str, Any]], classifier: Classifier) -> None:
    wanted = classifier.predict_many([Statement(row["words"], row["toward"], row["key"]) for row in ROWS[:-1]])
    assert [{key: got[key] for key in want.as_row()} for got, want in zip(scored, wanted, strict=False)] == [
        want.as_row() for want in wanted
    ]
    assert scored[7]["act_probabilities"] == list(wanted[7].act.probabilities.values())


def test_a_row_that_cannot_be_scored_says_why_and_the_others_go_on(scored: list[dict[str, Any]]) -> None:
    assert len(scored) == len(ROWS)
    assert scored[-1]["error"].startswith("expected the text to be a string, found NoneType")
    assert scored[-1]["act_label"] is None


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ({"words": "string"}, "expected a column 'text', found words; name the one to score"),
        ({"text": "int"}, "expected strings in the column 'text', found int"),
        ({"text": "string", "target": "array<string>"}, "expected strings in the column 'target', found array"),
    ],
)
def test_a_frame_that_cannot_be_scored_is_refused(kinds: dict[str, str], sentence: str) -> None:
    with pytest.raises(TableError, match=sentence):
        check_columns(kinds, Columns())


def test_the_schema_in_sparks_words_keeps_the_ids_type() -> None:
    assert ddl_of("bigint").startswith("id bigint, escalation_level tinyint, escalation_label string")
    assert ddl_of("string", probabilities=True).endswith("stance_probabilities array<double>")
