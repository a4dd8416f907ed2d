"""Every query against the sample; the answers lie in tests/golden/queries/sample."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from seston.errors import InvalidQuery, UnknownQuery
from seston.graph.querying.queries import Query, bind, list_queries, load_query, parse_query, run
from seston.graph.querying.store import open_store, rdflib_view
from seston.graph.querying.tabular import to_csv, to_json

GOLDEN = Path(__file__).parents[2] / "golden" / "queries" / "sample"
QUERIES = list_queries()
OTHER = {
    "07-evidence": {"concept": "antennae/long"},
    "11-what-tells-two-apart": {"first": "worms:104152", "second": "worms:104190"},
    "14-taxa-of-rank": {"rank": "genus"},
    "17-names-of-taxon": {"taxon": "worms:104190"},
    "18-lineages-of-name": {"name": "Metridium"},
    "20-concepts-of-instrument": {"instrument": "UVP"},
    "21-taxa-of-rank-below": {"taxon": "worms:2", "rank": "order"},
    "24-young-stages": {"taxon": "worms:1080"},
    "27-least-sure": {"taxon": "worms:2", "confidence_below": "0.9"},
    "28-sentences-of-concept": {"concept": "antennae/long"},
    "29-most-alike": {"taxon": "worms:104152"},
    "30-taxa-with-all-of": {"second": "tail/forked", "without": "antennae/long"},
}
NASTY = ['x" } DELETE WHERE { ?s ?p ?o } #', "x } UNION { ?s ?p ?o", "\\1 \\g<0>", "a\nb", '\'"""', "🦐"]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_golden_answer(query: Query, sample_store: Store) -> None:
    answer = to_csv(run(sample_store, query, OTHER.get(query.name)))
    if os.environ.get("SESTON_GOLDEN") == "write":
        (GOLDEN / f"{query.name}.csv").write_text(answer)
    assert answer == (GOLDEN / f"{query.name}.csv").read_text()


def test_every_query_has_a_golden_answer_and_none_is_left_over() -> None:
    assert sorted(file.stem for file in GOLDEN.iterdir()) == [query.name for query in QUERIES]
    assert len(QUERIES) >= 20


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_the_header_is_whole_and_true(query: Query, sample_store: Store) -> None:
    assert query.title and query.question.endswith("?") and query.cost and query.name[:3].rstrip("-").isdigit()
    assert run(sample_store, query).columns == query.columns
    for parameter in query.parameters:
        assert parameter.meaning
        assert bind(query, {parameter.name: parameter.default}).split() == query.text.split()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # until rdflib stops calling it
def test_rdflib_gives_as_many_rows(query: Query, sample_store: Store) -> None:
    answer = rdflib_view(sample_store).query(bind(query, OTHER.get(query.name, {})))
    assert len(list(answer)) == len(run(sample_store, query, OTHER.get(query.name)).rows)


def test_by_number_by_name_and_by_file(tmp_path: Path) -> None:
    assert load_query("lineage") == load_query("01-lineage") == QUERIES[0]
    file = tmp_path / "mine.rq"
    file.write_text("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1")
    assert load_query(str(file)).text.startswith("SELECT")
    with pytest.raises(UnknownQuery, match="01-lineage"):
        load_query("linage")
    with pytest.raises(UnknownQuery):
        load_query(str(tmp_path / "none.rq"))
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(InvalidQuery, match="cannot be read"):
        load_query(str(file))


def test_inherited_concepts_with_their_sources(sample_store: Store) -> None:
    table = run(sample_store, load_query("concepts-of-taxon"), {"taxon": "worms:128690"})
    origin = {row[0]: (row[2], row[3]) for row in table.rows}
    assert origin == {
        "antennae/long": ("absent", "worms:1101"),
        "body-shape/torpedo": ("present", "worms:1080"),
        "surface/smooth": ("absent", "worms:128690"),
        "tail/forked": ("present", "worms:1080"),
    }
    assert not run(sample_store, load_query("concepts-of-taxon"), {"taxon": "ecotaxa:85185"}).rows


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("worms:104152", "worms:104190", ("lacks", "shows")),
        ("worms:104190", "worms:104152", ("shows", "lacks")),
        ("worms:104190", "worms:106485", ("shows", "varies")),
        ("worms:1248", "worms:104190", ("silent", "shows")),
        ("ecotaxa:85185", "worms:104190", ("silent", "shows")),
    ],
)
def test_what_each_of_two_says(first: str, second: str, verdict: tuple[str, str], sample_store: Store) -> None:
    table = run(sample_store, load_query("what-tells-two-apart"), {"first": first, "second": second})
    assert {row[2:4] for row in table.rows if row[0] == "eggs/carried"} == {verdict}


