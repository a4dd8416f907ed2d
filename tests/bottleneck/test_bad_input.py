"""Bad input to the heads: a clear error or a sound answer, never NaN."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from seston.bottleneck.choquet.head import ChoquetHead
from seston.bottleneck.choquet.train import train_choquet
from seston.bottleneck.decoding.calibrated import Calibration
from seston.bottleneck.estimator import StrictBottleneck
from seston.bottleneck.head import ConceptHead
from seston.bottleneck.train import (
    LabelledFeatures,
    sparse_out_of_fold,
    strict_out_of_fold,
    train_sparse,
    train_strict,
)
from seston.errors import InvalidData, InvalidFeatures, UnknownConcept
from tests.bottleneck.worlds import world

WORLD = world()
Head = ConceptHead | ChoquetHead
Rows = NDArray[np.float64]


def strict(data: LabelledFeatures, rows: Rows, names: Any) -> Head:
    head, settings = train_strict(data, rows, names)
    assert np.isfinite(strict_out_of_fold(data, rows, names, settings)).all()
    return head


def sparse(data: LabelledFeatures, rows: Rows, names: Any) -> Head:
    head, _ = train_sparse(data, rows, names)
    logits = sparse_out_of_fold(data, rows, head)
    assert np.isfinite(Calibration.of(WORLD.tree, logits, data.codes).calibrated(logits)).all()
    return head


def choquet(data: LabelledFeatures, rows: Rows, names: Any) -> Head:
    return train_choquet(data, rows, WORLD.tree, names)[0]


@pytest.fixture(params=[strict, sparse, choquet])
def train(request: pytest.FixtureRequest) -> Callable[..., Head]:
    return request.param  # type: ignore[no-any-return]


def fitted(
    train: Callable[..., Head],
    rows: Rows | None = None,
    images: NDArray[np.bool_] | None = None,
    scale: float = 1.0,
) -> tuple[Head, Rows]:
    """Fit, hold that nothing is NaN, and return the probabilities of all images of the world."""
    rows = WORLD.rows if rows is None else rows
    chosen = np.ones(len(WORLD.codes), dtype=bool) if images is None else images
    data = LabelledFeatures.of(scale * WORLD.features[chosen], WORLD.codes[chosen], len(rows))
    concepts = tuple(f"part/{column}" for column in range(rows.shape[1]))
    head = train(data, rows, (*WORLD.names[:3], concepts))
    for field in fields(head):
        value = getattr(head, field.name)
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            assert np.isfinite(value).all(), field.name
    leaves = head.probabilities(head.scores(scale * WORLD.features))
    assert np.isfinite(leaves).all()
    assert leaves.sum(axis=1) == pytest.approx(1)
    return head, leaves


def accuracy(leaves: Rows) -> float:
    return float((leaves.argmax(axis=1) == WORLD.codes).mean())


def test_one_image_a_label(train: Callable[..., Head]) -> None:
    first = np.zeros(len(WORLD.codes), dtype=bool)
    first[np.unique(WORLD.codes, return_index=True)[1]] = True
    _, leaves = fitted(train, images=first)
    assert leaves.max() <= 1


def test_two_images_in_all(train: Callable[..., Head]) -> None:
    two = np.zeros(len(WORLD.codes), dtype=bool)
    two[[0, -1]] = True
    fitted(train, images=two)


def test_one_label_only() -> None:
    with pytest.raises(InvalidData, match="1 label has images"):
        LabelledFeatures.of(WORLD.features[:20], WORLD.codes[:20], 6)


def test_constant_and_duplicate_concepts(train: Callable[..., Head]) -> None:
    rows = np.hstack([WORLD.rows, np.ones((6, 1)), np.zeros((6, 1)), WORLD.rows, WORLD.rows[:, :2]])
    assert accuracy(fitted(train, rows)[1]) > 0.9


def test_rows_that_say_nothing(train: Callable[..., Head]) -> None:
    _, leaves = fitted(train, np.full_like(WORLD.rows, np.nan))
    # Nothing tells the labels apart but how often they occur, which is alike.
    assert leaves == pytest.approx(np.full_like(leaves, 1 / 6), abs=0.2)


def test_a_label_without_a_row(train: Callable[..., Head]) -> None:
    rows = WORLD.rows.copy()
    rows[3] = np.nan
    _, leaves = fitted(train, rows)
    others = WORLD.codes != 3
    assert (leaves.argmax(axis=1) == WORLD.codes)[others].mean() > 0.8


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_features_that_are_no_numbers(train: Callable[..., Head], value: float) -> None:
    broken = WORLD.features.copy()
    broken[7, 2] = value
    with pytest.raises(InvalidFeatures, match=r"1 of \d+ feature rows hold NaN or infinity, the first is row 7"):
        LabelledFeatures.of(broken, WORLD.codes, 6)
    with pytest.raises(InvalidFeatures, match="NaN or infinity"):
        fitted(train)[0].scores(broken)


def test_features_a_million_times_as_large(train: Callable[..., Head]) -> None:
    _, leaves = fitted(train)
    _, large = fitted(train, scale=1e6)
    assert large == pytest.approx(leaves, abs=1e-3)


def test_labels_that_a_plane_separates(train: Callable[..., Head]) -> None:
    clear = world(noise=1e-3)
    data = LabelledFeatures.of(clear.features, clear.codes, 6)
    head = train(data, clear.rows, clear.names)
    leaves = head.probabilities(head.scores(clear.features))
    assert np.isfinite(leaves).all()
    assert (leaves.argmax(axis=1) == clear.codes).mean() > 0.95


def test_contradictory_rows_of_one_label() -> None:
    features, labels = WORLD.features, np.array(list("abcdef"))[WORLD.codes]
    rows, names = np.vstack([WORLD.rows, 1 - WORLD.rows[:2]]), [*"abcdef", "a", "b"]
    with pytest.raises(ValueError, match="2 labels have rows that contradict each other: 'a', 'b'"):
        StrictBottleneck(rows, names).fit(features, labels)
    same = np.vstack([WORLD.rows, WORLD.rows[:1]])
    StrictBottleneck(same, [*"abcdef", "a"]).fit(features, labels)


def test_an_answer_about_no_concept_of_the_model(train: Callable[..., Head]) -> None:
    head, _ = fitted(train)
    with pytest.raises(UnknownConcept, match="No concept 'wheels/present'"):
        head.intervene(head.scores(WORLD.features[:1]), {"wheels/present": 1.0})
