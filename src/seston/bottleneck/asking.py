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
OPEN = 0.5
TOLD_THOUGH_OPEN = 0.25
BITS = 0.03
BATCH = 50


@dataclass(frozen=True, eq=False)
class Interview:
    """What answers mean for labels with these rows.

    Parameters
    ----------
    rows
        (n_labels, n_concepts) 1 present, 0 absent, `OPEN` where people looked and could not tell, NaN unknown.
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
    def _open(self) -> NDArray[np.bool_]:
        return np.asarray(self.rows == OPEN)

    @cached_property
    def _share(self) -> Floats:
        """(n_labels, n_concepts) probability that a person who says yes or no says yes."""
        rows = np.where(self._open, np.nan, self.rows)
        stated = np.where(rows > 0.5, self.reliability, 1 - self.reliability)
        vague = np.where(self._open, 0.5, np.clip(filled(rows), VAGUE, 1 - VAGUE))
        return np.where(np.isfinite(rows), stated, vague)

    @cached_property
    def _told(self) -> Floats:
        return np.where(self._open, TOLD_THOUGH_OPEN, 1.0)

    @cached_property
    def yes(self) -> Floats:
        """(n_labels, n_concepts) probability that a person says yes; near the concept's share where it is unknown.

        What people left open who looked at many images of a label is told from one image in four.
        """
        return self._share * self._told

    @cached_property
    def no(self) -> Floats:
        """(n_labels, n_concepts) probability that a person says no."""
        return (1 - self._share) * self._told

    def expected_values(self, posterior: Floats) -> Floats:
        """Return the probability (n, n_concepts) of each concept under a posterior (n, n_labels)."""
        return posterior @ self._share

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
        # An answer between says that a yes has that probability to be meant.
        weight = sure[:, None] * self.yes[:, asked].T + (1 - sure[:, None]) * self.no[:, asked].T
        new = posterior * np.where((sure == 0.5)[:, None], 1.0, weight)
        total = new.sum(axis=1, keepdims=True)
        return np.where(total > 0, new / np.maximum(total, 1e-300), posterior)

    def gains(self, posterior: Floats) -> Floats:
        """Return the bits (n, n_concepts) that an answer to each concept is expected to bring.

        A label whose row is silent on a concept brings nothing: the person may not know either.
        """
        known = np.isfinite(self.rows)
        logs = posterior * np.log2(np.maximum(posterior, 1e-300))
        before = -logs.sum(axis=1, keepdims=True)
        gain = np.zeros((len(posterior), self.rows.shape[1]))
        for likely in (self.yes, self.no):
            total = np.maximum(posterior @ likely, 1e-300)
            after = np.log2(total) - (logs @ likely + posterior @ (likely * np.log2(likely))) / total
            gain += (posterior @ (known * likely)) * (before - after)
        return np.maximum(gain, 0.0)

    def rises(self, posterior: Floats) -> Floats:
        """Return how much likelier (n, n_concepts) the likeliest label is expected to be right after an answer.

        Two answers that leave the same label ahead are worth nothing by this, however many bits they bring.
        """
        parts = [self._rises(posterior[start : start + BATCH]) for start in range(0, len(posterior), BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, self.rows.shape[1]))

    def _rises(self, posterior: Floats) -> Floats:
        known, columns = np.isfinite(self.rows), np.arange(self.rows.shape[1])
        ahead = posterior.argmax(axis=1)
        rise = -posterior.max(axis=1)[:, None] * (known * (self.yes + self.no))[ahead]
        for likely in (self.yes, self.no):
            shares = posterior[:, :, None] * likely
            first = shares.argmax(axis=1)
            rise += np.take_along_axis(shares, first[:, None], axis=1)[:, 0] * known[first, columns]
        return np.asarray(rise)

    def worth(self, posterior: Floats, cost: Floats | None = None) -> Floats:
        """Return what an answer to each concept is worth (n, n_concepts): the rise, and a little for its bits.

        Parameters
        ----------
        posterior
            (n, n_labels).
        cost
            (n_concepts,) trouble of each question, above 0, by which the worth is divided; all alike without.
        """
        worth = self.rises(posterior) + BITS * self.gains(posterior)
        return worth if cost is None else worth / cost

    def best(self, posterior: Floats, asked: NDArray[np.bool_] | None = None, cost: Floats | None = None) -> Ints:
        """Return the concept (n,) whose answer is worth most.

        Parameters
        ----------
        posterior
            (n, n_labels).
        asked
            (n, n_concepts) what was asked already and is not asked again.
        cost
            As in `worth`.
        """
        worth = self.worth(posterior, cost)
        if asked is not None:
            worth = np.where(asked, -np.inf, worth)
        return np.asarray(worth.argmax(axis=1), dtype=np.int64)


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
