"""Labels never seen: the figure that controls cannot reach.

Twenty labels are held out, a model is fitted on the train images of the others, and the test images of the twenty are
told apart by their rows alone. The settings are chosen on labels that are seen: twenty of them are held out in turn.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.fit import UNMENTIONED, filled
from seston.bottleneck.prototypes import Discriminant, fit_prototypes
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import Floats, Ints
from seston.evaluate.holding import HELD, SEEDS

INNER_DRAWS = 2
WORKERS = 2
LEAST = 2 * HELD + 2
RIDGES = (0.1, 1.0)
ROW_RIDGES = (0.1, 0.3, 1.0, 3.0)


@dataclass(frozen=True, eq=False)
class Images:
    """Features (n_images, n_features) with the label codes (n_images,)."""

    features: NDArray[np.floating]
    codes: Ints

    def of_labels(self, labels: Ints) -> "Images":
        """Return the images of `labels` (m,)."""
        chosen = np.isin(self.codes, labels)
        return Images(self.features[chosen], self.codes[chosen])


def pool_of(labels: tuple[str, ...]) -> Ints:
    """Return the positions of the labels that may be held out, in the sorted order of their names."""
    names = [label.split(":")[-1] for label in labels]
    kept = [place for place, name in enumerate(names) if not name.startswith(("unknown", "artifacts"))]
    return np.array(sorted(kept, key=names.__getitem__), dtype=np.int64)


def balanced_recall(logits: Floats, truth: Ints) -> float:
    """Return the mean recall over labels; a tie among k answers counts 1/k.

    Parameters
    ----------
    logits
        (n, n_candidates).
    truth
        (n,) columns of the true candidates.
    """
    top = logits == logits.max(axis=1, keepdims=True)
    credit = top[np.arange(len(truth)), truth] / top.sum(axis=1)
    return float(np.mean([credit[truth == label].mean() for label in np.unique(truth)]))


def unseen_accuracy(
    train: Images, test: Images, labels: tuple[str, ...], variants: Mapping[str, Floats]
) -> dict[str, Floats]:
    """Score every variant of the rows on labels that were held out.

    Parameters
    ----------
    train, test
        Images of both splits; codes index `labels`.
    labels
        Ids of the labels.
    variants
        Name to rows (n_labels, n_concepts): 1 present, 0 absent, NaN unknown.

    Returns
    -------
    dict
        Name to the balanced accuracy (10,) for each seed; empty when fewer than `LEAST` labels of the pool have both
        train and test images: twenty to hold out, twenty to choose the settings on, and two to learn from.
    """
    pool = pool_of(labels)
    if len(np.intersect1d(np.intersect1d(pool, train.codes), test.codes)) < LEAST:
        return {}
    whole = LabelStatistics.of(train.features, train.codes, len(labels))

    def of_seed(seed: int) -> list[float]:
        held = np.sort(np.random.default_rng(seed).choice(pool, HELD, replace=False))
        seen = without_labels(whole, train, held)
        inner = _inner_draws(seen, train, np.setdiff1d(pool, held), seed)
        final = _trials(seen, test.of_labels(held), held)
        found = []
        for rows in variants.values():
            ridge, row_ridge, unmentioned = _choose(inner, rows)
            found.append(final[ridge].judge(filled(rows, unmentioned), row_ridge))
        return found

    with ThreadPoolExecutor(WORKERS) as workers:
        found = np.array(list(workers.map(of_seed, range(SEEDS))))
    return dict(zip(variants, found.T, strict=True))


@dataclass(frozen=True, eq=False)
class _Trial:
    discriminant: Discriminant
    projected: Floats
    held: Ints
    codes: Ints

    def judge(self, rows: Floats, row_ridge: float) -> float:
        prototypes = fit_prototypes(self.discriminant, rows, row_ridge)
        candidates = rows[self.held]
        logits = self.projected @ (prototypes.mixing @ candidates.T) + prototypes.bias(candidates)
        return balanced_recall(np.round(logits, 9), np.searchsorted(self.held, self.codes))


def without_labels(statistics: LabelStatistics, train: Images, labels: Ints) -> LabelStatistics:
    """Return the statistics of `train` without the images of `labels` (m,)."""
    images = train.of_labels(labels)
    left = statistics - LabelStatistics.of(images.features, images.codes, len(statistics.counts))
    left.sums[labels] = 0.0
    return left


def _inner_draws(seen: LabelStatistics, train: Images, pool: Ints, seed: int) -> list[dict[float, _Trial]]:
    draws = []
    for draw in range(INNER_DRAWS):
        held = np.sort(np.random.default_rng((seed, draw)).choice(pool, HELD, replace=False))
        draws.append(_trials(without_labels(seen, train, held), train.of_labels(held), held))
    return draws


def _trials(statistics: LabelStatistics, images: Images, held: Ints) -> dict[float, _Trial]:
    discriminants = {ridge: Discriminant.of(statistics, ridge) for ridge in RIDGES}
    return {r: _Trial(d, d.project(images.features), held, images.codes) for r, d in discriminants.items()}


def _choose(inner: list[dict[float, _Trial]], rows: Floats) -> tuple[float, float, float]:
    unmentioned = UNMENTIONED if np.isnan(rows).any() else (1.0,)
    values = {share: filled(rows, share) for share in unmentioned}
    trials = product(RIDGES, ROW_RIDGES, unmentioned)
    return max(trials, key=lambda t: sum(draw[t[0]].judge(values[t[2]], t[1]) for draw in inner))
