"""Curated tables: CSV that people read, edit and keep under version control; all faults told with their lines."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from seston.disk import write_text
from seston.errors import InvalidData

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
Row = dict[str, str]


def read_rows(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> list[tuple[int, Row]]:
    """Return the rows of a table with their lines; none when there is no file.

    Parameters
    ----------
    path
        A CSV file in UTF-8.
    columns, optional
        Those that it must have, and those that are empty where it lacks them.

    Raises
    ------
    InvalidData
        If the file cannot be read, or lacks a column.
    """
    if not path.exists():
        return []
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.DictReader(stream)
            found = [(reader.line_num, _whole(row, (*columns, *optional))) for row in reader]
            names = tuple(reader.fieldnames or ())
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidData(f"Cannot read {path}: {error}.", hint="It must be a CSV file in UTF-8.") from error
    missing = [name for name in columns if name not in names]
    if missing:
        raise InvalidData(
            f"{path} lacks the columns {', '.join(missing)}; it has {', '.join(names) or 'none'}.",
            hint=f"The first line must be: {','.join((*columns, *optional))}",
        )
    return found


def _whole(row: Mapping[str, str | None], columns: Sequence[str]) -> Row:
    return {name: (row.get(name) or "").strip() for name in columns}


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table at once or not at all; the same rows always give the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([columns, *rows])
    write_text(path, text.getvalue())


def told(path: Path, problems: Iterator[str]) -> None:
    """Raise what is wrong with a table, if anything is.

    Raises
    ------
    InvalidData
        With every problem and its line.
    """
    found = list(problems)
    if found:
        raise InvalidData(
            f"{path.name} has {len(found)} problem{'s' * (len(found) > 1)}: {found[0]}",
            hint="Correct the file by hand; nothing was changed.",
            problems=found,
        )
