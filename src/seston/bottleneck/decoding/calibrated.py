"""What is known of a head's mistakes: predictions for labelled images that it has not seen, and what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from seston.bottleneck.decoding.calibration import scale_and_offset
from seston.bottleneck.decoding.conformal import sets, threshold
from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.decoding.ranks import Partition, rank_probabilities, rank_temperatures
from seston.bottleneck.decoding.risk import EXPECTED_LOST, LOST, cheapest, price
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.encode.tensors import FORMAT, read_tensors, write_tensors
from seston.errors import MissingStage

KEPT = 4000
ENOUGH = 1000


@dataclass(frozen=True, eq=False)
class Calibration:
    """A scale and an offset for each label, the price of a missed label, and a sample to calibrate sets on.

    Parameters
    ----------
    scale, offset
        (n_labels,) such that ``softmax(logits · scale + offset)`` can be believed.
    missed
        Price of a missed label for `cheapest`.
    logits
        (n, n_labels) calibrated logits of labelled images, each from a head that has not seen it.
    truth
        (n,) columns of their labels.
    """

    scale: Floats
    offset: Floats
    missed: float
    logits: Floats
    truth: Ints

    @classmethod
    def of(cls, tree: DecisionTree, logits: Floats, truth: Ints, kept: int = KEPT) -> "Calibration":
        """Calibrate.

        With fewer than 1,000 images a scale and an offset for each label would be guesses: then the logits stay as they
        are, and the price of a missed label rests on expected, not on counted mistakes.

        Parameters
        ----------
        tree
            The decision tree.
        logits
            (n, n_labels) out of fold.
        truth
            (n,) columns of the true labels.
        kept
            How many images stay in the sample.
        """
        n_labels, enough = len(tree.labels), len(truth) >= ENOUGH
        scale, offset = np.ones(n_labels), np.zeros(n_labels)
        if enough:
            scale, offset = scale_and_offset(logits, truth, np.full(len(truth), 1 / len(truth)), np.unique(truth))
        chosen = np.sort(np.random.default_rng(0).permutation(len(truth))[:kept])
        sample = logits[chosen] * scale + offset
        shares = softmax(sample)
        missed = price(tree, shares, LOST, truth[chosen]) if enough else price(tree, shares, EXPECTED_LOST)
        return cls(scale, offset, missed, sample, truth[chosen])

    def calibrated(self, logits: Floats) -> Floats:
        """Return logits (n, n_labels) of a head as calibrated logits."""
        return np.asarray(logits * self.scale + self.offset)

    def cheapest(self, tree: DecisionTree, logits: Floats) -> Ints:
        """Return the node (n,) of least expected cost for logits (n, n_labels) of the head."""
        return cheapest(tree, softmax(self.calibrated(logits)), self.missed)

    def temperatures(self, parts: Mapping[str, Partition]) -> dict[str, float]:
        """Return for each rank what calibrated logits are to be divided by."""
        return rank_temperatures(parts, self.logits, self.truth)

    def sets(self, part: Partition, logits: Floats, coverage: float) -> Sequence[Ints]:
        """Return for each image the nodes at a rank that hold the truth with the probability `coverage`.

        Parameters
        ----------
        part
            The labels at the rank.
        logits
            (n, n_labels) of the head.
        coverage
            In (0, 1).
        """
        least = threshold(part.probabilities(self._shares), part.group[self.truth], coverage)
        probabilities = rank_probabilities(part, self.calibrated(logits), 1.0)
        return [part.nodes[np.flatnonzero(chosen)] for chosen in sets(probabilities, least)]

    @cached_property
    def _shares(self) -> Floats:
        return softmax(self.logits)

    def save(self, path: Path) -> None:
        """Write as safetensors, the sample in single precision."""
        tensors = {"scale": self.scale, "offset": self.offset, "missed": np.array([self.missed])}
        tensors |= {"logits": self.logits.astype(np.float32), "truth": self.truth}
        write_tensors(path, tensors, {"kind": "calibration", "format": FORMAT})

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        """Read what `save` wrote.

        Raises
        ------
        MissingStage
            If there is no such file.
        """
        if not path.exists():
            raise MissingStage(f"No calibration at {path}.", hint="Run 'seston train' again.")
        read, _ = read_tensors(path, "calibration")
        sample = read["logits"].astype(np.float64), read["truth"]
        return cls(read["scale"], read["offset"], float(read["missed"][0]), *sample)
