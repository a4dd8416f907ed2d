"""Answers to a look at images: what a person saw of a node, apart from what texts say of it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from seston.concepts.curation.tables import DATE, read_rows, told, write_rows
from seston.concepts.scheme import Scheme
from seston.errors import InvalidData
from seston.records import Assertion, Evidence, Polarity

PAGE = "curated/assertions.csv"
SEEN = "seen on images"
ANSWERS: Mapping[str, Polarity] = {
    "present": Polarity.PRESENT,
    "absent": Polarity.ABSENT,
    "unknown": Polarity.VARIABLE,
}
LICENCE = "CC0-1.0"
# Whoever looks may err; a cited sentence is as sure.
SURE = 0.95
_COLUMNS = ("about", "concept", "answer", "by", "date", "images", "source")
_NEEDED = ("about", "concept", "answer")


@dataclass(frozen=True, slots=True)
class Answer:
    """What ``by`` saw on ``date`` (ISO 8601) of a concept at a node: "present", "absent" or "unknown".

    ``images`` are the ids of the images that were shown, joined by ";".
    """

    about: str
    concept: str
    answer: str
    by: str
    date: str
    images: str = ""
    source: str = SEEN


def read_answers(path: Path, by: str = "", date: str = "") -> tuple[Answer, ...]:
    """Return the answers of a table, in the order in which they were given; none when there is no file.

    Parameters
    ----------
    path
        ``curated/assertions.csv``, or another table with columns about, concept and answer; a row may answer for
        several concepts at once, joined by ";".
    by, date
        Who and when, where a row leaves it out.

    Raises
    ------
    InvalidData
        With the line and the reason of every row that cannot be used.
    """
    fill = {"by": by, "date": date, "source": SEEN}
    read = read_rows(path, _NEEDED, [name for name in _COLUMNS if name not in _NEEDED])
    rows = [(line, row | {name: row[name] or value for name, value in fill.items()}) for line, row in read]
    told(path, _problems(rows))
    named = ((row, concept.strip()) for _, row in rows for concept in row["concept"].split(";"))
    return tuple(Answer(**row | {"concept": concept}) for row, concept in named if concept)


def _problems(rows: Iterable[tuple[int, Mapping[str, str]]]) -> Iterator[str]:
    for line, row in rows:
        empty = [name for name in ("about", "concept", "by") if not row[name]]
        if empty:
            yield f"line {line}: {' and '.join(empty)} must not be empty"
        if row["answer"] not in ANSWERS:
            yield f"line {line}: answer '{row['answer']}', expected {', '.join(ANSWERS)}"
        if not DATE.fullmatch(row["date"]):
            yield f"line {line}: date '{row['date']}', expected YYYY-MM-DD"


def write_answers(path: Path, answers: Iterable[Answer]) -> None:
    """Write answers, in the order given."""
    write_rows(path, _COLUMNS, (astuple(answer) for answer in answers))


def seen_assertions(answers: Iterable[Answer], scheme: Scheme) -> tuple[Assertion, ...]:
    """Return what the answers assert: the last of each person counts.

    Parameters
    ----------
    answers
        In the order in which they were given.
    scheme
        A retired concept is read as its successor.

    Returns
    -------
    tuple of Assertion
        With method "seen on images"; who and when are the section and the revision of the evidence. "unknown" varies.

    Raises
    ------
    InvalidData
        With every concept that the scheme lacks.
    """
    current = (replace(a, concept=scheme.retired.get(a.concept) or a.concept) for a in answers)
    last = {(answer.about, answer.concept, answer.by): answer for answer in current}
    strange = sorted({answer.concept for answer in last.values()} - set(scheme.index))
    if strange:
        raise InvalidData(
            f"{PAGE} names {len(strange)} concepts that the scheme lacks: {', '.join(strange)}.",
            hint="Correct them by hand; 'seston concepts' lists what there is.",
            problems=[f"{concept}: did you mean {' or '.join(scheme.nearest(concept))}?" for concept in strange],
        )
    return tuple(_assertion(answer) for answer in last.values())


def _assertion(answer: Answer) -> Assertion:
    said = f"{answer.about} {answer.concept} {answer.answer}"
    evidence = Evidence(
        page=PAGE,
        revision=answer.date,
        section=answer.by,
        start=0,
        end=len(said),
        quote_sha256=hashlib.sha256(said.encode()).hexdigest(),
        licence=LICENCE,
        source=answer.images or answer.source,
        method=answer.source,
    )
    return Assertion(answer.about, answer.concept, ANSWERS[answer.answer], SURE, evidence)
