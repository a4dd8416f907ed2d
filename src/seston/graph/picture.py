"""A subtree with its concepts as SVG: root at the left, one line a leaf, the same bytes each time."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

_LINE, _STEP, _LETTER, _MARGIN, _GAP = 17, 34, 6.4, 18, 10
_MOST = {"shows": 7, "lacks": 5}
_STYLE = {
    "name": 'font-weight="bold" fill="#17242d"',
    "rank": 'fill="#6b7780" font-style="italic"',
    "shows": 'fill="#1f6f54"',
    "lacks": 'fill="#a33b2e"',
}
_SIGN = {"shows": "+", "lacks": "−"}
_UNSEEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")
Places = dict[str, tuple[float, float]]


def picture(graph: "networkx.DiGraph[str]", labels: Mapping[str, str]) -> str:
    """Return the SVG of a tree.

    Parameters
    ----------
    graph
        What `network` returns.
    labels
        Concept id → what to write for it.

    Returns
    -------
    str
        The document. Each node has its name, its rank, and what it itself shows (+) or lacks (−): what already holds
        above it is not said again, nor is it said to lack what nothing in the picture shows.
    """
    place, told = _places(graph), _told(graph)
    texts = {node: _texts(graph.nodes[node], told[node], labels) for node in graph}
    right = max(x + _LETTER * sum(len(text) + 2 for _, text in texts[node]) for node, (x, _) in place.items())
    width, height = round(right + _MARGIN), round(max(y for _, y in place.values()) + 2 * _MARGIN)
    root = next(iter(graph))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" font-family="Helvetica, Arial, sans-serif" font-size="12">',
        f"<title>{_safe(graph.nodes[root]['name'])} and its concepts</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *(_branch(place[above], place[below]) for above, below in graph.edges),
        *(_node(place[node], node, texts[node]) for node in graph),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _places(graph: "networkx.DiGraph[str]") -> Places:
    """Return x, y of each node: indented by depth, a line each in preorder, so that no two texts can meet."""
    import networkx

    root = next(iter(graph))
    depth = networkx.single_source_shortest_path_length(graph, root)
    order = networkx.dfs_preorder_nodes(graph, root)
    return {node: (_MARGIN + _STEP * depth[node], _MARGIN + _LINE * line) for line, node in enumerate(order)}


def _told(graph: "networkx.DiGraph[str]") -> dict[str, dict[str, list[str]]]:
    """Return what to write at each node, by "shows" and "lacks"."""
    shown = {concept for node in graph for concept in graph.nodes[node]["shows"]}
    holds: dict[str, dict[str, str]] = {}
    told = {}
    for node, said in graph.nodes.items():
        above = next(graph.predecessors(node), None)
        holds[node] = dict(holds[above]) if above is not None and said["inherits"] else {}
        fresh = {kind: [c for c in said[kind] if holds[node].get(c) != kind and c in shown] for kind in _SIGN}
        holds[node] |= {concept: kind for kind in _SIGN for concept in said[kind]}
        told[node] = fresh
    return told


def _texts(said: Mapping[str, str], told: Mapping[str, list[str]], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    found = [("name", said["name"])] + ([("rank", said["rank"].lower())] if said["rank"] else [])
    for kind in _SIGN:
        found += _listed(kind, [labels.get(concept, concept) for concept in told[kind]])
    return found


def _listed(kind: str, labels: Sequence[str]) -> list[tuple[str, str]]:
    most = _MOST[kind]
    found = [(kind, f"{_SIGN[kind]} {label}") for label in labels[:most]]
    return found + ([(kind, f"and {len(labels) - most} more")] if len(labels) > most else [])


def _branch(above: tuple[float, float], below: tuple[float, float]) -> str:
    (x, y), (end, down) = above, below
    return f'<path d="M{x:g} {y + 5:g}V{down:g}H{end - 6:g}" fill="none" stroke="#b8c4cc"/>'


def _node(at: tuple[float, float], node: str, texts: list[tuple[str, str]]) -> str:
    x, y = at
    spans = "".join(
        f'<tspan dx="{_GAP if place else 0}" {_STYLE[kind]}>{_safe(text)}</tspan>'
        for place, (kind, text) in enumerate(texts)
    )
    return (
        f'<g><title>{_safe(node)}</title><circle cx="{x:g}" cy="{y:g}" r="3.5" fill="#2c6e91"/>'
        f'<text x="{x + 8:g}" y="{y + 4:g}">{spans}</text></g>'
    )


def _safe(text: str) -> str:
    return escape(text.translate(_UNSEEN))
