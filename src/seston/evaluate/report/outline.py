"""The decision tree as a reader wants it: in order, and with chains of only children drawn as one node."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from seston.evaluate.report.data import TreeNode


@dataclass(frozen=True, slots=True)
class Branch:
    """A node with its children. ``chain`` holds the nodes from the first only child down to ``node`` itself."""

    chain: tuple[TreeNode, ...]
    children: tuple["Branch", ...]
    depth: int

    @property
    def node(self) -> TreeNode:
        """The lowest node of the chain, whose figures hold for all of it."""
        return self.chain[-1]

    @property
    def leaves(self) -> int:
        """How many leaves lie under it, itself when it is one."""
        return sum(child.leaves for child in self.children) or 1

    def walk(self) -> Iterator["Branch"]:
        """Yield it and all below, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(tree: tuple[TreeNode, ...]) -> tuple[Branch, ...]:
    """Return the roots of a tree, children sorted by size of their subtree, then by name.

    Parameters
    ----------
    tree
        Nodes in any order; a node whose parent is not among them is a root.

    Returns
    -------
    tuple of Branch
        Every node stands in exactly one chain. Nodes on a cycle are left out.
    """
    known = {node.id for node in tree}
    below: dict[str, list[TreeNode]] = {}
    for node in tree:
        below.setdefault(node.parent if node.parent in known else "", []).append(node)
    return _branches(below.get("", []), below, 0)


def ancestors(tree: tuple[TreeNode, ...]) -> Mapping[str, tuple[TreeNode, ...]]:
    """Return for each node the nodes from the root down to it."""
    lines: dict[str, tuple[TreeNode, ...]] = {}
    for root in outline(tree):
        for branch in root.walk():
            line = lines.get(branch.chain[0].parent, ())
            for node in branch.chain:
                lines[node.id] = line = (*line, node)
    return lines


def _branches(nodes: list[TreeNode], below: Mapping[str, list[TreeNode]], depth: int) -> tuple[Branch, ...]:
    branches = [_branch(node, below, depth) for node in nodes]
    return tuple(sorted(branches, key=lambda branch: (-branch.leaves, branch.node.name, branch.node.id)))


def _branch(node: TreeNode, below: Mapping[str, list[TreeNode]], depth: int) -> Branch:
    chain = [node]
    while len(children := below.get(chain[-1].id, [])) == 1:
        chain += children
    return Branch(tuple(chain), _branches(children, below, depth + 1), depth)
