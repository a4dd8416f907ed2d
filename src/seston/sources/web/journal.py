"""The journal of a harvest: what was fetched, each record once, in the order in which it came.

``harvest/<source>.jsonl`` is only ever appended to. A line is either a record ::

    {"record": "worms:1080", "sha256": "…", "source": "worms", "time": "2026-01-31T12:00:00Z", "value": {…}}

or the answer to a request, which names its records ::

    {"answer": "AphiaChildrenByAphiaID/1080?offset=1", "records": ["worms:1100"], "sha256": "…", "source": …, "time": …}

An answer is written after its records, so that a request counts as answered only when all of it is there. A record is
written again only when its value has changed; the last one holds.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from io import BufferedRandom
from pathlib import Path
from typing import Any, Self

from seston.disk import writing_errors
from seston.errors import WorkspaceError

FOLDER = "harvest"


def journal_path(workspace: Path, source: str) -> Path:
    """Return where the journal of a source lies.

    >>> journal_path(Path("work"), "worms").as_posix()
    'work/harvest/worms.jsonl'
    """
    return workspace / FOLDER / f"{source}.jsonl"


class Journal:
    """What was fetched from one source; use it as a context, so that nobody else writes to it meanwhile.

    Parameters
    ----------
    path
        The file; it is made when first written to.
    source
        The source that every line names.
    now
        Gives the time of a line.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Journal(Path(folder) / "a.jsonl", "a") as journal:
    ...     journal.keep("first page", {"1": {"name": "Acartia"}})
    ...     journal.answer("first page"), journal.answer("second page")
    ({'1': {'name': 'Acartia'}}, None)
    """

    def __init__(self, path: Path, source: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.path, self.source = path, source
        self._now = now
        self._digests: dict[str, str] = {}
        self._values: dict[str, Any] = {}
        self._answers: dict[str, tuple[str, ...]] = {}
        self._times: dict[str, str] = {}
        self._file: BufferedRandom | None = None

    def read(self) -> Self:
        """Take in what the file holds, without writing to it or keeping others out."""
        if self.path.exists():
            with writing_errors(self.path), self.path.open("rb") as file:
                self._read(file)
        return self

    def __enter__(self) -> Self:
        with writing_errors(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("a+b")
        try:
            _lock(self._file, self.path)
            self._file.seek(0)
            self._file.truncate(self._read(self._file))  # the torn last line of a killed run
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            with writing_errors(self.path):
                self._file.close()
            self._file = None

    def __len__(self) -> int:
        return len(self._answers)

    def __contains__(self, request: str) -> bool:
        return request in self._answers

    @property
    def records(self) -> Mapping[str, Any]:
        """The last value of each record, in the order in which they first came."""
        return self._values

    def requests(self) -> Iterator[str]:
        """Yield the requests that were answered."""
        yield from self._answers

    def answer(self, request: str) -> dict[str, Any] | None:
        """Return the records that answered a request, empty when there were none, or None when it was not answered."""
        keys = self._answers.get(request)
        return None if keys is None else {key: self._values[key] for key in keys}

    def time_of(self, request: str) -> str:
        """Return when a request was answered, as ISO 8601; nothing when it was not."""
        return self._times.get(request, "")

    def answered(self, request: str, ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the records that answer a request: those that stand here, or what ``ask`` gives, written down."""
        known = self.answer(request)
        if known is not None:
            return known
        answer = ask()
        self.keep(request, answer)
        return answer

    def keep(self, request: str, records: Mapping[str, Any]) -> None:
        """Append the answer to a request.

        Parameters
        ----------
        request
            What was asked, in a form that stays the same.
        records
            Values by a key that stays the same, such as ``worms:1080``; empty when the source has none.

        Raises
        ------
        WorkspaceError
            The disk is full or read-only.
        """
        self.keep_all({request: records})

    def keep_all(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        """Append several answers at once, such as those of one batch: all of them or, when killed, none of the last.

        Parameters
        ----------
        answers
            Records by request, each as for `keep`.
        """
        if self._file is None:
            raise RuntimeError("a journal is written to inside its context")
        lines = "".join(line for request, records in answers.items() for line in self._take_in(request, records))
        with writing_errors(self.path):
            self._file.write(lines.encode())
            self._file.flush()

    def drop(self, request: str) -> None:
        """Take an answer for not given: it did not fit the others. This is not written down; a later one holds."""
        self._answers.pop(request, None)

    def _take_in(self, request: str, records: Mapping[str, Any]) -> Iterator[str]:
        digests = {key: _digest(value) for key, value in records.items()}
        for key, digest in digests.items():
            if self._digests.get(key) != digest:
                self._digests[key], self._values[key] = digest, records[key]
                yield self._line(record=key, sha256=digest, value=records[key])
        self._answers[request] = tuple(records)
        whole = hashlib.sha256("".join(digests.values()).encode()).hexdigest()
        self._times[request] = self._moment()
        yield self._line(answer=request, records=list(records), sha256=whole)

    def _line(self, **entry: Any) -> str:
        whole = {**entry, "source": self.source, "time": self._moment()}
        return json.dumps(whole, ensure_ascii=False, sort_keys=True) + "\n"

    def _moment(self) -> str:
        return self._now().isoformat(timespec="seconds").replace("+00:00", "Z")

    def _read(self, file: Any) -> int:
        """Take in all whole lines; return where they end."""
        end = 0
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                break
            try:
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise WorkspaceError(
                    f"{self.path} is damaged at line {number}: {error}.",
                    hint="Remove that line and the ones below, or the file; the rest is harvested again.",
                ) from error
            end += len(line)
        return end

    def _take(self, entry: Mapping[str, Any]) -> None:
        if "answer" in entry:
            missing = [key for key in entry["records"] if key not in self._values]
            if missing:
                raise ValueError(f"the answer names {missing[0]}, which is not above it")
            self._answers[entry["answer"]] = tuple(entry["records"])
            self._times[entry["answer"]] = entry.get("time", "")
            return
        if _digest(entry["value"]) != entry["sha256"]:
            raise ValueError(f"the record {entry['record']} does not have its SHA-256")
        self._digests[entry["record"]], self._values[entry["record"]] = entry["sha256"], entry["value"]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _lock(file: BufferedRandom, path: Path) -> None:
    """Keep a second harvest of the same source in the same workspace out; the system lets go when a process ends."""
    if os.name != "posix":
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise WorkspaceError(
            f"Another harvest is writing to {path}.", hint="Wait for it, or choose another workspace with -w."
        ) from error
