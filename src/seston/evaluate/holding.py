"""Which labels are held out together: drawn one by one, or as whole clades, with no relative left to learn from."""

from collections.abc import Iterator

import numpy as np

from seston.bottleneck.tree import DecisionTree, Ints

SEEDS = 10
HELD = 20
Hold = tuple[Ints, Ints]
"""Labels held out, and those held out inside the rest to choose settings on."""


def single_labels(pool: Ints) -> Iterator[Hold]:
    """Yield ten draws of twenty labels of `pool` (n,), and of twenty others."""
    for seed in range(SEEDS):
        held = np.sort(np.random.default_rng(seed).choice(pool, HELD, replace=False))
        yield held, np.sort(np.random.default_rng((seed, 0)).choice(np.setdiff1d(pool, held), HELD, replace=False))


def whole_clades(tree: DecisionTree, pool: Ints) -> Iterator[Hold]:
    """Yield ten draws of whole clades with twenty labels at most, and of others to choose settings on.

    Parameters
    ----------
    tree
        The decision tree.
    pool
        (n,) labels that may be held out.
    """
    clades = clades_of(tree, pool)
    for seed in range(SEEDS):
        held = _drawn(np.random.default_rng(seed), clades)
        left = [clade for clade in clades if not np.isin(clade, held).any()]
        yield held, _drawn(np.random.default_rng((seed, 0)), left)


def clades_of(tree: DecisionTree, pool: Ints) -> list[Ints]:
    """Return the labels of `pool` under each of the largest nodes that hold two to twenty of them.

    Nodes are taken from the root down, so that no label stands in two clades.
    """
    members = np.asarray(tree.members)[pool]
    sizes = members.sum(axis=0)
    return [
        pool[np.flatnonzero(members[:, node])]
        for node in range(1, len(tree.nodes))
        if 2 <= sizes[node] <= HELD < sizes[tree.parent[node]]
    ]


def _drawn(rng: np.random.Generator, clades: list[Ints]) -> Ints:
    """Take clades in random order as long as they fit in twenty labels."""
    held: list[int] = []
    for place in rng.permutation(len(clades)):
        if len(held) + len(clades[place]) <= HELD:
            held += clades[place].tolist()
    return np.sort(np.array(held, dtype=np.int64))
