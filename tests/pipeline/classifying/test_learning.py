"""From images to models: which images and labels take part, and which do not."""

import json
from pathlib import Path

import numpy as np
import pytest

from seston.encode import FeatureSet
from seston.errors import InvalidData, InvalidFeatures
from seston.graph.columnar.core import Core
from seston.pipeline.classifying.dataset import label_nodes, load_dataset, tree_over
from seston.pipeline.classifying.learning import load_head, load_predictions, notes_on, require_same
from seston.pipeline.classifying.measuring import union
from seston.pipeline.knowledge import CORE
from seston.workspace import Workspace
from tests.command import done
from tests.drawings import PER_LABEL, SHAPES


@pytest.fixture(scope="module")
def core(small: Path) -> Core:
    return Core.load(small / CORE)


def test_every_labelled_image_takes_part(small: Path) -> None:
    dataset = load_dataset(Workspace(small))
    assert dataset.tree.labels == tuple(f"planktonset:{label}" for label in sorted(SHAPES))
    assert np.bincount(dataset.codes).tolist() == [PER_LABEL] * len(SHAPES)
    assert dataset.train.sum() + dataset.test.sum() == len(dataset.images) == len(dataset.features)
    assert dataset.rows.shape == (len(SHAPES), len(dataset.concepts))
    assert notes_on(dataset) == []


def test_rows_are_those_of_the_labels(small: Path) -> None:
    dataset = load_dataset(Workspace(small))
    eggs = dataset.concepts.index("eggs/attached")
    shown = dict(zip(dataset.tree.labels, dataset.rows[:, eggs], strict=True))
    assert shown["planktonset:copepod_calanoid_eggs"] == 1
    assert shown["planktonset:detritus_blob"] != 1


def test_a_label_may_be_a_taxon_a_label_or_unknown(core: Core) -> None:
    nodes, above, left_out = label_nodes(core, ["Oithona", "detritus_blob", "gizmo", "worms:104195", "ecotaxa:45074"])
    assert nodes["detritus_blob"] == "planktonset:detritus_blob"
    assert nodes["Oithona"] == "worms:106485"
    assert "gizmo" in left_out
    assert not above


def test_a_label_above_another_is_no_leaf(core: Core) -> None:
    nodes, above, left_out = label_nodes(core, ["Copepoda", "copepod_calanoid"])
    assert (list(nodes), list(above), left_out) == (["copepod_calanoid"], ["Copepoda"], [])


def test_the_tree_over_labels_has_their_ancestors(core: Core) -> None:
    tree = tree_over(core, ["planktonset:copepod_calanoid", "planktonset:detritus_blob"])
    assert tree.nodes[0] == "seston:root"
    assert "worms:1080" in tree.nodes
    assert tree.labels == ("planktonset:copepod_calanoid", "planktonset:detritus_blob")


def test_what_is_left_out_is_told(own: Path, tmp_path: Path) -> None:
    lines = ["file,label,split"]
    for label in SHAPES:
        lines += [f"{label}/{number:02d}.png,{label},{'test' if number < 3 else 'train'}" for number in range(10)]
    lines += ["detritus_blob/10.png,gizmo,train", "detritus_blob/11.png,detritus_blob,"]
    (tmp_path / "labels.csv").write_text("\n".join(lines))
    ran = done("train", "--labels", tmp_path / "labels.csv", workspace=own)
    assert "1 labels left out, unknown to the graph: gizmo" in ran.err
    assert "1 labelled images left out: others have a split (train, test), these have none" in ran.err
    assert ran.json["images"] == 7 * len(SHAPES)
    assert ran.json == json.loads((own / "model" / "card.json").read_text())


def test_images_named_above_other_labels_take_part_in_training(own: Path, tmp_path: Path) -> None:
    lines = ["file,label,split"]
    for label in SHAPES:
        lines += [f"{label}/{number:02d}.png,{label},{'test' if number < 3 else 'train'}" for number in range(6)]
    lines += [f"copepod_calanoid/{number:02d}.png,Copepoda,train" for number in range(6, 10)]
    lines += ["copepod_calanoid/10.png,Copepoda,test"]
    (tmp_path / "labels.csv").write_text("\n".join(lines))
    ran = done("train", "--labels", tmp_path / "labels.csv", workspace=own)
    assert "4 images labelled above other labels teach these in shares, and are not judged: Copepoda" in ran.err
    dataset = load_dataset(Workspace(own))
    assert dataset.coarse is not None
    below = {label for label, lies in zip(dataset.tree.labels, dataset.coarse.under[0], strict=True) if lies}
    assert below == {"planktonset:copepod_calanoid", "planktonset:copepod_calanoid_eggs"}
    assert len(dataset.images) == 6 * len(SHAPES)


def test_judging_new_labels_trains_again(own: Path, tmp_path: Path) -> None:
    lines = ["file,label", *(f"{label}/{n:02d}.png,{label}" for label in sorted(SHAPES)[:3] for n in range(12))]
    (own / "model" / "labels.csv").write_text("\n".join(lines))
    ran = done("evaluate", "--json", workspace=own)
    assert "train: " in ran.err
    assert len(load_head(Workspace(own)).labels) == 3
    assert len(load_predictions(Workspace(own))[0]) == ran.json["n"]


def test_predictions_are_those_of_the_test_images(small: Path) -> None:
    ids, leaves, truth = load_predictions(Workspace(small))
    dataset = load_dataset(Workspace(small))
    assert len(ids) == dataset.test.sum()
    assert leaves.sum(axis=1) == pytest.approx(1, abs=1e-6)
    assert np.array_equal(truth, dataset.codes[dataset.test])
    metrics = json.loads((small / "metrics.json").read_text())
    assert metrics["top1"] == pytest.approx((leaves.argmax(axis=1) == truth).mean())


def test_metrics_of_few_labels_hold_no_unseen_labels(small: Path) -> None:
    metrics = json.loads((small / "metrics.json").read_text())
    assert metrics["unseen_balanced_accuracy"] is None
    assert metrics["additive_residual"] < 1e-9
    assert "unseen_balanced_accuracy  –" in done("evaluate", workspace=small).out


def test_a_head_refuses_other_features_and_other_labels(small: Path) -> None:
    head = load_head(Workspace(small))
    require_same(head, head.encoder, head.fingerprint, head.labels)
    with pytest.raises(InvalidFeatures, match=r"The features are of bioclip 7, the strict head reads efficientnet"):
        require_same(head, "bioclip", "7")
    with pytest.raises(InvalidData, match="was trained on 6 other labels than the 5 at hand") as caught:
        require_same(head, head.encoder, head.fingerprint, head.labels[1:])
    assert caught.value.problems == (head.labels[0],)


def test_features_of_two_sources_are_joined_the_first_before_the_second() -> None:
    first = FeatureSet("net", "1", ("a", "b"), np.zeros((2, 3), np.float32))
    second = FeatureSet("net", "1", ("c", "b"), np.ones((2, 3), np.float32))
    whole = union([first, second])
    assert whole.ids == ("a", "b", "c")
    assert whole.values[:, 0].tolist() == [0, 0, 1]
    other = FeatureSet("net", "2", ("d",), np.ones((1, 3), np.float32))
    with pytest.raises(InvalidFeatures, match="The features are of net 2, expected net 1"):
        union([first, other])
