"""Labels never learned, from a row and none, one or five images: the figure that controls cannot reach.

Twenty labels are held out as in `seston.evaluate.unseen`, by the same draws, or whole clades. Settings are chosen on
other labels, held out in turn; which images are given is drawn with the seed. Each is told twice: so, and with the
other train images of the twenty labels at hand, unsorted, as whoever meets new taxa has them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from seston.bottleneck.fit import UNMENTIONED, filled
from seston.bottleneck.new_taxa import NewTaxa, TellingSpace
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import Floats, Ints
from seston.evaluate.holding import HELD, SEEDS, Hold
from seston.evaluate.unseen import Images, balanced_recall, without_labels

IMAGES_GIVEN = (0, 1, 5)
PROBE = "logistic probe"
ROW_RIDGES = (0.3, 1.0, 3.0)
DOUBTS = (0.1, 0.25, 0.5, 1.0)
PROBE_STRENGTH = 1.0


def new_taxa_accuracy(
    train: Images,
    test: Images,
    holds: Iterable[Hold],
    variants: Mapping[str, Floats],
    done: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Floats]:
    """Score every variant of the rows on held-out labels of which a few images are given.

    Parameters
    ----------
    train, test
        Images of both splits; codes index `labels`. The images given are train images, those judged test images.
    holds
        Labels held out, and those to choose settings on, for each of ten seeds.
    variants
        Name to rows (n_labels, n_concepts): 1 present, 0 absent, NaN unknown.
    done
        Told how many of the seeds are finished.

    Returns
    -------
    dict
        Name to balanced accuracy (10, 3, 2): seeds by `IMAGES_GIVEN`, without unlabelled images and with them; and
        `PROBE`, scikit-learn's logistic regression on the given images alone, NaN where none is given and with
        unlabelled images.
    """
    whole = LabelStatistics.of(train.features, train.codes, len(next(iter(variants.values()))))
    found: dict[str, list[list[tuple[float, float]]]] = {name: [] for name in (*variants, PROBE)}
    for seed, (held, inner_held) in enumerate(holds):
        seen = without_labels(whole, train, held)
        inner = _Round.of(without_labels(seen, train, inner_held), train, train, inner_held, seed)
        outer = _Round.of(seen, train, test, held, seed)
        for name, rows in variants.items():
            found[name].append([outer.judge_twice(rows, given, _choose(inner, rows, given)) for given in IMAGES_GIVEN])
        found[PROBE].append([(outer.probe(given), np.nan) for given in IMAGES_GIVEN])
        done(seed + 1, SEEDS)
    return {name: np.array(values) for name, values in found.items()}


Settings = tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class _Round:
    space: TellingSpace
    held: Ints
    given: dict[int, Images]
    unsorted: dict[int, Floats]
    judged: Images
    plain: dict[int, Images]
    plain_judged: Images

    @classmethod
    def of(cls, statistics: LabelStatistics, train: Images, judged: Images, held: Ints, seed: int) -> "_Round":
        """Put images on the axes; those given are drawn from train, and are not judged where both are the same."""
        space = TellingSpace.of(statistics)
        rng = np.random.default_rng((seed, HELD))
        order = {label: rng.permutation(np.flatnonzero(train.codes == label)) for label in held}
        most = max(IMAGES_GIVEN)
        drawn = {
            n: np.concatenate([places[: min(n, len(places) - 1)] for places in order.values()]) for n in IMAGES_GIVEN
        }
        plain = {n: Images(train.features[places], train.codes[places]) for n, places in drawn.items()}
        given = {n: Images(space(images.features), images.codes) for n, images in plain.items()}
        held_images = np.concatenate(list(order.values()))
        unsorted = {n: _on_axes(space, train, np.setdiff1d(held_images, places)) for n, places in drawn.items()}
        chosen = np.isin(judged.codes, held)
        if judged is train:
            chosen[drawn[most]] = False
        left = Images(judged.features[chosen], judged.codes[chosen])
        return cls(space, held, given, unsorted, Images(space(left.features), left.codes), plain, left)

    def judge(self, rows: Floats, given: int, settings: Settings) -> float:
        return self._judged(self._learner(rows, settings)(*self._sums(given)))

    def judge_twice(self, rows: Floats, given: int, settings: Settings) -> tuple[float, float]:
        """Judge without unlabelled images and with them."""
        learner, (sums, counts) = self._learner(rows, settings), self._sums(given)
        taxa = learner(sums, counts)
        more_sums, more_counts = taxa.shared_out(self.unsorted[given])
        return self._judged(taxa), self._judged(learner(sums + more_sums, counts + more_counts))

    def _sums(self, given: int) -> tuple[Floats, Floats]:
        images = self.given[given]
        places = np.searchsorted(self.held, images.codes)
        sums = np.zeros((len(self.held), len(self.space.variance)))
        np.add.at(sums, places, images.features)
        return sums, np.bincount(places, minlength=len(self.held)).astype(np.float64)

    def _learner(self, rows: Floats, settings: Settings) -> Callable[[Floats, Floats], NewTaxa]:
        unmentioned, row_ridge, doubt = settings
        values = filled(rows, unmentioned)
        predicted = self.space.predict(values, row_ridge)
        expected = predicted.means(values[self.held])

        def learned(sums: Floats, counts: Floats) -> NewTaxa:
            means = sums / np.where(counts > 0, counts, 1)[:, None]
            return NewTaxa.of(expected, doubt * predicted.doubt, means, counts)

        return learned

    def _judged(self, taxa: NewTaxa) -> float:
        return self._recall(taxa.logits(self.judged.features.astype(np.float64)))

    def probe(self, given: int) -> float:
        from sklearn.linear_model import LogisticRegression

        if not given:
            return float("nan")
        images = self.plain[given]
        center, scale = images.features.mean(axis=0), images.features.std()
        model = LogisticRegression(C=PROBE_STRENGTH, max_iter=500).fit((images.features - center) / scale, images.codes)
        return self._recall(model.decision_function((self.plain_judged.features - center) / scale))

    def _recall(self, logits: Floats) -> float:
        return balanced_recall(np.round(logits, 9), np.searchsorted(self.held, self.judged.codes))


def _on_axes(space: TellingSpace, images: Images, places: Ints) -> Floats:
    return space(images.features[places]).astype(np.float64)


def _choose(inner: _Round, rows: Floats, given: int) -> Settings:
    unmentioned = UNMENTIONED if np.isnan(rows).any() else (1.0,)
    trials = product(unmentioned, ROW_RIDGES, DOUBTS)
    return max(trials, key=lambda settings: inner.judge(rows, given, settings))
