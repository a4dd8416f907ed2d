"""Questions to a person: what an answer says about the labels, and which question is worth its trouble.

An answer is evidence, not a command: a person who is right with the probability `reliability` shifts the posterior over
labels by Bayes' rule, so that one wrong answer can be outweighed by right ones. Through the posterior every answer
reaches all concepts that go with the labels it favours; through the concepts' covariance it reaches the scores.

References
----------
.. [1] Chauhan, Tiwari, Freyberg, Shenoy, Dvijotham: Interactive concept bottleneck models. AAAI 2023.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.fit import filled
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import Floats, Ints
from seston.errors import UnknownConcept, UsageError

RELIABILITY = 0.95
VAGUE = 0.1


@dataclass(frozen=True, eq=False)
class Interview:
    """What answers mean for labels with these rows.

    Parameters
    ----------
    rows
        (n_labels, n_concepts) 1 present, 0 absent, NaN unknown.
    concepts
        (n_concepts,) ids.
    reliability
        Probability that a person's yes or no is right, in [0.5, 1).

    Raises
    ------
    UsageError
        If the reliability is none.

    Examples
    --------
    >>> asked = Interview(np.array([[1.0, 0.0], [0.0, 0.0]]), ("tail/forked", "shell/present"), reliability=0.9)
    >>> even = np.array([[0.5, 0.5]])
    >>> asked.concepts[int(asked.best(even)[0])], asked.told(even, {"tail/forked": 1.0}).round(2).tolist()
    ('tail/forked', [[0.9, 0.1]])
    """

    rows: Floats
    concepts: tuple[str, ...]
    reliability: float = RELIABILITY

    def __post_init__(self) -> None:
        if not 0.5 <= self.reliability < 1:
            raise UsageError(
                f"A reliability lies between 0.5 and 1, got {self.reliability}.",
                hint="0.95 is a person who errs once in twenty.",
            )

    @cached_property
    def yes(self) -> Floats:
        """(n_labels, n_concepts) probability that a person says yes; near the concept's share where it is unknown."""
        share = np.clip(filled(self.rows), VAGUE, 1 - VAGUE)
        stated = np.where(self.rows > 0.5, self.reliability, 1 - self.reliability)
        return np.where(np.isfinite(self.rows), stated, share)

    def expected_values(self, posterior: Floats) -> Floats:
        """Return the probability (n, n_concepts) of a yes to each concept under a posterior (n, n_labels)."""
        return posterior @ self.yes

    def told(self, posterior: Floats, answers: dict[str, float]) -> Floats:
        """Return the posterior (n, n_labels) after answers: 1 present, 0 absent, 0.5 unsure, or anything between.

        Raises
        ------
        UnknownConcept
            If there is no such concept.
        UsageError
            If an answer lies outside [0, 1].
        """
        found = posterior
        for concept, answer in answers.items():
            if concept not in self.concepts:
                raise UnknownConcept(concept, hint=f"There are {len(self.concepts)} concepts to ask for.")
            if not 0 <= answer <= 1:
                raise UsageError(f"A concept's value lies in [0, 1], got {concept}={answer}.")
            column = np.full(len(posterior), self.concepts.index(concept))
            found = self.updated(found, column, np.full(len(posterior), answer))
        return found

    def updated(self, posterior: Floats, asked: Ints, answer: Floats) -> Floats:
        """Return the posterior (n, n_labels) after one answer (n,) each to the concepts `asked` (n,); NaN is unsure."""
        sure = np.where(np.isnan(answer), 0.5, answer)
        likely = self.yes[:, asked].T
        # An answer between says that a yes has that probability to be meant.
        weight = sure[:, None] * likely + (1 - sure[:, None]) * (1 - likely)
        new = posterior * np.where((sure == 0.5)[:, None], 1.0, weight)
        total = new.sum(axis=1, keepdims=True)
        return np.where(total > 0, new / np.maximum(total, 1e-300), posterior)

    def gains(self, posterior: Floats) -> Floats:
        """Return the bits (n, n_concepts) that an answer to each concept is expected to bring.

        A label whose row is silent on a concept brings nothing: the person may not know either.
        """
        known, yes = np.isfinite(self.rows), self.yes
        logs = posterior * np.log2(np.maximum(posterior, 1e-300))
        before = -logs.sum(axis=1, keepdims=True)
        gain = np.zeros((len(posterior), self.rows.shape[1]))
        for likely in (yes, 1 - yes):
            total = np.maximum(posterior @ likely, 1e-300)
            after = np.log2(total) - (logs @ likely + posterior @ (likely * np.log2(likely))) / total
            gain += (posterior @ (known * likely)) * (before - after)
        return np.maximum(gain, 0.0)

    def best(self, posterior: Floats, asked: NDArray[np.bool_] | None = None, cost: Floats | None = None) -> Ints:
        """Return the concept (n,) whose answer brings most for its cost.

        Parameters
        ----------
        posterior
            (n, n_labels).
        asked
            (n, n_concepts) what was asked already and is not asked again.
        cost
            (n_concepts,) trouble of each question, above 0; all alike without.
        """
        gain = self.gains(posterior)
        if cost is not None:
            gain = gain / cost
        if asked is not None:
            gain = np.where(asked, -1.0, gain)
        return np.asarray(gain.argmax(axis=1), dtype=np.int64)


def concept_covariance(statistics: LabelStatistics, directions: Floats) -> Floats:
    """Return the covariance (n_concepts, n_concepts) of concept scores within labels.

    Parameters
    ----------
    statistics
        Of the labelled images.
    directions
        (n_features, n_concepts) of the head.
    """
    return np.asarray(directions.T @ statistics.within @ directions)


def propagated(scores: Floats, told: Floats, columns: Ints, covariance: Floats) -> Floats:
    """Carry answers over to the scores of correlated concepts.

    Parameters
    ----------
    scores
        (n_images, n_concepts).
    told
        (n_images, n_told) what the scores of the concepts `columns` should be.
    columns
        (n_told,).
    covariance
        (n_concepts, n_concepts) as from `concept_covariance`.

    Returns
    -------
    numpy.ndarray
        (n_images, n_concepts): the expected scores given those that were told.
    """
    own = covariance[np.ix_(columns, columns)]
    # Concepts that say the same make this singular; the least change that fits is taken.
    carry = covariance[:, columns] @ np.linalg.pinv(own, rcond=1e-10, hermitian=True)
    changed = scores + (told - scores[:, columns]) @ carry.T
    changed[:, columns] = told
    return np.asarray(changed)
