"""Labels held out: drawn one by one, or as whole clades."""

import numpy as np

from seston.bottleneck.tree import DecisionTree
from seston.evaluate.holding import HELD, SEEDS, clades_of, single_labels, whole_clades

# Five clades of nine labels under one kingdom, one clade of thirty with three genera, and a label that stands alone.
CLADES, GENERA = 5, 3
KINGDOM, LARGE = 1, 2 + CLADES
NODES = ["root", "kingdom", *(f"clade{n}" for n in range(CLADES)), "large", *(f"genus{n}" for n in range(GENERA))]
PARENTS = [-1, 0, *([KINGDOM] * CLADES), KINGDOM, *([LARGE] * GENERA)]
OVER = [
    *(2 + n for n in range(CLADES) for _ in range(9)),
    *(LARGE + 1 + n for n in range(GENERA) for _ in range(10)),
    1,
]
LABELS = tuple(f"planktonset:{n:03}" for n in range(len(OVER)))
TREE = DecisionTree((*NODES, *LABELS), (*PARENTS, *OVER), LABELS)
POOL = np.arange(len(LABELS), dtype=np.int64)


def test_single_labels_are_the_draws_of_the_design() -> None:
    first, inner = next(single_labels(POOL))
    assert first.tolist() == sorted(np.random.default_rng(0).choice(POOL, 20, replace=False).tolist())
    assert not np.isin(first, inner).any()


def test_a_clade_is_the_largest_that_fits() -> None:
    clades = clades_of(TREE, POOL)
    taken = np.concatenate(clades)
    assert sorted(len(clade) for clade in clades) == [9] * CLADES + [10] * GENERA
    assert len(taken) == len(set(taken.tolist())) == len(POOL) - 1


def test_clades_are_held_out_whole_and_none_is_in_both() -> None:
    clades = [set(clade.tolist()) for clade in clades_of(TREE, POOL)]
    holds = list(whole_clades(TREE, POOL))
    assert len(holds) == SEEDS
    for outer, inner in holds:
        assert not np.isin(outer, inner).any()
        for held in (set(outer.tolist()), set(inner.tolist())):
            assert 0 < len(held) <= HELD
            assert all(clade <= held or not clade & held for clade in clades)
