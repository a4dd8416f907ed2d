import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.errors import InvalidData
from seston.graph.rdf.nquads import iri
from seston.graph.vocabulary import compact, concept_iri, node_iri, rank_iri

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(st.sampled_from(["worms", "ecotaxa", "planktonset", "seston", "wikidata", "ncbi", "näme"]), WORDS)
def test_a_curie_goes_to_a_lawful_iri_and_back(prefix: str, local: str) -> None:
    node = f"{prefix}:{local}"
    assert iri(node_iri(node))[1:-1] == node_iri(node)
    assert compact(node_iri(node)) == node


@given(WORDS, WORDS)
def test_a_concept_goes_to_a_lawful_iri_and_back(part: str, value: str) -> None:
    assert compact(iri(concept_iri(f"{part}/{value}"))[1:-1]) == f"{part}/{value}"


def test_what_we_do_not_name_stays_an_iri() -> None:
    assert compact("https://example.org/x") == "https://example.org/x"


def test_the_ranks_of_taxrank() -> None:
    assert rank_iri("Class") == "http://purl.obolibrary.org/obo/TAXRANK_0000002"
    assert rank_iri("Phylum (Division)") == "http://purl.obolibrary.org/obo/TAXRANK_0000001"
    assert rank_iri("Superdomain") == ""


@pytest.mark.parametrize("text", ["", "no scheme", "http://a b", "http://a<b>", 'http://"', "http://a\\b", "http://\n"])
def test_unlawful_iris_are_refused(text: str) -> None:
    with pytest.raises(InvalidData):
        iri(text)
