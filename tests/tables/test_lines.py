"""Lines and CSV records of any bytes, in bounded memory."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.tables.lines import MAX_LINE, MAX_RECORD, Ending, Line, end_of, read_lines, read_records


def records(data: bytes) -> list[Line]:
    return list(read_records(read_lines(io.BytesIO(data)), b","))


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")), min_size=2), min_size=1))
def test_records_are_those_that_the_csv_module_wrote(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    found = records(out.getvalue().encode())
    assert [next(csv.reader([line.data.decode()], strict=True)) for line in found] == rows
    assert not any(line.fault for line in found)


@given(st.binary(max_size=200), st.sampled_from([b'"', b',"', b'",', b"\n"]))
def test_no_byte_is_lost_whatever_the_file_holds(data: bytes, piece: bytes) -> None:
    data = data.replace(b"a", piece).removeprefix(b"\xef\xbb\xbf")
    assert b"".join(line.data for line in records(data)) == data


def test_a_quote_that_never_closes_costs_its_own_line_alone() -> None:
    data = b'1,"open\n' + b"2,x\n" * (MAX_RECORD // 4 + 10)
    found = records(data)
    assert found[0].fault is not None
    assert "found no closing one" in found[0].fault
    assert [line.number for line in found[1:4]] == [2, 3, 4]
    assert len(found) == MAX_RECORD // 4 + 11


def test_a_quote_that_closes_in_the_midst_of_words_costs_its_own_line_alone() -> None:
    found = records(b'1,"open\n2,fine\n3,5" guns\n')
    assert [(line.number, line.fault is None) for line in found] == [(1, False), (2, True), (3, True)]


@pytest.mark.parametrize(
    ("line", "inside", "ending"),
    [
        (b'a,"b"\n', False, Ending.WHOLE),
        (b'a,"b""\n', False, Ending.OPEN),
        (b'"a""b",c', False, Ending.WHOLE),
        (b'a 5" b\n', False, Ending.WHOLE),
        (b'x","y\n', True, Ending.OPEN),
        (b'x",y\n', True, Ending.WHOLE),
        (b'"a"b,c\n', False, Ending.STRAY),
        (b'"",""\r\n', False, Ending.WHOLE),
    ],
)
def test_the_end_of_a_csv_line(line: bytes, inside: bool, ending: Ending) -> None:
    assert end_of(line, b",", inside=inside) is ending


def test_a_line_over_the_limit_comes_as_a_fault_with_its_beginning_and_its_length() -> None:
    found = list(read_lines(io.BytesIO(b"a\n" + b"x" * (2 * MAX_LINE + 5) + b"\nlast")))
    assert [(line.number, len(line.data)) for line in found] == [(1, 2), (2, 1000), (3, 4)]
    assert f"{2 * MAX_LINE + 6:,}" in (found[1].fault or "")
