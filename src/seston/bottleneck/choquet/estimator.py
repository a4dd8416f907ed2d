"""The Choquet head as a scikit-learn classifier."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import validate_data

from seston.bottleneck.choquet.train import train_choquet
from seston.bottleneck.estimator import Bottleneck
from seston.bottleneck.train import LabelledFeatures
from seston.bottleneck.tree import DecisionTree


class ChoquetBottleneck(Bottleneck):
    """A concept bottleneck that decides at each node of a tree by 2-additive Choquet integrals.

    Parameters
    ----------
    rows, row_labels
        As in `StrictBottleneck`.
    tree
        Over the classes' names in sorted order; without, every class hangs under the root.

    Attributes
    ----------
    head_
        The fitted `ChoquetHead`.
    """

    def __init__(
        self,
        rows: ArrayLike | None = None,
        row_labels: Sequence[Any] | None = None,
        tree: DecisionTree | None = None,
    ) -> None:
        self.rows = rows
        self.row_labels = row_labels
        self.tree = tree

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit on features (n, n_features) with classes (n,)."""
        features, target = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(target)
        self.classes_, codes = np.unique(target, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"Classifier can't train when only one class is present: {self.classes_[0]!r}.")
        rows = self._rows_of(self.classes_)
        names = self._names(rows)
        tree = DecisionTree.flat(names[2]) if self.tree is None else self.tree
        if tree.labels != names[2]:
            raise ValueError(f"The tree is over {len(tree.labels)} labels, not over the {len(names[2])} classes.")
        data = LabelledFeatures.of(features, codes, len(rows))
        self.head_, _ = train_choquet(data, rows, tree, names)
        return self
