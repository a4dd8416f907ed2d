"""Answers as CSV and JSON."""

import csv
import io
import json

from seston.graph.queries import Table


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
