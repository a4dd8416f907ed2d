"""Records to RDF: the whole graph as one N-Quads file, a named graph per source.

Within each named graph the lines are sorted, so that the same records always give the same bytes.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from seston.disk import replacing
from seston.graph.columnar.core import Core
from seston.graph.columnar.statements import Statements, statements_of
from seston.graph.rdf.assertion_quads import by_graph, descriptions, scheme
from seston.graph.rdf.columns import Columns
from seston.graph.rdf.derived_quads import closure, inherited
from seston.graph.rdf.nquads import lines
from seston.graph.rdf.provenance import Snapshots, provenance
from seston.graph.rdf.taxon_quads import subjects, taxonomies
from seston.graph.vocabulary import graph_iri
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
    statements, snapshots = statements_of(core.hierarchy, ids, assertions), Snapshots()
    for source, columns in taxonomies(core).items():
        name = f"taxonomy/{source}"
        yield from snapshots.read(name, columns.lines(graph_iri(name)))
    yield from snapshots.read("scheme", lines(graph_iri("scheme"), scheme(concepts)))
    for name, group in by_graph(assertions).items():
        stated = statements_of(core.hierarchy, ids, group)
        said = descriptions(group, stated, core.hierarchy.ids, ids, sentences or {})
        yield from snapshots.read(name, lines(graph_iri(name), said))
    for name, derived in derived_graphs(core, ids, statements, assertions).items():
        yield from snapshots.read(name, derived.lines(graph_iri(name)))
    yield from lines(graph_iri("provenance"), provenance(core, dict(snapshots.versions())))


def derived_graphs(
    core: Core, concepts: Sequence[str], statements: Statements, assertions: Collection[Assertion]
) -> dict[str, Columns]:
    """Return the derived graphs by name; parameters as for `inherited`."""
    subject = subjects(core)
    return {
        "closure": closure(core.hierarchy, subject),
        "inherited": inherited(core, subject, concepts, statements, assertions),
    }
