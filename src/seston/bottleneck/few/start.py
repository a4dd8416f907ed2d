"""Where every way to learn from the same few labels starts: all that depends on the labels and not on the rows."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.few.discriminant import SoftStatistics, telling_axes
from seston.bottleneck.few.gallery import Gallery
from seston.bottleneck.few.kernel import KernelOpinion
from seston.bottleneck.few.model import adding_to_one
from seston.bottleneck.few.neighbours import Axes, Neighbourhood, Singles, spread
from seston.bottleneck.few.regime import Regime, regime_of
from seston.bottleneck.prototypes import PRIOR_POWER
from seston.bottleneck.tree import Floats, Ints
from seston.errors import InvalidData

UNLABELLED = -1
STAYING, SPREADING_STEPS = 0.95, 30
RARE_LABELS_UP = 0.25
UNSURE = 0.25
UNSEEN_IMAGES = 0.5


@dataclass(frozen=True, eq=False)
class Start:
    """Images, few of them labelled.

    Parameters
    ----------
    gallery
        The images, labelled or not.
    codes
        (n_images,) label of each image, −1 where it is not known.
    n_labels
        How many labels there are.

    Raises
    ------
    InvalidData
        If fewer than two labels have images.
    """

    gallery: Gallery
    codes: Ints
    n_labels: int

    def __post_init__(self) -> None:
        found = int((self.counts > 0).sum())
        if found < 2:
            raise InvalidData(
                f"{found} label has images; a classifier needs two or more.",
                hint="Give labelled images of at least two labels.",
            )

    @cached_property
    def labelled(self) -> NDArray[np.bool_]:
        """(n_images,) whether the image is labelled."""
        return np.asarray(self.codes != UNLABELLED)

    @cached_property
    def regime(self) -> Regime:
        """How far to look, and how much to smooth, with so many labels."""
        return regime_of(int(self.labelled.sum()))

    @cached_property
    def alike(self) -> Neighbourhood:
        """The images in the space in which they look alike whatever their labels."""
        return self.gallery.neighbourhood(self.regime.neighbours)

    @cached_property
    def counts(self) -> Floats:
        """(n_labels,) labelled images of each label."""
        return np.bincount(self.codes[self.labelled], minlength=self.n_labels).astype(np.float64)

    @cached_property
    def share(self) -> Floats:
        """(n_labels,) share of each label among the labelled images; one without images counts for half a one."""
        least = np.maximum(self.counts, UNSEEN_IMAGES)
        return np.asarray(least / least.sum())

    @cached_property
    def weights(self) -> Floats:
        """(n_labels,) weights of the labels, adding to 1."""
        return np.asarray(self.share**PRIOR_POWER / (self.share**PRIOR_POWER).sum())

    @cached_property
    def seeds(self) -> Singles:
        """(n_images, n_labels) what is spread."""
        seeds = np.zeros((len(self.codes), self.n_labels), dtype=np.float32)
        own = self.codes[self.labelled]
        seeds[self.labelled, own] = np.maximum(self.counts, 1.0)[own] ** -RARE_LABELS_UP
        return seeds

    @cached_property
    def spread_alike(self) -> Singles:
        """(n_images, n_labels) what spreads over the images that look alike."""
        return self.spread(self.alike.graph)

    @cached_property
    def soft(self) -> Singles:
        """(n_images, n_labels) the same, those of labelled images certain."""
        return self.clamped(self.spread_alike)

    @cached_property
    def statistics(self) -> SoftStatistics:
        """The statistics of what spread."""
        return self.statistics_of(self.soft)

    @cached_property
    def telling(self) -> tuple[Axes, Neighbourhood]:
        """The images on the axes along which what spread tells labels apart."""
        return self.telling_by(self.statistics)

    @cached_property
    def kernel(self) -> KernelOpinion:
        """The opinion of the labelled images alone."""
        images, codes = self.gallery.centred[self.labelled], self.codes[self.labelled]
        return KernelOpinion.of(images, codes, self.n_labels, self.regime.kernel_ridge)

    @cached_property
    def joined(self) -> Any:
        """(n_images, n_images) the mean of the graph of images that look alike and of that on the telling axes."""
        return (self.alike.graph + self.telling[1].graph) / 2

    @cached_property
    def spread_joined(self) -> Singles:
        """(n_images, n_labels) what spreads over both graphs."""
        return self.spread(self.joined)

    def spread(self, graph: Any) -> Singles:
        """Return probabilities (n_images, n_labels): the seeds, spread over a graph."""
        return adding_to_one(spread(graph, self.seeds, STAYING, SPREADING_STEPS))

    def telling_by(self, statistics: SoftStatistics) -> tuple[Axes, Neighbourhood]:
        """Return the axes along which statistics tell labels apart, and the images on them."""
        axes = Axes(telling_axes(statistics, self.regime.metric_ridge))
        return axes, Neighbourhood(axes(self.gallery.centred), self.regime.neighbours)

    def clamped(self, soft: Singles) -> Singles:
        """Return probabilities (n_images, n_labels) with those of labelled images certain."""
        certain = soft.copy()
        certain[self.labelled] = 0.0
        certain[self.labelled, self.codes[self.labelled]] = 1.0
        return certain

    def statistics_of(self, soft: Singles) -> SoftStatistics:
        """Return the statistics of soft labels (n_images, n_labels), in which images without a label weigh `UNSURE`."""
        weighted = np.where(self.labelled[:, None], soft, np.float32(UNSURE) * soft)
        sure = self.gallery.centred[self.labelled].astype(np.float64)
        gram = UNSURE * self.gallery.gram + (1 - UNSURE) * (sure.T @ sure)
        return SoftStatistics.of(self.gallery.centred, weighted, gram)
