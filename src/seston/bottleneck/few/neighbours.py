"""Which images look alike: nearest neighbours by cosine, after a partial whitening of the features."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Singles = NDArray[np.float32]

WIDTH = 600
WHITENING = 0.5
SHARPNESS = 3


@dataclass(frozen=True, eq=False)
class PartialWhitening:
    """Principal axes, each divided by a power of its variance.

    Without whitening a few strong axes decide which images look alike; with all of it, noise does. Half way,
    neighbours agree best.

    Parameters
    ----------
    center
        (n_features,).
    axes
        (n_features, width).
    """

    center: Singles
    axes: Singles

    @classmethod
    def of(cls, features: NDArray[np.floating]) -> Self:
        """Find the axes of features (n_images, n_features)."""
        center = features.mean(axis=0)
        centred = features - center
        variance, axes = np.linalg.eigh(centred.T @ centred / len(features))
        first = np.argsort(-variance)[:WIDTH]
        first = first[variance[first] > 1e-9 * variance.max()]
        scaled = axes[:, first] * variance[first] ** (-WHITENING / 2)
        return cls(center.astype(np.float32), scaled.astype(np.float32))

    def __call__(self, features: NDArray[np.floating]) -> Singles:
        """Return features (n, n_features) on the axes, (n, width)."""
        return np.asarray((features - self.center) @ self.axes, dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Axes:
    """Axes (n_features, n_axes) on which centred features get coordinates."""

    values: Singles

    def __call__(self, features: NDArray[np.floating]) -> Singles:
        """Return features (n, n_features) on the axes, (n, n_axes)."""
        return np.asarray(features @ self.values, dtype=np.float32)


class Neighbourhood:
    """The images that others are compared with.

    Parameters
    ----------
    coordinates
        (n_images, width) in the space where likeness is measured.
    neighbours
        How many of them an image is joined to.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> about = Neighbourhood(rng.normal(size=(50, 3)).astype(np.float32), neighbours=10)
    >>> about.graph.shape
    (50, 50)
    """

    def __init__(self, coordinates: Singles, neighbours: int) -> None:
        from sklearn.neighbors import NearestNeighbors

        self._unit = unit(coordinates)
        self._size = min(neighbours, len(coordinates) - 1)
        self._index = NearestNeighbors(n_neighbors=self._size, algorithm="brute").fit(self._unit)
        self._last: tuple[Singles, Any] | None = None

    @cached_property
    def graph(self) -> Any:
        """The symmetric, normalised likeness (n_images, n_images) of the images, a sparse array."""
        from scipy.sparse import diags_array

        one_way = self._likeness(*self._index.kneighbors())
        both = one_way + one_way.T
        scale = diags_array(1 / np.sqrt(np.asarray(both.sum(axis=1)).ravel() + 1e-12))
        return (scale @ both @ scale).astype(np.float32).tocsr()

    def reach(self, coordinates: Singles) -> Any:
        """Return the likeness (n, n_images) of other images to these, a sparse array whose rows add to 1.

        The last answer is kept: models compared with each other ask for the same images.
        """
        if self._last is None or not np.array_equal(self._last[0], coordinates):
            self._last = coordinates, self._reach(coordinates)
        return self._last[1]

    def _reach(self, coordinates: Singles) -> Any:
        from scipy.sparse import diags_array

        found = self._likeness(*self._index.kneighbors(unit(coordinates)))
        total = np.asarray(found.sum(axis=1)).ravel()
        return (diags_array(1 / (total + 1e-12)) @ found).astype(np.float32).tocsr()

    def _likeness(self, distance: Singles, place: NDArray[np.intp]) -> Any:
        from scipy.sparse import csr_array

        cosine = np.clip(1 - distance**2 / 2, 0, None) ** SHARPNESS
        start = np.arange(0, place.size + 1, self._size)
        return csr_array((cosine.ravel(), place.ravel(), start), shape=(len(place), len(self._unit)))


def spread(graph: Any, seeds: Singles, share: float, steps: int) -> Singles:
    """Spread what is known of some images over a graph.

    Parameters
    ----------
    graph
        (n, n) as from `Neighbourhood.graph`.
    seeds
        (n, n_labels) what is known.
    share
        How much comes from the neighbours; the rest stays with the seeds.
    steps
        How many times.

    References
    ----------
    .. [1] Zhou et al.: Learning with local and global consistency. NIPS 2003.
    """
    found = seeds
    for _ in range(steps):
        found = share * (graph @ found) + (1 - share) * seeds
    return np.asarray(found, dtype=np.float32)


def unit(values: Singles) -> Singles:
    """Return rows (n, width) of length 1."""
    return np.asarray(values / (np.linalg.norm(values, axis=1, keepdims=True) + 1e-12), dtype=np.float32)
