"""Every figure of ``metrics.json``: the heads, and beside each the black box and the controls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.coarse import CoarseImages, with_coarse
from seston.bottleneck.train import LabelledFeatures, train_strict
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.evaluate.blackbox import Ridge, probabilities, train_ridge
from seston.evaluate.controls import qualifier_rows, random_rows, shuffled_rows, taxonomy_rows
from seston.evaluate.metrics import classification_figures
from seston.evaluate.unseen import Images, unseen_accuracy
from seston.explain.contributions import Head, additive_residual

Figures = dict[str, Any]
CONTROL_SEED = 0


@dataclass(frozen=True, eq=False)
class Data:
    """What the figures are computed from.

    Parameters
    ----------
    tree, rows, names, qualifiers
        Of the labels; rows (n_labels, n_concepts) with NaN for unknown.
    train_features, train_codes, test_features, test_codes
        (n, n_features) and (n,) of both splits.
    other_rows
        Rows from other sources by name, judged on unseen labels beside those in use.
    coarse
        Images to learn from whose label stands above others; the black box passes them over.
    """

    tree: DecisionTree
    rows: Floats
    names: tuple[str, str, tuple[str, ...], tuple[str, ...]]
    qualifiers: tuple[str, ...]
    train_features: NDArray[np.float32]
    train_codes: Ints
    test_features: NDArray[np.float32]
    test_codes: Ints
    other_rows: Mapping[str, Floats] = field(default_factory=dict)
    coarse: CoarseImages | None = None

    @property
    def train(self) -> Images:
        """The train images."""
        return Images(self.train_features, self.train_codes)

    @property
    def test(self) -> Images:
        """The test images."""
        return Images(self.test_features, self.test_codes)


def all_figures(
    data: Data, heads: Mapping[str, Head], done: Callable[[int, int], None] = lambda done, total: None
) -> Figures:
    """Return the content of ``metrics.json``.

    Parameters
    ----------
    data
        Both splits.
    heads
        "strict", "sparse" and, if you like, "choquet", fitted on the train images.
    done
        Told how many of the parts are finished.
    """
    control_rows = controls(data)
    total = len(heads) + len(control_rows) + 2
    figures: Figures = {"heads": {}}
    for step, (name, head) in enumerate(heads.items(), start=1):
        figures["heads"][name] = head_figures(data, head)
        done(step, total)
    learned = LabelledFeatures.of(data.train_features, data.train_codes, len(data.tree.labels))
    figures["baseline"] = ridge_figures(data, *train_ridge(learned))
    done(len(heads) + 1, total)
    for step, (name, rows) in enumerate(control_rows.items(), start=len(heads) + 2):
        columns = tuple(f"control/{column}" for column in range(rows.shape[1]))
        names = (*data.names[:3], columns)
        head, _ = train_strict(with_coarse(learned, data.coarse, rows, names), rows, names)
        figures[f"control_{name}"] = head_figures(data, head)
        done(step, total)
    _add_unseen(figures, data, control_rows)
    done(total, total)
    return {**figures["heads"]["strict"], **figures}


def controls(data: Data) -> dict[str, Floats]:
    """Return the rows of the controls: random ones of equal density, the project's shuffled, and the taxonomy alone."""
    return {
        "random": random_rows(data.rows, CONTROL_SEED),
        "shuffled": shuffled_rows(data.rows, CONTROL_SEED),
        "taxonomy": taxonomy_rows(data.tree),
    }


def head_figures(data: Data, head: Head) -> Figures:
    """Return the figures of a head on the test images."""
    scores = head.scores(data.test_features)
    leaves = head.probabilities(scores)
    used = (head.weights != 0).sum(axis=1)
    centred = head.weights - head.weights.mean(axis=0)
    return classification_figures(data.tree, data.test_codes, leaves) | {
        "concepts_per_decision": float(used[leaves.argmax(axis=1)].mean()),
        "additive_residual": additive_residual(head, data.tree, scores),
        "residual_share": 0.0,
        "row_rank": int(np.linalg.matrix_rank(centred)),
    }


def ridge_figures(data: Data, model: Ridge, ridge: float) -> Figures:
    """Return the figures of the black box: no concepts, every score a residual of its own."""
    leaves = probabilities(model, data.test_features)
    return classification_figures(data.tree, data.test_codes, leaves) | {
        "concepts_per_decision": 0.0,
        "additive_residual": _ridge_residual(model, data.test_features),
        "residual_share": 1.0,
        "row_rank": 0,
        "ridge": ridge,
    }


def _ridge_residual(model: Ridge, features: NDArray[np.float32]) -> float:
    centred = features.astype(np.float64) - model.center
    return float(np.abs(model.logits(features) - (centred @ model.weights + model.bias)).max())


def _add_unseen(figures: Figures, data: Data, control_rows: Mapping[str, Floats]) -> None:
    """Add the figures on labels never seen; a model without rows knows nothing of them, so that all twenty tie."""
    taxonomy = control_rows["taxonomy"]
    variants = {
        "rows": data.rows,
        **data.other_rows,
        **control_rows,
        "rows_and_taxonomy": np.hstack([data.rows, taxonomy]),
        "taxonomy_and_qualifier": np.hstack([taxonomy, qualifier_rows(data.qualifiers)]),
        "nothing": np.zeros((len(data.rows), 1)),
    }
    found = unseen_accuracy(data.train, data.test, data.tree.labels, variants)
    if not found:
        _without_unseen(figures, control_rows)
        return
    figures["unseen"] = {
        name: {
            **_spread("balanced_accuracy", values),
            **_spread("difference_to_taxonomy", values - found["taxonomy"]),
            "by_seed": [round(float(value), 6) for value in values],
        }
        for name, values in found.items()
    }
    places = {"baseline": "nothing", **{f"control_{name}": name for name in control_rows}}
    for place, name in places.items():
        figures[place] |= _spread("unseen_balanced_accuracy", found[name])
    for name in figures["heads"].keys() - {"strict"}:
        figures["heads"][name] |= _spread("unseen_balanced_accuracy", found["nothing"])
    figures["heads"]["strict"] |= _spread("unseen_balanced_accuracy", found["rows"]) | _spread(
        "unseen_difference_to_taxonomy", found["rows"] - found["taxonomy"]
    )


def _without_unseen(figures: Figures, control_rows: Mapping[str, Floats]) -> None:
    """Say that there are too few labels to hold any out."""
    none = {"unseen_balanced_accuracy": None, "unseen_balanced_accuracy_se": None}
    for place in ("baseline", *(f"control_{name}" for name in control_rows)):
        figures[place] |= none
    for head in figures["heads"].values():
        head |= none
    figures["unseen"] = {}


def _spread(name: str, values: Floats) -> Figures:
    return {name: float(values.mean()), f"{name}_se": float(values.std(ddof=1) / np.sqrt(len(values)))}
