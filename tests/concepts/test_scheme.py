from pathlib import Path

import pytest

from seston.bundled import folder
from seston.concepts.scheme import Scheme, load_scheme
from seston.errors import InvalidScheme, UnknownConcept

HEAD = """
@base <https://w3id.org/seston/morphology/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sst: <https://w3id.org/seston/ontology#> .
<facet/f> a sst:Facet ; skos:prefLabel "f" ; skos:definition "F." .
<p> a sst:Part ; skos:broader <facet/f> ; skos:prefLabel "p" ; skos:definition "P." ; sst:exclusive true .
"""


def value(name: str, rest: str, broader: str = "p") -> str:
    label = f'skos:prefLabel "{name}" ; skos:definition "D." ; skos:altLabel "{name}"'
    return f"<p/{name}> a sst:Morphology ; skos:broader <{broader}> ; {label} {rest} .\n"


def load(tmp_path: Path, body: str) -> Scheme:
    path = tmp_path / "scheme.ttl"
    path.write_text(HEAD + body, encoding="utf-8")
    return load_scheme(path)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme()


def test_the_bundled_scheme_is_as_large_as_promised(scheme: Scheme) -> None:
    assert len(scheme) >= 300
    assert len(scheme.facets) >= 14
    assert {part.facet for part in scheme.parts} == {facet.id for facet in scheme.facets}


def test_every_concept_is_defined_and_worded(scheme: Scheme) -> None:
    for concept in scheme.concepts:
        assert concept.definition.endswith("."), concept.id
        assert concept.wordings, concept.id
        assert concept.instruments, concept.id
        assert concept.cue.endswith("."), concept.id
        assert all(wording == wording.lower() for wording in concept.wordings), concept.id


def test_no_concept_names_a_label(scheme: Scheme) -> None:
    labels = {
        word
        for line in (folder("data") / "labels.csv").read_text(encoding="utf-8").splitlines()[1:]
        for word in line.split(",")[0].lower().split("_")
    }
    # Words of plain morphology that labels use too.
    plain = set(
        """
        large small dark long other young adult egg eggs chain bell tentacles curve straight halo center star no and
        slight shape s nurse larvae body big thin medium deep very multiple edge partial early colony side triangle
        string tube tuft non larva stem type parts part chains filamentous blob fuzzy form aggregate
        """.split()  # noqa: SIM905 - a word list reads better as words
    )
    for concept in scheme.concepts:
        words = set(concept.id.split("/")[1].split("-"))
        assert not words & (labels - plain), concept.id


def test_graded_values_have_their_neighbours(scheme: Scheme) -> None:
    assert scheme.near["elongation/two"] == ("elongation/four", "elongation/one")
    assert scheme.excludes["elongation/one"] == ("elongation/four", "elongation/many")
    assert "body-shape/sphere" not in scheme.excludes["body-shape/oval"]
    assert "body-shape/worm" not in scheme.index


def test_implications_are_closed(scheme: Scheme) -> None:
    assert scheme.implies["antennae/long"] == ("antennae/present",)
    assert set(scheme.implies["tail/fin"]) == {"fins/present", "tail/present"}


def test_measurable_concepts_name_their_measurement(scheme: Scheme) -> None:
    for part in ("elongation", "size", "opacity", "curvature", "symmetry"):
        assert all(scheme.concept(c).measurement for p in scheme.parts if p.id == part for c in p.concepts)


def test_measured_concepts_have_bounds_in_measures_of_the_silhouette(scheme: Scheme) -> None:
    measured = [concept for concept in scheme.concepts if concept.measure]
    assert len(measured) >= 35
    assert all(concept.measurement and (concept.least, concept.most) != (None, None) for concept in measured)
    many = scheme.concept("elongation/many")
    assert (many.measure, many.least, many.most) == ("elongation", 6.0, None)


def test_stages_are_named_where_they_matter(scheme: Scheme) -> None:
    assert scheme.concept("arms/rods").stages == ("larva",)
    assert sum(bool(concept.stages) for concept in scheme.concepts) >= 40


def test_a_concept_is_found_by_id_label_or_wording(scheme: Scheme) -> None:
    assert scheme.concept("tail/fork") == scheme.concept("Forked tail") == scheme.concept("caudal ramus")


def test_an_unknown_concept_gets_its_nearest_names(scheme: Scheme) -> None:
    with pytest.raises(UnknownConcept) as caught:
        scheme.concept("tail/forked")
    assert caught.value.nearest[0] == "tail/fork"


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    body = value("a", "; sst:implies <p/b>") + value("b", "; sst:implies <p/a>") + value("c", "", broader="q")
    body += value("d", "; skos:prefLabel 'a'")
    with pytest.raises(InvalidScheme) as caught:
        load(tmp_path, body)
    text = "\n".join(caught.value.problems)
    assert "cycle of implies: p/a → p/b → p/a" in text
    assert "p/c: skos:broader names q, which is not in the file" in text
    assert "label 'a' is used by p/a, p/d" in text
    assert "p/d: expected one skos:prefLabel, found 2" in text


