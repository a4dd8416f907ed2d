"""The heads as scikit-learn classifiers."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_array, check_is_fitted, validate_data

from seston.bottleneck.choquet.head import ChoquetHead
from seston.bottleneck.decoding.calibration import scale_and_offset
from seston.bottleneck.fit import Names, filled, strict_head, usual_scores
from seston.bottleneck.head import ConceptHead
from seston.bottleneck.prototypes import PRIOR_POWER
from seston.bottleneck.sparse import fit_sparse
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import Floats


class Bottleneck(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """What the classifiers share: rows for classes, and predictions through a head."""

    head_: ConceptHead | ChoquetHead
    classes_: NDArray[Any]
    rows: ArrayLike | None
    row_labels: Sequence[Any] | None

    def decision_function(self, X: ArrayLike) -> Floats:
        """Return logits (n, n_classes) of features (n, n_features); of two classes, the second's log odds (n,)."""
        scores = self.concept_scores(X)
        logits = self.head_.logits(scores)
        return np.asarray(logits[:, 1] - logits[:, 0]) if len(self.classes_) == 2 else logits

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Return probabilities (n, n_classes) of features (n, n_features)."""
        scores = self.concept_scores(X)
        return self.head_.probabilities(scores)

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Return the class (n,) of each row of features (n, n_features)."""
        likeliest = self.predict_proba(X).argmax(axis=1)
        return np.asarray(self.classes_[likeliest])

    def concept_scores(self, X: ArrayLike) -> Floats:
        """Return the concept scores (n, n_concepts) of features (n, n_features)."""
        check_is_fitted(self)
        return self.head_.scores(validate_data(self, X, reset=False, dtype=np.float64))

    def _rows_of(self, classes: NDArray[Any]) -> Floats:
        """Return the row of each class; without rows each class is a concept of its own."""
        if self.rows is None:
            return np.eye(len(classes))
        rows = check_array(self.rows, dtype=np.float64, ensure_all_finite="allow-nan", ensure_min_features=1)
        labels = list(range(len(rows))) if self.row_labels is None else list(self.row_labels)
        if len(labels) != len(rows):
            raise ValueError(f"{len(rows)} rows, but {len(labels)} row_labels.")
        place = {label: row for row, label in enumerate(labels)}
        alike = (
            np.array_equal(row, rows[place[label]], equal_nan=True) for row, label in zip(rows, labels, strict=True)
        )
        torn = sorted({label for label, same in zip(labels, alike, strict=True) if not same})
        if torn:
            raise ValueError(f"{len(torn)} labels have rows that contradict each other: {', '.join(map(repr, torn))}.")
        missing = [label for label in classes.tolist() if label not in place]
        if missing:
            raise ValueError(f"No row for {len(missing)} classes, the first is {missing[0]!r}.")
        return np.asarray(filled(rows[[place[label] for label in classes.tolist()]]))

    def _names(self, rows: Floats) -> Names:
        concepts = tuple(f"concept {column}" for column in range(rows.shape[1]))
        return "", "", tuple(str(label) for label in self.classes_), concepts


class StrictBottleneck(Bottleneck):
    """A concept bottleneck whose weights are the classes' own concept rows.

    Parameters
    ----------
    rows
        (n_rows, n_concepts) 1 present, 0 absent, NaN unknown; without, each class is a concept of its own.
    row_labels
        (n_rows,) the class of each row; by default 0, 1, 2, …
    ridge
        Added to the covariance within classes, in units of its mean eigenvalue.
    row_ridge
        Added to the rows' Gram matrix, in units of its mean eigenvalue.

    Attributes
    ----------
    head_
        The fitted `ConceptHead`.
    statistics_
        The additive statistics of everything seen by `fit` and `partial_fit`.

    Examples
    --------
    >>> X = np.array([[0.0, 0.1], [0.2, 0.0], [1.0, 1.1], [1.2, 0.9]])
    >>> model = StrictBottleneck(rows=[[1, 0], [0, 1]], row_labels=["round", "long"])
    >>> model.fit(X, ["round", "round", "long", "long"]).predict(X).tolist()
    ['round', 'round', 'long', 'long']
    """

    statistics_: LabelStatistics

    def __init__(
        self,
        rows: ArrayLike | None = None,
        row_labels: Sequence[Any] | None = None,
        ridge: float = 0.1,
        row_ridge: float = 0.01,
    ) -> None:
        self.rows = rows
        self.row_labels = row_labels
        self.ridge = ridge
        self.row_ridge = row_ridge

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit on features (n, n_features) with classes (n,)."""
        features, target = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(target)
        self.classes_, codes = np.unique(target, return_inverse=True)
        self._refuse_one_class()
        return self._refit(LabelStatistics.of(features, codes, len(self.classes_)))

    def partial_fit(self, X: ArrayLike, y: ArrayLike, classes: ArrayLike | None = None) -> Self:
        """Add features (n, n_features) with classes (n,); the first call names all `classes`."""
        first = not hasattr(self, "statistics_")
        features, target = validate_data(self, X, y, reset=first, dtype=np.float64)
        check_classification_targets(target)
        if first:
            if classes is None:
                raise ValueError("The first call of partial_fit needs 'classes'.")
            self.classes_ = np.unique(np.asarray(classes))
        strange = np.setdiff1d(target, self.classes_)
        if len(strange):
            raise ValueError(f"Classes {strange.tolist()} were not named in the first call of partial_fit.")
        batch = LabelStatistics.of(features, np.searchsorted(self.classes_, target), len(self.classes_))
        return self._refit(batch if first else self.statistics_ + batch)

    def _refit(self, statistics: LabelStatistics) -> Self:
        self.statistics_ = statistics
        rows = self._rows_of(self.classes_)
        self.head_ = strict_head(statistics, rows, self.ridge, self.row_ridge, 1.0, self._names(rows))
        return self

    def _refuse_one_class(self) -> None:
        if len(self.classes_) < 2:
            raise ValueError(f"Classifier can't train when only one class is present: {self.classes_[0]!r}.")


class SparseBottleneck(Bottleneck):
    """A concept bottleneck with at most `k` concepts a class, learned over detectors of the classes' rows.

    Parameters
    ----------
    rows, row_labels
        As in `StrictBottleneck`.
    k
        Concepts a class, at most.
    ridge
        Added to the covariance within classes, in units of its mean eigenvalue.

    Attributes
    ----------
    head_
        The fitted `ConceptHead`.
    """

    def __init__(
        self,
        rows: ArrayLike | None = None,
        row_labels: Sequence[Any] | None = None,
        k: int = 10,
        ridge: float = 0.03,
    ) -> None:
        self.rows = rows
        self.row_labels = row_labels
        self.k = k
        self.ridge = ridge

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit on features (n, n_features) with classes (n,)."""
        features, target = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(target)
        self.classes_, codes = np.unique(target, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"Classifier can't train when only one class is present: {self.classes_[0]!r}.")
        rows = self._rows_of(self.classes_)
        statistics = LabelStatistics.of(features, codes, len(self.classes_))
        parts = fit_sparse(statistics, rows, self.ridge, self.k)
        weight = (statistics.prior(PRIOR_POWER) / statistics.counts)[codes]
        scale, offset = scale_and_offset(
            parts.scores(features) @ parts.weights.T, codes, weight, np.arange(len(self.classes_))
        )
        absent, present = usual_scores(statistics, parts.center, parts.directions, rows)
        self.head_ = ConceptHead(
            "sparse",
            *self._names(rows),
            parts.center,
            parts.directions,
            parts.weights * scale[:, None],
            offset,
            absent,
            present,
        )
        return self
