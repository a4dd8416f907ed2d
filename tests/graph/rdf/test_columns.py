from collections.abc import Mapping

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from seston.graph.columnar.core import build_core
from seston.graph.rdf.columns import Columns, grouped, literals, mapped, stacked
from seston.graph.rdf.nquads import lines, literal
from seston.graph.rdf.taxon_quads import subjects, taxonomy
from seston.graph.rdf.turtle import turtle
from seston.graph.rdf.writing import nquads
from seston.graph.vocabulary import node_iri, term
from seston.records import Taxon
from tests.graph.rdf.test_nquads import NASTY, TEXTS
from tests.graph.sample import ASSERTIONS, CONCEPTS, sample_core

SUBJECTS = st.sampled_from(
    ["<urn:a>", "<urn:ab>", "<urn:a/1>", f"<{node_iri('worms:1')}>", f"<{node_iri('worms:10')}>"]
)
PREDICATES = st.sampled_from([term("rdf:type"), term("skos:note"), "<urn:p>"])
VALUES = st.one_of(
    SUBJECTS, TEXTS.map(literal), TEXTS.map(lambda text: literal(text, "en")), st.just(term("dwc:Taxon"))
)
Said = Mapping[str, Mapping[str, set[str]]]
SAID = st.dictionaries(SUBJECTS, st.dictionaries(PREDICATES, st.sets(VALUES, min_size=1, max_size=3), min_size=1))


def columns_of(said: Said) -> Columns:
    """Return what is said, each predicate in lists; one that never says two things in plain strings."""
    objects = {}
    for predicate in {predicate for pairs in said.values() for predicate in pairs}:
        values = [sorted(pairs.get(predicate, ())) or None for pairs in said.values()]
        if all(value is None or len(value) == 1 for value in values):
            objects[predicate] = pa.array([value and value[0] for value in values], pa.string())
        else:
            objects[predicate] = pa.array(values, pa.list_(pa.string()))
    return Columns(pa.array(said, pa.string()), objects)


@given(SAID)
def test_columns_say_what_descriptions_say_to_the_byte(said: Said) -> None:
    pairs = {s: [(p, v) for p in sorted(said[s]) for v in sorted(said[s][p])] for s in sorted(said)}
    columns = columns_of(said)
    assert dict(columns) == pairs
    assert "".join(columns.lines("urn:g")) == "".join(lines("urn:g", pairs.items()))
    assert "".join(turtle(columns)) == "".join(turtle(pairs.items()))


@given(st.lists(TEXTS))
def test_literals_are_those_of_single_texts(texts: list[str]) -> None:
    assert literals(pa.array(texts, pa.string())).to_pylist() == [literal(text) for text in texts]


def test_literals_of_nasty_texts_and_gaps() -> None:
    texts = [*NASTY, None]
    assert literals(pa.array(texts)).to_pylist() == [text if text is None else literal(text) for text in texts]


def test_grouping_sorts_and_leaves_repeats_out() -> None:
    found = grouped(4, [2, 0, 2, 2], pa.array(["b", "x", "a", "b"]))
    assert found.to_pylist() == [["x"], None, ["a", "b"], None]
    assert grouped(2, [], pa.array([], pa.string())).to_pylist() == [None, None]


def test_mapping_looks_at_each_key_once() -> None:
    asked: list[str] = []

    def first(key: str) -> str | None:
        asked.append(key)
        return key if key == "a" else None

    assert mapped(pa.array(["a", None, "b", "a"]), first).to_pylist() == ["a", None, None, "a"]
    assert asked == ["a", "b"]


def test_stacking_makes_lists_where_one_part_has_them() -> None:
    one = Columns(pa.array(["<urn:b>"]), {"<urn:p>": pa.array(['"x"'])})
    many = Columns(pa.array(["<urn:a>"]), {"<urn:p>": pa.array([['"y"', '"z"']]), "<urn:q>": pa.array(['"w"'])})
    assert dict(stacked([one, many])) == {
        "<urn:a>": [("<urn:p>", '"y"'), ("<urn:p>", '"z"'), ("<urn:q>", '"w"')],
        "<urn:b>": [("<urn:p>", '"x"')],
    }


def test_a_core_in_columns_is_the_core_subject_by_subject() -> None:
    columns = taxonomy(sample_core())
    assert "".join(columns.lines("urn:g")) == "".join(lines("urn:g", columns))
    assert "".join(turtle(columns)) == "".join(turtle(list(columns)))


@pytest.mark.parametrize("local", ["104152", "a_b-c.d~e", "a b", "ü", "50%", "a:b", "<x>"])
def test_ids_with_odd_characters_have_the_iri_of_their_own(local: str) -> None:
    if " " in local:
        local = local.replace(" ", "\u00b7")
    core = build_core([Taxon("worms:1", "Biota", "", ""), Taxon(f"worms:{local}", "X", "", "worms:1")])
    assert subjects(core).to_pylist() == [f"<{node_iri(node)}>" for node in core.hierarchy.ids]


def test_every_effective_value_names_the_assertions_that_it_rests_on() -> None:
    """By the definition: of the values at a node, the nearest statement; checked against the assertions themselves."""
    graph: dict[str, dict[str, set[str]]] = {}
    for quad in parse("".join(nquads(sample_core(), CONCEPTS, ASSERTIONS)), format=RdfFormat.N_QUADS):
        said = graph.setdefault(quad.subject.value, {})
        said.setdefault(quad.predicate.value.rpartition("#")[2], set()).add(getattr(quad.object, "value", ""))
    for name, said in graph.items():
        shown, lacked = said.get("effectiveMorphology", set()), said.get("effectiveAbsence", set())
        told = [graph[assertion] for assertion in said.get("effectiveAssertion", set())]
        assert {concept for one in told for concept in one["concept"]} == shown | lacked
        for one in told:
            assert one["polarity"] == {term("sst:Present" if one["concept"] <= shown else "sst:Absent")[1:-1]}
            assert one["about"] <= {name} | said.get("broaderTransitive", set())
