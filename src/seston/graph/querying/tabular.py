"""Answers as tables, and tables as CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from seston.graph.vocabulary import compact

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Table:
    """An answer: named columns, rows of texts, numbers, truth values and gaps. IRIs are written as CURIEs."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table_of(answer: QueryBoolean | QuerySolutions | QueryTriples) -> Table:
    """Return an answer as a table: ASK gives one cell, CONSTRUCT and DESCRIBE give subject, predicate and object."""
    if isinstance(answer, QueryBoolean):
        return Table(("answer",), ((bool(answer),),))
    if isinstance(answer, QuerySolutions):
        names = tuple(variable.value for variable in answer.variables)
        return Table(names, tuple(tuple(cell(value) for value in row) for row in answer))
    return table_of_triples(answer)


def table_of_triples(triples: Iterable[Triple]) -> Table:
    """Return triples as a sorted table of subject, predicate and object."""
    rows = sorted((str(cell(t.subject)), str(cell(t.predicate)), str(cell(t.object))) for t in triples)
    return Table(("subject", "predicate", "object"), tuple(rows))


def cell(value: NamedNode | BlankNode | Literal | Triple | None) -> Cell:
    """Return a term as a cell of a table."""
    if isinstance(value, NamedNode):
        return compact(value.value)
    if isinstance(value, Literal):
        kind = value.datatype.value.rpartition("#")[2]
        if kind == "boolean":
            return value.value in {"true", "1"}
        if kind in {"integer", "int", "long"}:
            return int(value.value)
        return float(value.value) if kind in {"double", "decimal", "float"} else value.value
    return None if value is None else str(value)


def to_csv(table: Table) -> str:
    """Return a table as CSV with a header; gaps are empty, truth values are "true" and "false"."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([str(v).lower() if isinstance(v, bool) else v for v in row] for row in table.rows)
    return stream.getvalue()


def to_json(table: Table) -> str:
    """Return a table as a JSON list with one object a row; gaps are null."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
