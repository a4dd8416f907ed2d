"""The form that every head takes: concept scores, weights, a bias, and nothing else."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.detectors import Detecting
from seston.bottleneck.tree import Floats
from seston.encode.tensors import FORMAT, read_tensors, write_tensors
from seston.errors import MissingStage


@dataclass(frozen=True, eq=False)
class ConceptHead(Detecting):
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

    def logits(self, scores: Floats) -> Floats:
        """Return logits (n_images, n_labels) of concept scores (n_images, n_concepts)."""
        return np.asarray(scores @ self.weights.T + self.bias)

    def probabilities(self, scores: Floats) -> Floats:
        """Return leaf probabilities (n_images, n_labels) of concept scores (n_images, n_concepts)."""
        return softmax(self.logits(scores))

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
