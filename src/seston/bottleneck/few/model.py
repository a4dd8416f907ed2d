"""What was learned from few labels, ready for other images."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.few.discriminant import SoftDiscriminant
from seston.bottleneck.few.kernel import KernelOpinion
from seston.bottleneck.few.neighbours import Axes, Neighbourhood, PartialWhitening, Singles
from seston.bottleneck.tree import Floats

HEAT = 4.0
# From own draws of 1 % of the train images (decision 12): at this temperature probabilities are right as often as they
# say, and where they expect this share of accuracy to be lost, three quarters of a point are.
TEMPERATURE = 1.75
EXPECTED_LOST = 0.0135
Space = PartialWhitening | Axes


@dataclass(frozen=True, eq=False)
class FewLabelModel:
    """Opinions on images: what spread from images that look alike, a discriminant, and perhaps a kernel.

    Parameters
    ----------
    center
        (n_features,).
    spaces
        For each graph, how features become coordinates, and the images to compare with.
    spread_labels
        (n_images, n_labels) what spread over the graphs.
    discriminant
        The other opinion; None if left out.
    prior
        (n_labels,) log weights of the labels.
    soft
        (n_images, n_labels) probabilities of the images learned from, the labelled ones certain.
    trust
        Power of the discriminant's opinion.
    smoothing
        How much comes from the neighbours at the end.
    kernel, kernel_trust
        The third opinion, and its power; None if left out.
    """

    center: Singles
    spaces: tuple[tuple[Space, Neighbourhood], ...]
    spread_labels: Singles
    discriminant: SoftDiscriminant | None
    prior: Floats
    soft: Singles
    trust: float
    smoothing: float
    kernel: KernelOpinion | None = None
    kernel_trust: float = 0.0

    def probabilities(self, features: NDArray[np.floating]) -> Singles:
        """Return label probabilities (n, n_labels) of images that were not learned from."""
        return tempered(self.opinions(features))

    def opinions(self, features: NDArray[np.floating]) -> Singles:
        """Return what all opinions say together (n, n_labels), adding up to 1, and far too sure to be probabilities."""
        centred = np.asarray(features, dtype=np.float32) - self.center
        reach = sum(place.reach(to_space(centred)) for to_space, place in self.spaces) / max(len(self.spaces), 1)
        spread_labels = reach @ self.spread_labels if self.spaces else None
        found = both_opinions(spread_labels, self.discriminant, centred, self.prior, self.trust)
        if self.spaces and self.smoothing:
            found = self.smoothing * (reach @ self.soft) + (1 - self.smoothing) * found
        return self.with_kernel(adding_to_one(found), centred)

    def with_kernel(self, found: Singles, centred: Singles) -> Singles:
        """Return probabilities (n, n_labels) times the third opinion on centred features (n, n_features)."""
        if self.kernel is None:
            return found
        return adding_to_one(_exp(np.log(found + 1e-6) + self.kernel_trust * self.kernel.scores(centred)))


def both_opinions(
    spread_labels: Singles | None, discriminant: SoftDiscriminant | None, centred: Singles, prior: Floats, trust: float
) -> Singles:
    """Return the product (n, n_labels) of what spread and what the discriminant says, each where there is one."""
    logs = [] if spread_labels is None else [np.log(spread_labels + 1e-6)]
    if discriminant is not None:
        told = adding_to_one(_exp(discriminant.logits(centred) / HEAT + prior))
        logs.append((trust if logs else 1.0) * np.log(told + 1e-6))
    return adding_to_one(_exp(np.sum(logs, axis=0)))


def adding_to_one(values: NDArray[np.floating]) -> Singles:
    """Return rows (n, m) of non-negative values scaled to add up to 1."""
    return np.asarray(values / (values.sum(axis=1, keepdims=True) + 1e-12), dtype=np.float32)


def tempered(opinions: NDArray[np.floating]) -> Singles:
    """Return opinions (n, n_labels), which are too sure, as probabilities."""
    return adding_to_one(_exp(np.log(opinions + 1e-6) / TEMPERATURE))


def _exp(logits: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(np.exp(logits - logits.max(axis=1, keepdims=True)))
