"""The study of few labels: every variant is judged on every draw, and rows that mean nothing gain nothing."""

import numpy as np

from seston.bottleneck.few.recipe import INGREDIENTS
from seston.evaluate.controls import taxonomy_rows
from seston.evaluate.few_labels import Task, few_label_figures
from seston.evaluate.unseen import Images
from tests.bottleneck.worlds import world


def test_every_variant_has_its_figures_and_paired_difference() -> None:
    made = world(n_labels=10, per_label=30, noise=0.8)
    half = np.arange(len(made.codes)) % 2 == 0
    train, test = (Images(made.features[part], made.codes[part]) for part in (half, ~half))
    first = np.isin(np.arange(len(train.codes)) % 15, (0, 1))
    draws = {"d_s0": first, "d_s1": np.roll(first, 3)}
    told: list[tuple[int, int]] = []
    figures = few_label_figures(
        Task(train, test, made.rows, taxonomy_rows(made.tree)), draws, lambda done, total: told.append((done, total))
    )
    assert told[-1] == (len(told), len(told))
    assert told == sorted(told)
    assert {f"without {name}" for name in INGREDIENTS} <= figures.keys()
    assert {"recipe", "random rows", "shuffled rows", "ridge", "logistic", "propagation alone"} <= figures.keys()
    assert figures["without rows"]["top1_over_no_rows"] == 0.0
    gain = figures["recipe"]["top1"] - figures["without rows"]["top1"]
    assert np.isclose(figures["recipe"]["top1_over_no_rows"], gain)
    assert figures["recipe"]["top1"] > 0.5
