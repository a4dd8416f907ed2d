"""The Choquet head through scikit-learn's interface."""

import numpy as np
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from seston.bottleneck.choquet.estimator import ChoquetBottleneck
from seston.bottleneck.choquet.head import ChoquetHead
from seston.bottleneck.tree import DecisionTree
from tests.bottleneck.worlds import world

WORLD = world()
LABELS = np.array(WORLD.tree.labels)[WORLD.codes]


@parametrize_with_checks([ChoquetBottleneck()])
def test_sklearn_contract(estimator, check):  # type: ignore[no-untyped-def]
    check(estimator)


def test_with_a_tree_it_decides_on_the_tree() -> None:
    model = ChoquetBottleneck(WORLD.rows, WORLD.tree.labels, WORLD.tree).fit(WORLD.features, LABELS)
    assert (model.predict(WORLD.features) == LABELS).mean() > 0.9
    assert isinstance(model.head_, ChoquetHead)
    assert model.head_.tree == WORLD.tree


def test_a_tree_over_other_labels_is_refused() -> None:
    with pytest.raises(ValueError, match="The tree is over 2 labels, not over the 6 classes"):
        ChoquetBottleneck(WORLD.rows, WORLD.tree.labels, DecisionTree.flat(("a", "b"))).fit(WORLD.features, LABELS)
