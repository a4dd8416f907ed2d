"""The images that a few labels are spread over, labelled or not: all that does not depend on the labels."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Self

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.few.neighbours import Neighbourhood, PartialWhitening, Singles
from seston.bottleneck.tree import Floats
from seston.errors import InvalidFeatures

LEAST = 3


@dataclass(frozen=True, eq=False)
class Gallery:
    """Images by their features, which of them look alike, and their Gram matrix.

    Parameters
    ----------
    center
        (n_features,) mean of the features.
    centred
        (n_images, n_features).
    """

    center: Singles
    centred: Singles

    @classmethod
    def of(cls, features: NDArray[np.floating]) -> Self:
        """Gather features (n_images, n_features).

        Raises
        ------
        InvalidFeatures
            If there are fewer than three images, or a value is not finite.
        """
        values = np.asarray(features, dtype=np.float32)
        if len(values) < LEAST or not np.isfinite(values).all():
            raise InvalidFeatures(
                f"{len(values)} images, {int((~np.isfinite(values)).any(axis=1).sum())} with NaN or infinity.",
                hint=f"Give {LEAST} images or more, and encode again those without finite features.",
            )
        center = values.mean(axis=0)
        return cls(center, values - center)

    @cached_property
    def gram(self) -> Floats:
        """(n_features, n_features) sum of the outer products of the centred features."""
        return np.asarray(self.centred.T @ self.centred, dtype=np.float64)

    @cached_property
    def whitening(self) -> PartialWhitening:
        """The space in which images look alike whatever their labels."""
        return PartialWhitening.of(self.centred)

    @cached_property
    def neighbourhood(self) -> Callable[[int], Neighbourhood]:
        """The images in that space, by how many neighbours each is joined to."""
        return cache(partial(Neighbourhood, self.whitening(self.centred)))
