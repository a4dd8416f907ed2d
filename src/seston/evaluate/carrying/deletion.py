"""Whether decisions rest on the reasons that are named: they are deleted, and it is counted how many decisions change.

A reason is deleted by setting the concept's score to its mean over the train images. Beside the three weightiest
reasons stand three drawn at random among all concepts that contribute to the decision.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.head import ConceptHead
from seston.bottleneck.tree import Floats, Ints

DELETED = 3
DRAWS = 5


def deletions(
    head: ConceptHead,
    train: NDArray[np.floating],
    test: NDArray[np.floating],
    shown: NDArray[np.bool_] | None = None,
    seed: int = 0,
) -> dict[str, Floats]:
    """Say which decisions change.

    Parameters
    ----------
    head
        Fitted.
    train, test
        (n, n_features) of both splits.
    shown
        (n_concepts,) which concepts may be named as reasons; all unless given.
    seed
        Of the random concepts.

    Returns
    -------
    dict
        For each test image (n,): ``named``, 1 where the decision changes; ``random``, in what share of the draws it
        does; and their ``difference``.
    """
    scores = head.scores(test)
    mean = (train.mean(axis=0, dtype=np.float64) - head.center) @ head.directions
    logits = head.logits(scores)
    shares = _contributions(head, scores, logits)
    may = np.ones(len(head.concepts), dtype=bool) if shown is None else shown
    named = _changed(head, scores - mean, logits, _weightiest(np.where(may, shares, 0.0)))
    rng = np.random.default_rng(seed)
    draws = [_changed(head, scores - mean, logits, _drawn(shares, rng)) for _ in range(DRAWS)]
    random = np.mean(draws, axis=0)
    return {"named": named, "random": random, "difference": named - random}


def deletion_figures(
    own: Mapping[str, Floats], controls: Mapping[str, Mapping[str, Floats]] = MappingProxyType({})
) -> dict[str, float]:
    """Return shares of changed decisions, each with ``_se`` over images.

    Parameters
    ----------
    own
        As from `deletions`.
    controls
        Name to the same of a head on rows that mean nothing: ``over_`` and the name is by how much the difference is
        greater, paired by image.
    """
    values = dict(own) | {f"over_{name}": own["difference"] - c["difference"] for name, c in controls.items()}
    return {key: figure for name, each in values.items() for key, figure in _with_se(name, each).items()}


def _contributions(head: ConceptHead, scores: Floats, logits: Floats) -> Floats:
    """Return what each concept adds to the likeliest label's lead over the second, (n, n_concepts)."""
    order = np.argsort(-logits, axis=1, kind="stable")
    weights = head.weights[order[:, 0]] - head.weights[order[:, 1]]
    return np.asarray(weights * scores)


def _weightiest(shares: Floats) -> Ints:
    """Return the concepts (n, 3) that add most; −1 where fewer add anything."""
    order = np.argsort(-shares, axis=1, kind="stable")[:, :DELETED]
    return np.where(np.take_along_axis(shares, order, axis=1) > 0, order, -1)


def _drawn(shares: Floats, rng: np.random.Generator) -> Ints:
    """Return three concepts (n, 3) drawn among those that contribute; −1 where there are fewer."""
    keys = np.where(shares != 0, rng.random(shares.shape), -1.0)
    order = np.argsort(-keys, axis=1, kind="stable")[:, :DELETED]
    return np.where(np.take_along_axis(keys, order, axis=1) >= 0, order, -1)


def _changed(head: ConceptHead, off: Floats, logits: Floats, deleted: Ints) -> Floats:
    """Return (n,) 1 where the decision changes without the concepts `deleted` (n, 3); `off` is scores minus mean."""
    changed = logits.copy()
    for place in deleted.T:
        by = np.where(place >= 0, np.take_along_axis(off, np.maximum(place, 0)[:, None], axis=1)[:, 0], 0.0)
        changed -= by[:, None] * head.weights.T[np.maximum(place, 0)]
    return np.asarray(changed.argmax(axis=1) != logits.argmax(axis=1), dtype=np.float64)


def _with_se(name: str, values: Floats) -> dict[str, float]:
    return {name: float(values.mean()), f"{name}_se": float(values.std(ddof=1) / np.sqrt(len(values)))}
