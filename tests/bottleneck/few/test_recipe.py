"""Few labels: each step does what it says, and no input ends in NaN."""

import numpy as np
import pytest

from seston.bottleneck.few.choice import ENOUGH, WHEN_ENOUGH, chosen
from seston.bottleneck.few.discriminant import SoftStatistics, likeness_of_rows, telling_axes
from seston.bottleneck.few.gallery import Gallery
from seston.bottleneck.few.neighbours import Neighbourhood, spread
from seston.bottleneck.few.recipe import INGREDIENTS, FewLabelRecipe
from seston.bottleneck.few.regime import AMPLE, AMPLE_FROM, FEW
from seston.bottleneck.few.start import UNLABELLED, Start
from seston.errors import InvalidData, InvalidFeatures, UsageError
from tests.bottleneck.worlds import World, world

GIVEN = 1


def few(made: World, per_label: int = GIVEN) -> np.ndarray:
    """Return the codes of a world with so many labels given to each of its labels, −1 elsewhere."""
    codes = np.full(len(made.codes), UNLABELLED)
    for label in np.unique(made.codes):
        places = np.flatnonzero(made.codes == label)[:per_label]
        codes[places] = label
    return codes


def accuracy(recipe: FewLabelRecipe, made: World, codes: np.ndarray) -> float:
    soft = recipe.fit(Gallery.of(made.features), codes, made.rows).soft
    hidden = codes == UNLABELLED
    return float(np.mean(soft[hidden].argmax(axis=1) == made.codes[hidden]))


def test_unlabelled_images_are_worth_something() -> None:
    made = world(n_labels=12, per_label=40, noise=0.8, seed=3)
    codes = few(made)
    gallery = Gallery.of(made.features[codes != UNLABELLED])
    alone = FewLabelRecipe().without("graph", "metric").fit(gallery, codes[codes != UNLABELLED], made.rows)
    hidden = codes == UNLABELLED
    answers = alone.probabilities(made.features[hidden]).argmax(axis=1)
    assert accuracy(FewLabelRecipe(), made, codes) > np.mean(answers == made.codes[hidden]) + 0.02


def test_probabilities_are_less_sure_than_the_opinions_and_say_the_same() -> None:
    made = world(n_labels=12, per_label=40, noise=0.8, seed=3)
    model = FewLabelRecipe().fit(Gallery.of(made.features), few(made), made.rows)
    opinions, found = model.opinions(made.features), model.probabilities(made.features)
    assert np.array_equal(opinions.argmax(axis=1), found.argmax(axis=1))
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)
    assert found.max(axis=1).mean() < opinions.max(axis=1).mean() - 0.02


@pytest.mark.parametrize("left_out", sorted(INGREDIENTS - {"graph"}))
def test_each_ingredient_can_be_left_out(left_out: str) -> None:
    made = world(n_labels=8, per_label=25)
    assert accuracy(FewLabelRecipe().without(left_out), made, few(made)) > 0.5


def test_a_graph_is_symmetric_and_joins_each_image_to_its_nearest() -> None:
    made = world(per_label=30)
    graph = Neighbourhood(made.features, 10).graph
    dense = graph.toarray()
    assert np.allclose(dense, dense.T)
    assert (dense > 0).sum(axis=1).min() >= 10
    assert not dense.diagonal().any()


def test_what_reaches_other_images_adds_to_one() -> None:
    made = world(per_label=30)
    reach = Neighbourhood(made.features[10:], 10).reach(made.features[:10])
    assert np.allclose(np.asarray(reach.sum(axis=1)).ravel(), 1, atol=1e-5)


def test_spreading_stays_with_the_seeds_when_nothing_is_shared() -> None:
    made = world(per_label=30)
    seeds = np.eye(6, dtype=np.float32)[made.codes]
    assert np.array_equal(spread(Neighbourhood(made.features, 10).graph, seeds, 0.0, 5), seeds)


def test_rows_draw_the_mean_of_a_label_with_few_images_to_its_like() -> None:
    rows = np.array([[1.0, 0, 0], [1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]])
    means = np.array([[4.0, 0.0], [0.0, 0.0], [-4.0, 0.0], [0.0, 4.0]])
    statistics = SoftStatistics(np.array([100.0, 0.01, 100.0, 100.0]), means, np.eye(2))
    drawn = statistics.shrunk(likeness_of_rows(rows), np.full(4, 0.25), 5.0 / statistics.counts, 0.5)
    assert drawn[1, 0] > 1.0
    assert np.allclose(drawn[[0, 2, 3]], means[[0, 2, 3]], atol=0.5)


def test_rows_take_part_as_far_as_means_follow_them() -> None:
    rng = np.random.default_rng(2)
    rows = (rng.random((30, 12)) < 0.4).astype(float)
    means = rows @ rng.normal(size=(12, 8))
    statistics = SoftStatistics(np.full(30, 50.0), means, 0.1 * np.eye(8))
    weights, noise = np.full(30, 1 / 30), np.full(30, 0.1)
    assert statistics.shared(likeness_of_rows(rows), weights, noise, 0.3) >= 0.7
    assert statistics.shared(likeness_of_rows(rng.permutation(rows)), weights, noise, 0.3) <= 0.25


