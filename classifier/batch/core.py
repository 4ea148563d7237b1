"""The pure core: record batches of statements in, record batches of predictions out.

It knows no files, no processes and no cluster; the local runner and Spark both call it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from classifier.batch.columns import FLAT, LISTS, columns_of
from classifier.errors import InputError
from classifier.model import Classifier, Statement, check
from classifier.tables.chunks import Columns


def schema_of(id_type: Any, *, probabilities: bool = False) -> Any:
    """Return the schema of :func:`score_batches`' results: the id's column, the flat columns, and the probabilities."""
    return pa.schema([pa.field("id", id_type), *FLAT, *(LISTS if probabilities else ())])


def score_batches(
    batches: Iterable[Any], classifier: Classifier, columns: Columns | None = None, *, probabilities: bool = False
) -> Iterator[Any]:
    """Score the text column of each batch; one result row a row, in order.

    ``batches`` need the text column (any string type); an id column of any type is passed through, and a target that is
    null or empty means no stance.  A row that cannot be scored has its sentence in ``error`` and null elsewhere.  With
    ``probabilities``, each head's come as a list column (:data:`classifier.batch.columns.PROBABILITIES`).
    """
    names = columns or Columns()
    for batch in batches:
        present = batch.schema.names
        texts = batch.column(names.text).to_pylist()
        targets = batch.column(names.target).to_pylist() if names.target in present else [None] * len(texts)
        ids = batch.column(names.id) if names.id in present else pa.nulls(len(texts))
        targets = [target or None for target in targets]
        errors = [error_of(Statement(text, target)) for text, target in zip(texts, targets, strict=True)]
        good = [i for i, error in enumerate(errors) if error is None]
        found = columns_of(classifier, [texts[i] for i in good], [targets[i] for i in good], probabilities)
        if len(good) < len(errors):
            places = dict(zip(good, range(len(good)), strict=True))
            rows = pa.array([places.get(i) for i in range(len(errors))], pa.int64())
            found = [column.take(rows) for column in found]
        lists = found[len(FLAT) - 1 :]
        arrays = [ids, *found[: len(FLAT) - 1], pa.array(errors, pa.string()), *lists]
        yield pa.record_batch(arrays, schema=schema_of(ids.type, probabilities=probabilities))


def error_of(statement: Statement) -> str | None:
    """Return why a statement cannot be scored, or None where it can."""
    try:
        check(statement)
    except InputError as error:
        return str(error)
    return None
