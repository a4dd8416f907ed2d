"""RDF back to records."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Literal, NamedNode, Store

from seston.graph.querying.store import graphs_of
from seston.graph.rdf.assertion_quads import POLARITIES, SPDX
from seston.graph.vocabulary import compact, term
from seston.records import Assertion, Category, Concept, Evidence, Name, Taxon

_Node = dict[str, list[NamedNode | Literal]]
_POLARITY = {iri[1:-1]: polarity for polarity, iri in POLARITIES.items()}


@dataclass(frozen=True)
class Records:
    """What a store holds, each kind sorted by id; assertions and evidence by what they say."""

    taxa: tuple[Taxon, ...]
    categories: tuple[Category, ...]
    concepts: tuple[Concept, ...]
    assertions: tuple[Assertion, ...]
    sentences: dict[Evidence, str]


def read_records(store: Store) -> Records:
    """Return the records that a store was written from.

    Parameters
    ----------
    store
        A store with the named graphs of `write_nquads`.

    Returns
    -------
    Records
        Equal to the records written, but for their order and repeats.
    """
    taxonomy, scheme = _nodes(store, "taxonomy"), _nodes(store, "scheme")
    said = _nodes(store, "descriptions") | _nodes(store, "curated")
    evidence = {iri: _evidence(node) for iri, node in said.items() if _is(node, "sst:Evidence")}
    return Records(
        tuple(sorted((_taxon(n, taxonomy) for n in taxonomy.values() if _is(n, "dwc:Taxon")), key=_by_id)),
        tuple(sorted((_category(n) for n in taxonomy.values() if _is(n, "sst:MorphoCategory")), key=_by_id)),
        tuple(sorted((_concept(n) for n in scheme.values() if _is(n, "sst:Morphology")), key=_by_id)),
        tuple(sorted((_assertion(n, evidence) for n in said.values() if _is(n, "sst:Assertion")), key=repr)),
        {evidence[iri]: _text(node, "sst:sentence") for iri, node in said.items() if _has(node, "sst:sentence")},
    )


def _by_id(record: Taxon | Category | Concept) -> str:
    return record.id


def _nodes(store: Store, graph: str) -> dict[str, _Node]:
    """Return subject → predicate → objects of a named graph, or of those of all sources."""
    nodes: dict[str, _Node] = defaultdict(lambda: defaultdict(list))
    for quad in chain.from_iterable(store.quads_for_pattern(None, None, None, g) for g in graphs_of(store, graph)):
        nodes[quad.subject.value][f"<{quad.predicate.value}>"].append(quad.object)  # type: ignore[union-attr, arg-type]
    return nodes


def _values(node: _Node, name: str) -> list[str]:
    return sorted(value.value for value in node.get(term(name), ()))


def _has(node: _Node, name: str) -> bool:
    return term(name) in node


def _is(node: _Node, name: str) -> bool:
    return term(name)[1:-1] in _values(node, "rdf:type")


def _text(node: _Node, name: str) -> str:
    return next(iter(_values(node, name)), "")


def _ids(node: _Node, name: str) -> tuple[str, ...]:
    return tuple(sorted(compact(value) for value in _values(node, name)))


def _id(node: _Node, name: str) -> str:
    return next(iter(_ids(node, name)), "")


def _taxon(node: _Node, taxonomy: dict[str, _Node]) -> Taxon:
    parent = _text(node, "skos:broader")
    return Taxon(
        id=_text(node, "dcterms:identifier"),
        name=_text(node, "skos:prefLabel"),
        rank=_text(node, "dwc:taxonRank"),
        parent="" if _is(taxonomy.get(parent, {}), "sst:Group") else compact(parent),
        status=_text(node, "dwc:taxonomicStatus"),
        authority=_text(node, "dwc:scientificNameAuthorship"),
        same_as=_ids(node, "skos:exactMatch"),
        names=tuple(_name(taxonomy[label]) for label in _values(node, "skosxl:altLabel")),
        source=_text(node, "dcterms:source"),
    )


def _name(node: _Node) -> Name:
    return Name(
        text=_text(node, "skosxl:literalForm"),
        kind=_text(node, "sst:nameKind"),
        language=_text(node, "dcterms:language"),
        authority=_text(node, "dwc:scientificNameAuthorship"),
    )


def _category(node: _Node) -> Category:
    return Category(
        id=_text(node, "dcterms:identifier"),
        name=_text(node, "skos:prefLabel"),
        of_taxon=_id(node, "sst:ofTaxon"),
        qualifier=_text(node, "sst:qualifier"),
        living=_text(node, "sst:living") == "true",
        same_as=tuple(sorted(_ids(node, "skos:exactMatch") + _ids(node, "skos:broadMatch"))),
        source=_text(node, "dcterms:source"),
    )


def _concept(node: _Node) -> Concept:
    return Concept(
        id=_text(node, "dcterms:identifier"),
        label=_text(node, "skos:prefLabel"),
        definition=_text(node, "skos:definition"),
        broader=_id(node, "skos:broader"),
        wordings=tuple(_values(node, "skos:altLabel")),
        exclusive=_text(node, "sst:exclusive") == "true",
        measurement=_text(node, "sst:measurement"),
        instruments=tuple(_values(node, "sst:instrument")),
        cue=_text(node, "sst:cue"),
        stages=tuple(_values(node, "sst:lifeStage")),
        measure=_text(node, "sst:measure"),
        least=_bound(node, "sst:least"),
        most=_bound(node, "sst:most"),
    )


def _bound(node: _Node, name: str) -> float | None:
    text = _text(node, name)
    return float(text) if text else None


def _assertion(node: _Node, evidence: dict[str, Evidence]) -> Assertion:
    return Assertion(
        about=_id(node, "sst:about"),
        concept=_id(node, "sst:concept"),
        polarity=_POLARITY[_text(node, "sst:polarity")],
        confidence=float(_text(node, "sst:confidence")),
        evidence=evidence[_text(node, "sst:evidence")],
        stage=_text(node, "sst:stage"),
    )


def _evidence(node: _Node) -> Evidence:
    return Evidence(
        page=_text(node, "sst:page"),
        revision=_text(node, "sst:revision"),
        section=_text(node, "sst:section"),
        start=int(_text(node, "sst:start")),
        end=int(_text(node, "sst:end")),
        quote_sha256=_text(node, "sst:quoteSha256"),
        licence=_text(node, "dcterms:license").removeprefix(SPDX) or _text(node, "dcterms:rights"),
        source=_text(node, "dcterms:source"),
        method=_text(node, "sst:method"),
    )
