"""EcoTaxa's import and export tables, read and written as streams without losing a character.

A table is tab separated; row 1 holds the headers, row 2 may hold the types ``[t]`` and ``[f]``. It is UTF-8 with or
without a byte order mark, or Latin-1. Every column is kept as text, in its order; what else its file looked like is its
`Dialect`.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any

from seston.errors import InvalidData

ENCODINGS = ("utf-8-sig", "utf-8", "latin-1")
TYPES = ("[t]", "[f]")
_QUOTING: dict[str, Any] = {"all": csv.QUOTE_ALL, "minimal": csv.QUOTE_MINIMAL}
_BLOCK, _SAMPLE = 2**22, 2**18


@dataclass(frozen=True)
class Dialect:
    """What a table's file looks like besides its values.

    Parameters
    ----------
    member
        Name of the file, relative to the archive or folder.
    header
        Headers as they are written.
    types
        The row of types, or nothing.
    encoding
        One of `ENCODINGS`.
    quoting
        "all" or "minimal".
    line_end
        What ends a line.
    """

    member: str
    header: tuple[str, ...]
    types: tuple[str, ...]
    encoding: str
    quoting: str
    line_end: str

    def column(self, name: str) -> int:
        """Return the position of a column by its name in small letters, or -1."""
        lowered = [header.lower().strip() for header in self.header]
        return lowered.index(name) if name in lowered else -1


def read_dialect(open_: Callable[[], IO[bytes]], member: str) -> Dialect:
    """Find out what a table's file looks like; the whole file is read once, in pieces.

    Parameters
    ----------
    open_
        Opens the file.
    member
        What to call it.

    Raises
    ------
    InvalidData
        It is empty, holds NUL bytes, or its header repeats a column: each with its line or name.
    """
    with open_() as stream:
        encoding = _encoding(stream, member)
    with open_() as stream:
        sample = stream.read(_SAMPLE).decode(encoding, errors="ignore")
    rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter="\t"))
    if not rows or not any(rows[0]):
        raise InvalidData(f"{member} is empty.", hint="Give a table with a row of headers.")
    header = tuple(rows[0])
    lowered = [name.lower().strip() for name in header]
    if repeated := sorted({name for name in lowered if lowered.count(name) > 1}):
        raise InvalidData(f"{member}: the header repeats {', '.join(repeated)}.", hint="Name each column once.")
    types = tuple(rows[1]) if len(rows) > 1 and rows[1] and all(cell.lower() in TYPES for cell in rows[1]) else ()
    line_end = "\r\n" if "\r\n" in sample.split("\n", 1)[0] + "\n" and "\r\n" in sample else "\n"
    return Dialect(member, header, types, encoding, _quoting(sample, rows, line_end), line_end)


def read_batches(open_: Callable[[], IO[bytes]], dialect: Dialect) -> Iterator[Any]:
    """Yield the rows of a table as Arrow record batches of text, one column a header.

    Raises
    ------
    InvalidData
        Rows have more or fewer fields than the header: all of them, each with its number.
    """
    import pyarrow as pa
    from pyarrow import csv as arrow

    ragged: list[str] = []

    def note(row: Any) -> str:
        ragged.append(f"row {row.number}: {row.actual_columns} fields where the header has {row.expected_columns}")
        return "skip"

    numbers = [str(i) for i in range(len(dialect.header))]
    options = arrow.ReadOptions(
        column_names=numbers, encoding=dialect.encoding.replace("-sig", ""), block_size=_BLOCK, use_threads=False
    )
    parse = arrow.ParseOptions(delimiter="\t", newlines_in_values=True, invalid_row_handler=note)
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
        raise InvalidData(f"{dialect.member}: {ragged[0]}.", hint="Mend the rows listed.", problems=ragged)


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
        writer = csv.writer(text, delimiter="\t", quoting=_QUOTING[dialect.quoting], lineterminator=dialect.line_end)
        writer.writerow(dialect.header)
        if dialect.types:
            writer.writerow(dialect.types)
        for batch in batches:
            writer.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))
            rows += len(batch)
    return rows


class _Text(io.TextIOWrapper):
    """A text layer that leaves the stream below it open."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        super().__init__(stream, encoding=encoding, newline="")

    def close(self) -> None:
        """Write what is left, and let go of the stream."""
        with suppress(ValueError):
            self.detach()


def _encoding(stream: IO[bytes], member: str) -> str:
    first, utf8, zeros, line = b"", True, [], 1
    decoder = codecs.getincrementaldecoder("utf-8")()
    while block := stream.read(_BLOCK):
        first = first or block[:3]
        if b"\0" in block:
            zeros.append(f"line {line + block[: block.index(0)].count(10)}: a NUL byte")
        line += block.count(b"\n")
        if utf8:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                utf8 = False
    if zeros:
        raise InvalidData(f"{member} holds NUL bytes.", hint="Save it as text again.", problems=zeros)
    if first == codecs.BOM_UTF8:
        return "utf-8-sig"
    return "utf-8" if utf8 else "latin-1"


def _quoting(sample: str, rows: Sequence[Sequence[str]], line_end: str) -> str:
    """Return the way of quoting that writes the beginning of a file as it is."""
    for name, quoting in _QUOTING.items():
        text = io.StringIO(newline="")
        csv.writer(text, delimiter="\t", quoting=quoting, lineterminator=line_end).writerows(rows[:20])
        if sample.startswith(text.getvalue().rstrip("\r\n")):
            return name
    return "minimal"
