"""Leakage: how much more a concept's score tells of other concepts than the concept itself does.

The oracle impurity score. One matrix holds, for each pair, how well the score of concept i tells concept j; another how
well the true value of concept i does. Where a score carries nothing but its concept, both are equal. The score is the
Frobenius norm of their difference, divided by half the number of concepts, so that it lies between 0 and 1.

"How well" is the AUC on test images, every label weighing the same, and its mirror image where it is below one half: a
score is one number, and all that a monotone reader gets out of one number is its order.

References
----------
.. [1] Espinosa Zarlenga, Barbiero, Shams, Kazhdan, Bhatt, Weller, Jamnik: Towards robust metrics for concept
   representation evaluation. AAAI 2023.
"""

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.fit import filled
from seston.bottleneck.head import ConceptHead
from seston.bottleneck.tree import Floats, Ints
from seston.evaluate.carrying.auc import balanced_auc
from seston.evaluate.carrying.transfer import judged_concepts, sides_of
from seston.evaluate.unseen import Images


def impurity_of(head: ConceptHead, test: Images, rows: Floats) -> float | None:
    """Return the impurity of a head's scores on test images, over the concepts of `rows` that can be judged.

    Parameters
    ----------
    head
        Fitted on these rows.
    test
        Images that nothing was fitted to.
    rows
        (n_labels, n_concepts); None is returned where they hold no concept with enough labels on both sides.
    """
    judged = judged_concepts(sides_of(rows))
    return impurity(head.scores(test.features)[:, judged], test.codes, rows[:, judged]) if len(judged) else None


def impurity(scores: NDArray[np.floating], codes: Ints, rows: Floats) -> float:
    """Return the oracle impurity score.

    Parameters
    ----------
    scores
        (n_images, n_concepts) on images that nothing was fitted to.
    codes
        (n_images,) their labels.
    rows
        (n_labels, n_concepts): 1 present, 0 absent, NaN unknown. An unknown cell says nothing of its own concept, and
        counts as the concept's mean when it is to tell of others.
    """
    present = np.unique(codes)
    sides = sides_of(rows)
    values = filled(rows)
    off = [_told(scores[:, k], codes, sides) - _told(values[present, k], present, sides) for k in range(rows.shape[1])]
    gaps = np.array(off)
    return float(np.sqrt((np.where(np.isfinite(gaps), gaps, 0.0) ** 2).sum()) / (rows.shape[1] / 2))


def _told(values: NDArray[np.floating], codes: Ints, sides: Floats) -> Floats:
    """Return how well values (n,) tell each concept (n_concepts,), from one half to 1."""
    found = balanced_auc(values, codes, sides)
    return np.maximum(found, 1 - found)
