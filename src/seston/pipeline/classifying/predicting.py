"""One answer an image, as a stream: what it is, how surely, what came second, and three reasons each way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decoding.calibrated import Calibration
from seston.bottleneck.decoding.decode import climb, leaf, softmax
from seston.bottleneck.decoding.outside import Outside
from seston.bottleneck.decoding.ranks import Partition
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.concepts import load_scheme
from seston.encode import FeatureSet
from seston.errors import MissingStage, SestonError, UsageError
from seston.explain.contributions import node_scores
from seston.graph.columnar.core import Core
from seston.pipeline.classifying.dataset import node_ranks, tree_over
from seston.pipeline.classifying.explaining import features_of
from seston.pipeline.classifying.learning import CALIBRATIONS, HEADS, OUTSIDE, Head, load_head, require_same
from seston.pipeline.classifying.measuring import load_features
from seston.pipeline.knowledge import CORE
from seston.workspace import Workspace

SURE = 0.7
BATCH = 256
REASONS = 3
Reasons = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Asked:
    """How to decide.

    Parameters
    ----------
    decode
        "leaf" the likeliest label, "climb" the deepest node that is sure, "cost" the node of least expected distance.
    rank
        The rank to answer at, whatever `decode` says; "" for none.
    coverage
        Of a set that holds the truth as often as this; 0 for no set.
    """

    decode: str = "leaf"
    rank: str = ""
    coverage: float = 0.0


@dataclass(frozen=True)
class Named:
    """A node with its name, its rank and its probability."""

    id: str
    name: str
    rank: str
    probability: float


@dataclass(frozen=True)
class Prediction:
    """The answer for one image.

    Parameters
    ----------
    image
        Its id.
    answer
        As asked for.
    label
        The likeliest label.
    runner_up
        The likeliest label that is not under the answer; None when there is none.
    reasons_for, reasons_against
        The three weightiest concepts for the likeliest label and against it, beside the runner-up, with their share of
        the log odds; "not" stands before a concept that the label lacks and the runner-up shows.
    outside
        Share of the labelled images that are less strange; from 0.95 on it may be of nothing that the tree holds. None
        for a model that was trained before this was measured.
    nodes
        The set, when one was asked for.
    """

    image: str
    answer: Named
    label: Named
    runner_up: Named | None
    reasons_for: Reasons
    reasons_against: Reasons
    outside: float | None = None
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Predictor:
    """A head with what it takes to name its answers.

    Parameters
    ----------
    head, tree
        Fitted, with the decision tree over its labels.
    ranks, names
        (n_nodes,) of the nodes.
    concept_names
        (n_concepts,) of the head's concepts.
    calibration
        Of the head; None where there is none.
    outside
        Measure of strangeness; None where there is none.
    asked
        How to decide.
    """

    head: Head
    tree: DecisionTree
    ranks: tuple[str, ...]
    names: tuple[str, ...]
    concept_names: tuple[str, ...]
    calibration: Calibration | None
    outside: Outside | None
    asked: Asked

    def predict(self, images: Sequence[str], features: NDArray[np.floating]) -> Iterator[Prediction]:
        """Answer for images (n,) with features (n, n_features)."""
        scores = self.head.scores(features)
        logits = self.head.logits(scores)
        leaves = softmax(logits)
        nodes = self.tree.probabilities(leaves)
        answers, best = self._answers(logits, leaves), leaf(self.tree, leaves)
        sets = self._sets(logits)
        strange = self.outside.of_images(features) if self.outside else None
        for row, image in enumerate(images):
            second = self._runner_up(nodes[row], int(answers[row]))
            favouring, opposing = self._reasons(scores[row : row + 1], int(best[row]), second)
            yield Prediction(
                image,
                self._named(nodes[row], int(answers[row])),
                self._named(nodes[row], int(best[row])),
                None if second < 0 else self._named(nodes[row], second),
                favouring,
                opposing,
                None if strange is None else float(strange[row]),
                tuple(self.tree.nodes[node] for node in sets[row]) if sets else (),
            )

    @cached_property
    def _part(self) -> Partition:
        return Partition.of(self.tree, self.ranks, self.asked.rank or "label")

    def _answers(self, logits: Floats, leaves: Floats) -> Ints:
        if self.asked.rank:
            return np.asarray(self._part.nodes[self._part.probabilities(leaves).argmax(axis=1)])
        if self.asked.decode == "climb":
            return climb(self.tree, leaves, SURE)
        if self.asked.decode == "cost" and self.calibration is not None:
            return self.calibration.cheapest(self.tree, logits)
        return leaf(self.tree, leaves)

    def _sets(self, logits: Floats) -> Sequence[Ints]:
        if not self.asked.coverage or self.calibration is None:
            return ()
        return self.calibration.sets(self._part, logits, self.asked.coverage)

    def _runner_up(self, nodes: Floats, answer: int) -> int:
        outside = np.flatnonzero(~self.tree.members[:, answer])
        return int(self.tree.leaves[outside[nodes[self.tree.leaves[outside]].argmax()]]) if len(outside) else -1

    def _reasons(self, scores: Floats, best: int, second: int) -> tuple[Reasons, Reasons]:
        if second < 0 or best == second:
            return (), ()
        ancestors = self.tree.ancestors
        # The first nodes at which the two ways part.
        ours, theirs = (
            int(np.flatnonzero(ancestors[one] & ~ancestors[other])[0])
            for one, other in ((best, second), (second, best))
        )
        left, right = (node_scores(self.head, self.tree, scores, node) for node in (ours, theirs))
        shares = (left.contributions(scores) - right.contributions(scores))[0]
        shows = (left.weights - right.weights)[0] >= 0
        order = np.argsort(-np.abs(shares), kind="stable")
        found = [(f"{'' if shows[k] else 'not '}{self.concept_names[k]}", float(shares[k])) for k in order if shares[k]]
        favouring, opposing = ([one for one in found if sign * one[1] > 0][:REASONS] for sign in (1, -1))
        return tuple(favouring), tuple(opposing)

    def _named(self, nodes: Floats, node: int) -> Named:
        return Named(self.tree.nodes[node], self.names[node], self.ranks[node], float(nodes[node]))


def predictor_of(workspace: Workspace, name: str, asked: Asked) -> Predictor:
    """Open a head for predictions.

    Raises
    ------
    MissingStage
        If it was not trained.
    UsageError
        If the head has no calibration, and what is asked for needs one; or there is no such rank or coverage.
    """
    if not workspace.path(HEADS[name]).exists():
        extra = " --head choquet" if name == "choquet" else ""
        raise MissingStage(f"No {name} head in {workspace.root}.", hint=f"Run 'seston train{extra}'.")
    if asked.coverage and not 0 < asked.coverage < 1:
        raise UsageError(f"A coverage lies between 0 and 1, got {asked.coverage:g}.", hint="Ask for 0.9, say.")
    if name not in CALIBRATIONS and (asked.coverage or asked.decode == "cost"):
        raise UsageError(f"The {name} head has no calibration.", hint="Use the strict or the sparse head for this.")
    head, core = load_head(workspace, name), Core.load(workspace.path(CORE))
    tree = tree_over(core, head.labels)
    names = dict(zip(core.hierarchy.ids, core.hierarchy.names, strict=True))
    concepts = {concept.id: concept.label for concept in load_scheme().concepts}
    calibration = Calibration.load(workspace.path(CALIBRATIONS[name])) if name in CALIBRATIONS else None
    strange = workspace.path(OUTSIDE)
    return Predictor(
        head,
        tree,
        node_ranks(core, tree),
        tuple(names.get(node, node) for node in tree.nodes),
        tuple(concepts.get(concept, concept) for concept in head.concepts),
        calibration,
        Outside.load(strange) if strange.exists() else None,
        asked,
    )


def predict(
    workspace: Workspace, predictor: Predictor, images: Sequence[str], features: Path | None = None
) -> Iterator[Prediction | SestonError]:
    """Predict images one after the other; what cannot be read is given as its error, and the rest goes on.

    Parameters
    ----------
    workspace
        Where the model lies.
    predictor
        As from `predictor_of`.
    images
        Ids of the workspace's images, or image files; none for all of the workspace's images that have features.
    features
        A file of features, instead of images.
    """
    if features is not None or not images:
        found = FeatureSet.load(features) if features is not None else load_features(workspace)
        require_same(predictor.head, found.encoder, found.fingerprint)
        for start in range(0, len(found.ids), BATCH):
            part = slice(start, start + BATCH)
            yield from predictor.predict(found.ids[part], found.values[part])
        return
    for image in images:
        try:
            name, values = features_of(workspace, image, predictor.head)
            yield from predictor.predict([name], values[None])
        except SestonError as error:
            yield error
