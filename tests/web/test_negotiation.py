"""Formats as headers want them."""

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat

from seston.web.negotiation import GRAPHS, RESULTS, best, content_type

J, X, C, T = QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", J),
        ("*/*", J),
        ("application/sparql-results+xml", X),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", X),
        ("TEXT/CSV", C),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.8", T),
        ("text/*", C),
        ("*/*, application/sparql-results+json;q=0, application/json;q=0", X),
        ("text/csv;q=much, text/tab-separated-values;q=0.1", T),
        ("image/png", None),
        ("application/json;q=0", None),
    ],
)
def test_results(accept: str, form: QueryResultsFormat | None) -> None:
    assert best(accept, RESULTS) == form


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/n-quads", RdfFormat.N_QUADS),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json, text/turtle;q=0.5", RdfFormat.JSON_LD),
        ("text/csv", None),
    ],
)
def test_graphs(accept: str, form: RdfFormat | None) -> None:
    assert best(accept, GRAPHS) == form


def test_text_has_its_charset() -> None:
    assert content_type(C) == "text/csv; charset=utf-8"
    assert content_type(J) == "application/sparql-results+json"
