from pathlib import Path

import pytest

from seston.errors import InvalidTaxonomy
from seston.sources.planktonzilla import LabelRow, read_label_table

from .shared import shared, write

COLUMNS = [
    "Dataset",
    "Raw_Labels",
    "Kingdom",
    "Phylum",
    "Class",
    "Order",
    "Family",
    "Genus",
    "Species",
    "proposed_label",
    "plankton",
    "living",
    "root_class",
    "qualifier",
    "wikidata_ID",
    "aphia_ID",
    "NCBI_ID",
    "BOLD_ID",
    "ecotaxa_ID",
]
BASSIA = {
    "Dataset": "zooscan",
    "Raw_Labels": "Bassia",
    "Kingdom": "animalia",
    "Genus": "bassia",
    "Species": "bassensis",
    "proposed_label": "bassia bassensis",
    "living": "True",
    "root_class": "living",
    "qualifier": "full_body",
    "wikidata_ID": "Q2282611",
    "aphia_ID": "135404.0",
    "NCBI_ID": "645412.0",
    "ecotaxa_ID": "344;7",
}


def test_a_row_with_the_numbers_of_a_spreadsheet(tmp_path: Path) -> None:
    (row,) = read_label_table(write(tmp_path / "t.csv", COLUMNS, [BASSIA]))
    assert row == LabelRow(
        "zooscan",
        "Bassia",
        (("kingdom", "animalia"), ("genus", "bassia"), ("species", "bassia bassensis")),
        "bassia bassensis",
        True,
        "living",
        "full_body",
        135404,
        "Q2282611",
        645412,
        None,
        (344, 7),
    )


def test_all_faults_are_listed(tmp_path: Path) -> None:
    rows = [{**BASSIA, "living": "yes"}, {**BASSIA, "aphia_ID": "135404.5"}, {**BASSIA, "ecotaxa_ID": "1;x"}]
    with pytest.raises(InvalidTaxonomy) as caught:
        read_label_table(write(tmp_path / "t.csv", COLUMNS, rows))
    assert caught.value.problems == (
        "line 2: living 'yes' is neither True nor False",
        "line 3: aphia_ID '135404.5' is no positive whole number",
        "line 4: ecotaxa_ID 'x' is no positive whole number",
    )


@pytest.mark.parametrize(
    ("name", "size", "with_taxon"),
    [("planktonset/labels.csv", 121, 110), ("labels/planktonzilla_labels.csv", 741, 666)],
)
def test_the_real_tables(name: str, size: int, with_taxon: int) -> None:
    rows = read_label_table(shared(name))
    assert (len(rows), sum(row.aphia_id is not None for row in rows)) == (size, with_taxon)
