"""Lines of text to lines of statements: streaming, in order, on several cores, from where it stopped."""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from pathlib import Path

from seston.concepts.extract.open import OpenReader
from seston.errors import InvalidData

_AHEAD = 4
_BATCH_LINES = 64
_BATCH_CHARACTERS = 20_000
Line = tuple[int, str]
Answer = tuple[int, str, str]


@cache
def _reader() -> OpenReader:
    from seston.concepts.scheme import load_scheme

    return OpenReader(load_scheme())


def extract_lines(lines: Iterable[str], workers: int = 1, done: Counter[str] | None = None) -> Iterator[Answer]:
    """Yield, in order, a line number with the JSON line of its statements, or with what is wrong with it.

    Parameters
    ----------
    lines
        JSON objects ``{id, taxon, text}``, one a line; blank lines are passed over.
    workers
        Processes; with one, each line is answered before the next is read.
    done
        Ids that are answered already, as `answered` gives them; their lines are passed over.
    """
    numbered: Iterator[Line] = ((n, line) for n, line in enumerate(lines, start=1) if line.strip())
    if done:
        numbered = _left(numbered, done)
    if workers <= 1:
        yield from map(extract_line, numbered)
        return
    _reader()  # what the workers fork from, so that none has to read the scheme again
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
    except (ValueError, RecursionError) as error:
        return number, "", f"line {number}: no JSON ({error})"
    if not isinstance(record, dict):
        return number, "", f"line {number}: got {type(record).__name__}, expected an object with id, taxon and text"
    text, taxon = record.get("text"), record.get("taxon") or ""
    if "id" not in record or not isinstance(text, str) or not isinstance(taxon, str):
        return number, "", f"line {number}: expected id, and taxon and text as strings"
    statements = [one.as_dict() for one in _reader().read(text, taxon)]
    return number, json.dumps({"id": record["id"], "statements": statements}, ensure_ascii=False), ""


def answered(path: Path) -> Counter[str]:
    """Return the ids that a file of answers holds, as JSON, and cut off a last line that was not finished.

    Parameters
    ----------
    path
        Lines of ``{id, statements}``; need not exist.

    Raises
    ------
    InvalidData
        If a whole line of the file has no id.
    """
    done: Counter[str] = Counter()
    if not path.exists():
        return done
    whole = 0
    with path.open("rb+") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.endswith(b"\n"):
                break
            done[_id_of(path, number, line)] += 1
            whole += len(line)
        stream.truncate(whole)
    return done


def _id_of(path: Path, number: int, line: bytes) -> str:
    try:
        return json.dumps(json.loads(line)["id"])
    except (ValueError, TypeError, KeyError):
        raise InvalidData(
            f"{path.name} is no file of answers: line {number} has no id.",
            hint="Give --out a new file, or one that seston extract has written.",
        ) from None


def _left(numbered: Iterable[Line], done: Counter[str]) -> Iterator[Line]:
    """Yield the lines that are not answered; those that are no JSON are left to say so."""
    left = Counter(done)
    for number, line in numbered:
        try:
            key = json.dumps(json.loads(line)["id"])
        except (ValueError, TypeError, KeyError, RecursionError):
            key = ""
        if left[key] > 0:
            left[key] -= 1
        else:
            yield number, line


def _extract_batch(batch: list[Line]) -> list[Answer]:
    return [extract_line(line) for line in batch]


def _batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield lines in batches of about as much text each."""
    batch: list[Line] = []
    characters = 0
    for line in lines:
        batch.append(line)
        characters += len(line[1])
        if len(batch) == _BATCH_LINES or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _in_order(
    lines: Iterator[Line], submit: Callable[[list[Line]], "Future[list[Answer]]"], ahead: int
) -> Iterator[Answer]:
    waiting: deque[Future[list[Answer]]] = deque()
    for batch in _batches(lines):
        waiting.append(submit(batch))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()
