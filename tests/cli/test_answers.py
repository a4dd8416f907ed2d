"""What the commands that read print, as text and as JSON."""

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from seston.concepts import load_scheme
from tests.command import done, seston


@pytest.fixture(scope="module")
def oithona(small: Path) -> Any:
    return done("taxon", "Oithona", "--json", workspace=small).json


@pytest.fixture(scope="module")
def asked(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that the questions may add the graph to."""
    return Path(shutil.copytree(small, tmp_path_factory.mktemp("asked") / "w"))


def test_the_lineage_leads_from_biota_with_ids(oithona: Any) -> None:
    lineage = [(node["id"], node["name"]) for node in oithona["lineage"]]
    assert lineage[0] == ("worms:1", "Biota")
    assert lineage[-1] == ("worms:106485", "Oithona")
    assert ("worms:1080", "Copepoda") in lineage
    assert all(re.fullmatch(r"worms:\d+", node) for node, _ in lineage)


def test_every_concept_has_its_origin_and_sentence(oithona: Any) -> None:
    ids = {node["id"] for node in oithona["lineage"]}
    known = {concept.id for concept in load_scheme().concepts}
    assert {concept["own"] for concept in oithona["concepts"]} == {True, False}
    for concept in oithona["concepts"]:
        assert concept["id"] in known
        assert concept["own"] == (concept["origin"] == "worms:106485")
        assert concept["origin"] in ids
        assert concept["sentence"]
        assert concept["page"].startswith("data/descriptions/")
        assert 0 < concept["confidence"] <= 1
        assert concept["value"] in {"present", "absent"}


@pytest.mark.parametrize("name", ["oithona", "worms:106485", "OITHONA"])
def test_a_taxon_answers_to_its_id_and_its_name(small: Path, oithona: Any, name: str) -> None:
    assert done("taxon", name, "--json", workspace=small).json == oithona


def test_the_text_of_a_taxon_holds_what_is_stated_and_counts_the_rest(small: Path) -> None:
    text = done("taxon", "copepod_calanoid_eggs", workspace=small).out
    concepts = done("taxon", "copepod_calanoid_eggs", "--json", workspace=small).json["concepts"]
    derived = [c for c in concepts if c["method"] in {"exclusive", "implied"}]
    shown = re.findall(r"^  [+−] .*\[([a-z0-9-]+/[a-z0-9-]+)\]", text, re.MULTILINE)
    assert sorted(shown) == sorted(c["id"] for c in concepts if c not in derived)
    counted = [int(number) for number in re.findall(r"and (\d+) that follow from these", text)]
    assert sum(counted) == len(derived)
    assert "None" not in text
    assert text.startswith("copepod_calanoid_eggs (planktonset:copepod_calanoid_eggs)  label\n")
    assert "Copepoda (worms:1080)" in text


def test_a_taxon_without_words_says_so(small: Path) -> None:
    assert "Nothing is said of its form" in done("taxon", "seston:not-living", workspace=small).out


def test_the_graph_answers_by_name_and_by_id(asked: Path) -> None:
    by_id = done("query", "01-lineage", "--param", "taxon=worms:1080", "--json", workspace=asked).json
    by_name = done("query", "01-lineage", "--param", "taxon=copepoda", "--json", workspace=asked).json
    assert by_id == by_name
    text = done("query", "01-lineage", "--csv", workspace=asked).out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["name"] == "Biota"
    assert rows[-1]["name"] == "Copepoda"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("01-lineage", "--param", "taxon=Copepodda"), "No taxon 'Copepodda'. Did you mean"),
        (("01-lineage", "--param", "taxon=planktonset:copepod_calanoid_egs"), "copepod_calanoid_eggs"),
        (("01-lineage", "--param", "what=1"), "what"),
        (("01-lineag",), "No query '01-lineag'. Did you mean 01-lineage"),
        (("no/such/file.rq",), "No query 'no/such/file.rq'"),
    ],
)
def test_questions_that_cannot_be_answered(asked: Path, arguments: tuple[str, ...], message: str) -> None:
    ran = seston("query", *arguments, workspace=asked)
    assert (ran.code, ran.out) == (1, "")
    assert message in ran.err


def test_sparql_that_does_not_parse(asked: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_text("SELECT WHERE {")
    ran = seston("query", tmp_path / "bad.rq", workspace=asked)
    assert ran.code == 1
    assert "Traceback" not in ran.err


def test_a_question_from_standard_input(asked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT (1 + 1 AS ?two) WHERE {}"))
    assert "2" in done("query", "-", workspace=asked).out


def test_queries_are_listed_with_their_parameters() -> None:
    listed = done("query", "--list", "--json").json
    assert len(listed) >= 8
    assert {"name", "title", "question", "columns", "parameters"} <= listed[0].keys()
    text = done("query", "--list").out
    assert all(query["name"] in text for query in listed)


def test_concepts_as_table_and_as_json(small: Path) -> None:
    content = done("concepts", "--json", workspace=small).json
    ids = [entry["id"] for entry in content["concepts"] if entry["type"] == "sst:Morphology"]
    lines = done("concepts", workspace=small).out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ids
    assert len(ids) >= 120


def test_concepts_by_meaning(asked: Path) -> None:
    hits = done("concepts", "--search", "sticks out two tails", "--json", workspace=asked).json
    assert hits[0]["concept"].startswith("tail/")
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


def test_evaluate_prints_its_file(small: Path) -> None:
    assert done("evaluate", "--json", workspace=small).json == json.loads((small / "metrics.json").read_text())
    header, *lines = done("evaluate", workspace=small).out.splitlines()
    assert header.split("  ")[0] == ""
    assert "black box" in header
    assert any(line.startswith("balanced_accuracy") for line in lines)


def test_a_workspace_is_made_when_it_is_needed(tmp_path: Path) -> None:
    at = tmp_path / "new" / "w"
    ran = done("taxon", "Oithona", workspace=at)
    assert "taxonomy: " in ran.err
    assert (at / "workspace.json").exists()
