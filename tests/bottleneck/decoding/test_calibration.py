"""A scale and an offset for each label."""

import numpy as np
import pytest

from seston.bottleneck.decoding.calibration import scale_and_offset


@pytest.mark.parametrize("spread", [1.0, 1e-3, 0.0])
def test_a_label_whose_score_hardly_varies_spoils_no_other(spread: float) -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, 400)
    logits = 2 * np.eye(5)[truth] + rng.normal(size=(400, 5))
    logits[:, 3] = 5 + spread * logits[:, 3]
    scale, offset = scale_and_offset(logits, truth, np.ones(400), np.arange(4))
    answers = (logits * scale + offset).argmax(axis=1)
    assert np.isfinite(scale).all()
    assert np.isfinite(offset).all()
    assert (answers == truth)[truth != 3].mean() > 0.6
    assert not (answers == 4).any()
