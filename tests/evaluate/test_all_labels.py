"""All labels given: rows carry the scores of any model when they are as many and independent, and not otherwise."""

import numpy as np

from seston.evaluate.all_labels import all_label_figures, through_rows
from seston.evaluate.controls import taxonomy_rows
from seston.evaluate.few_labels import Task, few_label_figures
from seston.evaluate.unseen import Images
from tests.bottleneck.worlds import world


def test_independent_rows_carry_any_scores_and_few_rows_do_not() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(50, 8))
    carried, lost = through_rows(scores, rng.normal(size=(8, 20)))
    assert lost < 0.01
    assert np.mean(carried.argmax(axis=1) == scores.argmax(axis=1)) > 0.9
    assert through_rows(scores, rng.normal(size=(8, 2)))[1] > 0.5


def test_a_draw_of_all_labels_is_judged_at_two_operating_points() -> None:
    made = world(n_labels=10, per_label=30, noise=0.8)
    half = np.arange(len(made.codes)) % 2 == 0
    train, test = (Images(made.features[part], made.codes[part]) for part in (half, ~half))
    told: list[tuple[int, int]] = []
    figures = few_label_figures(
        Task(train, test, made.rows, taxonomy_rows(made.tree)),
        {"all_s0": np.ones(len(train.codes), dtype=bool)},
        lambda done, total: told.append((done, total)),
    )
    assert told[-1] == (3, 3)
    assert {"ridge", "kernel ridge", "logistic", "both", "both through rows"} == figures.keys() - {
        "kernel ridge through rows"
    }
    for found in figures.values():
        assert found["top1"] > 0.5
        assert found["balanced_accuracy_to_balance"] > 0.5
    assert 0 <= figures["both through rows"]["residual"] < 1


def test_a_label_without_train_images_is_not_answered() -> None:
    made = world(n_labels=6, per_label=30)
    seen = made.codes != 2
    figures = all_label_figures((made.features[seen], made.codes[seen]), (made.features, made.codes), made.rows)
    assert all(found["top1"] < 0.9 for found in figures.values())
