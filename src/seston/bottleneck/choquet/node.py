"""The convex fit at one node: which child, by the Choquet integrals of the children.

The score of a child is its bias plus the integral of the *agreement*: the value of a concept where the child shows it,
one minus the value where it lacks it. With fixed values the score is linear in the weights of the capacity, so that the
multinomial log loss with a penalty on the sum of the weights is convex. Most weights are 0 at the optimum, so that
columns are generated: solve over the terms at hand, add those whose slope is steepest, and end when none is left that
would improve the loss.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from seston.bottleneck.choquet.capacity import Capacity
from seston.bottleneck.tree import Floats, Ints

ROUNDS = 12
COLUMNS_A_ROUND = 16
STEPS = 40
TOLERANCE = 0.05
STEADY = 1e-5


@dataclass(frozen=True, eq=False)
class Sample:
    """The images at a node.

    Parameters
    ----------
    values
        (n, n_concepts) in [0, 1].
    child
        (n,) which child each image is of.
    weight
        (n,) weight of each image, adding to 1.
    agrees
        (n_children, n_concepts) whether the child shows the concept; else its absence counts.
    """

    values: Floats
    child: Ints
    weight: Floats
    agrees: NDArray[np.bool_]

    def agreement(self, child: int) -> Floats:
        """Return the agreement (n, n_concepts) of the images with a child."""
        return np.where(self.agrees[child], self.values, 1.0 - self.values)

    @cached_property
    def agreements(self) -> list[Floats]:
        """The agreement with each child."""
        return [self.agreement(child) for child in range(len(self.agrees))]

    def slope(self, scores: Floats) -> tuple[float, Floats]:
        """Return the weighted log loss of scores (n_children, n), and its slope (n_children, n)."""
        # Children stand in rows: sums over a handful of columns would take most of the time.
        images = np.arange(len(self.child))
        scores = scores - scores.max(axis=0)
        shares = np.exp(scores)
        total = shares.sum(axis=0)
        loss = self.weight @ (np.log(total) - scores[self.child, images])
        shares *= self.weight / total
        shares[self.child, images] -= self.weight
        return float(loss), shares


@dataclass(frozen=True, eq=False)
class NodeFit:
    """The capacity and the bias of each child, and how far from the optimum they may be.

    Parameters
    ----------
    capacities, bias
        Of the children.
    loss
        Log loss plus penalty.
    violation
        The steepest slope that is left, as a share of the penalty; 0 at the optimum.
    """

    capacities: tuple[Capacity, ...]
    bias: Floats
    loss: float
    violation: float


@dataclass
class _Child:
    """The terms at hand of one child."""

    agreement: Floats
    capacity: Capacity
    columns: Floats

    @classmethod
    def empty(cls, agreement: Floats) -> "_Child":
        none = np.zeros(0, dtype=np.int64)
        capacity = Capacity(agreement.shape[1], none, none, none.astype(bool), np.zeros(0))
        return cls(agreement, capacity, np.zeros((len(agreement), 0)))

    def grown(self, pool: "_Pool", slopes: Floats) -> "_Child":
        """Return the child with the steepest terms of the pool (n_pool,) added."""
        steepest = np.argsort(slopes, kind="stable")[:COLUMNS_A_ROUND]
        steepest = steepest[slopes[steepest] < 0]
        old = self.capacity
        first, second, upper = (
            np.r_[mine, theirs[steepest]]
            for mine, theirs in ((old.first, pool.first), (old.second, pool.second), (old.upper, pool.upper))
        )
        weights = np.r_[old.weights, np.zeros(len(steepest))]
        capacity = Capacity(old.size, first, second, upper, weights)
        return _Child(self.agreement, capacity, capacity.terms(self.agreement))

    def weighed(self, weights: Floats) -> "_Child":
        """Return the child with new weights; terms that weigh nothing are dropped."""
        kept, old = weights > 0, self.capacity
        capacity = Capacity(old.size, old.first[kept], old.second[kept], old.upper[kept], weights[kept])
        return _Child(self.agreement, capacity, self.columns[:, kept])


@dataclass(frozen=True, eq=False)
class _Pool:
    """Every term there could be: singles, minima, maxima."""

    size: int
    first: Ints
    second: Ints
    upper: NDArray[np.bool_]

    @classmethod
    def of(cls, size: int) -> "_Pool":
        one, other = np.triu_indices(size, 1)
        alone, pairs = np.arange(size), len(one)
        upper = np.r_[np.zeros(size + pairs, dtype=bool), np.ones(pairs, dtype=bool)]
        return cls(size, np.r_[alone, one, one], np.r_[alone, other, other], upper)

    def places(self, capacity: Capacity) -> Ints:
        """Return where the terms of a capacity stand in the pool."""
        one, other = capacity.first, capacity.second
        before = one * self.size - one * (one + 1) // 2 + other - one - 1
        pairs = self.size * (self.size - 1) // 2
        return np.asarray(np.where(one == other, one, self.size + before + pairs * capacity.upper))

    def slopes(self, agreement: Floats, slope: Floats) -> Floats:
        """Return the slope of the loss along each term, given the slope (n,) along the child's score."""
        pairs = (len(self.first) - self.size) // 2
        one, other = self.first[self.size : self.size + pairs], self.second[self.size : self.size + pairs]
        single = agreement.T @ slope
        by_concept = np.ascontiguousarray(agreement.T)
        lower = np.concatenate(
            [np.minimum(by_concept[i], by_concept[i + 1 :]) @ slope for i in range(self.size)] or [np.zeros(0)]
        )
        return np.concatenate([single, lower, single[one] + single[other] - lower])


