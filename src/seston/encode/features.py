"""The feature store: features of images in one file, with the encoder that made them.

A file is safetensors with the tensors ``values`` (n, d) of 8, 16 or 32 bits, ``scale`` and ``offset`` (d,)
unless of 32, and ``ids`` (the ids as UTF-8, one a line). Its metadata are one JSON object under ``seston``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from seston.encode.base import Matrix
from seston.encode.tensors import FORMAT, damaged, dequantised, quantised, read_tensors, write_tensors
from seston.errors import InvalidFeatures


@dataclass(frozen=True, eq=False)
class FeatureSet:
    """Features of images, in the order of their ids.

    Parameters
    ----------
    encoder
        Name of the encoder.
    fingerprint
        Fingerprint of the encoder, and of the projection if there is one.
    ids
        n ids, each once.
    values
        Array (n, d) of finite 32-bit floats.
    columns
        Names of the features (d,), or empty.

    Raises
    ------
    InvalidFeatures
        If the shapes do not fit, an id stands twice, or a value is no number: all such images in `problems`.

    Examples
    --------
    >>> FeatureSet("morphometry", "1", ("a.png",), np.ones((1, 2), np.float32), ("area", "esd")).column("esd")
    array([1.], dtype=float32)
    """

    encoder: str
    fingerprint: str
    ids: tuple[str, ...]
    values: Matrix
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", np.ascontiguousarray(self.values, np.float32))
        _check_shapes(self)
        _check_numbers(self)

    @property
    def width(self) -> int:
        """Number of features, d."""
        return int(self.values.shape[1])

    def column(self, name: str) -> NDArray[np.float32]:
        """Return the feature of that name, (n,)."""
        if name not in self.columns:
            raise InvalidFeatures(f"The features of {self.encoder} have no column '{name}'.")
        return self.values[:, self.columns.index(name)]

    def select(self, ids: Sequence[str]) -> Self:
        """Return the features of those images, in that order.

        Raises
        ------
        InvalidFeatures
            If some have none: all of them in `problems`.
        """
        rows = {name: row for row, name in enumerate(self.ids)}
        missing = [name for name in ids if name not in rows]
        if missing:
            raise InvalidFeatures(
                f"{len(missing)} of {len(ids)} images have no features, such as {missing[0]}.",
                hint="Encode them with 'seston features'.",
                problems=missing,
            )
        values = self.values[[rows[name] for name in ids]]
        return type(self)(self.encoder, self.fingerprint, tuple(ids), values.reshape(-1, self.width), self.columns)

    def require(self, *, encoder: str, fingerprint: str, width: int) -> None:
        """Refuse features that another encoder made, or that are of another width.

        Raises
        ------
        InvalidFeatures
            Saying what was got and what was expected.
        """
        got, wanted = (self.encoder, self.fingerprint), (encoder, fingerprint)
        hint = "Encode the images again with 'seston features', or train on these features."
        if got != wanted:
            raise InvalidFeatures(
                f"The features are of {' '.join(got)}, expected {' '.join(wanted)}.",
                hint=hint,
                problems=(" ".join(got),),
            )
        if self.width != width:
            raise InvalidFeatures(f"The features have {self.width} columns, expected {width}.", hint=hint)

    def save(self, path: Path, *, bits: Literal[8, 16, 32] = 16) -> None:
        """Write the features; the same features give the same bytes.

        Parameters
        ----------
        path
            File to write.
        bits
            Bits a value: 32 as they are; 8 or 16 linear between the smallest and the largest value of each column.
        """
        tensors = {**quantised(self.values, bits), "ids": _packed(self.ids)}
        about = {"encoder": self.encoder, "fingerprint": self.fingerprint, "columns": list(self.columns)}
        write_tensors(path, tensors, {"kind": "features", "format": FORMAT, **about})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read features.

        Raises
        ------
        InvalidFeatures
            If the file is none of ours, or damaged.
        """
        tensors, about = read_tensors(path, "features")
        try:
            values = dequantised(tensors)
            ids = tuple(tensors["ids"].tobytes().decode().split("\n")) if len(values) else ()
            return cls(about["encoder"], about["fingerprint"], ids, values, tuple(about["columns"]))
        except KeyError as error:
            raise damaged(path, f"no {error}") from error


def merged(parts: Iterable[FeatureSet]) -> FeatureSet:
    """Return the features of all parts below each other; all must be of one encoder.

    Raises
    ------
    InvalidFeatures
        If there is no part, or one is of another encoder.
    """
    every = list(parts)
    if not every:
        raise InvalidFeatures("There are no features to merge.")
    first = every[0]
    for part in every:
        part.require(encoder=first.encoder, fingerprint=first.fingerprint, width=first.width)
    ids = tuple(name for part in every for name in part.ids)
    return FeatureSet(first.encoder, first.fingerprint, ids, np.concatenate([p.values for p in every]), first.columns)


def _check_shapes(features: FeatureSet) -> None:
    shape, n, d = features.values.shape, len(features.ids), len(features.columns)
    if features.values.ndim != 2 or shape[0] != n or (d and shape[1] != d):
        expected = f"({n}, {d})" if d else f"({n}, any)"
        raise InvalidFeatures(f"The features of {features.encoder} have shape {shape}, expected {expected}.")
    if len(set(features.ids)) < n:
        seen: set[str] = set()
        twice = sorted({name for name in features.ids if name in seen or seen.add(name)})  # type: ignore[func-returns-value]
        raise InvalidFeatures(f"{len(twice)} images stand twice, such as {twice[0]}.", problems=twice)


def _check_numbers(features: FeatureSet) -> None:
    finite = np.isfinite(features.values).all(1)
    if not finite.all():
        wrong = [features.ids[row] for row in np.flatnonzero(~finite)]
        raise InvalidFeatures(
            f"The features of {len(wrong)} images are no numbers, such as {wrong[0]}.",
            hint="Encode these images again, or leave them out.",
            problems=wrong,
        )


def _packed(ids: Sequence[str]) -> NDArray[np.uint8]:
    broken = [name for name in ids if "\n" in name or not name]
    if broken:
        raise InvalidFeatures("An id is empty or holds a line break.", problems=[repr(name) for name in broken])
    return np.frombuffer("\n".join(ids).encode(), np.uint8)
