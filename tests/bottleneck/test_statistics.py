"""Statistics that add up, and can be taken away again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from seston.bottleneck.statistics import LabelStatistics
from seston.errors import InvalidFeatures

Batch = tuple[NDArray[np.float64], NDArray[np.int64]]
N_LABELS, N_FEATURES = 4, 3


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    codes = draw(st.lists(st.integers(0, N_LABELS - 1), max_size=12))
    seed = draw(st.integers(0, 1000))
    return np.random.default_rng(seed).normal(size=(len(codes), N_FEATURES)), np.array(codes, dtype=np.int64)


def of(batch: Batch) -> LabelStatistics:
    return LabelStatistics.of(*batch, N_LABELS)


def same(left: LabelStatistics, right: LabelStatistics) -> bool:
    return all(np.allclose(getattr(left, name), getattr(right, name)) for name in ("counts", "sums", "gram"))


@given(batches(), batches(), batches())
def test_batches_add_up_in_any_order_and_can_be_taken_away(first: Batch, second: Batch, third: Batch) -> None:
    whole = of(tuple(np.concatenate(parts) for parts in zip(first, second, third, strict=True)))  # type: ignore[arg-type]
    assert same(of(first) + of(second) + of(third), whole)
    assert same(of(third) + (of(first) + of(second)), whole)
    assert same(whole - of(second), of(first) + of(third))
    assert same(whole - whole, of((np.empty((0, N_FEATURES)), np.empty(0, dtype=np.int64))))


@given(batches())
def test_moments_are_those_of_the_images(batch: Batch) -> None:
    features, codes = batch
    statistics = of(batch)
    for label in range(N_LABELS):
        mine = features[codes == label]
        assert statistics.seen[label] == bool(len(mine))
        assert statistics.means[label] == pytest.approx(mine.mean(axis=0) if len(mine) else np.zeros(N_FEATURES))
    if len(codes):
        centred = features - statistics.means[codes]
        assert statistics.within == pytest.approx(centred.T @ centred / len(codes), abs=1e-9)
        assert statistics.prior(0.5).sum() == pytest.approx(1)
        assert (statistics.prior(0.5)[~statistics.seen] == 0).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_no_number_is_refused(bad: float) -> None:
    features = np.ones((5, 2))
    features[[1, 3], 0] = bad
    with pytest.raises(InvalidFeatures, match="2 of 5 feature rows hold NaN or infinity, the first is row 1"):
        LabelStatistics.of(features, np.zeros(5, dtype=np.int64), 1)
