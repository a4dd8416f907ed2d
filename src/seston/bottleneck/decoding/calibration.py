"""Logits whose softmax can be believed.

References
----------
.. [1] Guo, Pleiss, Sun, Weinberger: On calibration of modern neural networks. ICML 2017.
"""

from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.tree import Floats, Ints

# Scores that vary by less than this share of the largest do not vary.
FLAT = 1e-9


def temperature(logits: Floats, truth: Ints, grouped: Callable[[Floats], Floats] = lambda shares: shares) -> float:
    """Return the number that logits (n, n_labels) are to be divided by, for truth (n,).

    It makes the mean log loss least, between 1/50 and 50; that of the probabilities as `grouped` sums them, if given.
    Without images it is 1.
    """
    if not len(truth):
        return 1.0
    rows = np.arange(len(truth))

    def loss(log_temperature: float) -> float:
        probabilities = grouped(softmax(logits / np.exp(log_temperature)))
        return float(-np.log(np.maximum(probabilities[rows, truth], 1e-300)).mean())

    best = minimize_scalar(loss, bounds=(-np.log(50), np.log(50)), method="bounded", options={"xatol": 1e-4})
    return float(np.exp(best.x))


def scale_and_offset(logits: Floats, truth: Ints, weight: Floats, seen: Ints) -> tuple[Floats, Floats]:
    """Fit a positive-leaning scale and an offset for each label by weighted multinomial logistic regression.

    Parameters
    ----------
    logits
        (n, n_labels) raw scores; a label whose score is the same for all images gets an offset alone.
    truth
        (n,) columns of the true labels.
    weight
        (n,) weight of each image.
    seen
        Columns that occur in `truth`; the others keep scale 1 and get the least offset.

    Returns
    -------
    scale, offset
        (n_labels,) each.
    """
    spread = logits[:, seen].std(axis=0)
    spread[spread <= FLAT * np.abs(logits[:, seen]).max()] = np.inf
    middle = logits[:, seen].mean(axis=0)
    inputs = (logits[:, seen] - middle) / spread
    column = np.zeros(logits.shape[1], dtype=int)
    column[seen] = np.arange(len(seen))
    target, rows, share = column[truth], np.arange(len(truth)), weight / weight.sum()
    n_seen, terms = len(seen), np.empty_like(inputs)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        scale, offset = parameters[:n_seen], parameters[n_seen:]
        np.multiply(inputs, scale, out=terms)
        probabilities = softmax(np.add(terms, offset, out=terms))
        from_mean = scale - scale.mean()
        value = -(share * np.log(np.maximum(probabilities[rows, target], 1e-300))).sum() + 1e-4 * (from_mean**2).sum()
        probabilities[rows, target] -= 1
        probabilities *= share[:, None]
        along = np.multiply(probabilities, inputs, out=terms).sum(axis=0) + 2e-4 * from_mean
        return float(value), np.r_[along, probabilities.sum(axis=0)]

    start = np.r_[np.full(n_seen, 3.0), np.zeros(n_seen)]
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 40}).x
    scale, offset = np.ones(logits.shape[1]), np.full(logits.shape[1], best[n_seen:].min() - 20.0)
    scale[seen] = best[:n_seen] / spread
    offset[seen] = best[n_seen:] - scale[seen] * middle
    return scale, offset
