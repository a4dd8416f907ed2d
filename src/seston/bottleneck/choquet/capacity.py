"""2-additive capacities: their Choquet integral, Shapley values and interactions, all in closed form.

The monotone 2-additive capacities are the mixtures of single values, minima of two and maxima of two [1]_. So any
non-negative weights on these three kinds of terms give a monotone integral, and the integral is linear in them.

References
----------
.. [1] Miranda, Combarro, Gil: Extreme points of some families of non-additive measures. EJOR 2006.
.. [2] Grabisch: k-order additive discrete fuzzy measures and their representation. Fuzzy Sets and Systems 1997.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.tree import Floats, Ints


@dataclass(frozen=True, eq=False)
class Capacity:
    """A monotone 2-additive capacity over `size` concepts, not normalised.

    Parameters
    ----------
    size
        Number of concepts.
    first, second
        (n_terms,) the two concepts of a term; the same one twice for a single value.
    upper
        (n_terms,) whether the term is the greater of the two; otherwise it is the smaller.
    weights
        (n_terms,) none negative.

    Examples
    --------
    >>> both = Capacity(2, np.array([0]), np.array([1]), np.array([False]), np.array([1.0]))
    >>> both.integral(np.array([[0.25, 1.0]])).tolist(), both.shapley.tolist(), both.interactions[0, 1].item()
    ([0.25], [0.5, 0.5], 1.0)
    """

    size: int
    first: Ints
    second: Ints
    upper: NDArray[np.bool_]
    weights: Floats

    def terms(self, values: Floats) -> Floats:
        """Return the terms (n, n_terms) of values (n, size)."""
        one, other = values[:, self.first], values[:, self.second]
        return np.where(self.upper, np.maximum(one, other), np.minimum(one, other))

    def integral(self, values: Floats) -> Floats:
        """Return the Choquet integral (n,) of values (n, size) in [0, 1]."""
        return np.asarray(self.terms(values) @ self.weights)

    @cached_property
    def singles(self) -> Floats:
        """(size,) Möbius masses of the concepts alone."""
        alone = (self.first == self.second) | self.upper
        mass = np.bincount(self.first[alone], self.weights[alone], self.size)
        pairs = self.upper & (self.first != self.second)
        return np.asarray(mass + np.bincount(self.second[pairs], self.weights[pairs], self.size))

    @cached_property
    def interactions(self) -> Floats:
        """(size, size) Möbius mass of each pair: above 0 the two count together, below 0 one of them is enough."""
        pairs = self.first != self.second
        signed = np.where(self.upper, -self.weights, self.weights)[pairs]
        place = self.first[pairs] * self.size + self.second[pairs]
        table = np.bincount(place, signed, self.size**2).reshape(self.size, self.size)
        return np.asarray(table + table.T)

    @cached_property
    def shapley(self) -> Floats:
        """(size,) Shapley value of each concept: its share of the integral of ones."""
        return np.asarray(self.singles + self.interactions.sum(axis=1) / 2)

    def contributions(self, values: Floats) -> Floats:
        """Share the integral of values (n, size) among the concepts, (n, size).

        These are the Shapley values of the game "which concepts keep their value, the others being 0": a minimum is
        shared by halves. They add up to the integral.
        """
        paired = np.flatnonzero(self.first != self.second)
        one, other = self.first[paired], self.second[paired]
        signed = np.where(self.upper, -self.weights, self.weights)[paired]
        halves = 0.5 * signed * np.minimum(values[:, one], values[:, other])
        member = np.zeros((len(paired), self.size))
        member[np.arange(len(paired)), one] = 1.0
        member[np.arange(len(paired)), other] = 1.0
        return np.asarray(values * self.singles + halves @ member)
