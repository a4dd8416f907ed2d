"""Rows of a table, and the lines of its file on which they begin: a quoted line end or a blank line sets them apart."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO

from seston.sources.ecotaxa.dialect import Dialect, cells

_MOST = 1000


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in a row; rows count from 1, with those of headers and types, without blank lines."""

    row: int
    said: str


def told(faults: Iterable[Fault], open_: Callable[[], IO[bytes]], dialect: Dialect) -> list[str]:
    """Return faults, a thousand at most, in order of their rows, each with the line of the file on which it stands.

    Parameters
    ----------
    faults
        Of one table.
    open_
        Opens its file, which is read again when there are faults.
    dialect
        What the file looks like.
    """
    some = sorted(islice(faults, _MOST))
    if not some:
        return []
    rows = {fault.row for fault in some}
    lines = dict(islice(((row, line) for row, line in first_lines(open_, dialect) if row in rows), len(rows)))
    return [f"line {lines.get(fault.row, '?')}: {fault.said}" for fault in some]


def first_lines(open_: Callable[[], IO[bytes]], dialect: Dialect) -> Iterator[tuple[int, int]]:
    r"""Yield each row of a table with the line on which it begins, both counted from 1.

    Examples
    --------
    >>> table = b'a\tb\n1\t"x\ny"\n\n2\tz\n'
    >>> dialect = Dialect("t.tsv", ("a", "b"), (), "utf-8", "minimal", "\n")
    >>> list(first_lines(lambda: io.BytesIO(table), dialect))
    [(1, 1), (2, 2), (3, 5)]
    """
    with open_() as stream, io.TextIOWrapper(stream, encoding=dialect.encoding, newline="") as text:
        reader = cells(text)
        row, begin = 0, 1
        for found in reader:
            if found or len(dialect.header) == 1:
                row += 1
                yield row, begin
            begin = reader.line_num + 1
