"""The hand-made table that gives labels of image data sets their place in the taxonomy.

Source: Inria-Chile/planktonzilla, MIT. It is known to hold errors; what this project mends is in ``data/mends.csv``.
"""

from dataclasses import dataclass
from pathlib import Path

from seston.sources.tables import Row, optional_number, read_table

SOURCE = "planktonzilla_labels.csv"
_RANKS = ("Kingdom", "Phylum", "Class", "Order", "Family", "Genus", "Species")
_COLUMNS = (
    "Dataset",
    "Raw_Labels",
    *_RANKS,
    "proposed_label",
    "living",
    "root_class",
    "qualifier",
    "wikidata_ID",
    "aphia_ID",
    "NCBI_ID",
    "BOLD_ID",
    "ecotaxa_ID",
)


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label of an image data set, as the table has it.

    ``lineage`` holds (rank, name) in small letters from the kingdom down; for a species, genus and epithet are joined.
    ``ecotaxa`` are the ids of the column of that name, which are none of EcoTaxa's own.
    """

    dataset: str
    label: str
    lineage: tuple[tuple[str, str], ...]
    proposed: str
    living: bool
    root_class: str
    qualifier: str
    aphia_id: int | None
    wikidata: str
    ncbi: int | None
    bold: int | None
    ecotaxa: tuple[int, ...]


def read_label_table(path: Path) -> list[LabelRow]:
    """Read a label table, of one data set or of several.

    Parameters
    ----------
    path
        The CSV file.

    Returns
    -------
    list of LabelRow
        In the order of the table. Ids written as ``135336.0`` are read as 135336.

    Raises
    ------
    InvalidTaxonomy
        A missing column, a broken row, an id that is no number: all of them.
    """
    return [row for _, row in read_table(path, _COLUMNS, _parse)]


def _parse(row: Row) -> LabelRow:
    if row["living"] not in ("True", "False"):
        raise ValueError(f"living '{row['living']}' is neither True nor False")
    ecotaxa = (optional_number(part, "ecotaxa_ID") for part in row["ecotaxa_ID"].split(";"))
    return LabelRow(
        row["Dataset"],
        row["Raw_Labels"],
        _lineage(row),
        row["proposed_label"],
        row["living"] == "True",
        row["root_class"],
        row["qualifier"],
        optional_number(row["aphia_ID"], "aphia_ID"),
        row["wikidata_ID"].strip(),
        optional_number(row["NCBI_ID"], "NCBI_ID"),
        optional_number(row["BOLD_ID"], "BOLD_ID"),
        tuple(number for number in ecotaxa if number is not None),
    )


def _lineage(row: Row) -> tuple[tuple[str, str], ...]:
    names = {rank: row[rank].strip().lower() for rank in _RANKS}
    if names["Species"]:
        names["Species"] = f"{names['Genus']} {names['Species']}"
    return tuple((rank.lower(), name) for rank, name in names.items() if name)
