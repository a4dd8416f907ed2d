import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seston.concepts import concept_matrix, coverage, load_scheme, read_assertions, write_assertions, write_dictionary
from seston.errors import InvalidData
from seston.records import Assertion, Evidence, Polarity
from tests.concepts.helpers import say, world

text = st.text(max_size=8)
evidences = st.builds(Evidence, text, text, text, st.integers(0, 9), st.integers(0, 9), text, text, text, text)
assertions = st.builds(Assertion, text, text, st.sampled_from(Polarity), st.floats(0, 1), evidences, text)


@settings(deadline=None)
@given(st.lists(assertions, max_size=5))
def test_assertions_come_back(tmp_path_factory: pytest.TempPathFactory, given_: list[Assertion]) -> None:
    path = tmp_path_factory.mktemp("a") / "assertions.parquet"
    write_assertions(path, given_)
    assert read_assertions(path) == tuple(given_)


def test_the_same_assertions_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_assertions(tmp_path / name, [say("t", "tail/fork")])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="No assertions"):
        read_assertions(tmp_path / "none")


def test_the_dictionary_is_json_ld_with_counts(tmp_path: Path) -> None:
    scheme = load_scheme()
    matrix = concept_matrix(world(), (say("worms:2", "eyes/dark"),), [c.id for c in scheme.concepts])
    write_dictionary(tmp_path / "dictionary.json", scheme, matrix)
    found = json.loads((tmp_path / "dictionary.json").read_text(encoding="utf-8"))
    entries = {entry["id"]: entry for entry in found["concepts"]}
    assert found["@context"]["label"]["@id"] == "skos:prefLabel"
    assert entries["eyes/dark"]["broader"] == "eyes"
    assert entries["eyes"]["broader"] == "facet/head"
    assert entries["eyes/dark"]["present"] == 3  # Animalia, Copepoda, and the label of whole copepods
    assert entries["tail/fork"]["implies"] == ["tail/present"]


def test_json_ld_and_turtle_say_the_same(tmp_path: Path) -> None:
    import pyoxigraph

    scheme = load_scheme()
    write_dictionary(tmp_path / "d.json", scheme)
    quads = pyoxigraph.parse(path=str(tmp_path / "d.json"), format=pyoxigraph.RdfFormat.JSON_LD)
    triples = {(q.subject.value, q.predicate.value, q.object.value) for q in quads}
    base, skos = "https://w3id.org/seston/morphology/", "http://www.w3.org/2004/02/skos/core#"
    for concept in scheme.concepts:
        assert (base + concept.id, f"{skos}broader", base + concept.broader) in triples
        assert (base + concept.id, f"{skos}prefLabel", concept.label) in triples


def test_coverage_counts_rows_and_finds_twins() -> None:
    said = (say("planktonset:copepod", "eyes/dark"), say("planktonset:copepod_part", "eyes/dark"))
    matrix = concept_matrix(world(), said, ("eyes/dark", "tail/present"))
    found = coverage(matrix, dict.fromkeys(matrix.rows, "x"))
    assert found.per_concept == {"eyes/dark": (2, 0), "tail/present": (0, 0)}
    assert found.unused == ("tail/present",)
    assert found.identical == (("planktonset:copepod", "planktonset:copepod_part"),)
    assert found.lines()[0] == f"{len(matrix.rows)} rows × 2 concepts"