def test_what_an_ancestor_says_is_marked_as_inherited(sample_store: Store) -> None:
    pair = {"first": "worms:106485", "second": "worms:1248"}
    rows = run(sample_store, load_query("what-tells-two-apart"), pair).rows
    origins = {(row[0], row[4]): row[5:8] for row in rows}
    assert origins["tail/forked", "Oithona"] == (True, "worms:1080", "Copepoda")
    assert origins["surface/smooth", "Oithona"] == (False, "worms:106485", "Oithona")


def test_a_synonym_leads_to_the_lineage_of_its_taxon(sample_store: Store) -> None:
    (row,) = run(sample_store, load_query("lineages-of-name"), {"name": "Metridium"}).rows
    assert row[:3] == ("worms:104190", "Metridia", "synonym")
    assert str(row[4]).endswith("Copepoda > Calanoida > Metridia")


@pytest.mark.parametrize("value", NASTY)
def test_no_injection_through_a_text(value: str, sample_store: Store) -> None:
    before = len(sample_store)
    assert run(sample_store, load_query("taxa-of-rank"), {"rank": value}).rows == ()
    assert len(sample_store) == before


@pytest.mark.parametrize("value", [*NASTY, "Copepoda", "worms:", "https://a b", "https://x> ?p", "worms:1 }"])
def test_no_injection_through_a_node(value: str, sample_store: Store) -> None:
    with pytest.raises(InvalidQuery, match="does not fit the parameter 'taxon'"):
        run(sample_store, load_query("lineage"), {"taxon": value})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_one_term(value: str) -> None:
    query = parse_query('# param: x — a text\n# default: x=a\nSELECT ?x WHERE { VALUES ?x { "a" } }')
    assert run(Store(), query, {"x": value}).rows == ((value,),)


def test_numbers_iris_and_what_is_asked_otherwise(sample_store: Store) -> None:
    number = parse_query("# param: n — a depth\n# default: n=1\nSELECT ?n WHERE { VALUES ?n { 1 } }")
    assert number.parameters[0].kind == "number"
    assert run(sample_store, number, {"n": "-2"}).rows == ((-2,),)
    assert run(sample_store, number, {"n": "0.5"}).rows == ((0.5,),)
    with pytest.raises(InvalidQuery, match="does not fit") as caught:
        bind(number, {"n": "many"})
    assert "a number" in caught.value.hint
    lineage = load_query("lineage")
    by_iri = run(sample_store, lineage, {"taxon": "https://w3id.org/seston/taxon/worms/1080"})
    assert by_iri == run(sample_store, lineage, {"taxon": "worms:1080"})
    assert run(sample_store, parse_query("ASK { ?s ?p ?o }")).rows == ((True,),)
    triples = run(sample_store, parse_query("CONSTRUCT WHERE { ?s a <http://rs.tdwg.org/dwc/terms/Taxon> }"))
    assert len(triples.rows) == 10 and triples.columns == ("subject", "predicate", "object")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT nonsense", "no SPARQL query"),
        ("DELETE WHERE { ?s ?p ?o }", "no SPARQL query"),
        ("# param: x — a text\nSELECT ?x WHERE { VALUES ?x { 'a' } }", "no default for x"),
        ("# param: x — a text\n# default: x=a\nSELECT ?x WHERE { ?x ?p ?o }", "no block"),
        ("# param: x\nSELECT ?x WHERE { VALUES ?x { 'a' } }", "does not read"),
    ],
)
def test_queries_that_are_not_right(text: str, message: str, sample_store: Store) -> None:
    with pytest.raises(InvalidQuery, match=message):
        run(sample_store, parse_query(text))
    with pytest.raises(InvalidQuery, match="no parameter 'taxa'"):
        run(sample_store, QUERIES[0], {"taxa": "worms:1"})


def test_csv_and_json_say_the_same(sample_store: Store) -> None:
    table = run(sample_store, load_query("labels"))
    rows = list(csv.DictReader(io.StringIO(to_csv(table))))
    records = json.loads(to_json(table))
    assert records[0]["living"] is True and rows[0]["living"] == "true"
    assert [row["id"] for row in rows] == [record["id"] for record in records]
    assert records[-1]["qualifier"] == "egg" and records[3]["taxon"] is None and rows[3]["taxon"] == ""


def test_the_scheme_file_loads_beside_the_graph(sample_nquads: Path) -> None:
    scheme = Path(__file__).parents[3] / "ontology" / "morphology.ttl"
    store = open_store(sample_nquads, [scheme])
    assert run(store, load_query("concepts-by-spread")).rows[0][0] == "body-shape/torpedo"
