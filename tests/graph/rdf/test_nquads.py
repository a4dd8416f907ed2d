import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, parse

from seston.errors import InvalidData
from seston.graph.rdf.nquads import lines, literal, typed

GRAPH = "https://w3id.org/seston/graph/taxonomy"
NASTY = [
    'a "quote"', "new\nline\r\n", "tab\t\b\f", "back\\slash \\u0041", "emoji 🦐", "rtl \u202ex\u202c \u200f",
    "nul \x00 \x7f", "\ufeff bom", "\u2028 \u2029 \x85", "", "x" * 10_000, "'''", "} ?s ?p ?o {", "\ufffe\uffff",
]  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def back(term: str) -> object:
    [line] = lines(GRAPH, [("<https://example.org/s>", [("<https://example.org/p>", term)])])
    [quad] = parse(line, format=RdfFormat.N_QUADS)
    return quad.object


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # until rdflib stops calling it
@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_in_pyoxigraph_and_rdflib(text: str) -> None:
    assert back(literal(text)) == Literal(text)
    data = rdflib.Dataset()
    line = next(lines(GRAPH, [("<https://example.org/s>", [("<https://example.org/p>", literal(text))])]))
    data.parse(data=line, format="nquads")
    [(_, _, value, graph)] = list(data.quads())
    assert (str(value), str(graph)) == (text, GRAPH)


def test_a_literal_of_a_megabyte() -> None:
    text = "wide \u00fc\n" * 150_000
    assert back(literal(text)) == Literal(text)


@given(TEXTS, st.sampled_from(["", "en", "pt-br", "zh-hant"]))
def test_any_text_comes_back(text: str, language: str) -> None:
    assert back(literal(text, language)) == (Literal(text, language=language) if language else Literal(text))


@given(TEXTS, TEXTS)
def test_an_unlawful_language_tag_is_left_out(text: str, language: str) -> None:
    value = back(literal(text, language))
    assert isinstance(value, Literal) and value.value == text


@given(st.one_of(st.booleans(), st.integers(-(10**15), 10**15), st.floats(0, 1)))
def test_numbers_come_back(value: bool | int | float) -> None:
    found = back(typed(value))
    assert isinstance(found, Literal)
    kind = found.datatype.value.rpartition("#")[2]
    assert kind == {bool: "boolean", int: "integer", float: "double"}[type(value)]
    assert (found.value == "true" if kind == "boolean" else float(found.value)) == value


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(InvalidData, match="U\\+DC80"):
        literal("bad \udc80 bytes")


def test_lines_are_sorted_without_repeats() -> None:
    text = next(lines(GRAPH, [("<a:s>", [("<a:q>", "<a:o>"), ("<a:p>", "<a:o>"), ("<a:q>", "<a:o>")])]))
    assert [line.split()[1] for line in text.splitlines()] == ["<a:p>", "<a:q>"]
