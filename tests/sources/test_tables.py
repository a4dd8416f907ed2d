from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.errors import InvalidData, InvalidDescription, InvalidTaxonomy, WorkspaceError
from seston.sources.tables import optional_number, read_table, read_text, whole_number

from .shared import write


def numbers(path: Path, **options: str) -> list[tuple[int, int]]:
    return read_table(path, ["n"], lambda row: whole_number(row["n"], "n"), **options)  # type: ignore[arg-type]


def test_records_come_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("n,x\n1,a\n\n2,b\n")
    assert numbers(path) == [(2, 1), (4, 2)]


def test_every_broken_row_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("n,x\n1,a\n2\nthree,c\n4,d,e\n")
    with pytest.raises(InvalidTaxonomy) as caught:
        numbers(path)
    assert caught.value.problems == (
        "line 3: 1 fields where the header has 2",
        "line 4: n 'three' is no positive whole number",
        "line 5: 3 fields where the header has 2",
    )
    assert str(caught.value) == "t.csv: line 3: 1 fields where the header has 2 and 2 more"
    assert caught.value.hint


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", ["a", "b"], [])
    with pytest.raises(InvalidTaxonomy, match="no column n; there are a, b"):
        numbers(path)


def test_an_empty_file_has_no_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"")
    with pytest.raises(InvalidTaxonomy, match="there are none"):
        numbers(path)


def test_a_quote_that_never_closes_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('n,x\n1,"a\n2,b\n')
    with pytest.raises(InvalidTaxonomy, match="line 3"):
        numbers(path)


def test_the_error_is_the_one_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", ["a"], [])
    with pytest.raises(InvalidDescription):
        read_table(path, ["n"], lambda row: row, raises=InvalidDescription)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert numbers(write(tmp_path / "t.csv", ["n"], [{"n": "7"}], bom=True)) == [(2, 7)]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="No such file"):
        read_text(tmp_path / "none.csv")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"abc\xff")
    with pytest.raises(InvalidData, match="byte 3 is no UTF-8"):
        read_text(path)


@given(st.integers(min_value=1, max_value=10**9))
def test_a_spreadsheets_number_is_read_as_whole(number: int) -> None:
    assert whole_number(f" {number} ", "n") == whole_number(f"{number}.0", "n") == number


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "1e3", "x", "", "1.0.0", "²"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no positive whole number"):
        whole_number(text, "n")


def test_an_empty_field_is_no_number() -> None:
    assert optional_number("  ", "n") is None
