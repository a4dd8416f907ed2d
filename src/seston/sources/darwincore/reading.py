"""The rows of a file of an archive, read as a stream into columns of text."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from seston.errors import InvalidData
from seston.sources.darwincore.archive import Archive
from seston.sources.darwincore.meta import Part
from seston.sources.darwincore.stream import Damaged, Feed, damage, sound_blocks

ID = "id"
_LONGEST_FIELD = 2**30
_BLOCK = 2**21  # one block of the stream, however long its last line


def gathered(archive: Archive, part: Part, terms: Sequence[str], reported: list[str]) -> Any:
    """Return the rows of a file as an Arrow table of strings: `ID`, then the wanted terms, empty where absent.

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
    import pyarrow as pa

    skipped: list[int] = []
    schema = pa.schema([(name, pa.string()) for name in (ID, *terms)])
    with archive.open(part.location) as raw:
        try:
            with Feed(sound_blocks(raw, _encoding(part), part.header_lines)) as feed:
                batches = _opened(feed, part, _width(archive, part), skipped)
                table = pa.Table.from_batches((_wanted(batch, part, terms) for batch in batches), schema)
        except (pa.ArrowInvalid, Damaged) as error:
            raise _damaged(archive, part, error) from error
    if skipped:
        reported += _uneven(archive, part)
    return table


def with_lines(archive: Archive, part: Part, found: Sequence[tuple[int, str]]) -> list[str]:
    """Return what was found at some rows, sorted, each with the name of the file and the line."""
    at = _lines(archive, part, [row for row, _ in found]) if found else {}
    return [f"{part.location} line {at[row]}: {text}" for row, text in sorted(found)]


def _lines(archive: Archive, part: Part, rows: Sequence[int]) -> dict[int, int]:
    """Return the line at which each of some rows begins (rows as `gathered` counts them, from 0; lines from 1)."""
    asked, width, row, found = set(rows), _width(archive, part), 0, {}
    for line, values in _slowly(archive, part):
        if len(values) == width:
            if row in asked:
                found[row] = line
            row += 1
    return found


def _opened(stream: Feed, part: Part, width: int, skipped: list[int]) -> Iterator[Any]:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    def skip(row: Any) -> str:
        skipped.append(row.actual_columns)
        return "skip"

    names = [str(n) for n in range(width)]
    used = [str(n) for n in sorted({part.id_column, *part.columns.values()}) if n < width]
    if stream.empty:
        return
    reader = arrow_csv.open_csv(
        stream,
        arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK),
        arrow_csv.ParseOptions(
            delimiter=part.delimiter,
            quote_char=part.quote or False,
            newlines_in_values=bool(part.quote),
            invalid_row_handler=skip,
        ),
        arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            include_columns=used,
            strings_can_be_null=False,
            check_utf8=False,  # the stream has checked it
        ),
    )
    yield from reader


def _encoding(part: Part) -> str:
    return "utf-8" if part.encoding == "utf-8-sig" else part.encoding


def _damaged(archive: Archive, part: Part, error: Exception) -> InvalidData:
    with archive.open(part.location) as raw:
        problems = [f"{part.location} {problem}" for problem in damage(raw, _encoding(part))]
    hint = "Download the archive again, or ask its publisher."
    message = f"{part.location} of {archive.path} is damaged."
    return InvalidData(message, hint=hint, problems=problems or [f"{part.location} {error}"])


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
        encoding = "utf-8-sig" if _encoding(part) == "utf-8" else part.encoding
        text = io.TextIOWrapper(raw, encoding, errors="replace", newline="")
        skip = 0 if header else part.header_lines
        for _ in range(skip):
            text.readline()
        quoting: Any = csv.QUOTE_MINIMAL if part.quote else csv.QUOTE_NONE
        csv.field_size_limit(_LONGEST_FIELD)
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
