from pathlib import Path

import pytest

from seston.errors import InvalidTaxonomy
from seston.sources.worms.rows import WormsRow
from seston.sources.worms.zooplankton import read_zooplankton

from ..shared import shared, write

COLUMNS = [
    "scientificName",
    "acceptedNameUsageID",
    "aphiaID",
    "valid_authority",
    "taxonRank",
    "parentNameUsageID",
    "kingdom",
    "phylum",
    "class",
    "order",
    "family",
    "genus",
    "species",
]
COPEPODA = {
    "scientificName": "Copepoda",
    "acceptedNameUsageID": "urn:lsid:marinespecies.org:taxname:1080",
    "aphiaID": "1080",
    "valid_authority": "Milne Edwards, 1840",
    "taxonRank": "Class",
    "parentNameUsageID": "845959",
    "kingdom": "Animalia",
    "class": "Copepoda",
}


def test_a_row(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", COLUMNS, [COPEPODA], bom=True)
    lineage = (("kingdom", "Animalia"), ("class", "Copepoda"))
    row = WormsRow(1080, "Copepoda", "class", 845959, "accepted", "Milne Edwards, 1840", 1080, lineage)
    assert read_zooplankton(path) == [row]
    assert row.taxon("table").parent == "worms:845959"


def test_spellings_of_one_taxon_are_one_row_and_rows_without_an_id_are_none(tmp_path: Path) -> None:
    rows = [COPEPODA, COPEPODA, {**COPEPODA, "aphiaID": ""}]
    assert len(read_zooplankton(write(tmp_path / "t.csv", COLUMNS, rows))) == 1


def test_a_taxon_with_two_parents_is_refused_with_its_lines(tmp_path: Path) -> None:
    rows = [COPEPODA, {**COPEPODA, "scientificName": "Copepods"}, {**COPEPODA, "parentNameUsageID": "2"}]
    with pytest.raises(InvalidTaxonomy) as caught:
        read_zooplankton(write(tmp_path / "t.csv", COLUMNS, rows))
    assert caught.value.problems == ("duplicate id 1080: lines 2, 4",)


def test_a_name_that_another_replaces_is_unaccepted(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", COLUMNS, [{**COPEPODA, "acceptedNameUsageID": "urn:x:7"}])
    assert [(row.status, row.accepted) for row in read_zooplankton(path)] == [("unaccepted", 7)]


def test_all_ids_that_are_no_numbers_are_listed(tmp_path: Path) -> None:
    rows = [{**COPEPODA, "aphiaID": "x"}, {**COPEPODA, "parentNameUsageID": "none"}]
    with pytest.raises(InvalidTaxonomy) as caught:
        read_zooplankton(write(tmp_path / "t.csv", COLUMNS, rows))
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["line 2", "line 3"]


def test_the_real_table() -> None:
    rows = {row.id: row for row in read_zooplankton(shared("taxonomy/zooplankton_worms.csv"))}
    assert len(rows) == 6197
    assert rows[106485].lineage[-1] == ("genus", "Oithona")
    assert rows[155670].parent == 155670, "the table makes Diplostraca its own parent"
