"""Rows that mean nothing, or only the taxonomy: what a result has to be held against."""

from collections.abc import Sequence

import numpy as np

from seston.bottleneck.tree import DecisionTree, Floats


def random_rows(rows: Floats, seed: int) -> Floats:
    """Return rows (n_labels, n_concepts) of random 0 and 1 with the density of the known cells of `rows`."""
    density = float(np.nanmean(rows))
    return (np.random.default_rng(seed).random(rows.shape) < density).astype(np.float64)


def shuffled_rows(rows: Floats, seed: int) -> Floats:
    """Return `rows` (n_labels, n_concepts), each given to another label."""
    order = np.random.default_rng(seed).permutation(len(rows))
    shuffled = np.empty_like(rows)
    shuffled[order] = rows[np.roll(order, 1)]
    return shuffled


def taxonomy_rows(tree: DecisionTree) -> Floats:
    """Return (n_labels, n_inner) indicators of each label's ancestors, without the root and the labels themselves."""
    inner = np.setdiff1d(np.arange(1, len(tree.nodes)), tree.leaves)
    return tree.members[:, inner].astype(np.float64)


def qualifier_rows(qualifiers: Sequence[str]) -> Floats:
    """Return (n_labels, n_qualifiers) indicators of each label's qualifier: full_body, larvae, part and so on."""
    values = sorted(set(qualifiers))
    return np.array([[float(own == value) for value in values] for own in qualifiers])
