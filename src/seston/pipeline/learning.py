"""The stages from images to features, models and figures."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.head import ConceptHead
from seston.bottleneck.train import LabelledFeatures, train_sparse, train_strict
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.bundled import folder
from seston.concepts.matrix import ConceptMatrix
from seston.disk import replacing, write_text
from seston.encode.images import encode_to_file
from seston.encode.projection import Projection
from seston.encode.tensors import FORMAT, read_tensors, write_tensors
from seston.errors import InvalidData, MissingStage
from seston.evaluate.figures import Data, all_figures
from seston.graph.core import Core
from seston.pipeline.images import (
    BUNDLED_FEATURES,
    FEATURES,
    INDEX,
    PROJECTION,
    Listed,
    apply_labels,
    bundled_images,
    features_file,
    load_features,
    read_index,
    with_splits,
    write_index,
)
from seston.pipeline.knowledge import CORE, CORE_FILES, MATRIX
from seston.pipeline.stages import Progress, Stage
from seston.workspace import Workspace

STRICT, SPARSE, CARD = "model/strict.safetensors", "model/sparse.safetensors", "model/card.json"
PREDICTIONS = "evaluation/predictions.safetensors"
METRICS = "metrics.json"
LABELS = "model/labels.csv"
HEADS = {"strict": STRICT, "sparse": SPARSE}


@dataclass(frozen=True, eq=False)
class Dataset:
    """Labelled images of a workspace, ready to learn from.

    Parameters
    ----------
    tree
        The decision tree over the labels.
    rows
        (n_labels, n_concepts) rows of the labels; NaN unknown.
    concepts
        (n_concepts,) ids.
    images
        Labelled images with features, in the order of `features`.
    features
        (n_images, n_features).
    codes
        (n_images,) position of each label in ``tree.labels``.
    encoder, fingerprint
        What made the features.
    left_out
        Labels that the graph does not know.
    """

    tree: DecisionTree
    rows: Floats
    concepts: tuple[str, ...]
    images: tuple[Listed, ...]
    features: NDArray[np.float32]
    codes: Ints
    encoder: str
    fingerprint: str
    left_out: tuple[str, ...]

    @cached_property
    def train(self) -> NDArray[np.bool_]:
        """(n_images,) whether the image is to learn from."""
        return np.array([item.record.split == "train" for item in self.images])

    @cached_property
    def test(self) -> NDArray[np.bool_]:
        """(n_images,) whether the image is to be judged on."""
        return np.array([item.record.split == "test" for item in self.images])

    @property
    def names(self) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
        """Encoder, fingerprint, labels and concepts, as the heads want them."""
        return self.encoder, self.fingerprint, self.tree.labels, self.concepts


def load_dataset(workspace: Workspace) -> Dataset:
    """Gather labelled images, their features, the tree over their labels, and the labels' rows.

    Raises
    ------
    MissingStage
        If there are no features.
    InvalidData
        If no label is known to the graph.
    """
    core, matrix = Core.load(workspace.path(CORE)), ConceptMatrix.load(workspace.path(MATRIX))
    features = load_features(workspace)
    listed = read_index(workspace)
    if workspace.path(LABELS).exists():
        listed = apply_labels(listed, workspace.path(LABELS))
    have = set(features.ids)
    listed = with_splits([item for item in listed if item.record.label and item.record.id in have])
    nodes, left_out = label_nodes(core, sorted({item.record.label for item in listed}))
    if not nodes:
        raise InvalidData(
            f"None of {len(left_out)} labels is known to the graph.",
            hint="Labels are names of data/labels.csv or of taxa; see 'seston taxon NAME'.",
            problems=left_out,
        )
    tree = tree_over(core, sorted(set(nodes.values())))
    images = tuple(item for item in listed if item.record.label in nodes)
    place = {label: code for code, label in enumerate(tree.labels)}
    codes = np.array([place[nodes[item.record.label]] for item in images], dtype=np.int64)
    values = features.select([item.record.id for item in images]).values
    rows = matrix.take(tree.labels).value.astype(np.float64)
    made_by = features.encoder, features.fingerprint
    return Dataset(tree, rows, matrix.concepts, images, values, codes, *made_by, tuple(left_out))


def label_nodes(core: Core, labels: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the node of each label, and the labels without one: unknown, or above another label."""
    nodes = {label: node for label in labels if (node := _node_of(core, label))}
    tree = core.hierarchy
    places = tree.indices(nodes.values())
    above = {node for node, place in zip(nodes.values(), places, strict=True) if _holds_another(tree, place, places)}
    kept = {label: node for label, node in nodes.items() if node not in above}
    return kept, [label for label in labels if label not in kept]


def tree_over(core: Core, labels: Sequence[str]) -> DecisionTree:
    """Return the decision tree spanned by labels: root, living and not-living, taxa, labels."""
    spanned = core.hierarchy.spanned(labels)
    return DecisionTree(spanned.ids, tuple(int(parent) for parent in spanned.parent), tuple(labels))


