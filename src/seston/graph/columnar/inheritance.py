"""Default inheritance with exceptions.

A concept's value at a node is what the nearest statement at the node or above it says. A statement below overrides
those above; "variable" makes the value unknown from there down; a blocked node (an egg, a part, a larva) sees its own
statements only, and so do the nodes below it. OWL is monotone, so defaults stay outside it.

`inherit` runs on packed bits; `inherit_plainly` here and `reasoning.inherit_by_query` say the same in plain Python and
in SPARQL, and the tests hold that all three agree.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.graph.columnar.condense import Condensed, condense
from seston.graph.columnar.hierarchy import Bools, Hierarchy
from seston.graph.columnar.order import Ints
from seston.graph.columnar.statements import ABSENT, PRESENT, UNKNOWN, Statements, Values

Bits = NDArray[np.uint64]
_WORD = 64


@dataclass(frozen=True, eq=False)
class PackedValues:
    """Values of all nodes, one bit a concept in words of 64.

    Parameters
    ----------
    row
        (n,) row of the node in the tables: nodes without statements share that of the nearest one that has some.
    present, absent
        (r, ceil(k / 64)) bits; neither is set where the value is unknown.
    n_concepts
        k.
    """

    row: Ints
    present: Bits
    absent: Bits
    n_concepts: int

    def matrix(self) -> Values:
        """Return (n, k): 1 present, 0 absent, -1 unknown."""
        return self.rows()[self.row]

    def rows(self) -> Values:
        """Return (r, k), the distinct rows of `matrix`."""
        present, absent = _unpack(self.present, self.n_concepts), _unpack(self.absent, self.n_concepts)
        return np.asarray(2 * present + absent - 1, dtype=np.int8)

    def counts(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return how many concepts are present and how many absent at each node: (n,) and (n,)."""
        present, absent = (np.bitwise_count(bits).sum(axis=1, dtype=np.int64) for bits in (self.present, self.absent))
        return present[self.row], absent[self.row]


def inherit(hierarchy: Hierarchy, statements: Statements, n_concepts: int, blocked: Bools | None = None) -> Values:
    """Return the effective value of every concept at every node.

    Parameters
    ----------
    hierarchy
        n nodes.
    statements
        What nodes say themselves.
    n_concepts
        k.
    blocked
        (n,) nodes that inherit nothing; none when not given.

    Returns
    -------
    numpy.ndarray
        (n, k) int8: 1 present, 0 absent, -1 unknown.
    """
    return inherit_packed(hierarchy, statements, n_concepts, blocked).matrix()


def inherit_packed(
    hierarchy: Hierarchy, statements: Statements, n_concepts: int, blocked: Bools | None = None
) -> PackedValues:
    """Return the effective values as packed bits; parameters as for `inherit`.

    Only nodes that say something, or are blocked, get a row; all others share the row of the nearest one above.
    """
    small = condense(hierarchy, statements, blocked)
    own = np.searchsorted(small.nodes, statements.node)
    present, absent, stated = (
        _pack(own[chosen], statements.concept[chosen], len(small.nodes), n_concepts)
        for chosen in (statements.polarity == PRESENT, statements.polarity == ABSENT, slice(None))
    )
    for rows in small.levels:
        open_bits = ~stated[rows]
        present[rows] |= present[small.parent[rows]] & open_bits
        absent[rows] |= absent[small.parent[rows]] & open_bits
    return PackedValues(small.row, present, absent, n_concepts)


def origins(
    hierarchy: Hierarchy, statements: Statements, n_concepts: int, node: int, blocked: Bools | None = None
) -> Ints:
    """Return which node each effective value of one node comes from.

    Parameters
    ----------
    hierarchy, statements, n_concepts, blocked
        As for `inherit`.
    node
        The node asked about.

    Returns
    -------
    numpy.ndarray
        (k,) number of the node that makes the statement, -1 where the value is unknown.
    """
    origin = np.full(n_concepts, -1, dtype=np.int32)
    for above in hierarchy.lineage(node).tolist():
        if blocked is not None and blocked[above]:
            origin[:] = -1
        own = slice(*np.searchsorted(statements.node, [above, above + 1]))
        origin[statements.concept[own]] = np.where(statements.polarity[own] == UNKNOWN, -1, above)
    return origin


def origin_matrix(hierarchy: Hierarchy, statements: Statements, n_concepts: int, blocked: Bools | None = None) -> Ints:
    """Return `origins` of all nodes: (n, k) int32, four bytes a cell, so for small graphs."""
    small = condense(hierarchy, statements, blocked)
    return _origin_rows(small, statements, n_concepts)[small.row]


def origin_rows(hierarchy: Hierarchy, statements: Statements, n_concepts: int, blocked: Bools | None = None) -> Ints:
    """Return `origins` of the rows that `inherit_packed` makes of the same: (r, k) int32."""
    return _origin_rows(condense(hierarchy, statements, blocked), statements, n_concepts)


def _origin_rows(small: Condensed, statements: Statements, n_concepts: int) -> Ints:
    table = np.full((len(small.nodes), n_concepts), -1, dtype=np.int32)
    own = np.searchsorted(small.nodes, statements.node)
    stated = np.zeros(table.shape, dtype=bool)
    stated[own, statements.concept] = True
    table[own, statements.concept] = np.where(statements.polarity == UNKNOWN, -1, statements.node)
    for rows in small.levels:
        table[rows] = np.where(stated[rows], table[rows], table[small.parent[rows]])
    return table


def inherit_plainly(
    hierarchy: Hierarchy, statements: Statements, n_concepts: int, blocked: Bools | None = None
) -> Values:
    """Return what `inherit` does, node by node and concept by concept: slow, and easy to believe."""
    said = {
        (int(n), int(c)): int(p)
        for n, c, p in zip(statements.node, statements.concept, statements.polarity, strict=True)
    }
    values = np.full((len(hierarchy), n_concepts), UNKNOWN, dtype=np.int8)
    for node in range(len(hierarchy)):
        for concept in range(n_concepts):
            above = node
            while above >= 0 and (above, concept) not in said:
                above = -1 if blocked is not None and blocked[above] else int(hierarchy.parent[above])
            values[node, concept] = said.get((above, concept), UNKNOWN)
    return values


def _pack(row: Any, concept: Any, n_rows: int, n_concepts: int) -> Bits:
    """Return (n_rows, words) with the bits (row, concept) set."""
    bits = np.zeros((n_rows, max(1, -(-n_concepts // _WORD))), dtype=np.uint64)
    np.bitwise_or.at(bits, (row, concept // _WORD), np.uint64(1) << (concept % _WORD).astype(np.uint64))
    return bits


def _unpack(bits: Bits, n_concepts: int) -> Values:
    """Return (n_rows, n_concepts) zeros and ones."""
    flat = np.unpackbits(bits.astype("<u8").view(np.uint8), axis=1, bitorder="little", count=n_concepts)
    return flat.view(np.int8)
