"""What stands in metrics.json."""

from typing import Any

import numpy as np
import pytest

from seston.bottleneck.train import LabelledFeatures, train_sparse, train_strict
from seston.evaluate.figures import Data, all_figures
from seston.evaluate.unseen import LEAST
from tests.bottleneck.worlds import World, world

KEYS = {
    "n", "top1", "balanced_accuracy", "macro_f1", "hf1", "lca_distance", "mistake_severity", "ece",
    "concepts_per_decision", "additive_residual", "residual_share", "row_rank", "unseen_balanced_accuracy",
}  # fmt: skip
CONTROLS = ("control_random", "control_shuffled", "control_taxonomy")


def figures_of(made: World, told: list[tuple[int, int]] | None = None) -> dict[str, Any]:
    even = np.arange(len(made.codes)) % 2 == 0
    qualifiers = tuple("egg" if number % 3 else "" for number in range(len(made.rows)))
    split = made.features[even], made.codes[even], made.features[~even], made.codes[~even]
    data = Data(made.tree, made.rows, made.names, qualifiers, *split)
    learned = LabelledFeatures.of(data.train_features, data.train_codes, len(made.rows))
    heads = {
        name: train(learned, data.rows, data.names)[0]
        for name, train in (("strict", train_strict), ("sparse", train_sparse))
    }
    return all_figures(data, heads, (lambda *step: None) if told is None else (lambda *step: told.append(step)))


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return figures_of(world(n_labels=LEAST + 2, n_concepts=12, per_label=10))


def test_every_group_has_every_key(figures: dict[str, Any]) -> None:
    groups = {"top": figures, **figures["heads"], **{name: figures[name] for name in ("baseline", *CONTROLS)}}
    assert set(figures["heads"]) == {"strict", "sparse"}
    for name, group in groups.items():
        assert group.keys() >= KEYS, name
        assert "unseen_balanced_accuracy_se" in group, name


def test_the_top_level_is_the_strict_head(figures: dict[str, Any]) -> None:
    assert {key: figures[key] for key in KEYS} == {key: figures["heads"]["strict"][key] for key in KEYS}


def test_scores_are_additive(figures: dict[str, Any]) -> None:
    for group in (*figures["heads"].values(), *(figures[name] for name in CONTROLS)):
        assert group["additive_residual"] < 1e-9
        assert group["residual_share"] == 0


def test_rows_know_unseen_labels_and_controls_do_not(figures: dict[str, Any]) -> None:
    assert figures["unseen_balanced_accuracy"] > 0.5
    for name in ("control_random", "control_shuffled"):
        assert figures[name]["unseen_balanced_accuracy"] < 0.2
    assert figures["baseline"]["unseen_balanced_accuracy"] == pytest.approx(0.05)


def test_the_paired_difference_is_that_of_the_seeds(figures: dict[str, Any]) -> None:
    rows, taxonomy = (np.array(figures["unseen"][name]["by_seed"]) for name in ("rows", "taxonomy"))
    difference = rows - taxonomy
    found = figures["unseen"]["rows"]
    assert found["difference_to_taxonomy"] == pytest.approx(difference.mean(), abs=1e-6)
    assert found["difference_to_taxonomy_se"] == pytest.approx(difference.std(ddof=1) / np.sqrt(10), abs=1e-6)


def test_the_sparse_head_uses_few_concepts(figures: dict[str, Any]) -> None:
    assert figures["heads"]["sparse"]["concepts_per_decision"] <= 10
    assert figures["row_rank"] <= 12


def test_too_few_labels_to_hold_any_out() -> None:
    told: list[tuple[int, int]] = []
    found = figures_of(world(), told)
    assert found["unseen_balanced_accuracy"] is None
    assert found["control_random"]["unseen_balanced_accuracy_se"] is None
    assert found["unseen"] == {}
    assert found["top1"] > 0.9
    done, total = zip(*told, strict=True)
    assert list(done) == sorted(done)
    assert done[-1] == total[-1]
