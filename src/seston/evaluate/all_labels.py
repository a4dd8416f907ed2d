"""All labels given: how far a model goes whose weights are the rows, and black boxes, at two operating points.

With as many independent rows as labels less one, any scores of labels can be written as rows times evidence; what
cannot be is the residual, and its share is among the figures. So accuracy here says nothing for the rows.
"""

import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.few.kernel import square_distances
from seston.bottleneck.fit import filled
from seston.bottleneck.tree import Floats, Ints
from seston.evaluate.metrics import balanced_accuracy, top1

LANDMARKS = 3000
WIDTH = 0.5
STRENGTH = 1e-3
LOGISTIC_STRENGTH, LOGISTIC_STEPS = 10.0, 60
ROW_RIDGE = 1e-3
TO_BALANCE = 0.5
KERNEL_WORTH = 2.0


def all_label_figures(
    train: tuple[NDArray[np.float32], Ints],
    test: tuple[NDArray[np.float32], Ints],
    rows: Floats,
    done: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, dict[str, float]]:
    """Judge models of all train images on the test images.

    Parameters
    ----------
    train, test
        Features (n, n_features) and codes (n,) of each.
    rows
        (n_labels, n_concepts) with NaN for unknown.
    done
        Told how many of the models are fitted.

    Returns
    -------
    dict
        Name of the model to ``top1`` and ``balanced_accuracy``, to the same ``_to_balance``, where half the log share
        of each label is taken away, with standard errors over images; ``residual`` is the share of the scores' variance
        that the rows do not carry, 1 for black boxes.
    """
    features, codes = train
    center = features.mean(axis=0)
    scale = np.sqrt(np.mean((features - center) ** 2))
    near, far = ((values - center) / scale for values in (features, test[0]))
    counts = np.bincount(codes, minlength=len(rows))
    fits: Mapping[str, Callable[[], Floats]] = {
        "ridge": lambda: _ridge(near, far, codes, len(rows)),
        "kernel ridge": lambda: _ridge(*_expanded(near, far), codes, len(rows)),
        "logistic": lambda: _logistic(near, far, codes, len(rows)),
    }
    beliefs: dict[str, Floats] = {}
    for step, (name, fit) in enumerate(fits.items(), start=1):
        beliefs[name] = fit()
        done(step, len(fits))
    beliefs["both"] = beliefs["logistic"] + KERNEL_WORTH * beliefs["kernel ridge"]
    figures = {name: _figures(belief, test[1], counts, 1.0) for name, belief in beliefs.items()}
    for name in ("kernel ridge", "both"):
        carried, residual = through_rows(beliefs[name], rows)
        figures[f"{name} through rows"] = _figures(carried, test[1], counts, residual)
    return figures


def through_rows(scores: Floats, rows: Floats) -> tuple[Floats, float]:
    """Return scores (n, n_labels) as rows times evidence for concepts, and the share of their variance that is lost.

    The evidence is the ridge solution of ``scores = evidence @ rows.T``, after the mean over labels is taken away.
    """
    centred = filled(rows) - filled(rows).mean(axis=0)
    wanted = scores - scores.mean(axis=1, keepdims=True)
    alike = centred @ centred.T
    ridge = ROW_RIDGE * max(float(np.trace(alike)) / len(alike), 1e-12)
    evidence = wanted @ np.linalg.solve(alike + ridge * np.eye(len(alike)), centred)
    carried = evidence @ centred.T
    return np.asarray(carried), float(((wanted - carried) ** 2).sum() / max(float((wanted**2).sum()), 1e-12))


def _expanded(near: NDArray[np.float32], far: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the Nyström coordinates of images: a Gaussian kernel to train images drawn as landmarks."""
    order = np.random.default_rng(0).permutation(len(near))
    landmarks = near[order[:LANDMARKS]]
    among = square_distances(landmarks, landmarks)
    width = WIDTH / max(float(np.median(among)), 1e-12)
    variance, axes = np.linalg.eigh(np.exp(-width * among).astype(np.float64))
    kept = variance > 1e-6 * variance.max()
    to_axes = (axes[:, kept] / np.sqrt(variance[kept])).astype(np.float32)
    near_kernel, far_kernel = (np.exp(-width * square_distances(values, landmarks)) for values in (near, far))
    return near_kernel @ to_axes, far_kernel @ to_axes


def _ridge(near: NDArray[np.float32], far: NDArray[np.float32], codes: Ints, n_labels: int) -> Floats:
    """Return ridge scores (n, n_labels) in units of their spread; labels weigh as the square root of their counts."""
    weight = np.bincount(codes, minlength=n_labels)[codes] ** -0.5
    weight *= len(weight) / weight.sum()
    weighted = near * weight[:, None].astype(np.float32)
    gram = (weighted.T @ near).astype(np.float64)
    gram[np.diag_indices_from(gram)] += STRENGTH * np.trace(gram) / len(gram)
    targets = np.where(codes[:, None] == np.arange(n_labels), 1, -1).astype(np.float32)
    scores = far @ np.linalg.solve(gram, (weighted.T @ targets).astype(np.float64))
    return np.asarray(scores / scores.std())


def _logistic(near: NDArray[np.float32], far: NDArray[np.float32], codes: Ints, n_labels: int) -> Floats:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=LOGISTIC_STRENGTH / near.shape[1], max_iter=LOGISTIC_STEPS, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped early to save time
        model.fit(near, codes)
    found = model.predict_log_proba(far).astype(np.float64)
    wide = np.full((len(far), n_labels), float(found.min()))
    wide[:, model.classes_] = found
    return wide


def _figures(belief: Floats, truth: Ints, counts: Ints, residual: float) -> dict[str, float]:
    balance = TO_BALANCE * np.log(np.maximum(counts, 1) / counts.sum())
    shares = {"residual": residual, "residual_se": 0.0}
    return _judged(belief, truth, "") | _judged(belief - balance, truth, "_to_balance") | shares


def _judged(belief: Floats, truth: Ints, ending: str) -> dict[str, float]:
    answer = belief.argmax(axis=1)
    share = top1(truth, answer)
    present, counts = np.unique(truth, return_counts=True)
    recall = np.array([np.mean(answer[truth == label] == label) for label in present])
    found: dict[str, Any] = {
        f"top1{ending}": share,
        f"top1{ending}_se": np.sqrt(share * (1 - share) / len(truth)),
        f"balanced_accuracy{ending}": balanced_accuracy(truth, answer),
        f"balanced_accuracy{ending}_se": np.sqrt(np.sum(recall * (1 - recall) / counts)) / len(present),
    }
    return {key: float(value) for key, value in found.items()}
