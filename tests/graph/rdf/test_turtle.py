from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from seston.errors import InvalidData
from seston.graph.rdf.nquads import lines, literal, typed
from seston.graph.rdf.taxon_quads import taxonomy
from seston.graph.rdf.turtle import TURTLE_PREFIXES, turtle, write_turtle
from seston.graph.vocabulary import node_iri
from tests.graph.rdf.test_nquads import NASTY, TEXTS
from tests.graph.sample import sample_core

Pairs = list[tuple[str, str]]
SPACES = st.sampled_from([*TURTLE_PREFIXES.values(), "https://example.org/", "urn:x:"])
LOCAL = st.text(st.sampled_from("aZ09_-.~!$&'()*+,;=:@/%é🦐\u202e\u200f"), max_size=8)
IRIS = st.builds(lambda space, local: f"<{space}{local.replace('%', '%41')}>", SPACES, LOCAL)
VALUES = st.one_of(IRIS, TEXTS.map(literal), st.integers(-9, 9).map(typed), TEXTS.map(lambda t: literal(t, "en")))
GRAPHS = st.dictionaries(IRIS, st.lists(st.tuples(IRIS, VALUES), min_size=1, max_size=5), max_size=4)


def triples(text: str, form: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in parse(text.encode(), format=form)}


def plain(graph: dict[str, Pairs]) -> str:
    return "".join(lines("urn:g", graph.items()))


@given(GRAPHS)
def test_pyoxigraph_reads_what_the_nquads_say(graph: dict[str, Pairs]) -> None:
    assert triples("".join(turtle(graph.items())), RdfFormat.TURTLE) == triples(plain(graph), RdfFormat.N_QUADS)


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # until rdflib stops calling it
@pytest.mark.parametrize("text", NASTY)
def test_rdflib_reads_nasty_texts(text: str) -> None:
    graph = rdflib.Graph()
    said = [("<urn:p>", literal(text)), (f"<{node_iri('worms:1 <é')}>", literal(text, "en"))]
    graph.parse(data="".join(turtle([("<urn:s>", said)])), format="turtle")
    assert {str(value) for value in graph.objects()} == {text}
    assert rdflib.URIRef("https://w3id.org/seston/taxon/worms/1%20%3C%C3%A9") in set(graph.predicates())


def test_subjects_are_grouped_with_prefixes_and_types_first() -> None:
    pairs = [("<http://www.w3.org/2004/02/skos/core#note>", literal(t)) for t in "bab"]
    pairs.append(("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", f"<{TURTLE_PREFIXES['dwc']}Taxon>"))
    block = list(turtle([(f"<{node_iri('worms:1080')}>", pairs)]))[-1]
    assert block == '\nworms:1080 a dwc:Taxon ;\n    skos:note "a" , "b" .\n'


def test_a_core_gives_the_same_bytes_and_the_same_triples(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        write_turtle(tmp_path / name, taxonomy(sample_core()))
    written = (tmp_path / "a.ttl").read_bytes()
    assert written == (tmp_path / "b.ttl").read_bytes()
    wanted = triples("".join(lines("urn:g", taxonomy(sample_core()))), RdfFormat.N_QUADS)
    assert triples(written.decode(), RdfFormat.TURTLE) == wanted
    assert len(rdflib.Graph().parse(data=written, format="turtle")) == len(wanted)
    assert NamedNode(node_iri("worms:1080")) in {triple.subject for triple in wanted}


def test_nothing_half_written(tmp_path: Path) -> None:
    def broken() -> list[tuple[str, Pairs]]:
        return [("<urn:s>", [("<urn:p>", literal("\udc80"))])]

    with pytest.raises(InvalidData):
        write_turtle(tmp_path / "a.ttl", (entry for _ in range(2) for entry in broken()))
    assert list(tmp_path.iterdir()) == []
