"""The core of :mod:`classifier.batch` under Spark's ``mapInArrow``: the same numbers, on a cluster.

A worker loads the model once, from a path that every machine can read; only the id, the text and the target are sent to
it.  As a program, for ``spark-submit``::

    spark-submit --master MASTER "$(python -m classifier.spark --where)" INPUT -o OUTPUT --model DIR

INPUT is any path that Spark reads (.parquet, .jsonl, .csv or a folder of them), OUTPUT a folder of Parquet files.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from classifier.batch.columns import PROBABILITIES
from classifier.batch.core import schema_of, score_batches
from classifier.errors import TableError
from classifier.labels import HEADS
from classifier.model import Classifier
from classifier.tables.chunks import Columns

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_DDL: Final = {"int8": "tinyint", "double": "double", "bool": "boolean", "string": "string"}


@lru_cache(maxsize=1)
def load(path: str) -> Classifier:
    """Load a model, once a worker process."""
    return Classifier.load(path)


def ddl_of(id_type: str, *, probabilities: bool = False) -> str:
    """Return the results' schema in Spark's words; ``id_type`` is Spark's name of the id's type."""
    flat = [f"{field.name} {_DDL[str(field.type)]}" for field in schema_of(pa.string())][1:]
    lists = [f"{PROBABILITIES[head]} array<double>" for head in HEADS] if probabilities else []
    return ", ".join([f"id {id_type}", *flat, *lists])


def score_partition(batches: Iterable[Any], path: str, probabilities: bool) -> Iterator[Any]:
    """Score the record batches of a partition; runs in Spark's Python workers."""
    return score_batches(batches, load(path), probabilities=probabilities)


def score_frame(
    frame: "DataFrame", model_path: str, columns: Columns | None = None, *, probabilities: bool = False
) -> "DataFrame":
    """Return the flat columns of each row's prediction, beside its id; rows that cannot be scored say why in ``error``.

    ``model_path`` is read by every worker.  Without an id column, the id is a number of Spark's, which tells rows apart
    and nothing else.  Raises TableError where the text column is missing or no string.
    """
    from pyspark.sql import functions

    names = columns or Columns()
    kinds = dict(frame.dtypes)
    check_columns(kinds, names)
    identity = functions.col(names.id) if names.id in kinds else functions.monotonically_increasing_id()
    wanted = [identity.alias("id"), functions.col(names.text).alias("text")]
    if names.target in kinds:
        wanted.append(functions.col(names.target).alias("target"))
    sent = frame.select(*wanted)
    score = partial(score_partition, path=model_path, probabilities=probabilities)
    return sent.mapInArrow(score, ddl_of(dict(sent.dtypes)["id"], probabilities=probabilities))


def check_columns(kinds: Mapping[str, str], names: Columns) -> None:
    """Raise TableError where a frame's columns, with Spark's names of their types, cannot be scored."""
    if names.text not in kinds:
        listed = ", ".join(kinds)
        raise TableError(f"expected a column {names.text!r}, found {listed}; name the one to score: --text-column")
    for name in (names.text, names.target):
        if kinds.get(name, "string") != "string":
            raise TableError(f"expected strings in the column {name!r}, found {kinds[name]}; cast it or name another")


def read_frame(session: "SparkSession", path: str) -> "DataFrame":
    """Read a file or folder by the format that its name ends in, Parquet where it ends in none."""
    plain = path.rstrip("/").removesuffix(".gz").removesuffix(".zst")
    if plain.endswith((".jsonl", ".ndjson")):
        return session.read.json(path)
    if plain.endswith((".csv", ".tsv")):
        delimiter = "\t" if plain.endswith(".tsv") else ","
        return session.read.csv(path, header=True, sep=delimiter, multiLine=True, escape='"')
    return session.read.parquet(path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Score INPUT into OUTPUT under Spark."""
    parser = argparse.ArgumentParser(prog="classifier.spark", description="Score statements under Spark.")
    parser.add_argument("input")
    parser.add_argument("-o", "--output", required=True, help="folder of Parquet files to write")
    parser.add_argument("--model", required=True, help="the model's folder, at the same path on every machine")
    for name in Columns.__slots__:
        parser.add_argument(f"--{name}-column", default=getattr(Columns(), name))
    parser.add_argument("--probabilities", action="store_true", help="write each head's probabilities too")
    options = parser.parse_args(arguments)
    from pyspark.sql import SparkSession

    columns = Columns(options.text_column, options.id_column, options.target_column)
    session = SparkSession.builder.appName("detente").getOrCreate()
    try:
        frame = read_frame(session, options.input)
        scored = score_frame(frame, options.model, columns, probabilities=options.probabilities)
        scored.write.mode("error").parquet(options.output, compression="zstd")
    except TableError as error:
        sys.exit(f"Error: {error}")
    finally:
        session.stop()


if __name__ == "__main__":
    if sys.argv[1:] == ["--where"]:
        sys.stdout.write(f"{__file__}\n")
    else:
        # the functions that Spark sends to its workers must be the module's, not this script's
        from classifier.spark import main as run

        run()
