from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from seston.errors import InvalidData
from seston.graph.columnar.core import build_core
from seston.graph.rdf.reading import read_records
from seston.graph.rdf.writing import nquads, write_nquads
from seston.graph.vocabulary import SST, graph_iri
from seston.records import Assertion, Category, Concept, Evidence, Name, Polarity, Taxon
from tests.graph.sample import ASSERTIONS, CATEGORIES, CONCEPTS, SENTENCES, TAXA, sample_core
from tests.graph.strategies import parent_links

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SOME = ANY.filter(lambda text: bool(text.strip()))
LOCAL = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
LANGUAGES = st.sampled_from(["", "en", "fr", "not a tag"])


@st.composite
def names(draw: st.DrawFn) -> Name:
    kind = draw(st.sampled_from(["synonym", "vernacular"]))
    return Name(draw(ANY), kind, draw(LANGUAGES), draw(ANY))


@st.composite
def taxa(draw: st.DrawFn) -> list[Taxon]:
    ids, parents = draw(parent_links(6))
    curie = {node: f"worms:{draw(LOCAL)}{node[2:]}" for node in ids}
    return [
        Taxon(
            curie[node], draw(SOME), draw(ANY), curie.get(parent, ""), draw(ANY), draw(ANY),
            tuple(sorted({f"ecotaxa:{x}" for x in draw(st.lists(LOCAL, max_size=2))})),
            tuple(draw(st.lists(names(), max_size=2))), draw(ANY),
        )
        for node, parent in zip(ids, parents, strict=True)
    ]  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Taxon], list[Category], list[Concept], list[Assertion]]:
    tree = draw(taxa())
    of = st.sampled_from(["", *(taxon.id for taxon in tree)])
    labels = draw(st.lists(LOCAL, max_size=3, unique=True))
    categories: list[Category] = [
        Category(f"data:{x}", draw(SOME), draw(of), draw(ANY), draw(st.booleans()), (), draw(ANY)) for x in labels
    ]
    values = draw(st.lists(LOCAL, min_size=1, max_size=3, unique=True))
    concepts = [
        Concept(
            f"part/{x}", draw(SOME), draw(ANY), draw(st.sampled_from(["", "part"])),
            tuple(sorted(set(draw(st.lists(ANY, max_size=3))))), draw(st.booleans()), draw(ANY),
            tuple(sorted(set(draw(st.lists(ANY, max_size=2))))),
        )
        for x in values
    ]  # fmt: skip
    evidence = st.builds(
        Evidence, ANY, ANY, ANY, st.integers(0, 10**6), st.integers(0, 10**6), ANY,
        st.sampled_from(["", "CC-BY-4.0", "CC BY-SA 3.0 «x»"]), ANY, ANY,
    )  # fmt: skip
    cells = st.tuples(
        st.sampled_from([n.id for n in tree] + [n.id for n in categories]), st.sampled_from([c.id for c in concepts])
    )
    polarity = draw(st.dictionaries(cells, st.sampled_from(Polarity), max_size=6))
    said = [
        Assertion(about, concept, sign, draw(st.floats(0, 1)), draw(evidence), draw(st.sampled_from(["", "larva"])))
        for (about, concept), sign in polarity.items()
    ]
    return tree, categories, concepts, said


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_records_to_quads_to_records(world: tuple[list[Taxon], list[Category], list[Concept], list[Assertion]]) -> None:
    tree, categories, concepts, said = world
    text = "".join(nquads(build_core(tree, categories), concepts, said))
    store = Store()
    store.load(text, format=RdfFormat.N_QUADS)
    found = read_records(store)
    assert list(found.taxa) == sorted(tree, key=lambda taxon: taxon.id)
    assert list(found.categories) == sorted(categories, key=lambda category: category.id)
    assert list(found.concepts) == sorted(concepts, key=lambda concept: concept.id)
    assert list(found.assertions) == sorted(set(said), key=repr)


def test_the_sample_comes_back_with_its_sentences(sample_store: Store) -> None:
    found = read_records(sample_store)
    assert set(found.taxa) == set(TAXA)
    assert set(found.categories) == set(CATEGORIES)
    assert set(found.concepts) == set(CONCEPTS)
    assert set(found.assertions) == set(ASSERTIONS)
    assert found.sentences == SENTENCES


