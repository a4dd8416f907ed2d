"""Concepts, assertions and their evidence as descriptions."""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import astuple
from itertools import chain

from seston.graph.columnar.statements import ABSENT, PRESENT, Statements
from seston.graph.rdf.nquads import Description, iri, literal, typed
from seston.graph.vocabulary import BASE, concept_iri, node_iri, term
from seston.records import Assertion, Concept, Evidence, Polarity

OURS = frozenset({"CC-BY-4.0"})
"""Licences of articles that are ours, whose sentences the graph may hold."""

CURATED = "curated/"
"""Begins the page of evidence that people gave, not texts."""

POLARITIES = {
    Polarity.PRESENT: term("sst:Present"),
    Polarity.ABSENT: term("sst:Absent"),
    Polarity.VARIABLE: term("sst:Variable"),
}
SPDX = "http://spdx.org/licenses/"
SHORTCUTS = {
    PRESENT: term("sst:hasMorphology"),
    ABSENT: term("sst:lacksMorphology"),
    -1: term("sst:variesInMorphology"),
}
_TYPE = term("rdf:type")


def scheme(concepts: Iterable[Concept]) -> Iterator[Description]:
    """Yield the descriptions of concepts, sorted by IRI, in the words of ``ontology/morphology.ttl``."""
    for subject, concept in sorted((iri(concept_iri(concept.id)), concept) for concept in concepts):
        yield subject, _concept_pairs(concept)


def _concept_pairs(concept: Concept) -> list[tuple[str, str]]:
    pairs = [
        (_TYPE, term("sst:Morphology")),
        (_TYPE, term("skos:Concept")),
        (term("dcterms:identifier"), literal(concept.id)),
        (term("skos:prefLabel"), literal(concept.label, "en")),
        (term("skos:inScheme"), iri(concept_iri("scheme"))),
    ]
    if concept.definition:
        pairs.append((term("skos:definition"), literal(concept.definition, "en")))
    if concept.broader:
        pairs.append((term("skos:broader"), iri(concept_iri(concept.broader))))
    if concept.exclusive:
        pairs.append((term("sst:exclusive"), typed(True)))
    if concept.measurement:
        pairs.append((term("sst:measurement"), literal(concept.measurement, "en")))
    pairs += [(term("skos:altLabel"), literal(wording, "en")) for wording in concept.wordings]
    pairs += [(term("sst:instrument"), literal(instrument)) for instrument in concept.instruments]
    pairs += [(term("sst:lifeStage"), literal(stage)) for stage in concept.stages]
    if concept.cue:
        pairs.append((term("sst:cue"), literal(concept.cue, "en")))
    if concept.measure:
        pairs.append((term("sst:measure"), literal(concept.measure)))
    bounds = (("sst:least", concept.least), ("sst:most", concept.most))
    return pairs + [(term(name), _decimal(bound)) for name, bound in bounds if bound is not None]


def _decimal(number: float) -> str:
    """Return a number as Turtle's plain 2.5 means it, so that the scheme's own file says the same."""
    return f'"{number!r}"^^{term("xsd:decimal")}'


def by_graph(assertions: Iterable[Assertion]) -> dict[str, list[Assertion]]:
    """Return what texts say, for the graph of descriptions, and what people answered, for the curated graph."""
    groups: dict[str, list[Assertion]] = {"descriptions": [], "curated": []}
    for assertion in assertions:
        groups["curated" if assertion.evidence.page.startswith(CURATED) else "descriptions"].append(assertion)
    return groups


def descriptions(
    assertions: Collection[Assertion],
    statements: Statements,
    nodes: Collection[str],
    concepts: Collection[str],
    sentences: Mapping[Evidence, str],
) -> Iterator[Description]:
    """Yield assertions, then evidence, then the shortcuts of nodes: each sorted by IRI.

    Parameters
    ----------
    assertions
        In any order.
    statements
        What they come to, for the shortcuts.
    nodes, concepts
        Ids behind the numbers of ``statements``.
    sentences
        The words behind evidence; those under a licence that is not ours are left out.

    Yields
    ------
    tuple
        Subject and pairs.
    """
    distinct = {astuple(assertion): assertion for assertion in assertions}.values()
    shortcuts: dict[str, list[tuple[str, str]]] = {}
    node_ids, concept_ids = list(nodes), list(concepts)
    rows = zip(statements.node.tolist(), statements.concept.tolist(), statements.polarity.tolist(), strict=True)
    for node, concept, polarity in rows:
        pair = (SHORTCUTS[polarity], iri(concept_iri(concept_ids[concept])))
        shortcuts.setdefault(iri(node_iri(node_ids[node])), []).append(pair)
    yield from sorted(
        chain(
            ((assertion_term(assertion), _assertion_pairs(assertion)) for assertion in distinct),
            (
                (evidence_term(evidence), _evidence_pairs(evidence, sentences.get(evidence, "")))
                for evidence in {assertion.evidence for assertion in distinct}
            ),
            shortcuts.items(),
        )
    )


def assertion_term(assertion: Assertion) -> str:
    """Return the IRI of an assertion, made from all that it says."""
    return f"<{BASE}assertion/{_digest(astuple(assertion))}>"


def evidence_term(evidence: Evidence) -> str:
    """Return the IRI of a piece of evidence, made from all that it says."""
    return f"<{BASE}evidence/{_digest(astuple(evidence))}>"


def _digest(values: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(values).encode("utf-8", "backslashreplace")).hexdigest()[:24]


def _assertion_pairs(assertion: Assertion) -> list[tuple[str, str]]:
    evidence = evidence_term(assertion.evidence)
    pairs = [
        (_TYPE, term("sst:Assertion")),
        (term("sst:about"), iri(node_iri(assertion.about))),
        (term("sst:concept"), iri(concept_iri(assertion.concept))),
        (term("sst:polarity"), POLARITIES[assertion.polarity]),
        (term("sst:confidence"), typed(float(assertion.confidence))),
        (term("sst:evidence"), evidence),
        (term("prov:wasDerivedFrom"), evidence),
    ]
    return pairs + ([(term("sst:stage"), literal(assertion.stage))] if assertion.stage else [])


def _evidence_pairs(evidence: Evidence, sentence: str) -> list[tuple[str, str]]:
    texts = {
        "sst:page": evidence.page,
        "sst:revision": evidence.revision,
        "sst:section": evidence.section,
        "sst:quoteSha256": evidence.quote_sha256,
        "dcterms:source": evidence.source,
        "sst:method": evidence.method,
        "sst:sentence": sentence if evidence.licence in OURS else "",
    }
    pairs = [(_TYPE, term("sst:Evidence")), (_TYPE, term("prov:Entity"))]
    pairs += [(term("sst:start"), typed(evidence.start)), (term("sst:end"), typed(evidence.end))]
    pairs += [(term(name), literal(text)) for name, text in texts.items() if text]
    if re.fullmatch(r"[A-Za-z0-9.+-]+", evidence.licence):
        pairs.append((term("dcterms:license"), iri(SPDX + evidence.licence)))
    elif evidence.licence:
        pairs.append((term("dcterms:rights"), literal(evidence.licence)))
    return pairs
