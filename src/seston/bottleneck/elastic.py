"""The elastic net over concept scores: the whole path from no concept to many, by accelerated proximal steps.

For each penalty on the path, from the strongest to the weakest, the weighted multinomial log loss plus
``penalty · (mix · |W|₁ + (1 − mix)/2 · |W|²)`` is minimised over the weights and the biases, which go free. Each
solution starts from the one before it.

References
----------
.. [1] Beck, Teboulle: A fast iterative shrinkage-thresholding algorithm for linear inverse problems. 2009.
.. [2] O'Donoghue, Candès: Adaptive restart for accelerated gradient schemes. 2015.
.. [3] Wong, Santurkar, Madry: Leveraging sparse linear layers for debuggable deep networks. ICML 2021.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from seston.bottleneck.tree import Floats, Ints

MIX = 0.99
STEPS = 400
TOLERANCE = 1e-5
_FIRST_STEP = 8.0


@dataclass(frozen=True, eq=False)
class Scored:
    """Images as the elastic net sees them.

    Parameters
    ----------
    scores
        (n_images, n_concepts), best standardised.
    codes
        (n_images,) label of each image.
    weight
        (n_images,) weight of each image, adding to 1.
    n_labels
        Number of labels.
    """

    scores: Floats
    codes: Ints
    weight: Floats
    n_labels: int

    @classmethod
    def of(cls, scores: Floats, codes: Ints, n_labels: int, weight: Floats | None = None) -> "Scored":
        """Set up images that weigh the same, or as `weight` (n_images,) says."""
        share = np.ones(len(codes)) if weight is None else weight
        return cls(scores, codes, share / share.sum(), n_labels)

    def slope(self, logits: Floats) -> tuple[float, Floats]:
        """Return the weighted log loss of logits (n_images, n_labels), and its slope (n_images, n_labels)."""
        images = np.arange(len(self.codes))
        shifted = logits - logits.max(axis=1, keepdims=True)
        own = shifted[images, self.codes]
        np.exp(shifted, out=shifted)
        total = shifted.sum(axis=1)
        loss = self.weight @ (np.log(total) - own)
        shifted *= (self.weight / total)[:, None]
        shifted[images, self.codes] -= self.weight
        return float(loss), shifted

    def strongest(self, mix: float = MIX) -> float:
        """Return the least penalty at which no concept is used."""
        share = np.bincount(self.codes, self.weight, self.n_labels)
        _, slope = self.slope(np.tile(np.log(np.maximum(share, 1e-12)), (len(self.codes), 1)))
        return float(np.abs(self.scores.T @ slope).max() / mix)


@dataclass(frozen=True, eq=False)
class Solution:
    """One point of the path.

    Parameters
    ----------
    penalty
        Of this point.
    weights
        (n_labels, n_concepts).
    bias
        (n_labels,).
    objective
        Log loss plus penalty.
    steps
        Proximal steps taken.
    """

    penalty: float
    weights: Floats
    bias: Floats
    objective: float
    steps: int

    @property
    def concepts_a_label(self) -> float:
        """Mean number of concepts with a weight."""
        return float((self.weights != 0).sum(axis=1).mean())


def penalties(strongest: float, count: int = 20, least: float = 0.005) -> Floats:
    """Return `count` penalties from `strongest` down to `least` of it, evenly on a logarithmic scale."""
    return np.asarray(strongest * np.geomspace(1.0, least, count))


def elastic_path(images: Scored, path: Floats, mix: float = MIX) -> Iterator[Solution]:
    """Solve for each penalty of `path`, which goes down; each point is given as soon as it is found.

    Parameters
    ----------
    images
        What is fitted.
    path
        (n_penalties,).
    mix
        Share of the absolute values in the penalty, in (0, 1].
    """
    share = np.bincount(images.codes, images.weight, images.n_labels)
    bias = np.log(np.maximum(share, 1e-6))
    point = np.hstack([np.zeros((images.n_labels, images.scores.shape[1])), bias[:, None]])
    # Böhning: the curvature of the multinomial log loss is at most half the scores' second moments.
    wide = np.hstack([images.scores, np.ones((len(images.codes), 1))])
    ceiling = 0.5 * float(np.linalg.eigvalsh((wide * images.weight[:, None]).T @ wide)[-1])
    problem = _Problem(images, wide, mix, ceiling)
    for penalty in path.tolist():
        point, objective, steps = problem.solve(point, penalty)
        yield Solution(penalty, point[:, :-1].copy(), point[:, -1].copy(), objective, steps)


@dataclass(frozen=True, eq=False)
class _Problem:
    """The last column of a point (n_labels, n_concepts + 1) is the bias."""

    images: Scored
    wide: Floats
    mix: float
    ceiling: float

    def smooth(self, point: Floats, penalty: float) -> tuple[float, Floats]:
        loss, slope = self.images.slope(self.wide @ point.T)
        along = slope.T @ self.wide
        ridge = penalty * (1 - self.mix)
        along[:, :-1] += ridge * point[:, :-1]
        return loss + 0.5 * ridge * float((point[:, :-1] ** 2).sum()), along

    def step(self, point: Floats, along: Floats, penalty: float, curvature: float) -> Floats:
        moved = point - along / curvature
        threshold = penalty * self.mix / curvature
        weights = moved[:, :-1]
        moved[:, :-1] = np.sign(weights) * np.maximum(np.abs(weights) - threshold, 0.0)
        return moved

    def solve(self, start: Floats, penalty: float) -> tuple[Floats, float, int]:
        ceiling = self.ceiling + penalty * (1 - self.mix)
        curvature, momentum = ceiling / _FIRST_STEP, 1.0
        point, ahead, before = start, start, np.inf
        for taken in range(1, STEPS + 1):
            value, along = self.smooth(ahead, penalty)
            while True:
                new = self.step(ahead, along, penalty, curvature)
                moved = new - ahead
                found = self.smooth(new, penalty)[0] if curvature < ceiling else -np.inf
                if found <= value + float((along * moved).sum()) + curvature / 2 * float((moved**2).sum()) + 1e-15:
                    break
                curvature = min(2 * curvature, ceiling)
            if float(((ahead - new) * (new - point)).sum()) > 0:
                momentum = 1.0
            following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
            ahead = new + (momentum - 1) / following * (new - point)
            point, momentum = new, following
            now = value + penalty * self.mix * float(np.abs(point[:, :-1]).sum())
            if taken % 5 == 0:
                if abs(before - now) <= TOLERANCE * abs(now):
                    break
                before = now
        value, _ = self.smooth(point, penalty)
        return point, value + penalty * self.mix * float(np.abs(point[:, :-1]).sum()), taken
