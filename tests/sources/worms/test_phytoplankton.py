from pathlib import Path

import pytest

from seston.errors import InvalidTaxonomy
from seston.sources.worms.phytoplankton import read_phytoplankton

from ..shared import shared, write

COLUMNS = [
    "scientific_name",
    "authority",
    "rank",
    "taxon_id",
    "parent_id",
    "status",
    "valid_aphia_id",
    "classification",
]
PLANTAE = {
    "scientific_name": "Chlorophyta",
    "authority": "Pascher, 1914",
    "rank": "Phylum (Division)",
    "taxon_id": "801",
    "parent_id": "368663",
    "status": "accepted",
    "valid_aphia_id": "801",
    "classification": "[Kingdom] Plantae - [Subkingdom] Viridiplantae - [Phylum (Division)] Chlorophyta",
}


def test_a_row(tmp_path: Path) -> None:
    (row,) = read_phytoplankton(write(tmp_path / "t.tsv", COLUMNS, [PLANTAE], delimiter="\t"))
    assert (row.id, row.name, row.rank, row.parent, row.accepted) == (801, "Chlorophyta", "phylum", 368663, 801)
    assert row.lineage == (("kingdom", "Plantae"), ("subkingdom", "Viridiplantae"), ("phylum", "Chlorophyta"))


def test_an_id_that_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(InvalidTaxonomy, match="duplicate id 801: lines 2, 3"):
        read_phytoplankton(write(tmp_path / "t.tsv", COLUMNS, [PLANTAE, PLANTAE], delimiter="\t"))


def test_commas_instead_of_tabs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidTaxonomy, match="no column scientific_name"):
        read_phytoplankton(write(tmp_path / "t.tsv", COLUMNS, [PLANTAE]))


def test_the_real_tree_has_every_parent() -> None:
    rows = {row.id: row for row in read_phytoplankton(shared("taxonomy/phytoplankton_worms.tsv"))}
    assert len(rows) == 6867
    assert {row.parent for row in rows.values()} - set(rows) == {None}
    assert rows[163921].name == "Ctenophora", "the diatom, not the phylum"
