"""The weights of the concepts that pursuit has chosen, once more, by how well they name the images.

Pursuit approximates each label's discriminant on its own. Here all labels' weights and offsets move together to make
the weighted multinomial log loss least, drawn to where pursuit left them; no concept enters or leaves.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from seston.bottleneck.elastic import Scored
from seston.bottleneck.tree import Floats

# So many images weigh as much as a change of all weights by their size; set on train images, of 10,000 and of 200.
DRAWN = 10_000.0
STEPS = 60


def refitted(images: Scored, weights: Floats, bias: Floats) -> tuple[Floats, Floats]:
    """Move weights and bias from where they are.

    Parameters
    ----------
    images
        Scores from detectors that have not seen the image, and the images' labels and weights.
    weights, bias
        (n_labels, n_concepts) and (n_labels,); weights of 0 stay 0, and labels without images keep theirs.

    Returns
    -------
    weights, bias
        Of the same shapes. The mean squared change of a weight, in units of their mean size, costs `DRAWN` over the
        number of images: with few of them next to nothing moves.
    """
    images = Scored(images.scores.astype(np.float32), images.codes, images.weight.astype(np.float32), images.n_labels)
    seen = np.bincount(images.codes, minlength=images.n_labels) > 0
    free = (weights != 0) & seen[:, None]
    if not free.any():
        return weights, bias
    start, size = np.r_[weights[free], bias[seen]], np.abs(weights[free]).mean()
    n_free, drawn = int(free.sum()), DRAWN / len(images.codes)

    def placed(point: Floats) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        moved, offset = weights.copy(), bias.copy()
        moved[free], offset[seen] = point[:n_free], point[n_free:]
        return moved.astype(np.float32), offset.astype(np.float32)

    def loss(point: Floats) -> tuple[float, Floats]:
        moved, offset = placed(point)
        value, slope = images.slope(images.scores @ moved.T + offset)
        change = (point[:n_free] - start[:n_free]) / size
        value += drawn * float(change @ change) / n_free
        along = (slope.T @ images.scores)[free] + 2 * drawn / n_free / size * change
        return value, np.r_[along, slope.sum(axis=0)[seen]].astype(np.float64)

    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    moved, offset = weights.copy(), bias.copy()
    moved[free], offset[seen] = best[:n_free], best[n_free:]
    return moved, offset
