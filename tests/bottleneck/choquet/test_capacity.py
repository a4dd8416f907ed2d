"""2-additive capacities against the definitions of the integral, the Shapley value and the interaction."""

from collections.abc import Sequence
from itertools import combinations
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.bottleneck.choquet.capacity import Capacity

SIZE = 4


def drawn(seed: int, terms: int = 7) -> Capacity:
    rng = np.random.default_rng(seed)
    first, second = np.sort(rng.integers(0, SIZE, (2, terms)), axis=0)
    return Capacity(SIZE, first, second, rng.random(terms) < 0.5, rng.random(terms))


def measure(capacity: Capacity, members: Sequence[int]) -> float:
    """The capacity of a set, which is the integral of its indicator."""
    indicator = np.zeros((1, SIZE))
    indicator[0, list(members)] = 1.0
    return float(capacity.integral(indicator)[0])


def by_definition(capacity: Capacity, values: np.ndarray) -> float:
    """The Choquet integral as a sum over the sorted values."""
    order, total, before = np.argsort(values), 0.0, 0.0
    for place, concept in enumerate(order):
        total += (values[concept] - before) * measure(capacity, order[place:].tolist())
        before = values[concept]
    return total


def subsets(members: Sequence[int]) -> list[tuple[int, ...]]:
    return [chosen for size in range(len(members) + 1) for chosen in combinations(members, size)]


@given(st.integers(0, 500))
def test_the_integral_is_choquets(seed: int) -> None:
    capacity, values = drawn(seed), np.random.default_rng(seed + 1).random((5, SIZE))
    assert capacity.integral(values) == pytest.approx([by_definition(capacity, row) for row in values])


@given(st.integers(0, 500))
def test_shapley_values_are_shapleys(seed: int) -> None:
    capacity = drawn(seed)
    for concept in range(SIZE):
        others, total = [other for other in range(SIZE) if other != concept], 0.0
        for chosen in subsets(others):
            weight = factorial(len(chosen)) * factorial(SIZE - len(chosen) - 1) / factorial(SIZE)
            total += weight * (measure(capacity, (*chosen, concept)) - measure(capacity, chosen))
        assert capacity.shapley[concept] == pytest.approx(total)
    assert capacity.shapley.sum() == pytest.approx(measure(capacity, range(SIZE)))


@given(st.integers(0, 500))
def test_interactions_are_those_of_the_definition(seed: int) -> None:
    capacity = drawn(seed)
    for one, other in combinations(range(SIZE), 2):
        rest, total = [k for k in range(SIZE) if k not in (one, other)], 0.0
        for chosen in subsets(rest):
            weight = factorial(len(chosen)) * factorial(SIZE - len(chosen) - 2) / factorial(SIZE - 1)
            both = measure(capacity, (*chosen, one, other)) - measure(capacity, (*chosen, one))
            total += weight * (both - measure(capacity, (*chosen, other)) + measure(capacity, chosen))
        assert capacity.interactions[one, other] == pytest.approx(total)
        assert capacity.interactions[other, one] == capacity.interactions[one, other]


@given(st.integers(0, 500), st.integers(0, SIZE - 1))
def test_more_agreement_never_lowers_the_integral(seed: int, concept: int) -> None:
    capacity, values = drawn(seed), np.random.default_rng(seed + 2).random((5, SIZE))
    raised = values.copy()
    raised[:, concept] = np.minimum(raised[:, concept] + 0.2, 1.0)
    assert (capacity.integral(raised) >= capacity.integral(values) - 1e-12).all()


@given(st.integers(0, 500))
def test_contributions_are_shapley_values_of_what_keeps_its_value(seed: int) -> None:
    capacity, values = drawn(seed), np.random.default_rng(seed + 3).random(SIZE)
    shares = capacity.contributions(values[None])[0]
    for concept in range(SIZE):
        others, total = [other for other in range(SIZE) if other != concept], 0.0
        for chosen in subsets(others):
            weight = factorial(len(chosen)) * factorial(SIZE - len(chosen) - 1) / factorial(SIZE)
            kept = np.zeros((2, SIZE))
            kept[:, list(chosen)] = values[list(chosen)]
            kept[1, concept] = values[concept]
            total += weight * float(np.diff(capacity.integral(kept))[0])
        assert shares[concept] == pytest.approx(total)
    assert abs(shares.sum() - capacity.integral(values[None])[0]) < 1e-12
