"""Settings of the recipe, chosen inside the labelled share."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.few.gallery import Gallery
from seston.bottleneck.few.model import tempered
from seston.bottleneck.few.recipe import FewLabelRecipe
from seston.bottleneck.few.start import UNLABELLED, Start
from seston.bottleneck.train import held_out
from seston.bottleneck.tree import Floats, Ints

ENOUGH = 200
IMAGES_WORTH_WHEN_ENOUGH = 3.0
TRIALS: dict[str, tuple[Any, ...]] = {
    "trust": (2.0, 1.0),
    "smoothing": (0.4, 0.8, 0.0),
    "kernel_trust": (0.0, 0.5, 1.0),
}


def chosen(recipe: FewLabelRecipe, gallery: Gallery, codes: Ints, rows: Floats) -> FewLabelRecipe:
    """Return the recipe with settings chosen on a quarter of the labelled images, one setting after the other.

    How many images a mean is worth is not chosen there: labels of few images, for which it matters, are not held out.

    Parameters
    ----------
    recipe
        Where the search starts, and what stands when fewer than `ENOUGH` labelled images can be held out.
    gallery, codes, rows
        As in `FewLabelRecipe.fit`.
    """
    labelled = np.flatnonzero(codes != UNLABELLED)
    held = labelled[held_out(codes[labelled], 0)]
    if len(held) < ENOUGH:
        return recipe
    inner = codes.copy()
    inner[held] = UNLABELLED
    recipe = replace(recipe, images_worth=IMAGES_WORTH_WHEN_ENOUGH)
    start = Start(gallery, inner, len(rows))
    for name, values in TRIALS.items():
        trials = [replace(recipe, **{name: value}) for value in values]
        recipe = max(trials, key=lambda trial: _judged(_told(trial, start, rows, held), codes[held]))
    return recipe


def _told(recipe: FewLabelRecipe, start: Start, rows: Floats, asked: Ints) -> NDArray[np.floating]:
    model = recipe.fit_from(start, rows)
    return model.with_kernel(model.soft[asked], start.gallery.centred[asked])


def _judged(soft: NDArray[np.floating], truth: Ints) -> float:
    # Mean log probability of the true labels; counts of right answers vary too much among so few images.
    return float(np.log(tempered(soft)[np.arange(len(truth)), truth] + 1e-9).mean())
