"""The WoRMS phytoplankton tree of Nordic Microalgae, tab separated.

Source: nordicmicroalgae/content, MIT.
"""

import re
from pathlib import Path

from seston.sources.tables import Row, optional_number, read_table, refuse_duplicates, whole_number
from seston.sources.worms.rows import WormsRow, plain_rank

SOURCE = "phytoplankton_worms.tsv"
_COLUMNS = (
    "scientific_name",
    "authority",
    "rank",
    "taxon_id",
    "parent_id",
    "status",
    "valid_aphia_id",
    "classification",
)
_STEP = re.compile(r"\[([^\]]+)\] (.+?)(?= - \[|$)")


def read_phytoplankton(path: Path) -> list[WormsRow]:
    """Read the phytoplankton tree.

    Parameters
    ----------
    path
        The TSV file.

    Returns
    -------
    list of WormsRow
        In the order of the table; ``lineage`` runs through every rank, subclasses and the like too.

    Raises
    ------
    InvalidTaxonomy
        A missing column, a broken row, an id that is no number or that stands twice: all of them.
    """
    rows = read_table(path, _COLUMNS, _parse, delimiter="\t")
    refuse_duplicates(path, [(line, str(row.id)) for line, row in rows])
    return [row for _, row in rows]


def _parse(row: Row) -> WormsRow:
    aphia_id = whole_number(row["taxon_id"], "taxon_id")
    return WormsRow(
        aphia_id,
        row["scientific_name"].strip(),
        plain_rank(row["rank"]),
        optional_number(row["parent_id"], "parent_id"),
        row["status"].strip(),
        row["authority"].strip(),
        optional_number(row["valid_aphia_id"], "valid_aphia_id") or aphia_id,
        tuple((plain_rank(rank), name) for rank, name in _STEP.findall(row["classification"])),
        row.get("valid_name", "").strip(),
    )
