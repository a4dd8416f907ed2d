"""The OWL view: taxa as classes, and what holds for every member of a taxon as existential restrictions.

OWL is monotone, so a restriction may stand at a taxon only where no exception lies below it: it stands at the highest
taxa whose whole branch has the value. `holding` says where that is, and a reasoner must come to the same.
All axioms lie in OWL 2 EL: absence is a relation of its own, disjoint from presence concept by concept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.graph.columnar.core import Core
from seston.graph.columnar.hierarchy import Bools
from seston.graph.columnar.inheritance import Bits, inherit_packed
from seston.graph.columnar.statements import ABSENT, PRESENT, Statements
from seston.graph.rdf.nquads import Description, iri, literal
from seston.graph.rdf.taxon_quads import subjects
from seston.graph.vocabulary import BASE, concept_iri, term
from seston.records import Concept

VIEW = BASE + "owl"
_TYPE, _CLASS, _UNDER = term("rdf:type"), term("owl:Class"), term("rdfs:subClassOf")
_KINDS = ((PRESENT, term("sst:bears"), "bearer"), (ABSENT, term("sst:lacks"), "lacker"))


@dataclass(frozen=True, eq=False)
class Holding:
    """What holds for all members of a taxon, one bit a concept in words of 64.

    Parameters
    ----------
    present, absent
        (n, words) bits of each node; those of nodes that are no taxa are all set.
    """

    present: Bits
    absent: Bits

    def of(self, polarity: int) -> Bits:
        """Return the bits of `PRESENT` or `ABSENT`."""
        return self.present if polarity == PRESENT else self.absent


def holding(core: Core, statements: Statements, n_concepts: int) -> Holding:
    """Return which values every taxon has throughout its branch, after inheritance and exceptions.

    Parameters
    ----------
    core
        n nodes; only the taxa among them count.
    statements
        What nodes say themselves.
    n_concepts
        k.

    Returns
    -------
    Holding
        (n, ceil(k / 64)) words each.
    """
    values = inherit_packed(core.hierarchy, statements, n_concepts, core.blocked)
    taxa = np.asarray(core.kind == "taxon")
    return Holding(*(_throughout(core, bits[values.row], taxa) for bits in (values.present, values.absent)))


def owl_view(
    core: Core, concepts: Sequence[Concept], statements: Statements, version: str, title: str = "Seston's OWL view"
) -> Iterator[Description]:
    """Yield the view: the ontology, its properties, the forms with their bearers, and the taxa.

    Parameters
    ----------
    core
        Taxa; categories are no classes of organisms by descent and are left out.
    concepts
        (k,) the scheme.
    statements
        What nodes say themselves, about columns of ``concepts``.
    version
        The dated end of the ``owl:versionIRI``.
    title
        Of the ontology.

    Yields
    ------
    tuple
        Descriptions for `turtle`: restrictions are written as blank nodes in brackets.
    """
    yield from _head(version, title)
    for concept in sorted(concepts, key=lambda concept: concept.id):
        yield from _form(concept)
    yield from _classes(core, [concept.id for concept in concepts], statements)


def holder_iri(concept: str, polarity: int) -> str:
    """Return the IRI of the class of all that bear, or lack, a concept.

    Examples
    --------
    >>> holder_iri("tail/forked", PRESENT)
    'https://w3id.org/seston/bearer/tail/forked'
    """
    kind = "bearer" if polarity == PRESENT else "lacker"
    return BASE + kind + "/" + concept_iri(concept).removeprefix(BASE + "morphology/")


def bits_set(bits: Bits, n_concepts: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the (row, concept) numbers of the bits that are set."""
    rows = np.flatnonzero(bits.any(axis=1))
    flat = np.unpackbits(bits[rows].astype("<u8").view(np.uint8), axis=1, bitorder="little", count=n_concepts)
    row, concept = np.nonzero(flat)
    return rows[row], concept


def _throughout(core: Core, own: Bits, taxa: Bools) -> Bits:
    """Return own bits and those of all taxa below, (n, words): levels from the leaves up."""
    bits = np.where(taxa[:, None], own, ~np.uint64(0))
    for nodes in core.hierarchy.levels[:0:-1]:
        parent = core.hierarchy.parent[nodes]  # nodes of one depth in preorder have their parents in order
        start = np.flatnonzero(np.diff(parent, prepend=-1))
        shared = np.bitwise_and.reduceat(bits[nodes], start, axis=0)
        above = parent[start]
        bits[above] &= np.where(taxa[above, None], shared, ~np.uint64(0))
    return bits


