"""Stores: pyoxigraph in memory or on disk, and rdflib's interface over it."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, Store

from seston.disk import writing_errors
from seston.errors import InvalidData, MissingStage
from seston.graph.vocabulary import graph_iri

if TYPE_CHECKING:
    import rdflib

_GRAPH_OF = {"morphology.ttl": "scheme"}


def open_store(nquads: Path, ontology: Iterable[Path] = ()) -> Store:
    """Open the graph in memory.

    Parameters
    ----------
    nquads
        What `write_nquads` wrote.
    ontology
        Turtle files to load beside it: ``morphology.ttl`` into the scheme's graph, others into ``graph/ontology``.

    Returns
    -------
    pyoxigraph.Store
        The store.

    Raises
    ------
    MissingStage
        There is no such file.
    InvalidData
        A file does not parse: nothing is opened.
    """
    store = Store()
    _fill(store, nquads, ontology)
    return store


def build_store(folder: Path, nquads: Path, ontology: Iterable[Path] = (), *, optimised: bool = False) -> None:
    """Build the graph on disk (RocksDB), at once or not at all; parameters as for `open_store`.

    Parameters
    ----------
    folder
        Where to; what is there is replaced.
    nquads, ontology
        See `open_store`.
    optimised
        Compact the files: building takes half as long again, queries a third of the time.

    Raises
    ------
    MissingStage, InvalidData
        See `open_store`.
    WorkspaceError
        The folder cannot be written.
    """
    sibling = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    with writing_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            store = Store(str(sibling))
            _fill(store, nquads, ontology)
            if optimised:
                store.optimize()
            store.flush()
            del store
            if folder.exists():
                shutil.rmtree(folder)
            sibling.replace(folder)
        finally:
            shutil.rmtree(sibling, ignore_errors=True)


def read_store(folder: Path) -> Store:
    """Open a store on disk for reading.

    Raises
    ------
    MissingStage
        There is none.
    """
    try:
        return Store.read_only(str(folder))
    except OSError as error:
        raise MissingStage(f"No graph store in {folder}: {error}.", hint="Run 'seston build graph'.") from error


def graphs_of(store: Store, name: str) -> list[NamedNode]:
    """Return the named graphs of a name of `GRAPHS` that the store has, those of each source among them."""
    iri = graph_iri(name)
    found = [graph for graph in store.named_graphs() if isinstance(graph, NamedNode)]
    return sorted((g for g in found if g.value == iri or g.value.startswith(f"{iri}/")), key=str)


def rdflib_view(store: Store) -> "rdflib.Dataset":
    """Return rdflib's interface over a store, all named graphs as one by default."""
    import rdflib
    from oxrdflib import OxigraphStore

    return rdflib.Dataset(store=OxigraphStore(store=store), default_union=True)


def _fill(store: Store, nquads: Path, ontology: Iterable[Path]) -> None:
    _load(store, nquads, RdfFormat.N_QUADS, None)
    for file in ontology:
        _load(store, file, RdfFormat.TURTLE, NamedNode(graph_iri(_GRAPH_OF.get(file.name, "ontology"))))


def _load(store: Store, file: Path, form: RdfFormat, graph: NamedNode | None) -> None:
    if not file.is_file():
        raise MissingStage(f"No graph in {file}.", hint="Run 'seston build graph'.")
    try:
        store.bulk_load(path=str(file), format=form, to_graph=graph)
    except (SyntaxError, ValueError) as error:
        raise InvalidData(f"{file} does not parse: {error}.", hint="Run 'seston build graph' again.") from error
