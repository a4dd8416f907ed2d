"""New taxa: rows say where to look, images correct it."""

import numpy as np

from seston.bottleneck.new_taxa import LEAST_DOUBT, NewTaxa, TellingSpace
from seston.bottleneck.statistics import LabelStatistics
from seston.evaluate.holding import single_labels
from seston.evaluate.new_taxa import IMAGES_GIVEN, PROBE, new_taxa_accuracy
from seston.evaluate.unseen import Images, pool_of
from tests.bottleneck.worlds import world


def test_images_of_one_label_vary_by_one_on_every_axis() -> None:
    made = world(n_labels=10, per_label=200, noise=0.7)
    space = TellingSpace.of(LabelStatistics.of(made.features, made.codes, 10))
    coordinates = space(made.features)
    within = coordinates - np.array([coordinates[made.codes == label].mean(axis=0) for label in range(10)])[made.codes]
    strong = space.variance > np.sort(space.variance)[-4]
    assert (within[:, strong].std(axis=0) < 1.05).all()
    assert (within[:, strong].std(axis=0) > 0.4).all()


def test_a_row_predicts_where_images_of_its_label_lie() -> None:
    made = world(n_labels=40, n_concepts=6, per_label=20, noise=0.3, seed=2)
    new = np.arange(35, 40)
    seen = made.codes < 35
    space = TellingSpace.of(LabelStatistics.of(made.features[seen], made.codes[seen], 40))
    expected = space.predict(made.rows, 0.1).means(made.rows[new])
    found = np.array([space(made.features[made.codes == label]).mean(axis=0) for label in new])
    assert np.corrcoef(expected.ravel(), found.ravel())[0, 1] > 0.9


def test_doubt_is_how_far_rows_of_others_miss_a_label() -> None:
    made = world(n_labels=20, n_concepts=6, per_label=20, noise=0.3, seed=2)
    space = TellingSpace.of(LabelStatistics.of(made.features, made.codes, 20))
    rows = made.rows - space.weights @ made.rows
    alike = rows @ rows.T
    ridged = alike + np.diag(0.5 * np.trace(alike) / 20 / 20 / space.weights)
    missed = np.zeros(len(space.variance))
    for label in range(20):
        others = np.arange(20) != label
        predicted = alike[label, others] @ np.linalg.solve(ridged[np.ix_(others, others)], space.means[others])
        missed += space.weights[label] * (space.means[label] - predicted) ** 2
    assert np.allclose(space.predict(made.rows, 0.5).doubt, missed + LEAST_DOUBT)


def test_many_images_outweigh_what_a_row_predicts() -> None:
    expected, doubt = np.zeros((1, 2)), np.array([1.0, 1.0])
    few, many = (NewTaxa.of(expected, doubt, np.full((1, 2), 3.0), np.array([n])) for n in (1.0, 1000.0))
    assert np.allclose(few.means, 1.5)
    assert np.allclose(many.means, 3.0, atol=0.01)
    assert (many.variance < few.variance).all()


def test_rows_help_most_where_no_image_is_given() -> None:
    made = world(n_labels=60, n_concepts=7, per_label=12, noise=0.6, seed=4)
    half = np.arange(len(made.codes)) % 2 == 0
    train, test = (Images(made.features[part], made.codes[part]) for part in (half, ~half))
    shuffled = made.rows[np.random.default_rng(0).permutation(60)]
    variants = {"rows": made.rows, "no rows": np.zeros((60, 1)), "shuffled": shuffled}
    found = new_taxa_accuracy(train, test, single_labels(pool_of(made.tree.labels)), variants)
    assert found["rows"].shape == (10, len(IMAGES_GIVEN), 2)
    gain = (found["rows"] - found["no rows"]).mean(axis=0)[:, 0]
    assert gain[0] > 0.2
    assert gain[0] > gain[1] > gain[2] - 0.02
    assert found["rows"][:, 0].mean() > found["shuffled"][:, 0].mean() + 0.2
    assert np.isnan(found[PROBE][:, 0]).all()
    assert np.isnan(found[PROBE][..., 1]).all()
    assert np.isfinite(found[PROBE][:, 1:, 0]).all()
    unlabelled = (found["rows"][..., 1] - found["rows"][..., 0]).mean(axis=0)
    assert (unlabelled > -0.02).all()


def test_unlabelled_images_are_shared_out_among_the_taxa() -> None:
    rng = np.random.default_rng(0)
    truth = np.repeat([0, 1], 300)
    images = np.array([[-2.0, 1.0], [2.0, -1.0]])[truth] + rng.normal(size=(600, 2))
    expected, doubt = np.array([[-1.0, 0.0], [1.0, 0.0]]), np.array([1.0, 1.0])
    told = NewTaxa.of(expected, doubt, np.zeros((2, 2)), np.zeros(2))
    sums, counts = told.shared_out(images)
    assert np.isclose(counts.sum(), 600)
    assert np.allclose(sums.sum(axis=0), images.sum(axis=0))
    assert abs(counts[0] - 300) < 40
    moved = NewTaxa.of(expected, doubt, sums / counts[:, None], counts)
    lies = np.array([[-2.0, 1.0], [2.0, -1.0]])
    assert np.abs(moved.means - lies).max() < 0.5 * np.abs(expected - lies).max()
