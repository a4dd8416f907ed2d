"""An image's prediction as steps down the tree, each with its reasons and their sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decoding.decode import climb, leaf
from seston.bottleneck.tree import DecisionTree, Floats
from seston.errors import UsageError
from seston.explain.contributions import Head, node_scores, path_to
from seston.explain.sentences import Said, Sayings
from seston.records import Explanation, Reason, Step

SURE = 0.7


@dataclass(frozen=True, eq=False)
class Explainer:
    """All that an explanation draws on.

    Parameters
    ----------
    head
        Fitted.
    tree
        The decision tree over the head's labels.
    sayings
        The rows with their sentences.
    node_names, concept_names
        What to call nodes and concepts.
    sure
        Probability that the answer must have.
    """

    head: Head
    tree: DecisionTree
    sayings: Sayings
    node_names: Mapping[str, str]
    concept_names: Mapping[str, str]
    sure: float = SURE

    def explain(
        self, image: str, features: NDArray[np.floating], answers: Mapping[str, float] | None = None
    ) -> Explanation:
        """Explain the prediction of one image.

        Parameters
        ----------
        image
            Its id.
        features
            (n_features,).
        answers
            Concepts that a person overrules: 0 surely not there, 1 surely there, 0.5 unsure.

        Raises
        ------
        UnknownConcept
            If the model has no such concept.
        UsageError
            If an answer lies outside [0, 1].
        """
        answers = dict(answers or {})
        outside = [f"{concept}={value}" for concept, value in answers.items() if not 0 <= value <= 1]
        if outside:
            raise UsageError(f"A concept's value lies in [0, 1], got {', '.join(outside)}.")
        scores = self.head.intervene(self.head.scores(features[None]), answers)
        leaves = self.head.probabilities(scores)
        nodes = self.tree.probabilities(leaves)[0]
        best, answer = int(leaf(self.tree, leaves)[0]), int(climb(self.tree, leaves, self.sure)[0])
        path = path_to(self.tree, best)
        return Explanation(
            image,
            self.tree.nodes[answer],
            self._name(answer),
            float(nodes[answer]),
            self.tree.nodes[best],
            float(nodes[best]),
            tuple(self._steps(scores, nodes, [int(node) for node in path], answers)),
            tuple(sorted(answers.items())),
        )

    def _steps(self, scores: Floats, nodes: Floats, path: list[int], answers: Mapping[str, float]) -> list[Step]:
        steps = []
        for node, chosen in pairwise(path):
            others = [child for child in self.tree.children(node) if child != chosen]
            if others:
                runner_up = max(others, key=lambda child: nodes[child])
                steps.append(self._step(scores, nodes, (node, chosen, runner_up), answers))
        return steps

    def _step(self, scores: Floats, nodes: Floats, trio: tuple[int, int, int], answers: Mapping[str, float]) -> Step:
        node, chosen, runner_up = trio
        ours, theirs = (node_scores(self.head, self.tree, scores, side) for side in (chosen, runner_up))
        weights = (ours.weights - theirs.weights)[0]
        values = self.head.value(scores)[0]
        contributions = (ours.contributions(scores) - theirs.contributions(scores))[0]
        order = np.argsort(-np.abs(contributions), kind="stable")
        sides = self._likeliest(nodes, chosen), self._likeliest(nodes, runner_up)
        reasons = [
            self._reason(int(k), values[k], (scores[0, k], weights[k], contributions[k]), sides, answers)
            for k in order
            if weights[k] != 0.0 or contributions[k] != 0.0
        ]
        return Step(
            self.tree.nodes[node],
            self.tree.nodes[chosen],
            self._name(chosen),
            float(nodes[chosen]),
            self.tree.nodes[runner_up],
            self._name(runner_up),
            float(nodes[runner_up]),
            float(ours.bias[0] - theirs.bias[0]),
            0.0,
            tuple(reasons),
        )

    def _reason(
        self,
        column: int,
        value: float,
        parts: tuple[float, float, float],
        sides: tuple[str, str],
        answers: Mapping[str, float],
    ) -> Reason:
        score, weight, contribution = parts
        concept = self.head.concepts[column]
        said = self._said(concept, sides if weight > 0 else sides[::-1])
        return Reason(
            concept,
            self.concept_names.get(concept, concept),
            answers.get(concept, float(value)),
            float(score),
            float(weight),
            float(contribution),
            said.origin,
            said.sentence,
            said.page,
        )

    def _said(self, concept: str, sides: tuple[str, str]) -> Said:
        """Return what the side that shows the concept says of it, else what the other side says."""
        found = [self.sayings.of(side, concept) for side in sides]
        return next((said for said in found if said.sentence), found[0])

    def _likeliest(self, nodes: Floats, node: int) -> str:
        under = np.flatnonzero(self.tree.members[:, node])
        return self.tree.labels[int(under[np.argmax(nodes[self.tree.leaves[under]])])]

    def _name(self, node: int) -> str:
        return self.node_names.get(self.tree.nodes[node], self.tree.nodes[node])
