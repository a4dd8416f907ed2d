"""A workspace's taxa leave as a Darwin Core archive and come back."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from seston.pipeline.taxonomies import joined
from seston.sources.registry import Registered, read_register, register_table, write_register
from seston.workspace import Workspace
from tests.command import done

CALANOIDA, LINEAGE = "worms:1100", (("kingdom", "Animalia"),)
ROWS = (
    Registered("worms:104152", "Another spelling", "family", CALANOIDA, "worms:104152", "accepted", "Dana, 1849"),
    Registered(
        "worms:9000001",
        'Newus "novus"\tx',
        "genus",
        "worms:104152",
        "worms:9000001",
        "accepted",
        "(Smith, 1900)",
        lineage=LINEAGE,
        vernaculars=(("eng", "a copepod"), ("fra", "copépode")),
        marine=True,
        extinct=False,
    ),
    Registered("worms:9000002", "Oldus", "genus", CALANOIDA, "worms:9000001", "unaccepted", "Smith, 1899"),
    Registered("mine:7b", "Newus mine", "species", "worms:9000001", "mine:7b"),
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    root = tmp_path_factory.mktemp("archives")
    write_register(root / "work/sources/mine.parquet", register_table(ROWS))
    ran = done("export", "dwca", root / "taxa.zip", workspace=root / "work")
    assert " 2 synonyms and " in ran.out
    return Workspace(root / "work"), root / "taxa.zip"


def sheet(path: Path, name: str) -> list[dict[str, Any]]:
    text = zipfile.ZipFile(path).read(name).decode()
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def taxa_of(workspace: Workspace) -> dict[str, Any]:
    return {
        taxon.id: (taxon.name, taxon.rank, taxon.parent, taxon.status, taxon.authority, set(taxon.names))
        for taxon in joined(workspace).taxa
    }


def test_it_comes_back_the_same(exported: tuple[Workspace, Path], tmp_path: Path) -> None:
    workspace, path = exported
    done("import", "dwca", path, workspace=tmp_path / "other")
    assert taxa_of(Workspace(tmp_path / "other")) == taxa_of(workspace)
    back = {row.id: row for row in read_register(tmp_path / "other/sources/taxa.parquet")}
    for row in ROWS[1:]:
        one = back[row.id]
        assert (one.marine, one.extinct, one.vernaculars) == (row.marine, row.extinct, row.vernaculars)


def test_the_same_data_give_the_same_bytes(exported: tuple[Workspace, Path], tmp_path: Path) -> None:
    workspace, path = exported
    done("export", "dwca", tmp_path / "again.zip", workspace=workspace.root)
    assert (tmp_path / "again.zip").read_bytes() == path.read_bytes()


def test_facts_name_where_they_come_from(exported: tuple[Workspace, Path]) -> None:
    _, path = exported
    new = "urn:lsid:marinespecies.org:taxname:9000001"
    facts = [row for row in sheet(path, "measurementorfact.txt") if row["taxonID"] == new]
    assert facts
    assert {row["measurementValue"] for row in facts} <= {"present", "absent"}
    assert all(row["measurementRemarks"].startswith("inherited from ") for row in facts)
    assert all(row["source"] and row["license"] for row in facts)
    assert sheet(path, "speciesprofile.txt") == [
        {
            "taxonID": new,
            "isMarine": "1",
            "isBrackish": "",
            "isFreshwater": "",
            "isTerrestrial": "",
            "isExtinct": "0",
        }
    ]