def test_a_cycle_of_broader_is_found(tmp_path: Path) -> None:
    body = "<facet/f> skos:broader <p> .\n" + value("a", "")
    with pytest.raises(InvalidScheme, match=r"."):
        load(tmp_path, body)


def test_a_problem_is_told_with_its_line(tmp_path: Path) -> None:
    body = value("a", "") + value("b", "; sst:related_ 1 ; sst:implies <p/z>")
    with pytest.raises(InvalidScheme) as caught:
        load(tmp_path, body)
    (problem,) = caught.value.problems
    number = int(problem.split(",")[0].removeprefix("line "))
    assert (tmp_path / "scheme.ttl").read_text(encoding="utf-8").splitlines()[number - 1].startswith("<p/b>")
    assert problem.endswith("p/b: sst:implies names p/z, which is not a value in the file")


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ('; sst:measure "elongation" ; sst:least 3.0 ; sst:most 2.0', "sst:least 3.0 is not below sst:most 2.0"),
        ('; sst:measure "elongatoin" ; sst:least 3.0', "sst:measure names elongatoin, which the morphometric"),
        ('; sst:measure "feret * pixel_mm" ; sst:most "wide"', "expected numbers as bounds, found wide"),
        ("; sst:least 3.0", "sst:measure and its bounds go together"),
        ('; sst:cue "A." , "B."', "expected one sst:cue at most, found 2"),
    ],
)
def test_wrong_measures_and_cues_are_refused(tmp_path: Path, rest: str, reason: str) -> None:
    with pytest.raises(InvalidScheme) as caught:
        load(tmp_path, value("a", rest))
    assert reason in caught.value.problems[0]


RETIRED = "; <http://www.w3.org/2002/07/owl#deprecated> true"
SUCCESSOR = "; <http://purl.org/dc/terms/isReplacedBy> <p/b>"


def test_a_retired_concept_is_left_out_and_names_its_successor(tmp_path: Path) -> None:
    scheme = load(tmp_path, value("a", RETIRED + SUCCESSOR) + value("b", "") + value("c", RETIRED))
    assert [concept.id for concept in scheme.concepts] == ["p/b"]
    with pytest.raises(UnknownConcept, match="p/b") as caught:
        scheme.concept("p/a")
    assert caught.value.hint == "It is retired; use p/b."
    with pytest.raises(UnknownConcept) as caught:
        scheme.concept("p/c")
    assert "nothing replaces it" in caught.value.hint


def test_a_retired_concept_still_used_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(InvalidScheme) as caught:
        load(tmp_path, value("a", RETIRED) + value("b", "; sst:implies <p/a>") + value("c", SUCCESSOR))
    text = "\n".join(caught.value.problems)
    assert "p/b: sst:implies names p/a, which is retired" in text
    assert "p/c: dcterms:isReplacedBy without owl:deprecated true" in text


def test_a_syntax_error_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(InvalidScheme, match=r"not valid Turtle.*line"):
        load(tmp_path, "<p/x> a ;;")


def test_a_missing_file_is_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(InvalidScheme, match="Cannot read"):
        load_scheme(tmp_path / "none.ttl")


def test_mappings_name_concepts_of_the_scheme(scheme: Scheme) -> None:
    lines = (folder("ontology") / "mappings.sssom.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert rows[0][:4] == ["subject_id", "subject_label", "predicate_id", "object_id"]
    assert len(rows) > 25
    for subject, label, predicate, _, _, justification in rows[1:]:
        assert scheme.concept(subject.removeprefix("morphology:")).label == label
        assert predicate.startswith("skos:")
        assert justification == "semapv:ManualMappingCuration"


def test_answers_have_consequences() -> None:
    scheme = load_scheme()
    denied = scheme.with_consequences({"eggs/attached": 0.0})
    assert denied["eggs/sac-single"] == denied["eggs/sacs-paired"] == 0.0
    assert scheme.with_consequences({"eggs/sac-single": 1.0})["eggs/attached"] == 1.0
    assert scheme.with_consequences({"eggs/attached": 0.0, "eggs/sac-single": 1.0})["eggs/sac-single"] == 1.0
    assert scheme.with_consequences({"eggs/attached": 0.5}) == {"eggs/attached": 0.5}


def test_an_empty_part_is_a_problem(tmp_path: Path) -> None:
    empty = '<q> a sst:Part ; skos:broader <facet/f> ; skos:prefLabel "q" ; skos:definition "Q." .\n'
    with pytest.raises(InvalidScheme, match="nothing names this part with skos:broader"):
        load(tmp_path, value("a", "") + empty)
