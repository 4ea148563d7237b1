"""A line of output is the row as it was given and the prediction's own JSON."""

import json
from typing import Any

import pytest

from classifier import Classifier, Statement
from classifier.batch.core import score_batches
from classifier.tables.chunks import Chunk, Columns
from classifier.tables.formats import Format
from classifier.tables.lines import Line
from classifier.tables.readers import read_rows
from classifier.tables.render import render_json

TEXT = "We will strike NATO’s ports if one more ship is seized."


def line_of(given: str, classifier: Classifier) -> str:
    rows = read_rows(Chunk(0, "in", Format.JSONL, [Line(4, given.encode())]), Columns())
    scored = next(score_batches([rows.batch()], classifier, probabilities=True))
    return render_json(rows, [0], scored).decode()


@pytest.mark.parametrize("target", [None, "NATO"])
def test_the_predictions_keys_are_those_of_as_dict(target: str | None, classifier: Classifier) -> None:
    given: dict[str, Any] = {"text": TEXT, "target": target, "id": "x"}
    found = json.loads(line_of(json.dumps(given), classifier))
    [prediction] = classifier.predict_many([Statement(TEXT, target, "x")])
    assert found == {**given, **prediction.as_dict()}


def test_the_rows_own_text_is_kept_to_the_letter(classifier: Classifier) -> None:
    given = '{ "text":"Talks resumed.", "n": 1.10e0, "big": 12345678901234567890123, "s": "\\u00e9\\ud800" , "id": 7 }'
    assert line_of(given, classifier).startswith(given[:-2] + ',"escalation":{')


def test_a_row_without_id_gets_its_line_number(classifier: Classifier) -> None:
    assert '"text":"Talks.","id":4,' in line_of('{"text":"Talks."}', classifier)
    found = json.loads(line_of('{"id": null, "text": "Talks."}', classifier))
    assert (found["id"], list(found).count("id")) == (4, 1)
