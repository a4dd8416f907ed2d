"""The labels of a table, each linked to a taxon of the workspace."""

import csv
from functools import cache
from pathlib import Path

from seston.errors import InvalidData
from seston.graph.columnar.core import Core
from seston.graph.linking import Link, Linker
from seston.pipeline.knowledge import CORE, KNOWLEDGE
from seston.pipeline.stages import Progress, bring_up_to_date
from seston.pipeline.taxonomies import lineages
from seston.sources.tables import read_text
from seston.workspace import Workspace


def link_column(workspace: Workspace, path: Path, column: str, progress: Progress) -> list[Link]:
    """Link every row of a column, in the order of the rows, against every taxon of the workspace.

    Raises
    ------
    InvalidData
        The table has no such column.
    """
    labels = read_column(path, column)
    bring_up_to_date(workspace, KNOWLEDGE[:1], progress)
    link = cache(Linker(Core.load(workspace.path(CORE)), lineages(workspace)).link)
    links = []
    for done, label in enumerate(labels, start=1):
        links.append(link(label))
        progress.done(done, len(labels))
    return links


def read_column(path: Path, column: str) -> list[str]:
    """Return a column of a CSV or tab-separated table.

    Raises
    ------
    InvalidData
        The table has no such column.
    """
    lines = read_text(path).splitlines(keepends=True)
    delimiter = "\t" if lines and "\t" in lines[0] else ","
    reader = csv.DictReader(lines, delimiter=delimiter)
    if column not in (reader.fieldnames or ()):
        columns = ", ".join(reader.fieldnames or ()) or "none"
        raise InvalidData(f"{path.name} has no column '{column}'.", hint=f"Its columns are: {columns}.")
    return [row[column] or "" for row in reader]
