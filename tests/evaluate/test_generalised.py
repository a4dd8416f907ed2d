"""Seen and new labels told apart together."""

import numpy as np

from seston.evaluate.generalised import generalised_recall
from seston.evaluate.holding import single_labels
from seston.evaluate.unseen import Images, pool_of
from tests.bottleneck.worlds import world


def test_rows_find_new_labels_among_all_at_little_cost_for_seen_ones() -> None:
    made = world(n_labels=60, n_concepts=7, per_label=12, noise=0.5, seed=4)
    half = np.arange(len(made.codes)) % 2 == 0
    train, test = (Images(made.features[part], made.codes[part]) for part in (half, ~half))
    holds = list(single_labels(pool_of(made.tree.labels)))[:3]
    variants = {"rows": made.rows, "shuffled": made.rows[np.random.default_rng(0).permutation(60)]}
    found = {name: values.mean(axis=0) for name, values in generalised_recall(train, test, holds, variants).items()}
    seen, new, both = found["rows"]
    assert min(seen, new) <= both + 1e-9 <= max(seen, new) + 1e-9
    assert new > 0.3
    assert both > found["shuffled"][2] + 0.2
