"""Every way to decode, judged: what each gives up and what it gains."""

import json
from pathlib import Path

import numpy as np
import pytest

from seston.bottleneck.decoding.calibrated import Calibration
from seston.evaluate.decoding import answers, decoding_figures
from tests.bottleneck.decoding.test_risk import RANKS, TREE, drawn


def test_answers_are_right_at_or_above_the_truth() -> None:
    truth = np.array([0, 1, 2, 3])
    given = np.array([TREE.leaves[0], 3, 3, 0])
    assert answers(TREE, truth, given) == {"top1": 0.25, "right": 0.75, "lca_distance": (0 + 1 + 2 + 2) / 4}


def test_cost_is_nearer_and_climbing_is_more_often_right() -> None:
    logits, truth = drawn(4000)
    calibration = Calibration.of(TREE, logits[:2000], truth[:2000])
    found = decoding_figures(TREE, RANKS, calibration, logits[2000:], truth[2000:])
    assert found["cost"]["lca_distance"] < found["leaf"]["lca_distance"]
    assert found["leaf"]["top1"] - found["cost"]["top1"] < 0.02
    assert found["climb"]["right"] > found["leaf"]["right"]
    assert found["sets"].keys() == {"kingdom", "class", "label"}
    for of_rank in found["sets"].values():
        assert of_rank["coverage_over_splits"] > of_rank["promised"] - 0.01
        assert of_rank["coverage"] == pytest.approx(of_rank["coverage_over_splits"], abs=0.03)


def test_they_stand_in_the_metrics(small: Path) -> None:
    metrics = json.loads((small / "metrics.json").read_text())
    assert metrics["decoding"].keys() == {"strict", "sparse"}
    assert metrics["decoding"]["strict"]["cost"]["lca_distance"] >= 0
