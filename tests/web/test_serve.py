"""``seston serve`` as a shell starts it: over HTTP, beside ``oxigraph serve-read-only`` on the same store."""

import json
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TSV, URLENCODED, XML, SPARQLWrapper

from seston.graph.querying.queries import list_queries, load_query
from tests.command import seston
from tests.web.conftest import ROWS, SECONDS
from tests.web.servers import ENDLESS, Server, oxigraph_serve, seston_serve

NAMES = ["lineage", "concepts-of-taxon", "concepts-by-spread", "ids-across-sources", "evidence", "labels"]
TYPES = [
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
]
YES = {"head": {}, "boolean": True}
ALL = "SELECT * { ?s ?p ?o }"
Both = tuple[Server, Server]


@pytest.fixture(scope="module")
def both(bundled: Path) -> Iterator[Both]:
    """The bundled graph, served by both."""
    with seston_serve(bundled) as ours, oxigraph_serve(bundled / "graph" / "store") as theirs:
        yield ours, theirs


@pytest.mark.parametrize("media_type", TYPES)
def test_curl_gets_the_same_bytes_from_both(media_type: str, both: Both) -> None:
    for name in NAMES:
        ours, theirs = (curl(server, load_query(name).text, media_type) for server in both)
        assert ours == theirs
        assert len(ours) > 200, name


@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
@pytest.mark.parametrize("way", [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_gets_the_same_from_both(form: str, way: tuple[str, str], both: Both) -> None:
    ours, theirs = (wrapped(server, load_query("concepts-of-taxon").text, form, *way) for server in both)
    assert ours == theirs
    assert len(ours) > 200


def test_sparqlwrapper_reads_the_json(both: Both) -> None:
    for server in both:
        asked = SPARQLWrapper(server.sparql, returnFormat=JSON)
        asked.setQuery(load_query("lineage").text)
        answer: Any = asked.queryAndConvert()
        names = [row["name"]["value"] for row in answer["results"]["bindings"]]
        assert names[0] == "Biota" and names[-1] == "Copepoda"


def test_named_graphs_are_chosen_the_same_way(both: Both) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graph = "https://w3id.org/seston/graph/scheme"
    for others in ({}, {"default-graph-uri": graph}, {"named-graph-uri": graph}):
        ours, theirs = (server.get(query, **others) for server in both)
        assert (ours.status, ours.text) == (theirs.status, theirs.text)


def test_a_wrong_query_is_told_with_the_parsers_words(served: Server, oxigraph: Server) -> None:
    for query in ("SELECT nonsense", "ASK { ?s ?p }", "DROP ALL"):
        ours, theirs = served.get(query), oxigraph.get(query)
        assert (ours.status, theirs.status) == (400, 400)
        assert ours.text == f"That is no SPARQL query: {theirs.text}.\n"


def test_updates_are_refused_and_change_nothing(served: Server) -> None:
    before = served.get(ALL + " LIMIT 5").text
    update = "DELETE WHERE { ?s ?p ?o }"
    plain = {"Content-Type": "application/x-www-form-urlencoded"}
    assert served.fetch("POST", "sparql", urlencode({"update": update}), plain).status == 403
    assert served.fetch("POST", "sparql", update, {"Content-Type": "application/sparql-update"}).status == 403
    assert served.fetch("GET", "sparql?" + urlencode({"update": update})).status == 403
    assert served.fetch("POST", "sparql", update, {"Content-Type": "application/sparql-query"}).status == 400
    assert served.fetch("POST", "update", update).status == 404
    assert served.get(ALL + " LIMIT 5").text == before


def test_service_is_refused_before_anyone_is_asked(served: Server) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as elsewhere:
        elsewhere.settimeout(0.2)
        url = f"<http://127.0.0.1:{elsewhere.getsockname()[1]}/>"
        for query in (f"ASK {{ SERVICE {url} {{ ?s ?p ?o }} }}", f"ASK {{ # x\rSERVICE SILENT {url} {{ ?s ?p ?o }} }}"):
            assert served.get(query).status == 403
        with pytest.raises(TimeoutError):
            elsewhere.accept()
    assert served.get("ASK { } # SERVICE <http://a> { }").status == 200


def test_an_answer_has_no_more_rows_than_allowed(served: Server) -> None:
    assert served.get(f"{ALL} LIMIT {ROWS}").status == 200
    beyond = served.get(f"{ALL} LIMIT {ROWS + 1}")
    assert (beyond.status, beyond.text.startswith(f"The answer is longer than {ROWS} rows")) == (403, True)


def test_an_endless_query_is_cut_while_others_are_answered(served: Server) -> None:
    with ThreadPoolExecutor(2) as threads:
        began = time.monotonic()
        endless = threads.submit(served.get, ENDLESS)
        time.sleep(0.2)
        meanwhile = served.get("ASK { ?s ?p ?o }")
        assert not endless.done()
        assert json.loads(meanwhile.content) == YES
        cut = endless.result()
    assert (cut.status, cut.headers["retry-after"]) == (503, "10")
    assert f"longer than {SECONDS:g} s" in cut.text
    assert SECONDS <= time.monotonic() - began < SECONDS + 15
    assert json.loads(served.get("ASK { ?s ?p ?o }").content) == YES


def test_two_at_once(served: Server) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: served.get(f"SELECT ({n} AS ?n) {{ }}", "text/csv").text, range(24)))
    assert answers == [f"n\r\n{n}\r\n" for n in range(24)]


