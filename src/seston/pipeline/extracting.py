"""Lines of text to lines of statements: streaming, in order, on several cores."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache

from seston.concepts.extract.open import OpenReader

_AHEAD = 4
_BATCH = 8
Line = tuple[int, str]
Answer = tuple[int, str, str]


@cache
def _reader() -> OpenReader:
    from seston.concepts.scheme import load_scheme

    return OpenReader(load_scheme())


def extract_lines(lines: Iterable[str], workers: int = 1) -> Iterator[Answer]:
    """Yield, in order, a line number with the JSON line of its statements, or with what is wrong with it.

    Parameters
    ----------
    lines
        JSON objects ``{id, taxon, text}``, one a line; blank lines are passed over.
    workers
        Processes; with one, each line is answered before the next is read.
    """
    numbered = ((n, line) for n, line in enumerate(lines, start=1) if line.strip())
    if workers <= 1:
        yield from map(extract_line, numbered)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from _in_order(numbered, lambda batch: pool.submit(_extract_batch, batch), workers * _AHEAD)


def extract_line(numbered: Line) -> Answer:
    """Answer one line.

    Examples
    --------
    >>> extract_line((3, "[1]"))
    (3, '', 'line 3: got list, expected an object with id, taxon and text')
    """
    number, line = numbered
    try:
        record = json.loads(line)
    except ValueError as error:
        return number, "", f"line {number}: no JSON ({error})"
    if not isinstance(record, dict):
        return number, "", f"line {number}: got {type(record).__name__}, expected an object with id, taxon and text"
    text, taxon = record.get("text"), record.get("taxon") or ""
    if "id" not in record or not isinstance(text, str) or not isinstance(taxon, str):
        return number, "", f"line {number}: expected id, and taxon and text as strings"
    statements = [one.as_dict() for one in _reader().read(text, taxon)]
    return number, json.dumps({"id": record["id"], "statements": statements}, ensure_ascii=False), ""


def _extract_batch(batch: list[Line]) -> list[Answer]:
    return [extract_line(line) for line in batch]


def _in_order(
    lines: Iterator[Line], submit: Callable[[list[Line]], "Future[list[Answer]]"], ahead: int
) -> Iterator[Answer]:
    waiting: deque[Future[list[Answer]]] = deque()
    batch: list[Line] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _BATCH:
            waiting.append(submit(batch))
            batch = []
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    if batch:
        waiting.append(submit(batch))
    while waiting:
        yield from waiting.popleft().result()
