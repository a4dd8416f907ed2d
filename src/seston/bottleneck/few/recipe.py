"""A classifier for few labels: unlabelled images spread them, a discriminant generalises them, rows hold it together.

1. Labels spread over a graph of images that look alike (`neighbours`).
2. What spread is taken for soft labels of a Gaussian discriminant (`discriminant`), in which images without a label of
   their own weigh less; rows draw its means together, as far as the means themselves follow the rows.
3. The axes along which the discriminant tells labels apart give a second graph, over which labels spread again.
4. Both opinions are multiplied, smoothed over the graphs, and taken for soft labels once more.

Each ingredient can be left out, to see what it is worth.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from seston.bottleneck.few.discriminant import SoftDiscriminant, SoftStatistics, likeness_of_rows
from seston.bottleneck.few.gallery import Gallery
from seston.bottleneck.few.model import FewLabelModel, Space, adding_to_one, both_opinions
from seston.bottleneck.few.neighbours import Neighbourhood, Singles, spread
from seston.bottleneck.few.start import Start
from seston.bottleneck.fit import filled
from seston.bottleneck.tree import Floats, Ints
from seston.errors import UsageError

INGREDIENTS = frozenset({"graph", "discriminant", "metric", "rows", "smoothing", "rounds"})
SMOOTHING, SMOOTHING_STEPS = 0.4, 10
TRUST = 2.0
IMAGES_WORTH = 12.0
ROUNDS = 2


@dataclass(frozen=True)
class FewLabelRecipe:
    """How to learn from few labels.

    Parameters
    ----------
    ingredients
        Some of `INGREDIENTS`.
    trust, smoothing, kernel_trust
        As in `FewLabelModel`.
    images_worth
        A mean of so many labelled images weighs as much as what the others say of it.

    Raises
    ------
    UsageError
        If an ingredient is unknown, or neither graph nor discriminant is among them.
    """

    ingredients: frozenset[str] = INGREDIENTS
    trust: float = TRUST
    smoothing: float = SMOOTHING
    images_worth: float = IMAGES_WORTH
    kernel_trust: float = 0.0

    def __post_init__(self) -> None:
        strange = self.ingredients - INGREDIENTS
        if strange or not self.ingredients & {"graph", "discriminant"}:
            raise UsageError(
                f"Ingredients {sorted(self.ingredients)}; known are {sorted(INGREDIENTS)}.",
                hint="Take graph, discriminant or both, and others as you like.",
            )

    def without(self, *ingredients: str) -> "FewLabelRecipe":
        """Return the recipe with some ingredients left out."""
        return replace(self, ingredients=self.ingredients - set(ingredients))

    def fit(self, gallery: Gallery, codes: Ints, rows: Floats) -> FewLabelModel:
        """Learn from images, few of them labelled.

        Parameters
        ----------
        gallery
            The images, labelled or not.
        codes
            (n_images,) label of each image, −1 where it is not known.
        rows
            (n_labels, n_concepts) 1 present, 0 absent, NaN unknown.

        Raises
        ------
        InvalidData
            If fewer than two labels have images.
        """
        return self.fit_from(Start(gallery, codes, len(rows)), rows)

    def fit_from(self, start: Start, rows: Floats) -> FewLabelModel:
        """Learn as `fit` does; what does not depend on the rows is shared by all that begin at the same start."""
        work = _Work.of(self, start, rows)
        soft = start.soft if self.has("graph") else start.clamped(np.zeros_like(start.seeds))
        discriminant = None
        for turn in range(ROUNDS if self.has("rounds") else 1):
            if self.has("discriminant"):
                first = turn == 0 and self.has("graph")
                statistics = start.statistics if first else start.statistics_of(soft)
                discriminant = work.discriminant(statistics)
                if turn == 0 and self.has("metric"):
                    work.add_telling_graph(statistics)
            soft = start.clamped(work.smoothed(discriminant))
        spread_labels = work.spread_labels if work.spread_labels is not None else soft
        args = start.gallery.center, tuple(work.spaces), spread_labels, discriminant, work.prior, soft
        smoothing = self.smoothing if self.has("smoothing") else 0.0
        kernel = start.kernel if self.kernel_trust else None
        return FewLabelModel(*args, self.trust, smoothing, kernel, self.kernel_trust)

    def has(self, ingredient: str) -> bool:
        """Say whether an ingredient takes part."""
        return ingredient in self.ingredients


@dataclass(eq=False)
class _Work:
    recipe: FewLabelRecipe
    start: Start
    alike: Floats
    spaces: list[tuple[Space, Neighbourhood]] = field(default_factory=list)
    graph: Any = None
    spread_labels: Singles | None = None
    shared: float | None = None

    @classmethod
    def of(cls, recipe: FewLabelRecipe, start: Start, rows: Floats) -> "_Work":
        work = cls(recipe, start, likeness_of_rows(filled(rows)) if recipe.has("rows") else np.eye(len(rows)))
        if recipe.has("graph"):
            place = start.alike
            work.spaces, work.graph = [(start.gallery.whitening, place)], place.graph
            work.spread_labels = start.spread_alike
        return work

    @property
    def prior(self) -> Floats:
        return np.log(self.start.share)

    def add_telling_graph(self, statistics: SoftStatistics) -> None:
        if self.graph is None:
            axes, place = self.start.telling_by(statistics)
            self.graph, self.spread_labels = place.graph, self.start.spread(place.graph)
        else:
            axes, place = self.start.telling
            self.graph, self.spread_labels = self.start.joined, self.start.spread_joined
        self.spaces.append((axes, place))

    def discriminant(self, statistics: SoftStatistics) -> SoftDiscriminant:
        noise = self.recipe.images_worth / np.maximum(statistics.counts, 1e-6)
        if self.shared is None:
            self.shared = statistics.shared(self.alike, self.start.weights, noise, self.start.regime.ridge)
        means = statistics.shrunk(self.alike, self.start.weights, noise, self.shared)
        return SoftDiscriminant.of(statistics.within, means, self.start.regime.ridge)

    def smoothed(self, discriminant: SoftDiscriminant | None) -> Singles:
        centred = self.start.gallery.centred
        found = both_opinions(self.spread_labels, discriminant, centred, self.prior, self.recipe.trust)
        if not (self.recipe.has("smoothing") and self.spaces):
            return found
        return adding_to_one(spread(self.graph, self.start.clamped(found), self.recipe.smoothing, SMOOTHING_STEPS))