def _highest(core: Core, bits: Bits, taxa: Bools) -> Bits:
    """Return the bits of taxa that their parent taxon does not have."""
    above = np.maximum(core.hierarchy.parent, 0)
    told = np.where(taxa[above, None], bits[above], np.uint64(0))
    return np.asarray(np.where(taxa[:, None], bits & ~told, np.uint64(0)))


def _head(version: str, title: str) -> Iterator[Description]:
    kept = [
        (_TYPE, term("owl:Ontology")),
        (term("owl:versionIRI"), iri(f"{VIEW}/{version}")),
        (term("owl:versionInfo"), literal(version)),
        (term("dcterms:title"), literal(title, "en")),
        (term("dcterms:license"), "<https://creativecommons.org/licenses/by/4.0/>"),
    ]
    yield f"<{VIEW}>", kept
    for name in ("dcterms:identifier", "dcterms:license", "dcterms:title", "dwc:taxonRank", "skos:definition"):
        yield term(name), [(_TYPE, term("owl:AnnotationProperty"))]
    yield term("sst:Organism"), [(_TYPE, _CLASS), (term("rdfs:label"), literal("organism", "en"))]
    for _, relation, kind in _KINDS:
        word = "bears" if kind == "bearer" else "lacks"
        yield relation, [(_TYPE, term("owl:ObjectProperty")), (term("rdfs:label"), literal(word, "en"))]


def _form(concept: Concept) -> Iterator[Description]:
    form = iri(concept_iri(concept.id))
    pairs = [(_TYPE, _CLASS), (term("rdfs:label"), literal(concept.label, "en"))]
    if concept.definition:
        pairs.append((term("skos:definition"), literal(concept.definition, "en")))
    yield form, pairs
    bearer, lacker = (iri(holder_iri(concept.id, polarity)) for polarity in (PRESENT, ABSENT))
    for holder, (_, relation, kind) in zip((bearer, lacker), _KINDS, strict=True):
        label = literal(f"{kind} of: {concept.label}", "en")
        same = (term("owl:equivalentClass"), _some(relation, form))
        apart = [(term("owl:disjointWith"), lacker)] if holder == bearer else []
        yield holder, [(_TYPE, _CLASS), (term("rdfs:label"), label), same, *apart]


def _some(relation: str, form: str) -> str:
    return f"[ a owl:Restriction ; owl:onProperty sst:{relation[:-1].rpartition('#')[2]} ; owl:someValuesFrom {form} ]"


def _classes(core: Core, concepts: Sequence[str], statements: Statements) -> Iterator[Description]:
    taxa = np.asarray(core.kind == "taxon")
    subject, said = subjects(core).to_pylist(), _restrictions(core, concepts, statements, taxa)
    columns = {name: core.column(name) for name in ("id", "name", "rank")}
    for i in sorted(np.flatnonzero(taxa).tolist(), key=subject.__getitem__):
        yield subject[i], [*_class(columns, i), *_above(core, subject, taxa, i), *said.get(i, ())]


def _class(columns: dict[str, list[Any]], i: int) -> list[tuple[str, str]]:
    pairs = [(_TYPE, _CLASS), (term("rdfs:label"), literal(columns["name"][i]))]
    pairs.append((term("dcterms:identifier"), literal(columns["id"][i])))
    return pairs + ([(term("dwc:taxonRank"), literal(columns["rank"][i]))] if columns["rank"][i] else [])


def _above(core: Core, subject: list[str], taxa: Bools, i: int) -> list[tuple[str, str]]:
    parent = int(core.hierarchy.parent[i])
    return [(_UNDER, subject[parent])] if parent >= 0 and taxa[parent] else []


def _restrictions(
    core: Core, concepts: Sequence[str], statements: Statements, taxa: Bools
) -> dict[int, list[tuple[str, str]]]:
    held = holding(core, statements, len(concepts))
    found: dict[int, list[tuple[str, str]]] = {}
    forms = [iri(concept_iri(concept)) for concept in concepts]
    for polarity, relation, _ in _KINDS:
        rows, columns = bits_set(_highest(core, held.of(polarity), taxa), len(concepts))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            found.setdefault(row, []).append((_UNDER, _some(relation, forms[column])))
    return found
