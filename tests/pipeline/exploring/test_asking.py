"""The workspace, a file and two kinds of endpoint give the same rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from seston.errors import AmbiguousTaxon, InvalidData, InvalidQuery, UnknownTaxon
from seston.graph.querying.endpoint import Endpoint
from seston.graph.querying.queries import Query, bind, list_queries, load_query, parse_query, run
from seston.graph.querying.store import read_store
from seston.pipeline.exploring.asking import ask_endpoint, ask_files, ask_workspace
from seston.workspace import Workspace
from tests.quiet import Quiet
from tests.web.servers import Server, oxigraph_serve, seston_serve

SLOW = {"12-exceptions", "16-sources", "23-siblings-not-told-apart", "25-exceptions-taken-back", "27-least-sure"}
"""Those that go through everything, for seconds, three times in this test."""

QUERIES = [query for query in list_queries() if query.name not in SLOW]
BY_NAME = {"first": "Oithona", "second": "Oncaea"}


@pytest.fixture(scope="module")
def servers(bundled: Path) -> Iterator[tuple[Server, Server]]:
    with seston_serve(bundled, "--timeout", "120") as ours, oxigraph_serve(bundled / "graph" / "store") as theirs:
        yield ours, theirs


@pytest.fixture(scope="module")
def store(bundled: Path) -> Store:
    return read_store(bundled / "graph" / "store")


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_an_endpoint_answers_as_the_store(query: Query, store: Store, servers: tuple[Server, Server]) -> None:
    rows = run(store, query)
    for server in servers:
        assert Endpoint(server.sparql, "seston-tests", 120).ask(bind(query, {})) == rows


def test_the_same_from_all_places_with_taxa_by_name(bundled: Path, servers: tuple[Server, Server]) -> None:
    query = load_query("what-tells-two-apart")
    expected = ask_workspace(Workspace(bundled), query, BY_NAME, Quiet())
    assert len(expected.rows) > 1
    assert ask_files([bundled / "graph" / "seston.nq"], query, BY_NAME) == expected
    for server in servers:
        assert ask_endpoint(server.sparql, query, BY_NAME, "me@example.org", 60) == expected


def test_every_kind_of_query(store: Store, servers: tuple[Server, Server]) -> None:
    for text in (
        "ASK { ?s ?p ?o }",
        "ASK { ?s ?p <http://nothing> }",
        "CONSTRUCT WHERE { ?s a <http://rs.tdwg.org/dwc/terms/Taxon> }",
        "DESCRIBE <https://w3id.org/seston/taxon/worms/1080>",
        "SELECT (1 AS ?i) (1.5 AS ?d) (1e9 AS ?e) (true AS ?b) ('a\\n\"b\"'@la AS ?t) ?gap { }",
    ):
        query = parse_query(text)
        expected = run(store, query)
        assert expected.rows
        for server in servers:
            assert Endpoint(server.sparql, "seston-tests", 60).ask(text) == expected


FILES = {
    "a.ttl": '@prefix a: <http://a/> . a:s a:p "é" .',
    "a.nt": '<http://a/s> <http://a/p> "é" .',
    "a.nq": '<http://a/s> <http://a/p> "é" <http://a/g> .',
    "a.trig": '<http://a/g> { <http://a/s> <http://a/p> "é" }',
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a/">'
    '<rdf:Description rdf:about="http://a/s"><a:p>é</a:p></rdf:Description></rdf:RDF>',
    "a.jsonld": '{"@id": "http://a/s", "http://a/p": "é"}',
}
SPO = parse_query("SELECT * { ?s ?p ?o }")


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_format(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(FILES[name], encoding="utf-8")
    [row] = ask_files([file], SPO, {}).rows
    assert set(row) == {"http://a/s", "http://a/p", "é"}


def test_several_files_are_one_graph(tmp_path: Path) -> None:
    files = []
    for number, (name, text) in enumerate(FILES.items()):
        files.append(tmp_path / name)
        files[-1].write_text(text.replace("é", str(number)), encoding="utf-8")
    found = ask_files(files, SPO, {})
    assert {row[found.columns.index("o")] for row in found.rows} == {str(number) for number in range(len(FILES))}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "no ending that tells its format"),
        ("a.ttl", b"<http://a> <http://b> .", "does not parse"),
        ("a.nq", b"\xff\xfe", "does not parse"),
        ("a.jsonld", b"{", "does not parse"),
    ],
)
def test_files_that_cannot_be_used(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(InvalidData, match=message):
        ask_files([file], SPO, {})


def test_names_that_no_node_or_several_have(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    names = "<http://www.w3.org/2004/02/skos/core#prefLabel> 'Ctenophora' ; <https://w3id.org/seston/ontology#depth> 1"
    taxa = (f"<https://w3id.org/seston/taxon/worms/{number}> {names} ." for number in (1248, 163921))
    file.write_text("\n".join(taxa))
    with pytest.raises(AmbiguousTaxon, match="2 nodes are called 'Ctenophora'") as caught:
        ask_files([file], load_query("lineage"), {"taxon": "Ctenophora"})
    assert caught.value.problems == ("worms:1248", "worms:163921")
    for name in ("Ctenophor", 'Ctenophora" }', "Ctenophora\n"):
        with pytest.raises(UnknownTaxon):
            ask_files([file], load_query("lineage"), {"taxon": name})
    with pytest.raises(InvalidQuery, match="no parameter 'taxa'"):
        ask_files([file], load_query("lineage"), {"taxa": "worms:1"})
