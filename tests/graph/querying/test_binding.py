"""Parameters are data: no value becomes syntax, whatever it contains and whichever parameter it is given to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from seston.errors import InvalidQuery
from seston.graph.querying.queries import bind, load_query, parse_query, run

TWO = parse_query(
    "# param: a — a text\n# param: b — a text\n# default: a=x\n# default: b=}y\n"
    'SELECT ?a ?b WHERE { VALUES ?a { "x" } VALUES ?b { "}y" } }',
    "two",
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
BLOCK = "VALUES ?b { 'x' } VALUES ?a { <http://x> }"


@given(TEXT, TEXT)
def test_two_texts_are_two_terms(first: str, second: str) -> None:
    assert run(Store(), TWO, {"a": first, "b": second}).rows == ((first, second),)


@pytest.mark.parametrize(
    "evil", ['} INSERT DATA { <a:a> <a:b> "', '" } ?s ?p ?o . VALUES ?c { "', "<http://x>", "}", '"']
)
def test_a_text_that_reads_like_a_block_is_not_filled_by_another(evil: str) -> None:
    for a, b in ((BLOCK, evil), (evil, BLOCK), (BLOCK, BLOCK)):
        assert run(Store(), TWO, {"a": a, "b": b}).rows == ((a, b),)
        assert run(Store(), TWO, {"b": b, "a": a}).rows == ((a, b),)


def test_a_default_with_a_brace_in_it_is_replaced_as_a_whole() -> None:
    assert run(Store(), TWO).rows == (("x", "}y"),)
    assert bind(TWO, {"b": "z"}).endswith('VALUES ?b { "z" } }')


@pytest.mark.parametrize(
    "value",
    [
        "https://a b",
        "https://x> { ?s ?p ?o } <https://y",
        "https://x\n",
        "https://x\u0000",
        'https://x"',
        "https://x\\u003e",
        "worms:1 }",
        "worms:",
        "<https://x>",
        "?x",
        "",
    ],
)
def test_what_is_no_id_is_refused(value: str) -> None:
    for name in ("lineage", "evidence"):
        with pytest.raises(InvalidQuery, match="does not fit the parameter 'taxon'"):
            bind(load_query(name), {"taxon": value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("concept", value) for value in ("tail/> ?p", "tail/a} #", 'tail/"', "tail/\n", "tail/\\")),
        *(("taxon", value) for value in ('worms:1"', "worms:1>", "worms:1}", "worms:1\\")),
    ],
)
def test_an_id_is_percent_encoded(name: str, value: str) -> None:
    default = bind(load_query("evidence"), {})
    bound = bind(load_query("evidence"), {name: value})
    assert bound != default
    assert len(bound.splitlines()) == len(default.splitlines())
    assert bound.count("}") == default.count("}") and bound.count('"') == default.count('"')


@pytest.mark.parametrize("value", ["1 }", "1; DROP ALL", "١٢x", "1e", "0x10", "--1", "true", ""])
def test_what_is_no_number_is_refused(value: str) -> None:
    number = parse_query("# param: n — a depth\n# default: n=1\nSELECT ?n WHERE { VALUES ?n { 1 } }")
    with pytest.raises(InvalidQuery, match="does not fit the parameter 'n'"):
        bind(number, {"n": value})
