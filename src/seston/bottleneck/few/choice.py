"""Settings of the recipe, chosen inside the labelled share."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.few.gallery import Gallery
from seston.bottleneck.few.recipe import FewLabelRecipe
from seston.bottleneck.few.start import UNLABELLED, Start
from seston.bottleneck.train import held_out
from seston.bottleneck.tree import Floats, Ints

ENOUGH = 200
WHEN_ENOUGH: dict[str, Any] = {"trust": 1.0, "smoothing": 0.4, "kernel_trust": 0.5, "images_worth": 3.0}
TRIALS: dict[str, tuple[Any, ...]] = {"trust": (0.5, 2.0), "smoothing": (0.0, 0.2, 0.6), "kernel_trust": (0.0, 1.0)}
SURE = 2.0


def chosen(recipe: FewLabelRecipe, gallery: Gallery, codes: Ints, rows: Floats) -> FewLabelRecipe:
    """Return the recipe with settings chosen on a quarter of the labelled images, one setting after the other.

    A setting leaves its default only where another names the held-out images better by `SURE` standard errors, in
    accuracy plus balanced accuracy. How many images a mean is worth is not chosen there: labels of few images, for
    which it matters, are not held out.

    Parameters
    ----------
    recipe
        What stands when fewer than `ENOUGH` labelled images can be held out; else the defaults are `WHEN_ENOUGH`.
    gallery, codes, rows
        As in `FewLabelRecipe.fit`.
    """
    labelled = np.flatnonzero(codes != UNLABELLED)
    held = labelled[held_out(codes[labelled], 0)]
    if len(held) < ENOUGH:
        return recipe
    inner = codes.copy()
    inner[held] = UNLABELLED
    start, truth = Start(gallery, inner, len(rows)), codes[held]
    recipe = replace(recipe, **WHEN_ENOUGH)
    for name, values in TRIALS.items():
        stands = _right(recipe, start, rows, held, truth)
        for value in values:
            trial = replace(recipe, **{name: value})
            right = _right(trial, start, rows, held, truth)
            if _surely_better(right, stands, truth):
                recipe, stands = trial, right
    return recipe


def _right(recipe: FewLabelRecipe, start: Start, rows: Floats, asked: Ints, truth: Ints) -> NDArray[np.bool_]:
    model = recipe.fit_from(start, rows)
    opinions = model.with_kernel(model.soft[asked], start.gallery.centred[asked])
    return np.asarray(opinions.argmax(axis=1) == truth)


def _surely_better(right: NDArray[np.bool_], stands: NDArray[np.bool_], truth: Ints) -> bool:
    counts = np.bincount(truth)
    weights = 1 / len(truth) + 1 / (np.count_nonzero(counts) * counts[truth])
    gains = weights * (right.astype(np.float64) - stands)
    return bool(gains.sum() > SURE * np.sqrt((gains**2).sum()))