def test_the_kernel_tells_labels_apart_and_takes_part_only_when_trusted() -> None:
    made = world(n_labels=8, per_label=25)
    codes = few(made, 4)
    start = Start(Gallery.of(made.features), codes, len(made.rows))
    hidden = codes == UNLABELLED
    scores = start.kernel.scores(start.gallery.centred[hidden])
    assert np.mean(scores.argmax(axis=1) == made.codes[hidden]) > 0.5
    plain, trusting = (FewLabelRecipe(kernel_trust=power).fit_from(start, made.rows) for power in (0.0, 1.0))
    assert plain.kernel is None
    assert not np.allclose(plain.probabilities(made.features), trusting.probabilities(made.features))


def test_models_from_one_start_are_those_from_their_own() -> None:
    made = world(n_labels=8, per_label=25)
    gallery, codes = Gallery.of(made.features), few(made)
    start = Start(gallery, codes, len(made.rows))
    for recipe in (FewLabelRecipe(), FewLabelRecipe().without("metric")):
        shared = recipe.fit_from(start, made.rows).soft
        assert np.allclose(shared, recipe.fit(gallery, codes, made.rows).soft, atol=1e-5)


def test_telling_axes_leave_out_what_varies_within_labels() -> None:
    rng = np.random.default_rng(0)
    codes = np.repeat(np.arange(3), 200)
    features = np.column_stack([3 * (codes - 1) + rng.normal(size=600) * 0.3, 4 * rng.normal(size=600)])
    centred = (features - features.mean(axis=0)).astype(np.float32)
    soft = np.eye(3, dtype=np.float32)[codes]
    axes = telling_axes(SoftStatistics.of(centred, soft, (centred.T @ centred).astype(float)), 1.0)
    spread_of = np.abs(axes[:, 0]) * centred.std(axis=0)
    assert spread_of[0] > 3 * spread_of[1]


def test_a_label_without_image_is_likelier_for_its_row() -> None:
    made = world(n_labels=20, n_concepts=8, per_label=30, noise=0.3, seed=1)
    codes = np.where(made.codes == 7, UNLABELLED, made.codes)
    recipe = FewLabelRecipe().without("graph", "metric", "smoothing", "rounds")
    gallery = Gallery.of(made.features)
    own = [r.fit(gallery, codes, made.rows).soft[made.codes == 7, 7].mean() for r in (recipe, recipe.without("rows"))]
    assert own[0] > 10 * own[1]


def test_settings_are_chosen_only_when_enough_is_labelled() -> None:
    made = world(n_labels=6, per_label=160, noise=1.5)
    gallery = Gallery.of(made.features)
    started = FewLabelRecipe()
    assert chosen(started, gallery, few(made, 10), made.rows) == started
    assert (made.codes >= 0).sum() // 4 >= ENOUGH
    assert chosen(started, gallery, made.codes, made.rows).images_worth == WHEN_ENOUGH["images_worth"]


def test_a_setting_stays_where_no_other_is_surely_better() -> None:
    made = world(n_labels=6, per_label=160, noise=0.1)
    found = chosen(FewLabelRecipe(), Gallery.of(made.features), made.codes, made.rows)
    assert found == FewLabelRecipe(**WHEN_ENOUGH)


def test_more_labels_narrow_the_neighbourhood() -> None:
    made = world(n_labels=6, per_label=160)
    gallery = Gallery.of(made.features)
    regimes = [Start(gallery, codes, len(made.rows)).regime for codes in (few(made, 10), made.codes)]
    assert regimes == [FEW, AMPLE]
    assert (made.codes >= 0).sum() >= AMPLE_FROM


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_no_scale_of_features_ends_in_nan(scale: float) -> None:
    made = world(per_label=20)
    model = FewLabelRecipe().fit(Gallery.of(made.features * scale), few(made), made.rows)
    found = model.probabilities(made.features * scale)
    assert np.isfinite(found).all()
    assert np.allclose(found.sum(axis=1), 1, atol=1e-4)


def test_all_rows_unknown_is_no_row_at_all() -> None:
    made = world(per_label=20)
    nothing = np.full_like(made.rows, np.nan)
    soft = FewLabelRecipe().fit(Gallery.of(made.features), few(made), nothing).soft
    assert np.isfinite(soft).all()


def test_one_label_is_refused() -> None:
    made = world()
    codes = np.where(made.codes == 0, 0, UNLABELLED)
    with pytest.raises(InvalidData, match="1 label has images"):
        FewLabelRecipe().fit(Gallery.of(made.features), codes, made.rows)


def test_nan_is_refused() -> None:
    made = world()
    made.features[3, 1] = np.nan
    with pytest.raises(InvalidFeatures, match="1 with NaN"):
        Gallery.of(made.features)


def test_an_unknown_ingredient_is_refused() -> None:
    with pytest.raises(UsageError, match="salt"):
        FewLabelRecipe(frozenset({"graph", "salt"}))
