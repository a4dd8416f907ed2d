"""Records to RDF: the whole graph as one N-Quads file, a named graph per source.

Within each named graph the lines are sorted, so that the same records always give the same bytes.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from seston.disk import replacing
from seston.graph.assertion_quads import descriptions, scheme
from seston.graph.core import Core
from seston.graph.hierarchy import Hierarchy
from seston.graph.inheritance import PackedValues, inherit_packed
from seston.graph.nquads import Description, lines, typed
from seston.graph.statements import Statements, statements_of
from seston.graph.taxon_quads import subjects, taxonomy
from seston.graph.vocabulary import concept_iri, graph_iri, term
from seston.records import Assertion, Concept, Evidence


def write_nquads(
    path: Path,
    core: Core,
    concepts: Sequence[Concept],
    assertions: Collection[Assertion],
    sentences: Mapping[Evidence, str] | None = None,
) -> None:
    """Write the graph to a file, at once or not at all.

    Parameters
    ----------
    path
        The ``.nq`` file.
    core
        Taxa and categories.
    concepts
        The scheme.
    assertions
        What descriptions say, about any node of the core, in concepts of the scheme.
    sentences
        The words behind evidence, to keep where the licence is ours.

    Raises
    ------
    UnknownTaxon, UnknownConcept, ContradictoryAssertions
        See `statements_of`.
    InvalidData
        A text or an IRI that RDF cannot hold.
    WorkspaceError
        The file cannot be written.
    """
    with replacing(path) as sibling, sibling.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(nquads(core, concepts, assertions, sentences))


def nquads(
    core: Core,
    concepts: Sequence[Concept],
    assertions: Collection[Assertion],
    sentences: Mapping[Evidence, str] | None = None,
) -> Iterator[str]:
    """Yield the text of the graph in pieces; parameters as for `write_nquads`."""
    ids = [concept.id for concept in concepts]
    statements = statements_of(core.hierarchy, ids, assertions)
    said = descriptions(assertions, statements, core.hierarchy.ids, ids, sentences or {})
    yield from lines(graph_iri("taxonomy"), taxonomy(core))
    yield from lines(graph_iri("scheme"), scheme(concepts))
    yield from lines(graph_iri("descriptions"), said)
    yield from derived_nquads(core, ids, statements)


def derived_nquads(core: Core, concepts: Sequence[str], statements: Statements) -> Iterator[str]:
    """Yield the text of the derived graphs: ancestors with depths, and effective values.

    Parameters
    ----------
    core
        Taxa and categories.
    concepts
        (k,) ids.
    statements
        What nodes say themselves.

    Yields
    ------
    str
        Lines.
    """
    subject = subjects(core)
    values = inherit_packed(core.hierarchy, statements, len(concepts), core.blocked)
    yield from lines(graph_iri("closure"), closure(core.hierarchy, subject))
    yield from lines(graph_iri("inherited"), inherited(subject, concepts, values))


def closure(hierarchy: Hierarchy, subject: Sequence[str]) -> Iterator[Description]:
    """Yield each node's depth and ancestors, sorted by IRI; ``subject`` (n,) holds the IRIs."""
    above, deep = term("skos:broaderTransitive"), term("sst:depth")
    lineages, depth = hierarchy.lineages, hierarchy.depth.tolist()
    for i in _sorted(subject):
        ancestors = lineages[i, : depth[i]].tolist()
        yield subject[i], [(deep, typed(depth[i])), *((above, subject[j]) for j in ancestors)]


def inherited(subject: Sequence[str], concepts: Sequence[str], values: PackedValues) -> Iterator[Description]:
    """Yield effective values, own or inherited, after exceptions, sorted by IRI.

    The values stand once, at the node that says something or inherits nothing; it and all that share its row name it
    by ``sst:morphologyFrom``. Written out at each of 20,000 nodes they took 194 MB.
    """
    column = np.array([f"<{concept_iri(concept)}>" for concept in concepts], dtype=object)
    rows, row = values.rows(), values.row.tolist()
    holders = _holders(values)
    filled, origin = np.asarray((rows >= 0).any(axis=1)), term("sst:morphologyFrom")
    predicates = ((1, term("sst:effectiveMorphology")), (0, term("sst:effectiveAbsence")))
    for i in _sorted(subject):
        if not filled[row[i]]:
            continue
        pairs = [(origin, subject[holders[row[i]]])]
        if holders[row[i]] == i:
            said = rows[row[i]]
            pairs += [(predicate, concept) for code, predicate in predicates for concept in column[said == code]]
        yield subject[i], pairs


def _holders(values: PackedValues) -> list[int]:
    """Return the node that each row of the packed values belongs to, (r,): the first that has it, in preorder."""
    found, first = np.unique(values.row, return_index=True)
    holders = np.zeros(int(found.max()) + 1, dtype=np.int64)
    holders[found] = first
    return [int(node) for node in holders]


def _sorted(subject: Sequence[str]) -> list[int]:
    return sorted(range(len(subject)), key=subject.__getitem__)
