"""Label prototypes from concept rows, and the Gaussian discriminant that they give.

Each label's mean feature vector is regressed on its concept row. What the rows cannot predict of the means widens the
covariance, so that such directions weigh little. The discriminant is linear in the features *and* in the row, which
makes the row's entries the weights of the decision, for labels seen and unseen alike:

    score(label | x) = bias(label) + Σ_concept row(label, concept) · evidence(concept | x)

All that depends on the features is solved once (`Discriminant`); a change of a row costs algebra among labels only.

References
----------
.. [1] Changpinyo, Chao, Sha: Predicting visual exemplars of unseen classes for zero-shot learning. ICCV 2017.
.. [2] Romera-Paredes, Torr: An embarrassingly simple approach to zero-shot learning. ICML 2015.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import Floats, Ints

PRIOR_POWER = 0.5


@dataclass(frozen=True, eq=False)
class Discriminant:
    """What the labels with images say about the features, whatever the rows.

    Parameters
    ----------
    labels
        (n_seen,) positions of the labels that have images.
    prior
        (n_seen,) their weights, adding to 1.
    center
        (n_features,) weighted mean of the label means.
    whitened
        (n_features, n_seen) covariance within labels, with its ridge, solved for the centred means.
    overlap
        (n_seen, n_seen) centred means times `whitened`.
    """

    labels: Ints
    prior: Floats
    center: Floats
    whitened: Floats
    overlap: Floats

    @classmethod
    def of(cls, statistics: LabelStatistics, ridge: float) -> "Discriminant":
        """Solve the covariance for the means.

        Parameters
        ----------
        statistics
            Of the labelled images.
        ridge
            Added to the covariance, in units of its mean eigenvalue.
        """
        from scipy.linalg import cho_factor, cho_solve

        seen = np.flatnonzero(statistics.seen)
        prior = statistics.prior(PRIOR_POWER)[seen]
        center = prior @ statistics.means[seen]
        means = statistics.means[seen] - center
        whitened = cho_solve(cho_factor(ridged(statistics.scatter, ridge)), means.T)
        return cls(seen, prior, center, whitened, means @ whitened)

    def project(self, features: NDArray[np.floating]) -> Floats:
        """Return features (n, n_features) as (n, n_seen), all that a decision needs of them."""
        return np.asarray((features - self.center) @ self.whitened)


@dataclass(frozen=True, eq=False)
class Prototypes:
    """The regression from rows to means, as a discriminant through concepts.

    Parameters
    ----------
    row_center
        (n_concepts,) weighted mean of the rows.
    mixing
        (n_seen, n_concepts): projected features times it are the evidence for each concept.
    quadratic
        (n_concepts, n_concepts) matrix of the bias.
    """

    row_center: Floats
    mixing: Floats
    quadratic: Floats

    def bias(self, rows: Floats) -> Floats:
        """Return the bias (n_labels,) of rows (n_labels, n_concepts), seen or unseen."""
        centred = rows - self.row_center
        return np.asarray(-0.5 * ((centred @ self.quadratic) * centred).sum(axis=1))


def fit_prototypes(discriminant: Discriminant, rows: Floats, row_ridge: float) -> Prototypes:
    """Regress label means on rows.

    Parameters
    ----------
    discriminant
        Of the labelled images.
    rows
        (n_labels, n_concepts) values in [0, 1], no NaN, of all labels.
    row_ridge
        Added to the rows' Gram matrix, in units of its mean eigenvalue: how far labels lean on shared concepts.
    """
    prior, overlap = discriminant.prior, discriminant.overlap
    row_center = prior @ rows[discriminant.labels]
    centred = rows[discriminant.labels] - row_center
    n_seen = len(prior)
    gram = centred @ centred.T
    scale = max(float(np.trace(gram)) / n_seen, 1e-12)
    to_means = np.linalg.solve(gram + row_ridge * scale * np.diag(1 / prior), centred).T
    missed = np.eye(n_seen) - centred @ to_means
    widened = np.diag(1 / prior) + missed @ overlap @ missed.T
    shrinkage = np.eye(n_seen) - missed.T @ np.linalg.solve(widened, missed @ overlap)
    mixing = shrinkage @ to_means.T
    return Prototypes(row_center, mixing, to_means @ overlap @ mixing)


def ridged(covariance: Floats, ridge: float) -> Floats:
    """Return a covariance (d, d) with `ridge` times its mean eigenvalue added to the diagonal."""
    size = len(covariance)
    return np.asarray(covariance + ridge * max(float(np.trace(covariance)) / size, 1e-12) * np.eye(size))
