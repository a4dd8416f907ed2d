"""The WoRMS zooplankton table of a trait database, Darwin-Core-like CSV.

Source: Pelagic-Ecosystems/Zooplankton_trait_database, CC BY-SA 4.0.
"""

from pathlib import Path

from seston.sources.tables import Row, optional_number, read_table, refuse_duplicates, whole_number
from seston.sources.worms.rows import WormsRow, plain_rank

SOURCE = "zooplankton_worms.csv"
_LINEAGE = ("kingdom", "phylum", "class", "order", "family", "genus", "species")
_COLUMNS = (
    "scientificName",
    "acceptedNameUsageID",
    "aphiaID",
    "valid_authority",
    "taxonRank",
    "parentNameUsageID",
    *_LINEAGE,
)


def read_zooplankton(path: Path) -> list[WormsRow]:
    """Read the zooplankton table.

    A name stands in the table once for each spelling in which a data set gave it; these rows say the same about the
    taxon and are returned once, the first. Rows without an AphiaID are left out.

    Parameters
    ----------
    path
        The CSV file.

    Returns
    -------
    list of WormsRow
        In the order of the table, one for each AphiaID.

    Raises
    ------
    InvalidTaxonomy
        A missing column, a broken row, an id that is no number, or one with two parents or two accepted names: all.
    """
    first: dict[int, WormsRow] = {}
    places: dict[tuple[int, int | None, int], int] = {}
    for line, row in read_table(path, _COLUMNS, _parse):
        first.setdefault(row.id, row)
        places.setdefault((row.id, row.parent, row.accepted), line)
    # The table lists a taxon once for each of its spellings; they must agree on where it stands.
    refuse_duplicates(path, [(line, str(aphia_id)) for (aphia_id, _, _), line in places.items()])
    return list(first.values())


def _parse(row: Row) -> WormsRow | None:
    if not row["aphiaID"].strip():
        return None
    aphia_id = whole_number(row["aphiaID"], "aphiaID")
    accepted = optional_number(row["acceptedNameUsageID"].rpartition(":")[2], "acceptedNameUsageID") or aphia_id
    return WormsRow(
        aphia_id,
        row["scientificName"].strip(),
        plain_rank(row["taxonRank"]),
        optional_number(row["parentNameUsageID"], "parentNameUsageID"),
        "accepted" if accepted == aphia_id else "unaccepted",
        row["valid_authority"].strip(),
        accepted,
        tuple((rank, row[rank].strip()) for rank in _LINEAGE if row[rank].strip()),
    )
