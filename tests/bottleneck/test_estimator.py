"""The scikit-learn interface, checked by scikit-learn itself."""

import numpy as np
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from seston.bottleneck.estimator import SparseBottleneck, StrictBottleneck


@parametrize_with_checks([StrictBottleneck(), SparseBottleneck()])
def test_sklearn_contract(estimator, check):  # type: ignore[no-untyped-def]
    check(estimator)


def blobs(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    codes = np.repeat(np.arange(4), 30)
    return rng.normal(size=(120, 6)) + 4 * np.eye(6)[codes], np.array(["a", "b", "c", "d"])[codes]


def test_batches_add_up_to_the_whole() -> None:
    features, labels = blobs()
    whole = StrictBottleneck().fit(features, labels)
    parts = StrictBottleneck()
    for batch in np.array_split(np.random.default_rng(1).permutation(120), 5):
        parts.partial_fit(features[batch], labels[batch], classes=["a", "b", "c", "d"])
    assert np.allclose(whole.predict_proba(features), parts.predict_proba(features))


def test_strict_weights_are_the_rows() -> None:
    features, labels = blobs()
    rows = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1], [0, 0, 1.0]])
    model = StrictBottleneck(rows=rows, row_labels=["a", "b", "c", "d"]).fit(features, labels)
    assert np.array_equal(model.head_.weights, rows)


def test_sparse_head_uses_at_most_k_concepts() -> None:
    features, labels = blobs()
    rows = np.random.default_rng(2).integers(0, 2, (4, 20)).astype(float)
    model = SparseBottleneck(rows=rows, row_labels=["a", "b", "c", "d"], k=2).fit(features, labels)
    assert (model.head_.weights != 0).sum(axis=1).max() <= 2


def test_a_class_without_a_row_is_refused() -> None:
    features, labels = blobs()
    with pytest.raises(ValueError, match="No row for 1 classes, the first is 'd'"):
        StrictBottleneck(rows=np.eye(3), row_labels=["a", "b", "c"]).fit(features, labels)
