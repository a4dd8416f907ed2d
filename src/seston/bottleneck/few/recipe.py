"""A classifier for few labels: unlabelled images spread them, a discriminant generalises them, rows hold it together.

1. Labels spread over a graph of images that look alike (`neighbours`).
2. What spread is taken for soft labels of a Gaussian discriminant (`discriminant`); rows draw its means together.
3. The axes along which the discriminant tells labels apart give a second graph, over which labels spread again.
4. Both opinions are multiplied, smoothed over the graphs, and taken for soft labels once more.

Each ingredient can be left out, to see what it is worth.
"""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from seston.bottleneck.few.discriminant import SoftDiscriminant, SoftStatistics, likeness_of_rows, telling_axes
from seston.bottleneck.few.gallery import Gallery
from seston.bottleneck.few.model import FewLabelModel, Space, adding_to_one, both_opinions
from seston.bottleneck.few.neighbours import Axes, Neighbourhood, Singles, spread
from seston.bottleneck.fit import filled
from seston.bottleneck.prototypes import PRIOR_POWER
from seston.bottleneck.tree import Floats, Ints
from seston.errors import InvalidData, UsageError

INGREDIENTS = frozenset({"graph", "discriminant", "metric", "rows", "smoothing", "rounds"})
UNLABELLED = -1
STAYING, SPREADING_STEPS = 0.95, 30
SMOOTHING, SMOOTHING_STEPS = 0.8, 10
RARE_LABELS_UP = 0.25
TRUST = 0.5
IMAGES_WORTH = 20.0
ROUNDS = 2


@dataclass(frozen=True)
class FewLabelRecipe:
    """How to learn from few labels.

    Parameters
    ----------
    ingredients
        Some of `INGREDIENTS`.
    trust, smoothing
        As in `FewLabelModel`.
    images_worth
        As in `SoftStatistics.shrunk`.

    Raises
    ------
    UsageError
        If an ingredient is unknown, or neither graph nor discriminant is among them.
    """

    ingredients: frozenset[str] = INGREDIENTS
    trust: float = TRUST
    smoothing: float = SMOOTHING
    images_worth: float = IMAGES_WORTH

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
        work = _Work.of(self, gallery, codes, rows)
        soft = work.clamped(work.spread()) if self.has("graph") else work.labelled_only()
        discriminant = None
        for turn in range(ROUNDS if self.has("rounds") else 1):
            if self.has("discriminant"):
                statistics = SoftStatistics.of(gallery.centred, soft, gallery.gram)
                discriminant = work.discriminant(statistics)
                if turn == 0 and self.has("metric"):
                    work.add_graph(telling_axes(statistics))
            soft = work.clamped(work.smoothed(discriminant))
        spread_labels = work.spread() if work.spaces else soft
        args = gallery.center, tuple(work.spaces), spread_labels, discriminant, work.prior, soft
        return FewLabelModel(*args, self.trust, self.smoothing if self.has("smoothing") else 0.0)

    def has(self, ingredient: str) -> bool:
        """Say whether an ingredient takes part."""
        return ingredient in self.ingredients


@dataclass(eq=False)
class _Work:
    recipe: FewLabelRecipe
    gallery: Gallery
    codes: Ints
    prior: Floats
    weights: Floats
    seeds: Singles
    alike: Floats
    spaces: list[tuple[Space, Neighbourhood]]
    graph: Any

    @classmethod
    def of(cls, recipe: FewLabelRecipe, gallery: Gallery, codes: Ints, rows: Floats) -> Self:
        n_labels = len(rows)
        labelled = codes != UNLABELLED
        counts = np.bincount(codes[labelled], minlength=n_labels).astype(np.float64)
        if (counts > 0).sum() < 2:
            raise InvalidData(
                f"{int((counts > 0).sum())} label has images; a classifier needs two or more.",
                hint="Give labelled images of at least two labels.",
            )
        share = np.maximum(counts, 0.5) / np.maximum(counts, 0.5).sum()
        weights = share**PRIOR_POWER / (share**PRIOR_POWER).sum()
        seeds = np.zeros((len(codes), n_labels), dtype=np.float32)
        seeds[labelled, codes[labelled]] = np.maximum(counts, 1.0)[codes[labelled]] ** -RARE_LABELS_UP
        alike = likeness_of_rows(filled(rows)) if recipe.has("rows") else np.eye(n_labels)
        spaces: list[tuple[Space, Neighbourhood]] = []
        graph = None
        if recipe.has("graph"):
            spaces, graph = [(gallery.whitening, gallery.neighbourhood)], gallery.graph
        return cls(recipe, gallery, codes, np.log(share), weights, seeds, alike, spaces, graph)

    def add_graph(self, axes: Singles) -> None:
        to_space = Axes(axes)
        place = Neighbourhood(to_space(self.gallery.centred))
        self.spaces.append((to_space, place))
        self.graph = place.graph() if self.graph is None else (self.graph + place.graph()) / 2

    def spread(self) -> Singles:
        return adding_to_one(spread(self.graph, self.seeds, STAYING, SPREADING_STEPS))

    def labelled_only(self) -> Singles:
        soft = np.zeros_like(self.seeds)
        return self.clamped(soft)

    def clamped(self, soft: Singles) -> Singles:
        labelled = self.codes != UNLABELLED
        certain = soft.copy()
        certain[labelled] = 0.0
        certain[labelled, self.codes[labelled]] = 1.0
        return certain

    def discriminant(self, statistics: SoftStatistics) -> SoftDiscriminant:
        return SoftDiscriminant.of(
            statistics.within, statistics.shrunk(self.alike, self.weights, self.recipe.images_worth)
        )

    def smoothed(self, discriminant: SoftDiscriminant | None) -> Singles:
        spread_labels = self.spread() if self.spaces else None
        found = both_opinions(spread_labels, discriminant, self.gallery.centred, self.prior, self.recipe.trust)
        if not (self.recipe.has("smoothing") and self.spaces):
            return found
        return adding_to_one(spread(self.graph, self.clamped(found), self.recipe.smoothing, SMOOTHING_STEPS))
