"""Attributes of WoRMS from the harvest to what a user is shown of a taxon, and to the graph."""

import shutil
from pathlib import Path

import pytest

from seston.concepts import load_scheme
from seston.concepts.attributes import read_form
from seston.pipeline.dictionary.atlas.gather import quote_of
from seston.pipeline.knowledge import ASSERTIONS, CONFLICTS, MATRIX, QUADS
from seston.sources.worms.attributes import ATTRIBUTES, Attribute, write_attributes
from tests.cli.test_harvest_worms import TAXA
from tests.command import Ran, done
from tests.standins.server import StandIn
from tests.standins.worms import StandInWorms, attribute, body_size

SIMILIS = "worms:106656"
REFERENCE = "Somebody, A. (1890). Free-living copepods."
SIZE = "Body size: 0.96 (Unit: mm, Type: maximum, Dimension: length, Life stage: adult)"


def held(type_id: int, kind: str, value: str, *details: tuple[str, str], about: str = SIMILIS) -> Attribute:
    return Attribute(about, type_id, kind, value, details, 232308, REFERENCE, "checked", "2026-11-30")


GROUP = held(4, "Functional group", "zooplankton")
ATTRIBUTES_HELD = [
    held(
        15, "Body size", "0.96", ("Unit", "mm"), ("Type", "maximum"), ("Dimension", "length"), ("Life stage", "adult")
    ),
    held(15, "Body size", "0.7", ("Unit", "mm"), ("Dimension", "prosome length")),
    held(30, "Composition of skeleton", "Chitinous"),
    GROUP,
    held(15, "Body size", "3", ("Unit", "mm"), about="worms:999999999"),
]


@pytest.fixture(scope="module")
def workspace(bundled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(bundled, tmp_path_factory.mktemp("attributes") / "w"))


@pytest.fixture(scope="module")
def built(workspace: Path) -> Ran:
    write_attributes(workspace / ATTRIBUTES, ATTRIBUTES_HELD)
    return done("build", "concepts", "graph", workspace=workspace)


def test_what_is_not_of_form_changes_no_byte(bundled: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(bundled, tmp_path / "w"))
    write_attributes(own / ATTRIBUTES, [GROUP])
    done("build", "concepts", workspace=own)
    for name in (ASSERTIONS, MATRIX, CONFLICTS):
        assert (own / name).read_bytes() == (bundled / name).read_bytes()


def test_the_build_tells_what_was_used_and_what_was_passed_over(built: Ran) -> None:
    assert "2 of 5 attributes of WoRMS speak of the form of 1 taxa" in built.err
    assert "no concept, stage or measure for what 1 × Body size say" in built.err
    assert "passed over, not of form: 1 × Functional group" in built.err
    assert "1 are about taxa that the tree lacks" in built.err


def test_a_taxon_shows_the_value_the_source_and_the_day(workspace: Path, built: Ran) -> None:
    shown = done("taxon", SIMILIS, workspace=workspace)
    assert f"[size/tiny], 0.90  {SIZE} (WoRMS attribute 15 232308 {REFERENCE}, 2026-11-30)" in shown.out
    concepts = {c["id"]: c for c in done("taxon", SIMILIS, "--json", workspace=workspace).json["concepts"]}
    chitin = concepts["cover/exoskeleton"]
    assert (chitin["method"], chitin["own"], chitin["value"]) == ("attribute", True, "present")
    assert chitin["evidence"]["source"] == f"WoRMS attribute 30 232308 {REFERENCE}"
    assert concepts["size/large"]["method"] == "exclusive"


def test_the_atlas_credits_the_attribute() -> None:
    (said,) = read_form(ATTRIBUTES_HELD[:1], load_scheme()).assertions
    assert quote_of(said.evidence).credit == f"{SIZE} (WoRMS attribute 15 232308 {REFERENCE}, 2026-11-30)"


def test_the_graph_holds_the_evidence_and_stays_sound(workspace: Path, built: Ran) -> None:
    quads = (workspace / QUADS).read_text()
    assert f'<https://w3id.org/seston/ontology#section> "{SIZE}"' in quads
    assert '<https://w3id.org/seston/ontology#method> "attribute"' in quads
    assert "0 error" in done("check", workspace=workspace).err


def test_a_harvest_with_attributes_asks_each_accepted_taxon_once(tmp_path: Path) -> None:
    worms = StandInWorms(TAXA)
    worms.attributes[106656] = [body_size(106656, "0.96"), attribute(106656, (4, "Functional group"), "zooplankton")]
    with StandIn(worms) as standin:
        command = ("harvest", "worms", "--root", "Oithona", "--no-synonyms", "--attributes", "--json")
        plain = done(*command[:-2], "--json", "--dry-run", workspace=tmp_path).json
        forecast = done(*command, "--dry-run", workspace=tmp_path).json
        assert forecast["requests"] > plain["requests"]
        ran = done(*command, "--url", f"{standin.url}/rest", workspace=tmp_path)
        asked = [target for target in standin.log.targets() if "Attributes" in target]
    assert ran.json["attributes"] == 2
    assert f"{ATTRIBUTES} has 2 attributes" in ran.err
    assert len(asked) == len(set(asked)) == 2
