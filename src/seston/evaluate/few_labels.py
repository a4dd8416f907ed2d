"""Few labels, over given draws: each ingredient left out in turn, beside controls and black boxes."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.few.choice import chosen
from seston.bottleneck.few.gallery import Gallery
from seston.bottleneck.few.recipe import INGREDIENTS, FewLabelRecipe
from seston.bottleneck.few.start import UNLABELLED, Start
from seston.bottleneck.tree import Floats, Ints
from seston.evaluate.all_labels import all_label_figures
from seston.evaluate.controls import random_rows, shuffled_rows
from seston.evaluate.metrics import balanced_accuracy, top1
from seston.evaluate.unseen import Images

CONTROL_SEED = 0
LEAST = 1e-6
LOGISTIC_STRENGTH = 10.0
RIDGE_STRENGTH = 0.1
BLACK_BOXES = ("ridge", "logistic", "propagation alone")
TOGETHER = "ridge, logistic and propagation"


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

    Draws of all labels are judged by `all_label_figures`.

    Parameters
    ----------
    task
        The images; no setting depends on test labels, and unlabelled test images are not learned from.
    draws
        Name to (n_train,) which labels are given.
    done
        Told how many of all trials are finished.

    Returns
    -------
    dict
        Name of the variant to ``top1`` and ``balanced_accuracy``, their standard errors over draws, and the paired
        difference to the recipe without rows.
    """
    if all(given.all() for given in draws.values()):
        train, test = ((images.features, images.codes) for images in (task.train, task.test))
        return all_label_figures(train, test, task.rows, done)
    gallery = Gallery.of(task.train.features)
    found: dict[str, list[tuple[float, float]]] = {}
    for turn, given in enumerate(draws.values()):
        beliefs: dict[str, Floats] = {}
        trials = _trials(task, gallery, given)
        for step, (name, belief) in enumerate(trials.items(), start=1):
            beliefs |= {name: belief()}
            done(turn * len(trials) + step, len(draws) * len(trials))
        beliefs[TOGETHER] = sum((beliefs[name] for name in BLACK_BOXES), np.zeros_like(beliefs["ridge"]))
        for name, values in beliefs.items():
            answer = values.argmax(axis=1)
            figures = top1(task.test.codes, answer), balanced_accuracy(task.test.codes, answer)
            found.setdefault(name, []).append(figures)
    without = np.array(found["without rows"])
    return {name: _summary(np.array(values), without) for name, values in found.items()}


Trial = Callable[[], Floats]


def _trials(task: Task, gallery: Gallery, given: NDArray[np.bool_]) -> dict[str, Trial]:
    """Return what is to be tried on one draw: name to a function that returns scores (n_test, n_labels)."""
    codes = np.where(given, task.train.codes, UNLABELLED)
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
    if whole.kernel_trust:
        variants["without kernel"] = replace(whole, kernel_trust=0.0), task.rows
    variants["propagation alone"] = FewLabelRecipe(frozenset({"graph"})), task.rows
    start = Start(gallery, codes, len(task.rows))
    trials: dict[str, Trial] = {
        name: partial(_belief, recipe, task, start, rows) for name, (recipe, rows) in variants.items()
    }
    return trials | {"ridge": partial(_of_ridge, task, given), "logistic": partial(_of_logistic, task, given)}


def _belief(recipe: FewLabelRecipe, task: Task, start: Start, rows: Floats) -> Floats:
    opinions = recipe.fit_from(start, rows).opinions(task.test.features)
    return np.asarray(np.log(opinions + LEAST), dtype=np.float64)


def _of_ridge(task: Task, given: NDArray[np.bool_]) -> Floats:
    """Return scores of scikit-learn's ridge, in units of their spread; classes weigh as the root of their counts."""
    from sklearn.linear_model import RidgeClassifier

    near, far, codes, weight = _standardised(task, given)
    alpha = RIDGE_STRENGTH * near.shape[1] * len(near) / len(np.unique(codes))
    scores = RidgeClassifier(alpha=alpha).fit(near, codes, sample_weight=weight).decision_function(far)
    return _on_all_labels(scores / scores.std(), np.unique(codes), len(task.rows))


def _of_logistic(task: Task, given: NDArray[np.bool_]) -> Floats:
    """Return log probabilities of scikit-learn's logistic regression, weighted in the same way."""
    from sklearn.linear_model import LogisticRegression

    near, far, codes, weight = _standardised(task, given)
    model = LogisticRegression(C=LOGISTIC_STRENGTH / near.shape[1], max_iter=300)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
        found = model.fit(near, codes, sample_weight=weight).predict_log_proba(far)
    return _on_all_labels(found, model.classes_, len(task.rows))


def _standardised(task: Task, given: NDArray[np.bool_]) -> tuple[Floats, Floats, Ints, Floats]:
    features, codes = task.train.features[given].astype(np.float64), task.train.codes[given]
    center = features.mean(axis=0)
    scale = np.sqrt(np.mean((features - center) ** 2))
    weight = np.bincount(codes)[codes] ** -0.5
    return (
        (features - center) / scale,
        (task.test.features - center) / scale,
        codes,
        weight * len(weight) / weight.sum(),
    )


def _on_all_labels(values: Floats, labels: Ints, n_labels: int) -> Floats:
    wide = np.full((len(values), n_labels), float(values.min()))
    wide[:, labels] = values
    return wide


def _summary(values: Floats, without: Floats) -> dict[str, float]:
    paired = values - without
    summary: dict[str, float] = {}
    for column, key in enumerate(("top1", "balanced_accuracy")):
        summary |= _spread(key, values[:, column]) | _spread(f"{key}_over_no_rows", paired[:, column])
    return summary


def _spread(key: str, values: Floats) -> dict[str, float]:
    error = values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else 0.0
    return {key: float(values.mean()), f"{key}_se": float(error)}
