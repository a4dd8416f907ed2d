"""Answers, their formats and their limits, without a server between."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, Store, parse

from seston.graph.vocabulary import graph_iri
from seston.web.evaluate import answer
from seston.web.exchange import Answer, Asked
from seston.web.limits import Limits
from seston.web.negotiation import GRAPHS

NASTY = 'a "quoted", <result>text</result>\n{\t}\r\n"" 🦐'
FIVE = "SELECT ?x ?y { VALUES ?x { 1 2 3 4 5 } OPTIONAL { VALUES (?x ?y) { (2 %s) (4 %s) } } } ORDER BY ?x"
RESULTS = [
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
]
LITERAL = json.dumps(NASTY, ensure_ascii=False)


def asked(
    store: Store, query: str, accept: str = "", limits: Limits | None = None, **dataset: tuple[str, ...]
) -> Answer:
    return answer(store, Asked(query, accept=accept, **dataset), limits or Limits())


def count(store: Store, pattern: str, source: str = "", **dataset: tuple[str, ...]) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {source} {{ {pattern} }}"
    got = answer(store, Asked(query, accept="text/csv", **dataset), Limits())
    return int(got.content.split()[1])


@pytest.mark.parametrize("media_type", RESULTS)
def test_as_many_rows_as_allowed_and_no_more(store: Store, media_type: str) -> None:
    query = FIVE % (LITERAL, LITERAL)
    within = asked(store, query, media_type, Limits(rows=5))
    beyond = asked(store, query, media_type, Limits(rows=4))
    assert (within.status, within.media_type.partition(";")[0]) == (200, media_type)
    assert (beyond.status, beyond.media_type) == (403, "text/plain; charset=utf-8")
    assert b"longer than 4 rows" in beyond.content


def test_a_text_comes_back_as_it_went_in(store: Store) -> None:
    query = FIVE % (LITERAL, LITERAL)
    as_json = json.loads(asked(store, query, RESULTS[0]).content)["results"]["bindings"]
    assert [row.get("y", {}).get("value") for row in as_json] == [None, NASTY, None, NASTY, None]
    as_xml = ElementTree.fromstring(asked(store, query, RESULTS[1]).content)  # noqa: S314 - our own
    literals = as_xml.iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert {e.text for e in literals if not e.attrib} == {NASTY.replace("\r\n", "\n")}
    as_csv = list(csv.reader(io.StringIO(asked(store, query, RESULTS[2]).content.decode(), newline="")))
    assert as_csv[2] == ["2", NASTY]
    assert asked(store, query, RESULTS[3]).content.count(b"\n") == 6


def test_an_answer_has_a_greatest_size(store: Store) -> None:
    beyond = asked(store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "", Limits(answer_bytes=10_000))
    assert beyond.status == 403
    assert b"longer than 10,000 bytes" in beyond.content
    triples = asked(store, "CONSTRUCT WHERE { ?s ?p ?o }", "", Limits(rows=7))
    assert triples.status == 403
    assert b"longer than 7 triples" in triples.content


@pytest.mark.parametrize("media_type", ["", *GRAPHS])
def test_triples_in_every_format(store: Store, media_type: str) -> None:
    query = "CONSTRUCT WHERE { ?s a <http://rs.tdwg.org/dwc/terms/Taxon> }"
    got = asked(store, query, media_type)
    form = RdfFormat.from_media_type(got.media_type)
    assert got.status == 200
    assert form == (GRAPHS[media_type] if media_type else RdfFormat.TURTLE)
    assert len({quad.triple for quad in parse(got.content, form)}) == 10


def test_what_cannot_be_answered_in_any_wanted_format(store: Store) -> None:
    for query, accept in (("ASK { }", "text/turtle"), ("CONSTRUCT WHERE { }", "text/csv"), ("ASK { }", "image/png")):
        got = asked(store, query, accept)
        assert got.status == 406
        assert accept.encode() in got.content


def test_yes_and_no(store: Store) -> None:
    assert json.loads(asked(store, "ASK { ?s ?p ?o }").content) == {"head": {}, "boolean": True}
    assert asked(store, "ASK { <a:a> ?p ?o }", "text/csv").content == b"false"


def test_the_dataset_is_the_requests_then_the_querys_then_everything(store: Store) -> None:
    any_, named = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"
    scheme, closure = graph_iri("scheme"), graph_iri("closure")
    sizes = {name: count(store, any_, default_graphs=(name,)) for name in (scheme, closure)}
    assert all(sizes.values()) and sizes[scheme] != sizes[closure]
    assert count(store, any_) > sum(sizes.values())
    assert count(store, named, default_graphs=(scheme,)) == 0
    assert count(store, any_, named_graphs=(scheme,)) == 0
    assert count(store, named, named_graphs=(scheme,)) == sizes[scheme]
    assert count(store, any_, f"FROM <{scheme}>") == sizes[scheme]
    assert count(store, any_, f"FROM <{scheme}> FROM <{closure}>") == sum(sizes.values())
    assert count(store, named, f"FROM NAMED <{closure}>") == sizes[closure]
    assert count(store, any_, f"FROM <{scheme}>", default_graphs=(closure,)) == sizes[closure]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT nonsense", 400),
        ("DELETE WHERE { ?s ?p ?o }", 400),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 400),
        ("LOAD <http://127.0.0.1:9/>", 400),
        ("", 400),
        ("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
    ],
)
def test_what_is_no_query_for_this_store(store: Store, query: str, status: int) -> None:
    before = len(store)
    got = asked(store, query)
    assert (got.status, len(store)) == (status, before)
    assert got.content.endswith(b".\n")


def test_a_graph_whose_name_is_no_iri(store: Store) -> None:
    got = asked(store, "ASK { }", default_graphs=("a b",))
    assert (got.status, got.content) == (400, b"A graph's name that is no IRI: Invalid IRI code point ' '.\n")
