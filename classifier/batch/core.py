"""The pure core: record batches of statements in, record batches of predictions out.

It knows no files, no processes and no cluster; the local runner and Spark both call it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import pyarrow as pa

from classifier.errors import InputError
from classifier.labels import HEADS
from classifier.model import Classifier, Statement, check
from classifier.prediction import COLUMNS, HeadResult, Prediction
from classifier.tables.chunks import Columns

PROBABILITIES: Final = {head: f"{head}_probabilities" for head in HEADS}
"""Head -> the column of its probabilities, in the order of its labels."""

_TYPES: Final = {
    **dict.fromkeys(("escalation_level", "quad_class"), pa.int8()),
    **dict.fromkeys(("escalation_score", "tone_score", "stance_score", "confidence"), pa.float64()),
    "abstained": pa.bool_(),
}
_FLAT: Final = [pa.field(name, _TYPES.get(name, pa.string())) for name in COLUMNS if name != "id"]
_LISTS: Final = [pa.field(name, pa.list_(pa.float64())) for name in PROBABILITIES.values()]


def schema_of(id_type: Any, *, probabilities: bool = False) -> Any:
    """Return the schema of :func:`score_batches`' results: the id's column, the flat columns, and the probabilities."""
    return pa.schema([pa.field("id", id_type), *_FLAT, *(_LISTS if probabilities else ())])


def score_batches(
    batches: Iterable[Any], classifier: Classifier, columns: Columns | None = None, *, probabilities: bool = False
) -> Iterator[Any]:
    """Score the text column of each batch; one result row a row, in order.

    ``batches`` need the text column (any string type); an id column of any type is passed through, and a target that is
    null or empty means no stance.  A row that cannot be scored has its sentence in ``error`` and null elsewhere.  With
    ``probabilities``, each head's come as a list column (:data:`PROBABILITIES`).
    """
    names = columns or Columns()
    for batch in batches:
        present = batch.schema.names
        texts = batch.column(names.text).to_pylist()
        targets = batch.column(names.target).to_pylist() if names.target in present else [None] * len(texts)
        ids = batch.column(names.id) if names.id in present else pa.nulls(len(texts))
        statements = [Statement(text, target or None) for text, target in zip(texts, targets, strict=True)]
        errors = [error_of(statement) for statement in statements]
        good = classifier.stream(s for s, error in zip(statements, errors, strict=True) if error is None)
        predictions = [next(good) if error is None else None for error in errors]
        yield pa.record_batch(
            [ids, *_flat(predictions, errors), *(_lists(predictions) if probabilities else ())],
            schema=schema_of(ids.type, probabilities=probabilities),
        )


def error_of(statement: Statement) -> str | None:
    """Return why a statement cannot be scored, or None where it can."""
    try:
        check(statement)
    except InputError as error:
        return str(error)
    return None


def _flat(predictions: Sequence[Prediction | None], errors: Sequence[str | None]) -> Iterator[Any]:
    rows = [prediction.as_row() if prediction else {} for prediction in predictions]
    for each in _FLAT:
        values = errors if each.name == "error" else [row.get(each.name) for row in rows]
        yield pa.array(values, type=each.type)


def _lists(predictions: Sequence[Prediction | None]) -> Iterator[Any]:
    for head in HEADS:
        results: list[HeadResult | None] = [getattr(p, head) if p else None for p in predictions]
        values = [list(result.probabilities.values()) if result else None for result in results]
        yield pa.array(values, type=pa.list_(pa.float64()))