def fit_node(sample: Sample, penalty: float) -> NodeFit:
    """Fit the capacities of a node's children.

    Parameters
    ----------
    sample
        The images at the node.
    penalty
        Times the sum of all weights, added to the log loss.
    """
    pool = _Pool.of(sample.values.shape[1])
    children = [_Child.empty(agreement) for agreement in sample.agreements]
    shares = np.bincount(sample.child, sample.weight, len(children))
    bias = np.log(np.maximum(shares, 1e-6))
    loss = np.inf
    for _ in range(ROUNDS):
        slopes = _slopes(sample, pool, children, bias, penalty)
        if max(0.0, -min(float(s.min(initial=0.0)) for s in slopes)) <= TOLERANCE * penalty:
            break
        children = [child.grown(pool, slope) for child, slope in zip(children, slopes, strict=True)]
        children, bias, loss = _solved(sample, children, bias, penalty)
    left = min(float(s.min(initial=0.0)) for s in _slopes(sample, pool, children, bias, penalty))
    return NodeFit(tuple(child.capacity for child in children), bias, loss, max(0.0, -left / penalty))


def _scores(children: list[_Child], bias: Floats) -> Floats:
    return np.stack([child.columns @ child.capacity.weights for child in children]) + bias[:, None]


def _slopes(sample: Sample, pool: _Pool, children: list[_Child], bias: Floats, penalty: float) -> list[Floats]:
    """Return the slope (n_pool,) of the penalised loss along each term that a child could add; 0 where it has it."""
    _, slope = sample.slope(_scores(children, bias))
    found = []
    for place, child in enumerate(children):
        slopes = pool.slopes(child.agreement, slope[place]) + penalty
        slopes[pool.places(child.capacity)] = 0.0
        found.append(slopes)
    return found


def _solved(sample: Sample, children: list[_Child], bias: Floats, penalty: float) -> tuple[list[_Child], Floats, float]:
    """Minimise over the weights of the terms at hand, and the biases."""
    ends = np.cumsum([0, *(len(child.capacity.weights) for child in children)])
    n_weights = int(ends[-1])

    def split(parameters: Floats) -> list[Floats]:
        return [parameters[start:end] for start, end in pairwise(ends.tolist())]

    def loss(parameters: Floats) -> tuple[float, Floats]:
        scores = np.stack([c.columns @ w for c, w in zip(children, split(parameters), strict=True)])
        value, slope = sample.slope(scores + parameters[n_weights:, None])
        along = [child.columns.T @ slope[place] + penalty for place, child in enumerate(children)]
        value += penalty * parameters[:n_weights].sum() + STEADY / 2 * (parameters**2).sum()
        return value, np.concatenate([*along, slope.sum(axis=1)]) + STEADY * parameters

    start = np.concatenate([*(child.capacity.weights for child in children), bias])
    bounds = [(0.0, None)] * n_weights + [(None, None)] * len(bias)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": STEPS})
    weighed = [child.weighed(weights) for child, weights in zip(children, split(best.x), strict=True)]
    return weighed, best.x[n_weights:], float(best.fun)
