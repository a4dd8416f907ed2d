"""A linear map that makes features narrower, kept so that a new image lands in the same space."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from seston.encode.base import ImageEncoder
from seston.encode.features import FeatureSet
from seston.encode.tensors import FORMAT, damaged, read_tensors, write_tensors
from seston.errors import InvalidFeatures


@dataclass(frozen=True, eq=False)
class Projection:
    """A linear map, fitted on train images, that makes features narrower.

    Parameters
    ----------
    encoder, fingerprint
        The encoder whose features it takes.
    mean
        Array (d_in,).
    components
        Array (d_in, d_out), of values that 16-bit floats hold.
    """

    encoder: str
    fingerprint: str
    mean: NDArray[np.float32]
    components: NDArray[np.float16]

    @property
    def width(self) -> int:
        """Number of features that come out, d_out."""
        return int(self.components.shape[1])

    @property
    def output_fingerprint(self) -> str:
        """Fingerprint of the features that come out."""
        digest = hashlib.sha256(self.fingerprint.encode() + self.mean.tobytes() + self.components.tobytes())
        return f"{self.fingerprint}-{digest.hexdigest()[:8]}"

    @classmethod
    def fit(cls, features: FeatureSet, width: int) -> Self:
        """Fit the principal components.

        Columns are first divided by the root of their spread: on plankton that keeps more than either plain or
        standardised columns, at all label shares. Labels are not looked at, so that few-label figures stay honest.

        Parameters
        ----------
        features
            Features (n, d_in) of train images.
        width
            Number of components, at most the smaller of n and d_in.

        Returns
        -------
        Projection
            Components by falling variance; the largest weight of each is positive.
        """
        mean = features.values.mean(0)
        spread = features.values.std(0)
        # A column that is all but dead in train must not be blown up when a new image wakes it.
        scale = 1 / np.sqrt(np.maximum(spread, 0.01 * spread.mean()))
        centred = (features.values - mean) * scale
        _, vectors = np.linalg.eigh(centred.T @ centred)
        components = vectors[:, ::-1][:, :width]
        strongest = components[np.abs(components).argmax(0), np.arange(components.shape[1])]
        weights = scale[:, None] * components * np.sign(strongest)
        return cls(features.encoder, features.fingerprint, mean, weights.astype(np.float16))

    def accepts(self, encoder: ImageEncoder) -> None:
        """Refuse an encoder whose features it was not fitted on.

        Raises
        ------
        InvalidFeatures
            Saying which encoder was got and which expected.
        """
        if (encoder.name, encoder.fingerprint) != (self.encoder, self.fingerprint):
            raise InvalidFeatures(
                f"The projection is for {self.encoder} {self.fingerprint}, not {encoder.name} {encoder.fingerprint}.",
                hint="Encode with the encoder that the projection was fitted on.",
            )

    def apply(self, features: FeatureSet) -> FeatureSet:
        """Return the projected features (n, d_out).

        Raises
        ------
        InvalidFeatures
            If they are of another encoder or width.
        """
        features.require(encoder=self.encoder, fingerprint=self.fingerprint, width=len(self.mean))
        values = (features.values - self.mean) @ self.components.astype(np.float32)
        return FeatureSet(self.encoder, self.output_fingerprint, features.ids, values)

    def save(self, path: Path) -> None:
        """Write the projection; 16 bits a weight."""
        about = {"kind": "projection", "format": FORMAT, "encoder": self.encoder, "fingerprint": self.fingerprint}
        write_tensors(path, {"mean": self.mean, "components": self.components}, about)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a projection.

        Raises
        ------
        InvalidFeatures
            If the file is none of ours, or damaged.
        """
        tensors, about = read_tensors(path, "projection")
        try:
            return cls(about["encoder"], about["fingerprint"], tensors["mean"], tensors["components"])
        except KeyError as error:
            raise damaged(path, f"no {error}") from error
