"""The graph of a workspace as a store on disk, for the endpoint."""

import json
from importlib.metadata import version
from pathlib import Path

from seston.bundled import folder
from seston.disk import sha256_of, write_text
from seston.errors import MissingStage
from seston.graph.querying.store import build_store
from seston.pipeline.exploring.describing import ONTOLOGY, TO_GRAPH
from seston.pipeline.knowledge import QUADS
from seston.pipeline.stages import Progress, states
from seston.workspace import Workspace

STORE = "graph/store"
_MADE_FROM = "graph/store.json"


def store_of(workspace: Workspace, progress: Progress) -> Path:
    """Return the folder of a store that holds the graph of a workspace and the ontology.

    It is kept, and made again when the graph, the ontology or the store's library has changed. The graph itself is
    taken as it is: when it is stale, that is told, and nothing is built.

    Parameters
    ----------
    workspace
        Where.
    progress
        Told when the store is made, and when the graph is stale.

    Raises
    ------
    MissingStage
        The workspace has no graph.
    """
    quads, store = workspace.path(QUADS), workspace.path(STORE)
    if not quads.is_file():
        raise MissingStage(
            f"No graph in {workspace.root}.",
            hint="Build it with 'seston build graph', or name another workspace with 'seston -w DIR serve'.",
        )
    if stale := [f"{stage.name}: {why}" for stage, why in states(workspace, TO_GRAPH) if why]:
        progress.note(f"The graph is older than what it is made of ({stale[0]}); 'seston build graph' renews it.")
    if fresh := kept_store(workspace):
        return fresh
    progress.stage("store", "the graph to a store on disk, for SPARQL")
    mark = workspace.path(_MADE_FROM)
    mark.unlink(missing_ok=True)
    build_store(store, quads, _ontology(), optimised=True)
    write_text(mark, _made_from(workspace))
    return store


def kept_store(workspace: Workspace) -> Path | None:
    """Return the folder of the store, if there is one and it holds the graph as it is now."""
    store, mark = workspace.path(STORE), workspace.path(_MADE_FROM)
    fresh = store.is_dir() and mark.is_file() and mark.read_text() == _made_from(workspace)
    return store if fresh else None


def _made_from(workspace: Workspace) -> str:
    files = [sha256_of(file) for file in (workspace.path(QUADS), *_ontology())]
    return json.dumps({"library": version("pyoxigraph"), "files": files})


def _ontology() -> list[Path]:
    return [folder("ontology") / name for name in ONTOLOGY]
