"""Decisions on candidates: accepted as a concept, merged into one, or rejected; with who and when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from seston.concepts.curation.tables import DATE, read_rows, told, write_rows

KINDS = ("accept", "merge", "reject")
_COLUMNS = ("phrase", "decision", "concept", "by", "date")
_OPTIONAL = ("definition", "reason")


@dataclass(frozen=True, slots=True)
class Decision:
    """What ``by`` decided of a phrase on ``date`` (ISO 8601).

    ``concept`` is the new concept of an accepted phrase, with ``definition``, or the one that a phrase is merged into.
    """

    phrase: str
    decision: str
    concept: str
    by: str
    date: str
    definition: str = ""
    reason: str = ""


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a workspace; of several on one phrase, the last.

    Parameters
    ----------
    path
        ``curated/decisions.csv``; none when there is no such file.

    Raises
    ------
    InvalidData
        With the line and the reason of every row that cannot be used.
    """
    rows = read_rows(path, _COLUMNS, _OPTIONAL)
    told(path, _problems(rows))
    last = {row["phrase"].lower(): Decision(**row) for _, row in rows}
    return tuple(last.values())


def _problems(rows: Iterable[tuple[int, Mapping[str, str]]]) -> Iterator[str]:
    for line, row in rows:
        if not row["phrase"] or not row["by"]:
            yield f"line {line}: phrase and by must not be empty"
        if row["decision"] not in KINDS:
            yield f"line {line}: decision '{row['decision']}', expected {', '.join(KINDS)}"
        elif row["decision"] != "reject" and row["concept"].count("/") != 1:
            yield f"line {line}: concept '{row['concept']}', expected part/value"
        if row["decision"] == "accept" and not row["definition"]:
            yield f"line {line}: an accepted phrase needs a definition"
        if not DATE.fullmatch(row["date"]):
            yield f"line {line}: date '{row['date']}', expected YYYY-MM-DD"


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write decisions, in the order given."""
    write_rows(path, (*_COLUMNS, *_OPTIONAL), (astuple(decision) for decision in decisions))
