"""Labelled images of a workspace, ready to learn from: features, rows, and the tree over the labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.coarse import CoarseImages
from seston.bottleneck.fit import Names
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.encode.features import FeatureSet
from seston.errors import InvalidData, SestonError
from seston.graph.columnar.core import Core
from seston.pipeline.classifying.images import Listed, apply_labels, read_index, with_splits
from seston.pipeline.classifying.measuring import load_features
from seston.pipeline.classifying.rows import rows_of_labels
from seston.pipeline.dictionary.answers import rows_in_use
from seston.pipeline.knowledge import CORE
from seston.workspace import Workspace

LABELS = "model/labels.csv"


@dataclass(frozen=True, eq=False)
class Dataset:
    """Labelled images of a workspace, ready to learn from.

    Parameters
    ----------
    tree
        The decision tree over the labels.
    rows
        (n_labels, n_concepts) rows of the labels, as `rows_of_labels` returns them.
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
    unsplit
        How many labelled images have no split while others do.
    coarse
        Images to learn from whose label stands above another label.
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
    unsplit: int = 0
    coarse: CoarseImages | None = None

    @cached_property
    def train(self) -> NDArray[np.bool_]:
        """(n_images,) whether the image is to learn from."""
        return np.array([item.record.split == "train" for item in self.images])

    @cached_property
    def test(self) -> NDArray[np.bool_]:
        """(n_images,) whether the image is to be judged on."""
        return np.array([item.record.split == "test" for item in self.images])

    @property
    def names(self) -> Names:
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
    core = Core.load(workspace.path(CORE))
    features = load_features(workspace)
    listed = read_index(workspace)
    if workspace.path(LABELS).exists():
        listed = apply_labels(listed, workspace.path(LABELS))
    have = set(features.ids)
    labelled = [item for item in listed if item.record.label and item.record.id in have]
    listed = with_splits(labelled)
    nodes, above, left_out = label_nodes(core, sorted({item.record.label for item in listed}))
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
    rows, concepts = rows_of_labels(workspace, tree.labels, rows_in_use(workspace))
    made_by = features.encoder, features.fingerprint
    unsplit = len(labelled) - len(listed)
    coarse = _coarse(core, tree, listed, above, features) if above else None
    return Dataset(tree, rows, concepts, images, values, codes, *made_by, tuple(left_out), unsplit, coarse)


def label_nodes(core: Core, labels: Sequence[str]) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Return the node of each label, that of each label above another, and the labels that the graph does not know."""
    nodes = {label: node for label in labels if (node := _node_of(core, label))}
    tree = core.hierarchy
    places = tree.indices(nodes.values()).astype(np.int64)
    above = {node for node, place in zip(nodes.values(), places, strict=True) if _holds_another(tree, place, places)}
    kept = {label: node for label, node in nodes.items() if node not in above}
    return kept, {k: v for k, v in nodes.items() if v in above}, [label for label in labels if label not in nodes]


def _coarse(
    core: Core, tree: DecisionTree, listed: Sequence[Listed], above: Mapping[str, str], features: FeatureSet
) -> CoarseImages:
    hierarchy = core.hierarchy
    leaves = hierarchy.indices(tree.labels).astype(np.int64)
    under = {
        label: np.asarray(hierarchy.is_ancestor(np.full(len(leaves), hierarchy.index(node)), leaves), dtype=bool)
        for label, node in above.items()
    }
    chosen = [item for item in listed if item.record.label in above and item.record.split == "train"]
    values = features.select([item.record.id for item in chosen]).values
    lies = [under[item.record.label] for item in chosen]
    return CoarseImages(tuple(above), values, np.array(lies, dtype=bool).reshape(len(chosen), len(leaves)))


def tree_over(core: Core, labels: Sequence[str]) -> DecisionTree:
    """Return the decision tree spanned by labels: root, living and not-living, taxa, labels."""
    spanned = core.hierarchy.spanned(labels)
    return DecisionTree(spanned.ids, tuple(int(parent) for parent in spanned.parent), tuple(labels))


def node_ranks(core: Core, tree: DecisionTree) -> tuple[str, ...]:
    """Return the rank of each node of a decision tree, "label" for a leaf and "" where there is none."""
    ranks = dict(zip(core.hierarchy.ids, core.column("rank"), strict=True)) | dict.fromkeys(tree.labels, "label")
    return tuple(ranks.get(node) or "" for node in tree.nodes)


def _node_of(core: Core, label: str) -> str:
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
