"""Labels never learned among all others: seen and new labels are candidates together, as they are in a catalogue.

A model leans towards what it has seen. One bias for all new labels evens that out; it is chosen on other labels, held
out in turn, and on images of seen labels that the model has not seen.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.fit import filled
from seston.bottleneck.new_taxa import NewTaxa, TellingSpace
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import Floats, Ints
from seston.evaluate.holding import Hold
from seston.evaluate.unseen import Images

ROW_RIDGE = 1.0
DOUBT = 0.5
BIASES = range(-20, 21)
KEPT_BACK = 4


def generalised_recall(
    train: Images,
    test: Images,
    holds: Iterable[Hold],
    variants: Mapping[str, Floats],
    done: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Floats]:
    """Tell test images of seen and of held-out labels apart, among all labels.

    Parameters
    ----------
    train, test
        Images of both splits.
    holds
        Labels held out, and those to choose the bias on, for each of ten seeds.
    variants
        Name to rows (n_labels, n_concepts): 1 present, 0 absent, NaN unknown.
    done
        Told how many of the seeds are finished.

    Returns
    -------
    dict
        Name to (10, 3): mean recall of seen labels, of new ones, and the harmonic mean of both.
    """
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in variants}
    draws, n_labels = list(holds), len(next(iter(variants.values())))
    for seed, (held, inner_held) in enumerate(draws):
        inner = _inner(train, held, inner_held, n_labels, seed)
        whole = _Round.of(_without(train, held), test, held, n_labels)
        for name, rows in variants.items():
            found[name].append(whole.recalls(whole.logits(rows), inner.best_bias(inner.logits(rows))))
        done(seed + 1, len(draws))
    return {name: np.array(values) for name, values in found.items()}


@dataclass(frozen=True, eq=False)
class _Round:
    """A model without some labels, and the images to judge it on.

    Parameters
    ----------
    space
        Of the labels that are seen.
    new
        (m,) the others.
    counts
        (n_labels,) images that the model has learned from.
    judged
        Images of seen and new labels, with their coordinates for features.
    """

    space: TellingSpace
    new: Ints
    counts: Floats
    judged: Images

    @classmethod
    def of(cls, learned: Images, judged: Images, new: Ints, n_labels: int) -> "_Round":
        statistics = LabelStatistics.of(learned.features, learned.codes, n_labels)
        space = TellingSpace.of(statistics)
        known = np.isin(judged.codes, np.concatenate([space.labels, new]))
        images = Images(space(judged.features[known]), judged.codes[known])
        return cls(space, new, statistics.counts.astype(np.float64), images)

    def logits(self, rows: Floats) -> Floats:
        """Return log densities (n_images, n_labels); −∞ for labels that are neither seen nor new."""
        values = filled(rows)
        predicted = self.space.predict(values, ROW_RIDGE)
        means = np.zeros((len(rows), len(predicted.doubt)))
        means[self.space.labels] = self.space.means
        taxa = NewTaxa.of(predicted.means(values), DOUBT * predicted.doubt, means, self.counts)
        found = taxa.logits(self.judged.features.astype(np.float64))
        found[:, np.setdiff1d(np.arange(len(rows)), np.concatenate([self.space.labels, self.new]))] = -np.inf
        return found

    def best_bias(self, logits: Floats) -> float:
        """Return the bias for new labels with the highest harmonic mean of both recalls."""
        return float(max(BIASES, key=lambda bias: self.recalls(logits, bias)[2]))

    def recalls(self, logits: Floats, bias: float) -> tuple[float, float, float]:
        """Return mean recall of seen labels, of new ones, and their harmonic mean, with `bias` added for new ones."""
        moved = logits.copy()
        moved[:, self.new] += bias
        right = moved.argmax(axis=1) == self.judged.codes
        is_new = np.isin(self.judged.codes, self.new)
        seen, new = (_mean_recall(right[part], self.judged.codes[part]) for part in (~is_new, is_new))
        return seen, new, 2 * seen * new / max(seen + new, 1e-12)


def _mean_recall(right: NDArray[np.bool_], codes: Ints) -> float:
    return float(np.mean([right[codes == label].mean() for label in np.unique(codes)]))


def _without(images: Images, labels: Ints) -> Images:
    return images.of_labels(np.setdiff1d(images.codes, labels))


def _inner(train: Images, held: Ints, inner_held: Ints, n_labels: int, seed: int) -> _Round:
    """Learn without both, from three quarters of the train images; judge the rest and the labels held out inside."""
    left = _without(train, held)
    back = np.random.default_rng(seed).permutation(len(left.codes)) % KEPT_BACK == 0
    judged = back | np.isin(left.codes, inner_held)
    learned = Images(left.features[~judged], left.codes[~judged])
    return _Round.of(learned, Images(left.features[judged], left.codes[judged]), inner_held, n_labels)
