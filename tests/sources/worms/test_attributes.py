"""Attributes in a harvest of WoRMS: what is asked, kept, and read again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from seston.errors import InvalidData
from seston.sources.worms.attributes import ATTRIBUTES, Attribute, read_attributes, write_attributes
from tests.sources.worms.harvesting import run
from tests.standins.server import WIRE_FAULTS, StandIn
from tests.standins.worms import Name, StandInWorms, attribute, body_size

GENUS, SIMILIS, OLD = 106485, 106656, 106642
TAXA = [
    Name(1, "Biota", "Superdomain", 0, 1, "accepted", ""),
    Name(GENUS, "Oithona", "Genus", 1, GENUS, "accepted", "Baird, 1843"),
    Name(SIMILIS, "Oithona similis", "Species", GENUS, SIMILIS, "accepted", "Claus, 1866"),
    Name(OLD, "Oithona helgolandica", "Species", GENUS, SIMILIS, "unaccepted", "Claus, 1863"),
]
SIZE = Attribute(
    "worms:106656",
    15,
    "Body size",
    "0.96",
    (("Unit", "mm"), ("Type", "maximum"), ("Dimension", "length"), ("Life stage", "adult"), ("Sex", "female")),
    232308,
    "Somebody, A. (1890). Free-living copepods.",
    "checked",
    "",
)


@pytest.fixture
def worms() -> StandInWorms:
    worms = StandInWorms(TAXA)
    worms.attributes[SIMILIS] = [
        body_size(SIMILIS, "0.96", sex="female"),
        attribute(SIMILIS, (4, "Functional group"), "zooplankton", quality="unreviewed"),
    ]
    return worms


@pytest.fixture
def standin(worms: StandInWorms) -> Iterator[StandIn]:
    with StandIn(worms) as server:
        yield server


def test_attributes_are_kept_with_all_that_qualifies_them_and_the_day(tmp_path: Path, standin: StandIn) -> None:
    days = {datetime.now(UTC).date().isoformat()}
    outcome = run(tmp_path, standin.url, "Oithona", attributes=True)
    days.add(datetime.now(UTC).date().isoformat())
    size, group = read_attributes(tmp_path / ATTRIBUTES)
    assert size.date in days
    assert Attribute(**{name: getattr(size, name) for name in Attribute.__slots__} | {"date": ""}) == SIZE
    assert (group.type, group.value, group.details, group.quality) == (
        "Functional group",
        "zooplankton",
        (),
        "unreviewed",
    )
    assert outcome.attributes == 2


def test_204_and_404_are_none_and_nothing_is_asked_twice(tmp_path: Path, standin: StandIn) -> None:
    run(tmp_path, standin.url, "Oithona", attributes=True)
    asked = [target for target in standin.log.targets() if "Attributes" in target]
    assert sorted(asked) == [
        f"/rest/AphiaAttributesByAphiaID/{i}?include_inherited=false" for i in sorted((GENUS, SIMILIS))
    ]
    before = (tmp_path / ATTRIBUTES).read_bytes()
    assert run(tmp_path, standin.url, "Oithona", attributes=True).asked == 0
    assert (tmp_path / ATTRIBUTES).read_bytes() == before


def test_without_the_wish_none_are_asked_and_no_table_is_made(tmp_path: Path, standin: StandIn) -> None:
    run(tmp_path, standin.url, "Oithona")
    assert not any("Attributes" in target for target in standin.log.targets())
    assert not (tmp_path / ATTRIBUTES).exists()


def test_those_of_a_synonym_are_the_taxon_s_own_and_those_of_its_genus_are_not(
    tmp_path: Path, worms: StandInWorms, standin: StandIn
) -> None:
    worms.attributes[SIMILIS] = [
        body_size(SIMILIS, "0.8") | {"AphiaID_Inherited": OLD},
        body_size(SIMILIS, "1.9") | {"AphiaID_Inherited": GENUS},
    ]
    run(tmp_path, standin.url, "Oithona", attributes=True)
    assert [found.value for found in read_attributes(tmp_path / ATTRIBUTES)] == ["0.8"]


@pytest.mark.parametrize("fault", ["page repeated", *WIRE_FAULTS])
def test_faulty_answers_are_asked_for_again(fault: str, tmp_path: Path, worms: StandInWorms) -> None:
    worms.attributes[GENUS] = [body_size(GENUS, "1.5")]
    spoiled: set[str] = set()

    def at_first(_: int, target: str) -> str:
        if "Attributes" not in target or target in spoiled:
            return ""
        spoiled.add(target)
        return fault

    with StandIn(worms, faults=at_first, hang_s=1) as faulty:
        run(tmp_path, faulty.url, "Oithona", attributes=True)
        assert len([target for target in faulty.log.targets() if "Attributes" in target]) > 2
    assert [(held.about, held.value) for held in read_attributes(tmp_path / ATTRIBUTES)] == [
        (f"worms:{GENUS}", "1.5"),
        (f"worms:{SIMILIS}", "0.96"),
        (f"worms:{SIMILIS}", "zooplankton"),
    ]


def test_a_table_of_another_format_or_damaged_is_said(tmp_path: Path) -> None:
    path = tmp_path / "attributes.parquet"
    assert read_attributes(path) == []
    assert write_attributes(path, [SIZE]) == 1
    assert read_attributes(path) == [SIZE]
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(InvalidData, match="cannot be read"):
        read_attributes(path)
