"""Values of other columns keep their types where a column can, and their meaning where it cannot."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.tables.values import column_of, encodable, json_text

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(JSON)
def test_json_text_is_json_in_one_encodable_line_and_means_the_same(value: Any) -> None:
    text = json_text(value)
    assert json.loads(text) == value
    assert "\n" not in text
    text.encode("utf-8")


def test_json_text_of_what_json_does_not_have() -> None:
    value = {
        "a": float("nan"),
        "b": [float("inf")],
        "c": datetime(2026, 1, 2),
        "d": Decimal("1.0"),
        "e": b"\x00",
        "f": "\ud800",
    }
    assert json.loads(json_text(value)) == {
        "a": None,
        "b": [None],
        "c": "2026-01-02T00:00:00",
        "d": "1.0",
        "e": "AA==",
        "f": "\ud800",
    }


@pytest.mark.parametrize(
    ("values", "kind", "found"),
    [
        (["a", None], pa.string(), ["a", None]),
        ([1, None], pa.int64(), [1, None]),
        ([1, 2.5], pa.float64(), [1.0, 2.5]),
        ([True, None], pa.bool_(), [True, None]),
        ([None], pa.null(), [None]),
        ([True, 1], pa.string(), ["true", "1"]),
        ([2**70, 1], pa.string(), [str(2**70), "1"]),
        (["a", 1, {"b": None}], pa.string(), ["a", "1", '{"b": null}']),
    ],
)
def test_a_column_has_the_type_that_holds_its_values(values: list[Any], kind: Any, found: list[Any]) -> None:
    column = column_of(values)
    assert column.type == kind
    assert column.to_pylist() == found


@given(st.text(st.characters()))
def test_encodable_text_keeps_all_but_lone_surrogates(text: str) -> None:
    found = encodable(text)
    found.encode("utf-8")
    assert [c for c in found if c != "\ufffd"] == [c for c in text if not 0xD800 <= ord(c) < 0xE000 and c != "\ufffd"]
