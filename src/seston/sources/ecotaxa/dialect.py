"""What a table of EcoTaxa looks like besides its values: encoding, quotes, line ends, row of types."""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from seston.errors import InvalidData

ENCODINGS = ("utf-8-sig", "utf-8", "latin-1")
TYPES = ("[t]", "[f]")
QUOTING: dict[str, Any] = {"all": csv.QUOTE_ALL, "minimal": csv.QUOTE_MINIMAL}
_BLOCK, _SAMPLE, _LONGEST_CELL = 2**22, 2**18, 2**31 - 1


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
    rows = list(cells(io.StringIO(sample, newline="")))
    if not rows or not any(rows[0]):
        raise InvalidData(f"{member} is empty.", hint="Give a table with a row of headers.")
    header = tuple(rows[0])
    lowered = [name.lower().strip() for name in header]
    if repeated := sorted({name for name in lowered if lowered.count(name) > 1}):
        raise InvalidData(f"{member}: the header repeats {', '.join(repeated)}.", hint="Name each column once.")
    types = tuple(rows[1]) if len(rows) > 1 and rows[1] and all(cell.lower() in TYPES for cell in rows[1]) else ()
    line_end = "\r\n" if "\r\n" in sample.split("\n", 1)[0] + "\n" and "\r\n" in sample else "\n"
    return Dialect(member, header, types, encoding, _quoting(sample, rows, line_end), line_end)


def cells(text: Iterable[str]) -> Any:
    """Return a reader of the cells of a table's rows, however long they are."""
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(text, delimiter="\t")


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
    for name, quoting in QUOTING.items():
        text = io.StringIO(newline="")
        csv.writer(text, delimiter="\t", quoting=quoting, lineterminator=line_end).writerows(rows[:20])
        if sample.startswith(text.getvalue().rstrip("\r\n")):
            return name
    return "minimal"
