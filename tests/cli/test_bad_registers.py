"""A register with every fault at once, as a user meets it: told by code, and the graph is usable all the same."""

from pathlib import Path
from typing import Any

import pytest

from tests.command import Ran, done, seston
from tests.sources.shared import write

COLUMNS = ["scientificName", "acceptedNameUsageID", "aphiaID", "valid_authority", "taxonRank", "parentNameUsageID"]
LINEAGE = ["kingdom", "phylum", "class", "order", "family", "genus", "species"]
CALANOIDA = 1100


def row(number: int, name: str, rank: str, parent: int, accepted: int = 0) -> dict[str, str]:
    values = (name, f"urn:lsid:marinespecies.org:taxname:{accepted or number}", number, "Me, 1900", rank, parent)
    return dict(zip(COLUMNS, map(str, values), strict=True)) | {"kingdom": "Animalia"}


ODD = ["the \"big\" 'one' \\", "two\nlines", "🦐 shrimp", "\u202eסרטן\u202c", "Å" * 60_000]
ROWS = [
    row(900001, "Cyclus", "Genus", 900002),
    row(900002, "Cyclidae", "Family", 900001),
    row(900003, "Orphanus", "Genus", 999999),
    row(900004, "Downus", "Genus", CALANOIDA),
    row(900005, "Upidae", "Family", 900004),
    row(900006, "Chaina", "Genus", CALANOIDA, 900007),
    row(900007, "Chainb", "Genus", CALANOIDA, 900008),
    row(900008, "Chainc", "Genus", CALANOIDA),
    row(900009, "Loopa", "Genus", CALANOIDA, 900010),
    row(900010, "Loopb", "Genus", CALANOIDA, 900009),
    row(900011, "Calanus", "Genus", CALANOIDA),
    *(row(number, name, "Genus", CALANOIDA) for number, name in enumerate(ODD, start=900020)),
]
CODES = {
    "a cycle": ("R003", 900001),
    "an orphan": ("R002", 900003),
    "a parent that another table has": ("R001", 900004),
    "a rank below its child's": ("P005", 900005),
    "a chain of synonyms": ("P008", 900006),
    "a loop of synonyms": ("P008", 900009),
    "a homonym": ("P007", 900011),
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a register that holds every fault."""
    place = tmp_path_factory.mktemp("faulty")
    done("import", "table", write(place / "zooplankton_faulty.csv", COLUMNS + LINEAGE, ROWS), workspace=place / "w")
    return place / "w"


@pytest.fixture(scope="module")
def checked(faulty: Path) -> Ran:
    return seston("check", "--json", workspace=faulty)


@pytest.mark.parametrize("fault", CODES)
def test_each_fault_has_its_code_and_a_hint(checked: Ran, fault: str) -> None:
    code, number = CODES[fault]
    found: list[Any] = [f for f in checked.json if (f["code"], f["node"]) == (code, f"worms:{number}")]
    assert len(found) == 1 and found[0]["hint"] and found[0]["message"]
    assert checked.code == 3 and "Traceback" not in checked.err


@pytest.mark.parametrize("number", range(len(ODD)))
def test_odd_names_come_through(checked: Ran, faulty: Path, number: int) -> None:
    assert done("taxon", f"worms:{900020 + number}", "--json", workspace=faulty).json["name"] == ODD[number]


def test_the_tree_is_usable(checked: Ran, faulty: Path) -> None:
    lineage = done("taxon", "Chaina", "--json", workspace=faulty).json["lineage"]
    assert [node["id"] for node in lineage][:1] == ["worms:1"]
    assert "means 2 taxa" in seston("taxon", "Calanus", workspace=faulty).err


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([ROWS[3], row(900004, "Downus", "Genus", 1080)], "duplicate id 900004: lines 2, 3"),
        ([row(900004, "Å" * 200_000, "Genus", 1080)], "field larger than field limit"),
        ([{**ROWS[3], "aphiaID": "nine"}], "aphiaID 'nine' is no positive whole number"),
    ],
)
def test_a_table_that_cannot_be_read_leaves_nothing(rows: list[dict[str, str]], message: str, tmp_path: Path) -> None:
    table = write(tmp_path / "zooplankton.csv", COLUMNS + LINEAGE, rows)
    ran = seston("import", "table", table, workspace=tmp_path / "w")
    assert ran.code == 1 and message in ran.err and "Traceback" not in ran.err
    assert not (tmp_path / "w").exists()


def test_a_table_that_is_not_utf_8_leaves_nothing(tmp_path: Path) -> None:
    table = write(tmp_path / "zooplankton.csv", COLUMNS + LINEAGE, [{**ROWS[3], "valid_authority": "Muller"}])
    table.write_bytes(table.read_bytes().replace(b"Muller", b"M\xfcller"))
    ran = seston("import", "table", table, workspace=tmp_path / "w")
    assert ran.code == 1 and "is no UTF-8" in ran.err
    assert not (tmp_path / "w").exists()
