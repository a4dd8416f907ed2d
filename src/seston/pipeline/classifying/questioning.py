"""Questions to a person about one image, and what the answer is after theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.asking import Interview
from seston.bottleneck.decoding.calibrated import Calibration
from seston.bottleneck.decoding.calibration import temperature
from seston.bottleneck.decoding.decode import climb, softmax
from seston.bottleneck.tree import DecisionTree, Floats
from seston.concepts import Scheme
from seston.errors import UnknownConcept
from seston.explain.steps import SURE
from seston.pipeline.classifying.dataset import tree_over
from seston.pipeline.classifying.explaining import Opened
from seston.pipeline.classifying.learning import CALIBRATIONS
from seston.pipeline.classifying.rows import rows_of_labels
from seston.pipeline.dictionary.answers import rows_in_use
from seston.workspace import Workspace

LABELS_SHOWN = 3
WORTH_ASKING = 0.0005
VALUES = {"yes": 1.0, "no": 0.0, "unsure": 0.5}


@dataclass(frozen=True)
class Question:
    """A concept to look for on the image.

    Parameters
    ----------
    concept, label, cue
        Its id, what it is called, and what it looks like.
    likely
        Probability that it is there.
    worth
        How much likelier the answer is expected to be right, with a little for the bits.
    """

    concept: str
    label: str
    cue: str
    likely: float
    worth: float


@dataclass(frozen=True)
class Node:
    """A node with its name and probability."""

    id: str
    name: str
    probability: float


@dataclass(frozen=True)
class Answer:
    """What the image is: the deepest node that is sure, and the likeliest labels."""

    prediction: Node
    labels: tuple[Node, ...]


@dataclass(frozen=True, eq=False)
class Talk:
    """What is known of one image so far.

    Parameters
    ----------
    interview
        What answers mean.
    scheme
        The dictionary.
    tree, names
        The decision tree over the labels, and what its nodes are called.
    posterior
        (1, n_labels).
    given
        Concept to "yes", "no" or "unsure".
    """

    interview: Interview
    scheme: Scheme
    tree: DecisionTree
    names: Mapping[str, str]
    posterior: Floats
    given: Mapping[str, str]

    def told(self, concept: str, answer: str) -> "Talk":
        """Return what is known after an answer to a concept, given by id, label or wording.

        Raises
        ------
        UnknownConcept
            With the nearest names, if the model has no such concept.
        """
        key = self.scheme.concept(concept).id
        if key not in self.interview.concepts:
            near = [name for name in self.scheme.nearest(key, len(self.scheme)) if name in self.interview.concepts]
            raise UnknownConcept(concept, nearest=near[:3], hint="The model does not look for it on these images.")
        posterior = self.interview.told(self.posterior, {key: VALUES[answer]})
        return replace(self, posterior=posterior, given={**self.given, key: answer})

    def questions(self, most: int) -> tuple[Question, ...]:
        """Return the questions that are worth most, best first, without those that were answered or tell nothing."""
        worth = self.interview.worth(self.posterior)[0]
        likely = self.interview.expected_values(self.posterior)[0]
        found: list[Question] = []
        for column in np.argsort(-worth, kind="stable")[: np.count_nonzero(worth >= WORTH_ASKING)]:
            concept = self.scheme.concept(self.interview.concepts[column])
            if concept.id not in self.given and len(found) < most:
                cue = concept.cue or concept.definition
                found.append(Question(concept.id, concept.label, cue, float(likely[column]), float(worth[column])))
        return tuple(found)

    def answer(self) -> Answer:
        """Return what the image is, as far as is known."""
        nodes = self.tree.probabilities(self.posterior)[0]
        sure = int(climb(self.tree, self.posterior, SURE)[0])
        order = self.tree.leaves[np.argsort(-self.posterior[0], kind="stable")[:LABELS_SHOWN]]
        return Answer(self._node(sure, nodes), tuple(self._node(int(one), nodes) for one in order))

    def _node(self, node: int, nodes: Floats) -> Node:
        key = self.tree.nodes[node]
        return Node(key, self.names.get(key, key), float(nodes[node]))


def talk_about(workspace: Workspace, name: str, opened: Opened, features: NDArray[np.float32]) -> Talk:
    """Begin to ask about an image.

    Parameters
    ----------
    workspace
        With a model.
    name
        Of the head.
    opened
        The head with the graph and the dictionary.
    features
        (n_features,) of the image.
    """
    head, tree = opened.head, tree_over(opened.core, opened.head.labels)
    rows, concepts = rows_of_labels(workspace, head.labels, rows_in_use(workspace))
    logits = head.logits(head.scores(features[None]))
    if name in CALIBRATIONS:
        calibration = Calibration.load(workspace.path(CALIBRATIONS[name]))
        # A head that is too sure listens to nobody.
        logits = calibration.calibrated(logits) / temperature(calibration.logits, calibration.truth)
    return Talk(Interview(rows, concepts), opened.scheme, tree, opened.node_names, softmax(logits), {})
