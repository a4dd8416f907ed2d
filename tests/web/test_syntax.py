r"""SERVICE is found where it is, and only there. The store itself is the judge: it tries to reach a closed port."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean, Store

from seston.web.exchange import Refusal
from seston.web.syntax import names_dataset, refuse_service

AWAY = "<http://127.0.0.1:9/>"
REACHING = [
    f"ASK {{ SERVICE {AWAY} {{ ?s ?p ?o }} }}",
    f"ask{{service{AWAY}{{?s ?p ?o}}}}",
    f"SELECT * {{ {{ SELECT * {{ SeRvIcE {AWAY} {{ ?s ?p ?o }} }} }} }}",
    f"SELECT * {{ {{ BIND (1 AS ?x) }} UNION {{ SERVICE {AWAY} {{ ?s ?p ?o }} }} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {AWAY} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ # a comment ends here\rSERVICE {AWAY} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND ('''it's''' AS ?x) SERVICE {AWAY} {{ ?s ?p ?o }} BIND ('' AS ?y) }}",
    f'SELECT * {{ BIND ("# \\"" AS ?x) SERVICE {AWAY} {{ ?s ?p ?o }} }}',
    f"SELECT * {{ BIND (<http://a/#b> AS ?x) SERVICE {AWAY} {{ ?s ?p ?o }} }}",
    f'SELECT * {{ BIND ("\\u0022 AS ?x) # " AS ?y) SERVICE {AWAY} {{ ?s ?p ?o }}\n }}',
    f"PREFIX service: <http://a/> SELECT * {{ SERVICE {AWAY} {{ ?service service:p '''SERVICE''' }} }}",
]
SILENT = [
    f"SELECT * {{ SERVICE SILENT {AWAY} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ VALUES ?away {{ {AWAY} }} SERVICE ?away {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND (EXISTS {{ SERVICE {AWAY} {{ ?s ?p ?o }} }} AS ?there) }}",
]
"""Those whose failure the store does not tell."""

AT_HOME = [
    "ASK { }",
    f"SELECT * {{ }} # SERVICE {AWAY} {{ ?s ?p ?o }}",
    f"SELECT * {{ # SERVICE {AWAY} {{ ?s ?p ?o }}\n }}",
    f'SELECT * {{ BIND ("SERVICE {AWAY} {{ ?s ?p ?o }}" AS ?x) }}',
    f"SELECT * {{ BIND ('''\nSERVICE {AWAY} {{ ?s ?p ?o }}\n''' AS ?x) }}",
    "SELECT * { ?service <http://a/SERVICE> 'x'@service }",
    "PREFIX service: <http://a/> SELECT * { ?s service:service _:service }",
]
UNREADABLE = [
    "SELECT * { SERVICE",
    "SERVICE",
    "SELECT * { BIND ('\\u0053ERVICE' AS ?service) }",
    "{" * 5000 + "service",
]


@pytest.mark.parametrize("query", REACHING)
def test_a_query_that_reaches_out_is_refused(query: str) -> None:
    with pytest.raises(OSError, match="port 9 is not allowed"):
        list(_evaluated(query))
    with pytest.raises(Refusal) as caught:
        refuse_service(query)
    assert caught.value.status in {400, 403}


@pytest.mark.parametrize("query", SILENT)
def test_a_silent_one_is_refused_too(query: str) -> None:
    with pytest.raises(Refusal, match="SERVICE is not taken"):
        refuse_service(query)


@pytest.mark.parametrize("query", AT_HOME)
def test_a_query_that_only_speaks_of_services_is_taken(query: str) -> None:
    list(_evaluated(query))
    refuse_service(query)


@pytest.mark.parametrize("query", UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read_is_refused(query: str) -> None:
    with pytest.raises(Refusal, match="cannot be read") as caught:
        refuse_service(query)
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * FROM <http://a> { ?s ?p ?o }", True),
        ("ask from named <http://a> { ?s ?p ?o }", True),
        ("CONSTRUCT { ?s ?p ?o } FROM <http://a> WHERE { ?s ?p ?o }", True),
        ("ASK { ?from <http://a/from> 'FROM <http://a>' } # FROM <http://a>", False),
        ("ASK { ?s ?p ?o }", False),
        ("SELECT * FROM", False),
    ],
)
def test_a_query_names_its_dataset(query: str, named: bool) -> None:
    assert names_dataset(query) is named


TRICKY = [
    "#",
    "\r",
    "\n",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "\\u0022",
    "\\u0023",
    "\\n",
    "<",
    ">",
    "{",
    "}",
    " ",
    "service",
    "\u2028",
    "ſ",
]
QUOTES = ['"', "'", '"""', "'''"]


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """A string of any kind, a comment, an IRI or a comparison, with what may confuse a reader in it."""
    inside = "".join(draw(st.lists(st.sampled_from(TRICKY), max_size=6)))
    quote = draw(st.sampled_from(QUOTES))
    return draw(
        st.sampled_from(
            [
                f"FILTER({quote}{inside}{quote} = 1) ",
                f"# {inside}\n",
                f"# {inside}\r",
                f"FILTER(<http://a/#{inside}> = 1) ",
                f"FILTER(1 < 2 && 3 > 2) # {inside}\n",
            ]
        )
    )


@settings(max_examples=150)
@given(st.lists(pieces(), max_size=3), st.lists(pieces(), max_size=3))
def test_nothing_hides_a_service(before: list[str], after: list[str]) -> None:
    query = f"SELECT * {{ {''.join(before)}SERVICE {AWAY} {{ }} {''.join(after)} }}"
    try:
        list(_evaluated(query))
    except OSError:
        with pytest.raises(Refusal):
            refuse_service(query)
    except SyntaxError:
        pass


def _evaluated(query: str) -> Iterable[object]:
    answer = Store().query(query)
    return [] if isinstance(answer, QueryBoolean) else answer
