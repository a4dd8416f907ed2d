"""Sets of nodes that hold the truth as often as promised, at each rank.

Split conformal prediction: the nonconformity of an image is one minus the probability of its true group; a set takes
every group whose nonconformity is no greater than a quantile over calibration images that were not fitted to. Averaged
over draws of calibration images the truth is in the set with the promised probability or more, whatever the model.

References
----------
.. [1] Vovk, Gammerman, Shafer: Algorithmic learning in a random world. 2005.
.. [2] Sadinle, Lei, Wasserman: Least ambiguous set-valued classifiers with bounded error levels. JASA 2019.
"""

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.errors import InvalidData, UsageError


def threshold(probabilities: Floats, truth: Ints, coverage: float) -> float:
    """Return the probability that a group must have to be in the set.

    Parameters
    ----------
    probabilities
        (n, n_groups) of calibration images.
    truth
        (n,) their true groups.
    coverage
        Share of images whose set is to hold the truth, in (0, 1).

    Raises
    ------
    UsageError
        If the coverage is none.
    InvalidData
        If there are no calibration images.
    """
    if not 0 < coverage < 1:
        raise UsageError(f"A coverage lies between 0 and 1, got {coverage}.", hint="Ask for 0.9, say.")
    n = len(truth)
    if not n:
        raise InvalidData("No images to calibrate sets on.", hint="Train on more labelled images.")
    own = np.sort(probabilities[np.arange(n), truth])
    # The k-th smallest true probability, such that at least ceil((n + 1) coverage) images pass.
    passing = int(np.ceil((n + 1) * coverage - 1e-9))
    return 0.0 if passing > n else float(own[n - passing])


def sets(probabilities: Floats, least: float) -> NDArray[np.bool_]:
    """Return which groups (n, n_groups) are in the set of each image; the likeliest group always is."""
    chosen = probabilities >= least
    chosen[np.arange(len(chosen)), probabilities.argmax(axis=1)] = True
    return np.asarray(chosen)


def subtree(tree: DecisionTree, nodes: Ints) -> int:
    """Return the deepest node that holds all `nodes` (m,)."""
    shared = tree.ancestors[nodes].all(axis=0)
    return int(np.flatnonzero(shared)[np.argmax(tree.depth[shared])])


def coverage_over_splits(
    probabilities: Floats, truth: Ints, coverage: float, splits: int = 200, seed: int = 0
) -> tuple[Floats, Floats]:
    """Calibrate on one half of the images and count on the other, many times.

    Parameters
    ----------
    probabilities
        (n, n_groups) of images that were not fitted to.
    truth
        (n,) their true groups.
    coverage
        As promised.
    splits, seed
        How many draws, and from which seed.

    Returns
    -------
    covered, size
        (splits,) share of images whose set held the truth, and mean number of groups in it.
    """
    rng = np.random.default_rng(seed)
    own = probabilities[np.arange(len(truth)), truth]
    best = probabilities.max(axis=1)
    ordered = np.sort(probabilities, axis=1)
    covered, size = np.zeros(splits), np.zeros(splits)
    for split in range(splits):
        order = rng.permutation(len(truth))
        calibration, rest = np.split(order, [len(order) // 2])
        least = threshold(probabilities[calibration], truth[calibration], coverage)
        covered[split] = (own[rest] >= np.minimum(least, best[rest])).mean()
        above = ordered.shape[1] - (ordered[rest] < least).sum(axis=1)
        size[split] = np.maximum(above, 1).mean()
    return covered, size