def test_the_file_is_sorted_within_each_graph_and_always_the_same(sample_nquads: Path, tmp_path: Path) -> None:
    lines = sample_nquads.read_text().splitlines()
    graphs = [(graph, list(rows)) for graph, rows in groupby(lines, lambda line: line.rsplit(" ", 2)[1])]
    assert [graph.rpartition("/graph/")[2] for graph, _ in graphs] == [
        "taxonomy/ecotaxa>", "taxonomy/planktonset>", "taxonomy/seston>", "taxonomy/worms>",
        "scheme>", "descriptions>", "closure>", "inherited>", "provenance>",
    ]  # fmt: skip
    for _, rows in graphs:
        assert rows == sorted(set(rows))
    again = build_core(TAXA[::-1], CATEGORIES[::-1])
    write_nquads(tmp_path / "again.nq", again, CONCEPTS, ASSERTIONS[::-1] * 2, SENTENCES)
    assert (tmp_path / "again.nq").read_bytes() == sample_nquads.read_bytes()


def test_each_named_graph_has_a_snapshot_and_says_what_it_comes_from(sample_nquads: Path, tmp_path: Path) -> None:
    def told(path: Path) -> dict[str, dict[str, set[str]]]:
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for quad in parse(path=str(path), format=RdfFormat.N_QUADS):
            if quad.graph_name == NamedNode(graph_iri("provenance")):
                graph, name = str(quad.subject), str(quad.predicate)[1:-1].replace("#", "/").rpartition("/")[2]
                found[graph.partition("/graph/")[2][:-1]][name].add(str(quad.object))
        return found

    before, named = told(sample_nquads), f"<{graph_iri('')}"
    assert before["taxonomy/worms"]["source"] == {'"worms"'}
    assert before["taxonomy/ecotaxa"].keys() == {"type", "versionInfo"}
    assert f"{named}descriptions>" in before["inherited"]["wasDerivedFrom"]
    assert before["closure"]["wasDerivedFrom"] == {f"{named}{g}>" for g in before if g.startswith("taxonomy/")}
    taxa = [replace(t, authority="Someone, 1900") if t.id == "worms:1248" else t for t in TAXA]
    write_nquads(tmp_path / "new.nq", build_core(taxa, CATEGORIES), CONCEPTS, ASSERTIONS, SENTENCES)
    after = told(tmp_path / "new.nq")
    assert [graph for graph in before if before[graph] != after[graph]] == ["taxonomy/worms"]


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # until rdflib stops calling it
def test_rdflib_reads_the_same_quads(sample_nquads: Path, sample_store: Store) -> None:
    data = rdflib.Dataset()
    data.parse(sample_nquads, format="nquads")
    assert len(list(data.quads())) == len(sample_store)


def test_what_two_labels_share_is_wider_than_each(sample_nquads: Path) -> None:
    lines = [line for line in sample_nquads.read_text().splitlines() if "/ecotaxa/84963>" in line]
    assert len(lines) == 2 and all("#broadMatch>" in line for line in lines)


def test_sentences_under_other_licences_stay_out() -> None:
    evidence = Evidence("Copepod", "17", "", 0, 9, "00", "CC-BY-SA-3.0", "general")
    theirs = Assertion("worms:1080", "tail/forked", Polarity.PRESENT, 1.0, evidence)
    text = "".join(nquads(sample_core(), CONCEPTS, [theirs], {evidence: "Their words."}))
    assert "Their words" not in text and "licenses/CC-BY-SA-3.0" in text


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("old")
    bad = [Concept("tail/forked", "forked \udcff", "", "tail")]
    with pytest.raises(InvalidData, match="surrogate"):
        write_nquads(path, sample_core(), bad, [])
    assert [file.name for file in tmp_path.iterdir()] == ["graph.nq"]
    assert path.read_text() == "old"


def test_answers_of_people_have_a_graph_of_their_own() -> None:
    first, second = ASSERTIONS[:2]
    seen = replace(first.evidence, page="curated/assertions.csv", method="seen on images")
    answered = replace(first, about=second.about, concept="surface/smooth", evidence=seen)
    store = Store()
    store.load("".join(nquads(sample_core(), CONCEPTS, [first, answered])).encode(), RdfFormat.N_QUADS)
    kept = {
        name: len(list(store.quads_for_pattern(None, None, NamedNode(SST + "Assertion"), NamedNode(graph_iri(name)))))
        for name in ("descriptions", "curated")
    }
    assert kept == {"descriptions": 1, "curated": 1}
    assert answered in read_records(store).assertions