def measure_features(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Encode the images of the workspace whose files are at hand; bundled features are copied."""
    from seston.encode import image_encoder

    listed = read_index(workspace)
    if not listed:
        raise MissingStage(f"No images in {workspace.root}.", hint="Run 'seston import images PATH' first.")
    if any(not item.root for item in listed):
        with replacing(workspace.path(BUNDLED_FEATURES)) as sibling:
            shutil.copyfile(folder("data") / "planktonset" / "features.safetensors", sibling)
    roots = sorted({item.root for item in listed if item.root})
    problems: list[str] = []
    for root in roots:
        records = [item.record for item in listed if item.root == root]
        encoder = image_encoder("efficientnet-lite0")
        projection = Projection.load(folder("data") / PROJECTION)
        path = workspace.path(features_file(root))
        encoded = encode_to_file(path, records, Path(root), encoder, projection, progress.done)
        progress.note(f"{len(encoded.features.ids)} images encoded, {len(encoded.problems)} left out")
        problems += [str(problem) for problem in encoded.problems]
    for problem in problems:
        progress.note(f"left out: {problem}")
    return {"encoder": "efficientnet-lite0"}


def use_bundled_images(workspace: Workspace) -> None:
    """Put the images whose features are bundled into the workspace, beside those that it has."""
    known = {item.record.id: item for item in bundled_images()}
    known |= {item.record.id: item for item in read_index(workspace) if item.root}
    write_index(workspace, known.values())


def train(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Fit the strict and the sparse head."""
    dataset = load_dataset(workspace)
    if dataset.left_out:
        progress.note(f"{len(dataset.left_out)} labels left out, unknown to the graph: {', '.join(dataset.left_out)}")
    chosen = dataset.train
    if not chosen.any():
        raise InvalidData("No image is in the split 'train'.", hint="Give 'seston train --labels FILE' with splits.")
    data = LabelledFeatures.of(dataset.features[chosen], dataset.codes[chosen], len(dataset.tree.labels))
    strict, strict_settings = train_strict(data, dataset.rows, dataset.names)
    sparse, sparse_settings = train_sparse(data, dataset.rows, dataset.names)
    strict.save(workspace.path(STRICT))
    sparse.save(workspace.path(SPARSE))
    card = {
        "encoder": dataset.encoder,
        "fingerprint": dataset.fingerprint,
        "images": int(chosen.sum()),
        "labels": len(dataset.tree.labels),
        "concepts": len(dataset.concepts),
        "strict": strict_settings,
        "sparse": sparse_settings,
    }
    write_text(workspace.path(CARD), json.dumps(card, indent=1) + "\n")
    return {"strict": strict_settings, "sparse": sparse_settings}


def load_head(workspace: Workspace, name: str = "strict") -> ConceptHead:
    """Return a fitted head, "strict" or "sparse"."""
    return ConceptHead.load(workspace.path(HEADS[name]))


def evaluate(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Judge the heads on the test images, beside the black box and the controls."""
    dataset = load_dataset(workspace)
    if not dataset.test.any():
        raise InvalidData("No image is in the split 'test'.", hint="Give 'seston train --labels FILE' with splits.")
    core = Core.load(workspace.path(CORE))
    qualifiers = {category.id: category.qualifier for category in core.categories()}
    data = Data(
        dataset.tree,
        dataset.rows,
        dataset.names,
        tuple(qualifiers.get(label, "") for label in dataset.tree.labels),
        dataset.features[dataset.train],
        dataset.codes[dataset.train],
        dataset.features[dataset.test],
        dataset.codes[dataset.test],
    )
    heads = {name: load_head(workspace, name) for name in HEADS}
    figures = all_figures(data, heads, progress.done)
    write_text(workspace.path(METRICS), json.dumps(figures, indent=1) + "\n")
    strict = heads["strict"]
    leaves = strict.probabilities(strict.scores(data.test_features))
    ids = [item.record.id for item, test in zip(dataset.images, dataset.test, strict=True) if test]
    tensors = {"leaves": leaves.astype(np.float32), "truth": data.test_codes}
    about = {"kind": "predictions", "format": FORMAT, "ids": ids, "labels": dataset.tree.labels}
    write_tensors(workspace.path(PREDICTIONS), tensors, about)
    return {}


def load_predictions(workspace: Workspace) -> tuple[tuple[str, ...], Floats, Ints]:
    """Return ids (n,), leaf probabilities (n, n_labels) and true columns (n,) of the test images."""
    tensors, about = read_tensors(workspace.path(PREDICTIONS), "predictions")
    return tuple(about["ids"]), tensors["leaves"].astype(np.float64), tensors["truth"]


def _node_of(core: Core, label: str) -> str:
    from seston.errors import SestonError

    own = f"planktonset:{label}"
    if own in core.hierarchy:
        return own
    try:
        return core.hierarchy.ids[core.hierarchy.find(label)]
    except SestonError:
        return ""


def _holds_another(tree: Any, place: int, places: Ints) -> bool:
    others = places[places != place]
    return bool(np.any(tree.is_ancestor(np.full(len(others), place), others)))


LEARNING = (
    Stage(
        "features",
        "images to features, eight views each",
        ("data/planktonset/projection.safetensors", "data/planktonset/features.safetensors"),
        (INDEX,),
        (),
        measure_features,
    ),
    Stage(
        "train",
        "the strict and the sparse head, settings chosen inside the labelled images",
        (),
        (INDEX, *CORE_FILES, MATRIX),
        (STRICT, SPARSE, CARD),
        train,
        (f"{FEATURES}/*.safetensors", LABELS),
    ),
    Stage(
        "evaluate",
        "figures on test images, beside the black box and the controls",
        (),
        (INDEX, *CORE_FILES, MATRIX, STRICT, SPARSE),
        (METRICS, PREDICTIONS),
        evaluate,
        (f"{FEATURES}/*.safetensors", LABELS),
    ),
)
