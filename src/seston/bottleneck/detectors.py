"""What every head does first: features to concept scores, and what a person may overrule."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.tree import Floats
from seston.errors import InvalidFeatures, UnknownConcept


class Detecting:
    """Concept scores that are linear in the features: ``score(concept | x) = (x − center) · directions(concept)``.

    A head has `name`, `concepts` (n_concepts,), `center` (n_features,), `directions` (n_features, n_concepts), and
    `absent` and `present` (n_concepts,): the score that stands for "surely not there" and for "surely there".
    """

    name: str
    concepts: tuple[str, ...]
    center: Floats
    directions: Floats
    absent: Floats
    present: Floats

    def scores(self, features: NDArray[np.floating]) -> Floats:
        """Return the concept scores (n_images, n_concepts) of features (n_images, n_features).

        Raises
        ------
        InvalidFeatures
            If the width is not that of the model, or a value is not finite.
        """
        if features.ndim != 2 or features.shape[1] != len(self.center):
            raise InvalidFeatures(
                f"Features of shape {features.shape}, the model reads (n, {len(self.center)}).",
                hint="Encode the images with the encoder that the model was trained on.",
            )
        if not np.isfinite(features).all():
            raise InvalidFeatures("Features hold NaN or infinity.", hint="Encode these images again.")
        return np.asarray((features.astype(np.float64) - self.center) @ self.directions)

    def value(self, scores: Floats) -> Floats:
        """Return scores (…, n_concepts) on the scale 0 surely not there … 1 surely there, clipped."""
        width = np.where(self.present > self.absent, self.present - self.absent, 1.0)
        return np.asarray(np.clip((scores - self.absent) / width, 0.0, 1.0))

    def intervene(self, scores: Floats, answers: Mapping[str, float]) -> Floats:
        """Overrule concept scores with a person's answers.

        Parameters
        ----------
        scores
            (n_images, n_concepts).
        answers
            Concept to value: 0 surely not there, 1 surely there, 0.5 unsure.

        Returns
        -------
        numpy.ndarray
            (n_images, n_concepts), a copy.

        Raises
        ------
        UnknownConcept
            If the model has no such concept.
        """
        changed = scores.copy()
        for concept, value in answers.items():
            if concept not in self.concepts:
                raise UnknownConcept(concept, hint=f"The {self.name} head has {len(self.concepts)} concepts.")
            column = self.concepts.index(concept)
            changed[:, column] = self.absent[column] + value * (self.present[column] - self.absent[column])
        return changed
