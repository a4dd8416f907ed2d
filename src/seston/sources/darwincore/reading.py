"""The rows of a file of an archive, as a stream of Arrow batches."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import IO, Any

from seston.errors import InvalidData
from seston.sources.darwincore.archive import Archive
from seston.sources.darwincore.meta import Part

ID = "id"
_BLOCK = 2**22


class Checked(io.RawIOBase):
    """Bytes of a file as UTF-8; lines with NUL bytes or of another encoding go to ``problems``."""

    def __init__(self, raw: IO[bytes], encoding: str) -> None:
        self._raw, self._encoding = raw, "utf-8" if encoding == "utf-8-sig" else encoding
        self._tail, self._ready, self._line, self._first = b"", memoryview(b""), 1, True
        self.problems: list[str] = []

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer`; 0 at the end."""
        while not self._ready:
            block = self._next_block()
            if not block:
                return 0
            self._ready = memoryview(self._checked(block))
        n = min(len(buffer), len(self._ready))
        buffer[:n], self._ready = self._ready[:n], self._ready[n:]
        return n

    def _next_block(self) -> bytes:
        while chunk := self._raw.read(_BLOCK):
            if self._first:
                chunk, self._first = chunk.removeprefix(b"\xef\xbb\xbf"), False
            head, newline, tail = chunk.rpartition(b"\n")
            if newline:
                block, self._tail = self._tail + head + newline, tail
                return block
            self._tail += chunk
        block, self._tail = self._tail, b""
        return block

    def _checked(self, block: bytes) -> bytes:
        start, self._line = self._line, self._line + block.count(b"\n")
        if b"\0" in block:
            lines = enumerate(block.split(b"\n"), start)
            self.problems += [f"line {n}: NUL byte" for n, line in lines if b"\0" in line]
        try:
            text = block.decode(self._encoding)
        except UnicodeDecodeError:
            self.problems += self._undecodable(block, start)
            text = block.decode(self._encoding, errors="replace")
        return block if self._encoding == "utf-8" and not self.problems else text.encode()

    def _undecodable(self, block: bytes, start: int) -> Iterator[str]:
        for n, line in enumerate(block.split(b"\n"), start):
            try:
                line.decode(self._encoding)
            except UnicodeDecodeError as error:
                yield f"line {n}: not {self._encoding} (byte {line[error.start]:#04x} at {error.start})"


def batches(archive: Archive, part: Part, terms: Sequence[str], reported: list[str]) -> Iterator[Any]:
    """Yield the rows of a file as Arrow record batches of strings: `ID`, then the wanted terms, empty where absent.

    Parameters
    ----------
    archive, part
        The archive, and which of its files.
    terms
        Last words of the wanted terms, such as "scientificName".
    reported
        Rows with too many or too few fields are left out and added here, each with its line.

    Raises
    ------
    InvalidData
        NUL bytes, or bytes that are not of the file's encoding: every line in ``problems``.
    """
    from pyarrow import ArrowInvalid

    skipped: list[int] = []
    with archive.open(part.location) as raw:
        checked = Checked(raw, part.encoding)
        try:
            for batch in _opened(checked, part, _width(archive, part), skipped):
                if not checked.problems:
                    yield _wanted(batch, part, terms)
        except ArrowInvalid as error:
            checked.problems.append(str(error))
    if checked.problems:
        problems = [f"{part.location} {problem}" for problem in checked.problems]
        hint = "Download the archive again, or ask its publisher."
        raise InvalidData(f"{part.location} of {archive.path} is damaged.", hint=hint, problems=problems)
    if skipped:
        reported += _uneven(archive, part)


def lines(archive: Archive, part: Part, rows: Sequence[int]) -> dict[int, int]:
    """Return the line at which each of some rows begins (rows as `batches` counts them, from 0; lines from 1)."""
    asked, width, row, found = set(rows), _width(archive, part), 0, {}
    for line, values in _slowly(archive, part):
        if len(values) == width:
            if row in asked:
                found[row] = line
            row += 1
    return found


def _opened(stream: Checked, part: Part, width: int, skipped: list[int]) -> Iterator[Any]:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    def skip(row: Any) -> str:
        skipped.append(row.actual_columns)
        return "skip"

    names = [str(n) for n in range(width)]
    used = [str(n) for n in sorted({part.id_column, *part.columns.values()}) if n < width]
    buffered = io.BufferedReader(stream, _BLOCK)
    for _ in range(part.header_lines):
        buffered.readline()
    if not buffered.peek(1):
        return
    reader = arrow_csv.open_csv(
        buffered,
        arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK),
        arrow_csv.ParseOptions(
            delimiter=part.delimiter,
            quote_char=part.quote or False,
            newlines_in_values=bool(part.quote),
            invalid_row_handler=skip,
        ),
        arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), include_columns=used, strings_can_be_null=False
        ),
    )
    yield from reader


def _width(archive: Archive, part: Part) -> int:
    """Return how many fields a row has: as the first line has, and never less than meta.xml names."""
    named = 1 + max(part.id_column, *part.columns.values(), 0)
    first = next((len(values) for _, values in _slowly(archive, part, header=True)), 0)
    return max(named, first)


def _wanted(batch: Any, part: Part, terms: Sequence[str]) -> Any:
    import pyarrow as pa

    columns = [batch[str(part.id_column)], *(_term(batch, part, term) for term in terms)]
    return pa.record_batch(columns, names=[ID, *terms])


def _term(batch: Any, part: Part, term: str) -> Any:
    import pyarrow as pa
    from pyarrow import compute

    default = part.defaults.get(term, "")
    if term not in part.columns:
        return pa.repeat(default, len(batch))
    values = batch[str(part.columns[term])]
    return compute.if_else(compute.equal(values, ""), default, values) if default else values


def _slowly(archive: Archive, part: Part, header: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Yield line and values of each row, row by row: to say where a problem lies."""
    with archive.open(part.location) as raw:
        buffered = io.BufferedReader(Checked(raw, part.encoding), _BLOCK)
        text = io.TextIOWrapper(buffered, "utf-8", errors="replace", newline="")
        skip = 0 if header else part.header_lines
        for _ in range(skip):
            text.readline()
        quoting: Any = csv.QUOTE_MINIMAL if part.quote else csv.QUOTE_NONE
        reader = csv.reader(text, delimiter=part.delimiter, quotechar=part.quote or None, quoting=quoting)
        begins = skip + 1
        for values in reader:
            if values:
                yield begins, values
            begins = skip + reader.line_num + 1


def _uneven(archive: Archive, part: Part) -> Iterator[str]:
    width = _width(archive, part)
    for line, values in _slowly(archive, part):
        if len(values) != width:
            yield f"{part.location} line {line}: {len(values)} fields, expected {width}; left out"
