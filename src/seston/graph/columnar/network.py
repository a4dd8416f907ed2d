"""The taxonomy as a networkx graph, for those who want graph algorithms and pictures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from seston.graph.columnar.core import Core
from seston.graph.columnar.statements import ABSENT, PRESENT, Statements

if TYPE_CHECKING:
    import networkx


def network(
    core: Core,
    statements: Statements | None = None,
    concepts: Sequence[str] = (),
    *,
    root: int = 0,
    depth: int | None = None,
) -> "networkx.DiGraph[str]":
    """Return the nodes of a subtree as a directed graph, an edge from each parent to its child.

    Parameters
    ----------
    core
        The taxonomy.
    statements
        What nodes say themselves, or nothing.
    concepts
        (k,) ids of the columns of ``statements``.
    root
        Number of the topmost node to show.
    depth
        How many levels below it; all when not given.

    Returns
    -------
    networkx.DiGraph
        Nodes by id, in preorder, with ``name``, ``rank``, ``kind``, ``inherits`` (whether it takes part in what holds
        above it), ``shows`` and ``lacks`` (lists of concept ids).

    Examples
    --------
    >>> from seston.graph.columnar.core import build_core
    >>> from seston.records import Taxon
    >>> core = build_core([Taxon("worms:1", "Biota", "", ""), Taxon("worms:2", "Animalia", "kingdom", "worms:1")])
    >>> sorted(network(core, root=core.hierarchy.find("Biota")).edges)
    [('worms:1', 'worms:2')]
    """
    import networkx

    tree, kind, rank = core.hierarchy, core.column("kind"), core.column("rank")
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    deepest = tree.depth[root] + (len(tree) if depth is None else depth)
    for node in range(root, int(tree.leave[root])):
        if tree.depth[node] > deepest:
            continue
        said: dict[str, Any] = {"rank": rank[node] or "", "kind": kind[node], "inherits": not core.blocked[node]}
        said |= {"shows": [], "lacks": []}
        graph.add_node(tree.ids[node], name=tree.names[node], **said)
        if node != root:
            graph.add_edge(tree.ids[int(tree.parent[node])], tree.ids[node])
    if statements is not None:
        _say(graph, core, statements, concepts)
    return graph


def _say(graph: "networkx.DiGraph[str]", core: Core, statements: Statements, concepts: Sequence[str]) -> None:
    columns = {PRESENT: "shows", ABSENT: "lacks"}
    rows = zip(statements.node.tolist(), statements.concept.tolist(), statements.polarity.tolist(), strict=True)
    for node, concept, polarity in rows:
        name = core.hierarchy.ids[node]
        if polarity in columns and name in graph:
            graph.nodes[name][columns[polarity]].append(concepts[concept])
