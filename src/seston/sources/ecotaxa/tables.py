"""EcoTaxa's import and export tables, read and written as streams without losing a character.

A table is tab separated; row 1 holds the headers, row 2 may hold the types ``[t]`` and ``[f]``. It is UTF-8 with or
without a byte order mark, or Latin-1. Every column is kept as text, in its order; what else its file looked like is its
`Dialect`.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import IO, Any

from seston.errors import InvalidData
from seston.sources.ecotaxa.dialect import QUOTING, Dialect
from seston.sources.ecotaxa.lines import Fault, told

_BLOCK = 2**22


def read_batches(open_: Callable[[], IO[bytes]], dialect: Dialect) -> Iterator[Any]:
    """Yield the rows of a table as Arrow record batches of text, one column a header.

    Raises
    ------
    InvalidData
        Rows have more or fewer fields than the header: all of them, each with its line.
    """
    import pyarrow as pa
    from pyarrow import csv as arrow

    ragged: list[Fault] = []

    def note(row: Any) -> str:
        said = f"{row.actual_columns} fields where the header has {row.expected_columns}"
        ragged.append(Fault(row.number, said))
        return "skip"

    numbers = [str(i) for i in range(len(dialect.header))]
    options = arrow.ReadOptions(
        column_names=numbers, encoding=dialect.encoding.replace("-sig", ""), block_size=_BLOCK, use_threads=False
    )
    parse = arrow.ParseOptions(
        delimiter="\t", newlines_in_values=True, invalid_row_handler=note, ignore_empty_lines=len(numbers) > 1
    )
    convert = arrow.ConvertOptions(
        column_types=dict.fromkeys(numbers, pa.string()), strings_can_be_null=False, check_utf8=True
    )
    skip = 2 if dialect.types else 1
    with open_() as stream:
        if dialect.encoding == "utf-8-sig":
            stream.read(len(codecs.BOM_UTF8))
        try:
            for batch in arrow.open_csv(stream, options, parse, convert):
                rest = batch.slice(min(skip, len(batch)))
                skip -= len(batch) - len(rest)
                if len(rest):
                    yield rest.rename_columns(list(dialect.header))
        except pa.ArrowInvalid as error:
            raise InvalidData(f"{dialect.member} cannot be read: {error}.", hint="Check its quotes.") from error
    if ragged:
        lines = told(ragged, open_, dialect)
        raise InvalidData(f"{dialect.member}: {lines[0]}.", hint="Mend the lines listed.", problems=lines)


def write_table(stream: IO[bytes], dialect: Dialect, batches: Iterable[Any]) -> int:
    """Write a table as its dialect says; return the number of its rows.

    Parameters
    ----------
    stream
        Where.
    dialect
        What the file is to look like.
    batches
        Arrow record batches of text with the columns of the header.
    """
    rows = 0
    with _Text(stream, dialect.encoding) as text:
        writer = csv.writer(text, delimiter="\t", quoting=QUOTING[dialect.quoting], lineterminator=dialect.line_end)
        writer.writerow(dialect.header)
        if dialect.types:
            writer.writerow(dialect.types)
        for batch in batches:
            written = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            if batch.num_columns > 1:
                writer.writerows(written)
            else:
                _write_alone(writer, text, written, dialect)
            rows += len(batch)
    return rows


def _write_alone(writer: Any, text: IO[str], rows: Iterable[tuple[str]], dialect: Dialect) -> None:
    """Write the rows of a table of one column; its blank lines are cells, which csv would write as two quotes."""
    for row in rows:
        if row == ("",) and dialect.quoting == "minimal":
            text.write(dialect.line_end)
        else:
            writer.writerow(row)


class _Text(io.TextIOWrapper):
    """A text layer that leaves the stream below it open."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        super().__init__(stream, encoding=encoding, newline="")

    def close(self) -> None:
        """Write what is left, and let go of the stream."""
        with suppress(ValueError):
            self.detach()
