"""Where each named graph comes from, in the words of PROV-O, and which snapshot of it a file holds."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from seston.graph.columnar.core import Core
from seston.graph.rdf.nquads import Description, literal
from seston.graph.vocabulary import graph_iri, term

_DIGITS = 16
_STATED = ("descriptions", "curated")


class Snapshots:
    """The content of graphs as they are written: the same lines give the same version, whenever and wherever.

    Examples
    --------
    >>> snapshots = Snapshots()
    >>> "".join(snapshots.read("taxonomy/worms", ["a", "b"]))
    'ab'
    >>> dict(snapshots.versions())
    {'taxonomy/worms': 'fb8e20fc2e4c3f24'}
    """

    def __init__(self) -> None:
        self._hashes = dict[str, "hashlib._Hash"]()

    def read(self, graph: str, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines of a graph, and take them in."""
        content = self._hashes[graph] = hashlib.sha256()
        for text in lines:
            content.update(text.encode())
            yield text

    def versions(self) -> Iterator[tuple[str, str]]:
        """Yield each graph that held anything, with the digits that stand for its content."""
        empty = hashlib.sha256().digest()
        for graph, content in self._hashes.items():
            if content.digest() != empty:
                yield graph, content.hexdigest()[:_DIGITS]


def provenance(core: Core, versions: Mapping[str, str]) -> Iterator[Description]:
    """Yield the description of each named graph, sorted by IRI.

    Parameters
    ----------
    core
        The nodes, with the tables that they were read from.
    versions
        Graph → the digits of its snapshot.

    Yields
    ------
    tuple
        A ``prov:Entity`` with its version, the tables of a source, and for a derived graph those it was derived from.
    """
    tables: dict[str, set[str]] = {}
    for node, source in zip(core.hierarchy.ids, core.column("source"), strict=True):
        tables.setdefault(f"taxonomy/{node.partition(':')[0]}", set()).update(filter(None, (source or "").split(";")))
    taxonomies = [graph for graph in versions if graph.startswith("taxonomy/")]
    made_of = {"closure": taxonomies, "inherited": [*taxonomies, *(graph for graph in _STATED if graph in versions)]}
    for subject, graph in sorted((f"<{graph_iri(graph)}>", graph) for graph in versions):
        pairs = [(term("rdf:type"), term("prov:Entity")), (term("owl:versionInfo"), literal(versions[graph]))]
        pairs += [(term("dcterms:source"), literal(table)) for table in sorted(tables.get(graph, ()))]
        yield subject, pairs + [(term("prov:wasDerivedFrom"), f"<{graph_iri(g)}>") for g in made_of.get(graph, ())]
