"""The bundled articles through the whole room."""

import hashlib
from functools import cache

import numpy as np

from seston.bundled import folder
from seston.concepts import Extractor, concept_matrix, consolidate, coverage, label_rows, load_scheme
from seston.concepts.consolidate import Consolidated
from seston.concepts.matrix import stages_of
from seston.graph.columnar.core import Core, build_core
from seston.graph.columnar.inheritance import inherit
from seston.graph.columnar.statements import GROWN, statements_of
from seston.records import Assertion, Category, Taxon
from seston.sources.descriptions import Article, read_descriptions
from seston.sources.taxonomy import read_categories, read_taxa

SCHEME = load_scheme()


@cache
def articles() -> tuple[Article, ...]:
    return tuple(read_descriptions(folder("data") / "descriptions"))


@cache
def read() -> tuple[Assertion, ...]:
    extractor = Extractor(SCHEME, {a.id: (a.title,) for a in articles()})
    return tuple(extractor.assertions(p for a in articles() for p in a.passages))


@cache
def settled() -> Consolidated:
    return consolidate(read(), SCHEME)


def core() -> Core:
    """Return a flat tree: every taxon of an article under one root, every label under its taxon."""
    taxa = sorted({a.taxon for a in articles() if a.taxon})
    records = [Taxon("worms:0", "root", "", ""), *(Taxon(t, t, "", "worms:0") for t in taxa)]
    labels = [Category(a.id, a.label, a.taxon, "full_body", living=bool(a.taxon)) for a in articles() if a.label]
    return build_core(records, labels)


def test_evidence_gives_back_the_quoted_words() -> None:
    texts = {
        p.page: (folder("data") / "descriptions" / p.page.split("/")[-1]).read_text(encoding="utf-8")
        for a in articles()
        for p in a.passages
    }
    assert len(read()) > 4000
    for assertion in read():
        evidence = assertion.evidence
        quote = texts[evidence.page][evidence.start : evidence.end]
        assert hashlib.sha256(quote.encode()).hexdigest() == evidence.quote_sha256
        assert quote == quote.strip()
        assert "]" not in quote, "a quotation runs over the end of a sentence"


def test_reading_is_deterministic() -> None:
    extractor = Extractor(SCHEME, {a.id: (a.title,) for a in articles()})
    again = tuple(extractor.assertions(p for a in articles()[:20] for p in a.passages))
    assert again == read()[: len(again)]


def test_conflicts_are_few() -> None:
    assert len(settled().conflicts) <= 30


def test_every_living_label_says_eight_things_or_more_and_no_twins_exist() -> None:
    labels = [a.id for a in articles() if a.label and a.taxon]
    matrix = concept_matrix(core(), settled().assertions, [c.id for c in SCHEME.concepts])
    found = coverage(label_rows(matrix, labels), {a.id: a.taxon for a in articles()})
    assert min(present + absent for present, absent in found.per_row.values()) >= 8
    assert not found.identical


def test_three_fifths_of_the_concepts_are_shared() -> None:
    matrix = concept_matrix(core(), settled().assertions, [c.id for c in SCHEME.concepts])
    found = coverage(matrix)
    shared = [c for c, (present, _) in found.per_concept.items() if present >= 3]
    assert len(shared) >= 0.6 * len(SCHEME)


def test_the_matrix_inherits_as_the_graph_does() -> None:
    data, concepts = folder("data"), [c.id for c in SCHEME.concepts]
    real = build_core(read_taxa(data / "taxa.csv"), read_categories(data / "labels.csv"))
    said = [assertion for assertion in settled().assertions if assertion.about in real.hierarchy]
    grown = [assertion for assertion in said if assertion.stage in GROWN]
    values = inherit(real.hierarchy, statements_of(real.hierarchy, concepts, said), len(concepts), real.blocked)
    without_stages = concept_matrix(real, grown, concepts)
    assert np.array_equal(np.nan_to_num(without_stages.value, nan=-1), values)
    whole = np.array([not stages_of(c) for c in real.categories()])
    rows = np.array([real.hierarchy.index(c.id) for c in real.categories()])[whole]
    taxa = np.flatnonzero(real.kind == "taxon")
    everything = concept_matrix(real, said, concepts)
    for chosen in (rows, taxa):
        assert np.array_equal(np.nan_to_num(everything.value, nan=-1)[chosen], values[chosen])
