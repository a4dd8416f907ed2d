"""The form that every head takes: concept scores, weights, a bias, and nothing else."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decode import softmax
from seston.bottleneck.tree import Floats
from seston.encode.tensors import FORMAT, read_tensors, write_tensors
from seston.errors import InvalidFeatures, MissingStage, UnknownConcept


@dataclass(frozen=True, eq=False)
class ConceptHead:
    """A linear classifier through concept scores.

    ``logit(label | x) = bias(label) + Σ weights(label, concept) · score(concept | x)`` with
    ``score(concept | x) = (x − center) · directions(concept)``; the logits are calibrated: their softmax is the answer.

    Parameters
    ----------
    name
        "strict" or "sparse".
    encoder, fingerprint
        The encoder whose features it reads.
    labels, concepts
        (n_labels,) and (n_concepts,) ids.
    center
        (n_features,).
    directions
        (n_features, n_concepts).
    weights
        (n_labels, n_concepts).
    bias
        (n_labels,).
    absent, present
        (n_concepts,) the score that stands for "surely not there" and for "surely there".
    """

    name: str
    encoder: str
    fingerprint: str
    labels: tuple[str, ...]
    concepts: tuple[str, ...]
    center: Floats
    directions: Floats
    weights: Floats
    bias: Floats
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

    def logits(self, scores: Floats) -> Floats:
        """Return logits (n_images, n_labels) of concept scores (n_images, n_concepts)."""
        return np.asarray(scores @ self.weights.T + self.bias)

    def probabilities(self, scores: Floats) -> Floats:
        """Return leaf probabilities (n_images, n_labels) of concept scores (n_images, n_concepts)."""
        return softmax(self.logits(scores))

    def value(self, scores: Floats) -> Floats:
        """Return scores (…, n_concepts) on the scale 0 surely not there … 1 surely there, clipped."""
        width = np.where(self.present > self.absent, self.present - self.absent, 1.0)
        return np.asarray(np.clip((scores - self.absent) / width, 0.0, 1.0))

    def intervene(self, scores: Floats, answers: dict[str, float]) -> Floats:
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

    def save(self, path: Path) -> None:
        """Write the head as safetensors; ids and encoder stand in its metadata. The same head gives the same bytes."""
        tensors = {name: getattr(self, name) for name in _TENSORS}
        about = {name: getattr(self, name) for name in _ABOUT}
        write_tensors(path, tensors, {"kind": "concept head", "format": FORMAT, **about})

    @classmethod
    def load(cls, path: Path) -> "ConceptHead":
        """Read what `save` wrote.

        Raises
        ------
        MissingStage
            If there is no such file.
        InvalidFeatures
            If it holds no head.
        """
        if not path.exists():
            raise MissingStage(f"No model at {path}.", hint="Run 'seston train' first.")
        tensors, about = read_tensors(path, "concept head")
        about |= {name: tuple(about[name]) for name in ("labels", "concepts")}
        return cls(*(about[name] for name in _ABOUT), *(tensors[name] for name in _TENSORS))


_TENSORS = ("center", "directions", "weights", "bias", "absent", "present")
_ABOUT = ("name", "encoder", "fingerprint", "labels", "concepts")
