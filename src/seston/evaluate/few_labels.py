"""Few labels, over given draws: each ingredient left out in turn, beside controls and black boxes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.few.choice import chosen
from seston.bottleneck.few.gallery import Gallery
from seston.bottleneck.few.recipe import INGREDIENTS, UNLABELLED, FewLabelRecipe
from seston.bottleneck.tree import Floats, Ints
from seston.evaluate.controls import random_rows, shuffled_rows
from seston.evaluate.metrics import balanced_accuracy, top1
from seston.evaluate.unseen import Images

CONTROL_SEED = 0
LOGISTIC_STRENGTH = 10.0
RIDGE_STRENGTH = 0.1


@dataclass(frozen=True, eq=False)
class Task:
    """Train images of which few labels are given, test images, and the rows of the labels.

    Parameters
    ----------
    train, test
        Images of both splits; the codes of train are all known, a draw says which may be used.
    rows, taxonomy
        (n_labels, n_concepts) with NaN for unknown, and (n_labels, n_inner) as from `taxonomy_rows`.
    """

    train: Images
    test: Images
    rows: Floats
    taxonomy: Floats


def few_label_figures(
    task: Task, draws: Mapping[str, NDArray[np.bool_]], done: Callable[[int, int], None] = lambda done, total: None
) -> dict[str, Any]:
    """Judge the recipe, its parts, the controls and the black boxes on test images, for every draw of labels.

    Parameters
    ----------
    task
        The images; no setting depends on test labels, and unlabelled test images are not learned from.
    draws
        Name to (n_train,) which labels are given.
    done
        Told how many of the draws are finished.

    Returns
    -------
    dict
        Name of the variant to ``top1`` and ``balanced_accuracy``, their standard errors over draws, and the paired
        difference to the recipe without rows.
    """
    gallery = Gallery.of(task.train.features)
    found: dict[str, list[tuple[float, float]]] = {}
    for step, given in enumerate(draws.values(), start=1):
        codes = np.where(given, task.train.codes, UNLABELLED)
        for name, answer in {**_of_recipes(task, gallery, codes), **_of_black_boxes(task, given)}.items():
            figures = top1(task.test.codes, answer), balanced_accuracy(task.test.codes, answer)
            found.setdefault(name, []).append(figures)
        done(step, len(draws))
    without = np.array(found["without rows"])
    return {name: _summary(np.array(values), without) for name, values in found.items()}


def _of_recipes(task: Task, gallery: Gallery, codes: Ints) -> dict[str, Ints]:
    whole = chosen(FewLabelRecipe(), gallery, codes, task.rows)
    variants = {
        "recipe": (whole, task.rows),
        "rows and taxonomy": (whole, np.hstack([task.rows, task.taxonomy])),
        "taxonomy instead of rows": (whole, task.taxonomy),
        "random rows": (whole, random_rows(task.rows, CONTROL_SEED)),
        "shuffled rows": (whole, shuffled_rows(task.rows, CONTROL_SEED)),
    }
    variants |= {f"without {name}": (whole.without(name), task.rows) for name in sorted(INGREDIENTS - {"graph"})}
    variants["without graph"] = whole.without("graph", "metric"), task.rows
    variants["propagation alone"] = FewLabelRecipe(frozenset({"graph"})), task.rows
    return {name: _answer(recipe, task, gallery, codes, rows) for name, (recipe, rows) in variants.items()}


def _answer(recipe: FewLabelRecipe, task: Task, gallery: Gallery, codes: Ints, rows: Floats) -> Ints:
    probabilities = recipe.fit(gallery, codes, rows).probabilities(task.test.features)
    return np.asarray(probabilities.argmax(axis=1))


def _of_black_boxes(task: Task, given: NDArray[np.bool_]) -> dict[str, Ints]:
    """Return the answers of ridge and of logistic regression with square-root class weights, scikit-learn's."""
    from sklearn.linear_model import LogisticRegression, RidgeClassifier

    features, codes = task.train.features[given].astype(np.float64), task.train.codes[given]
    center = features.mean(axis=0)
    scale = np.sqrt(np.mean((features - center) ** 2))
    counts = np.bincount(codes)
    weight = counts[codes] ** -0.5
    weight *= len(weight) / weight.sum()
    alpha = RIDGE_STRENGTH * features.shape[1] * len(features) / len(np.unique(codes))
    models = {
        "ridge": RidgeClassifier(alpha=alpha),
        "logistic": LogisticRegression(C=LOGISTIC_STRENGTH / features.shape[1], max_iter=300),
    }
    test = (task.test.features - center) / scale
    return {
        name: model.fit((features - center) / scale, codes, sample_weight=weight).predict(test)
        for name, model in models.items()
    }


def _summary(values: Floats, without: Floats) -> dict[str, float]:
    paired = values - without
    summary: dict[str, float] = {}
    for column, key in enumerate(("top1", "balanced_accuracy")):
        summary |= _spread(key, values[:, column]) | _spread(f"{key}_over_no_rows", paired[:, column])
    return summary


def _spread(key: str, values: Floats) -> dict[str, float]:
    error = values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else 0.0
    return {key: float(values.mean()), f"{key}_se": float(error)}
