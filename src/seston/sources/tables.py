"""Delimited tables, read with every fault of every row reported at once."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from seston.errors import InvalidData, InvalidTaxonomy, WorkspaceError

Record = TypeVar("Record")
Row = dict[str, str]

_LONGEST_FIELD = 131_072


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, without a byte order mark and with its line ends as they are.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        Its text.

    Raises
    ------
    WorkspaceError
        When the file cannot be read.
    InvalidData
        When it is no UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise WorkspaceError(f"{path}: {error.strerror}", hint="Give a file that exists and can be read.") from error
    except UnicodeDecodeError as error:
        message = f"{path}: byte {error.start} is no UTF-8"
        raise InvalidData(message, hint="Save the file as UTF-8.", problems=(message,)) from error


def read_table(
    path: Path,
    columns: Sequence[str],
    parse: Callable[[Row], Record | None],
    *,
    delimiter: str = ",",
    raises: type[InvalidData] = InvalidTaxonomy,
) -> list[tuple[int, Record]]:
    """Read a table with a header into records.

    Parameters
    ----------
    path
        A UTF-8 file, with or without a byte order mark.
    columns
        Columns that must be there; others are passed on as they are.
    parse
        Makes a record of a row, or None to leave the row out; raises ValueError, saying why, when it cannot.
    delimiter
        What separates the fields.
    raises
        The error for what is wrong with the table.

    Returns
    -------
    list of (int, record)
        Each record with the number of the line on which its row ends, the header being line 1.

    Raises
    ------
    InvalidTaxonomy
        Or the error given: a column is missing, a row has too many or too few fields, or `parse` refuses it. All such
        rows are listed.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(read_text(path).splitlines(keepends=True), delimiter=delimiter, strict=True)
    records: list[tuple[int, Record]] = []
    problems: list[str] = []
    header = next(reader, [])
    if absent := [column for column in columns if column not in header]:
        problems.append(f"line 1: no column {', '.join(absent)}; there are {', '.join(header) or 'none'}")
        raise _refusal(path, problems, raises)
    for line, fields in _rows(reader, problems):
        if len(fields) != len(header):
            problems.append(f"line {line}: {len(fields)} fields where the header has {len(header)}")
            continue
        try:
            record = parse(dict(zip(header, fields, strict=True)))
        except ValueError as error:
            problems.append(f"line {line}: {error}")
            continue
        if record is not None:
            records.append((line, record))
    if problems:
        raise _refusal(path, problems, raises)
    return records


def whole_number(text: str, what: str) -> int:
    """Return the number that a field holds.

    ``135336.0``, which spreadsheets make of an integer column with gaps, counts as 135336.

    Raises
    ------
    ValueError
        When the field holds no positive integer.
    """
    digits = text.strip().removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and int(digits) > 0):
        raise ValueError(f"{what} '{text}' is no positive whole number")
    return int(digits)


def optional_number(text: str, what: str) -> int | None:
    """Return the number that a field holds, or None when the field is empty."""
    return whole_number(text, what) if text.strip() else None


def refuse_duplicates(path: Path, found: Sequence[tuple[int, str]]) -> None:
    """Raise InvalidTaxonomy when an id stands on more than one line; ``found`` pairs lines with ids."""
    lines: dict[str, list[int]] = {}
    for line, key in found:
        lines.setdefault(key, []).append(line)
    problems = [f"{key}: lines {', '.join(map(str, at))}" for key, at in sorted(lines.items()) if len(at) > 1]
    if problems:
        raise _refusal(path, [f"duplicate id {problem}" for problem in problems], InvalidTaxonomy)


def _rows(reader: Iterator[list[str]], problems: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank; a quote that never closes ends the table and is a problem."""
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(f"line {reader.line_num}: {error}")  # type: ignore[attr-defined]
            return
        if fields:
            yield reader.line_num, fields  # type: ignore[attr-defined]


def _refusal(path: Path, problems: Sequence[str], raises: type[InvalidData]) -> InvalidData:
    """Return the error that lists all problems of a table."""
    more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
    return raises(f"{path.name}: {problems[0]}{more}", hint="Mend the lines listed.", problems=problems)
