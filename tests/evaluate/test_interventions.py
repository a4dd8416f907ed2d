"""Answers by a person help where rows mean something, and harm where they do not."""

import numpy as np

from seston.bottleneck.asking import Interview
from seston.bottleneck.train import LabelledFeatures
from seston.evaluate.interventions import intervention_figures, own_figures, questions
from tests.bottleneck.worlds import world

WORLD = world(n_labels=12, n_concepts=10, per_label=24, noise=6.0)
TRAIN = np.arange(len(WORLD.codes)) % 2 == 0
DATA = LabelledFeatures.of(WORLD.features[TRAIN], WORLD.codes[TRAIN], 12)
TEST = WORLD.features[~TRAIN], WORLD.codes[~TRAIN]


def test_a_person_helps_and_controls_are_misled() -> None:
    figures = intervention_figures(DATA, WORLD.rows, TEST, names=WORLD.names, seeds=(0, 1))
    assert figures["rows"]["before"] < 0.9
    assert figures["rows"]["gain_5"] >= figures["rows"]["gain_1"] > 0
    for control in ("random", "shuffled"):
        assert figures[control]["person"]["gain_3"] < 0
        assert figures[control]["person"]["lead_3"] > figures["rows"]["gain_3"]
        # Any rows that differ win twenty questions.
        assert figures[control]["twenty_questions"]["gain_5"] > 0
    assert figures["rows"]["gain_3_se"] > 0


def test_wrong_answers_cost_but_do_not_ruin() -> None:
    right = own_figures(DATA, WORLD.rows, TEST, names=WORLD.names, wrong=0.0)
    wrong = own_figures(DATA, WORLD.rows, TEST, names=WORLD.names, wrong=0.1)
    assert 0 < wrong["gain_5"] < right["gain_5"]


def test_unsure_answers_change_nothing() -> None:
    posterior = np.random.default_rng(0).dirichlet(np.ones(12), 20)
    for unsure in (np.nan, 0.5):
        silent = np.full_like(WORLD.rows, unsure)
        found = questions(Interview(WORLD.rows, WORLD.names[3]), posterior, np.arange(20) % 12, silent, wrong=0.1)
        assert found.shape == (20, 6)
        assert (found == found[:, :1]).all()