def test_methods_media_types_and_sizes(served: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        got = served.fetch(method, "sparql", "ASK {}", {"Content-Type": "application/sparql-query"})
        assert (got.status, "POST" in got.headers["allow"]) == (405, True)
    assert served.fetch("HEAD", "sparql?query=ASK%7B%7D").status == 200
    assert served.fetch("POST", "sparql", "ASK {}", {"Content-Type": "text/plain"}).status == 415
    assert served.get("ASK {}", "image/png").status == 406
    long = "ASK {} #" + "x" * 2**20
    assert served.fetch("POST", "sparql", long, {"Content-Type": "application/sparql-query"}).status == 413
    assert served.fetch("GET", "sparql").status == 400
    assert served.get(ALL + "LIMIT 1").headers["x-content-type-options"] == "nosniff"


def test_other_origins_ask_only_when_they_were_named(served: Server, both: Both) -> None:
    def allowed(server: Server, origin: str) -> str | None:
        return server.fetch("GET", "sparql?query=ASK%7B%7D", headers={"Origin": origin}).headers.get(
            "access-control-allow-origin"
        )

    assert allowed(served, "https://a.example") == "https://a.example"
    assert allowed(served, "https://b.example") is None
    assert allowed(both[0], "https://a.example") is None


def test_the_page_says_what_the_graph_holds_and_lists_the_queries(served: Server) -> None:
    page = served.fetch("GET", "")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<dt>taxa</dt><dd>10</dd>" in page.text
    assert all(query.title in unescape(page.text) for query in list_queries())
    assert "://" not in page.text.replace("https://w3id.org", "").replace("http://www.w3.org", "").replace(
        "http://rs.tdwg.org", ""
    ).replace("http://purl.org", "").replace("http://purl.obolibrary.org", "")
    for asset in ("page.css", "page.js"):
        assert f"static/{asset}" in page.text
        assert served.fetch("GET", f"static/{asset}").status == 200


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_its_queries(ending: signal.Signals, sample_workspace: Path) -> None:
    with seston_serve(sample_workspace) as server, ThreadPoolExecutor(1) as threads:
        assert json.loads(server.get("ASK { ?s ?p ?o }").content) == YES
        endless = threads.submit(server.get, ENDLESS)
        time.sleep(0.5)
        server.process.send_signal(ending)
        assert server.process.wait(20) == (130 if ending == signal.SIGINT else -signal.SIGTERM)
        assert endless.result().status == 503
        said = "".join(server.said) + server.rest()
    assert "Traceback" not in said
    assert "GET /query 200 26 bytes" in said
    assert "ASK" not in said and "SELECT" not in said


def test_a_port_that_is_taken(sample_workspace: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        ran = seston("serve", "--port", str(port), workspace=sample_workspace)
    assert ran.code == 1
    assert f"port {port}: Address already in use" in ran.err
    assert "choose another port with --port" in ran.err


def test_a_host_that_is_not_here(sample_workspace: Path) -> None:
    ran = seston("serve", "--port", "0", "--host", "192.0.2.1", workspace=sample_workspace)
    assert ran.code == 1
    assert "--host" in ran.err


def test_a_workspace_that_is_not_there(tmp_path: Path) -> None:
    ran = seston("serve", "--port", "0", workspace=tmp_path / "none")
    assert ran.code == 1
    assert "No graph in" in ran.err and "seston build graph" in ran.err
    assert not (tmp_path / "none").exists()


def curl(server: Server, query: str, accept: str) -> str:
    """Return headers and content as curl gets them, without those that name the server or the moment."""
    program = shutil.which("curl")
    if program is None:
        got = server.get(query, accept)
        return f"{got.status} {got.headers['content-type']}\n{got.text}"
    form = "%{http_code} %{content_type}\n"
    command = [program, "-sS", "-G", server.sparql, "-H", f"Accept: {accept}", "--data-urlencode", f"query={query}"]
    ran = subprocess.run([*command, "-o", "-", "-w", form], capture_output=True, check=True)
    return ran.stdout.decode()


def wrapped(server: Server, query: str, form: str, method: str, way: str) -> bytes:
    asked = SPARQLWrapper(server.sparql, returnFormat=form)
    asked.setQuery(query)
    asked.setMethod(method)
    asked.setRequestMethod(way)
    with asked.query().response as answer:
        return bytes(answer.read())
