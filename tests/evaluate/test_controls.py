"""Rows that mean nothing, or only the taxonomy."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from seston.evaluate.controls import qualifier_rows, random_rows, shuffled_rows, taxonomy_rows
from tests.bottleneck.worlds import world


def test_random_rows_have_the_density_of_the_known_cells() -> None:
    rows = np.where(np.random.default_rng(0).random((200, 50)) < 0.3, 1.0, 0.0)
    rows[:, :10] = np.nan
    drawn = random_rows(rows, 1)
    assert drawn.shape == rows.shape
    assert set(np.unique(drawn)) == {0.0, 1.0}
    assert abs(drawn.mean() - np.nanmean(rows)) < 0.02
    assert np.array_equal(drawn, random_rows(rows, 1))
    assert not np.array_equal(drawn, random_rows(rows, 2))


@given(st.integers(2, 40), st.integers(0, 99))
def test_shuffled_rows_are_the_same_rows_and_none_stays(size: int, seed: int) -> None:
    rows = np.arange(float(size))[:, None]
    shuffled = shuffled_rows(rows, seed)
    assert sorted(shuffled[:, 0]) == sorted(rows[:, 0])
    assert (shuffled != rows).all()


def test_taxonomy_rows_are_the_ancestors() -> None:
    tree = world().tree
    assert taxonomy_rows(tree).tolist() == [[1, 1]] * 3 + [[1, 0]] * 3


def test_qualifier_rows() -> None:
    assert qualifier_rows(["egg", "", "egg", "larvae"]).tolist() == [[0, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
