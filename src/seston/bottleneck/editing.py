"""The strict head after a change of one row, in the time of a few small products.

A changed row changes the rows' Gram matrix by two directions. Everything that follows from it is kept as matrices among
labels and changed by as many directions again, so that nothing of the size of a feature or an image is touched. The
row ridge keeps the absolute size that it had at the start.
"""

from dataclasses import dataclass, replace

import numpy as np

from seston.bottleneck.prototypes import Discriminant
from seston.bottleneck.tree import Floats
from seston.errors import InvalidData


@dataclass(frozen=True, eq=False)
class EditableRows:
    """The strict head as matrices among the labels that have images.

    With C the centred rows, Λ the row ridge and O the overlap of the means: ``solved`` = (C Cᵀ + Λ)⁻¹, ``missed`` = Λ
    solved, and the rest are products of these. See `fit_prototypes` for what they mean.

    Parameters
    ----------
    discriminant
        Of the labelled images.
    rows
        (n_seen, n_concepts) in [0, 1], no NaN, of the labels that have images.
    ridge
        (n_seen,) diagonal of Λ.
    solved, missed, missed_overlap, unsaid, widened, scaled, shrunk
        (n_seen, n_seen) each.
    """

    discriminant: Discriminant
    rows: Floats
    ridge: Floats
    solved: Floats
    missed: Floats
    missed_overlap: Floats
    unsaid: Floats
    widened: Floats
    scaled: Floats
    shrunk: Floats

    @classmethod
    def of(cls, discriminant: Discriminant, rows: Floats, row_ridge: float) -> "EditableRows":
        """Solve from scratch.

        Parameters
        ----------
        discriminant
            Of the labelled images.
        rows
            (n_labels, n_concepts) in [0, 1], no NaN, of all labels.
        row_ridge
            As in `fit_prototypes`.
        """
        own = rows[discriminant.labels]
        centred = own - discriminant.prior @ own
        gram = centred @ centred.T
        scale = max(float(np.trace(gram)) / len(own), 1e-12)
        ridge = row_ridge * scale / discriminant.prior
        solved = np.asarray(np.linalg.inv(gram + np.diag(ridge)), dtype=np.float64)
        missed = ridge[:, None] * solved
        missed_overlap = missed @ discriminant.overlap
        unsaid = missed_overlap @ missed.T
        widened = np.asarray(np.linalg.inv(np.diag(1 / discriminant.prior) + unsaid), dtype=np.float64)
        scaled = widened @ (missed_overlap - unsaid)
        return cls(discriminant, own, ridge, solved, missed, missed_overlap, unsaid, widened, scaled, missed.T @ scaled)

    @property
    def decision(self) -> tuple[Floats, Floats]:
        """Weights (n_seen, n_seen) of projected features for each label, and its bias (n_seen,) without the prior."""
        said = -(self.missed.T + self.shrunk)
        said[np.diag_indices(len(said))] += 1.0
        bias = -0.5 * ((self.discriminant.overlap - self.missed_overlap.T) * said).sum(axis=0)
        return said, bias

    def decide(self, row: Floats) -> tuple[Floats, float]:
        """Return weights (n_seen,) and bias of a label with a row (n_concepts,) and no images."""
        center = self.discriminant.prior @ self.rows
        to_means = self.solved @ ((self.rows - center) @ (row - center))
        weights = to_means - self.missed.T @ (self.widened @ (self.missed_overlap @ to_means))
        return weights, float(-0.5 * to_means @ self.discriminant.overlap @ weights)

    def edited(self, label: int, row: Floats) -> "EditableRows":
        """Return the same with another row (n_concepts,) for a label, given by its position among all labels.

        Raises
        ------
        InvalidData
            If the row is of another length or holds NaN, or the label has no images: `decide` is for those.
        """
        place = np.flatnonzero(self.discriminant.labels == label)
        if row.shape != (self.rows.shape[1],) or not np.isfinite(row).all() or not len(place):
            raise InvalidData(
                f"Label {label} with a row of shape {row.shape}, expected a label with images and "
                f"({self.rows.shape[1]},) finite values.",
                hint="Fill unknown cells first; a label without images is decided from its row alone.",
            )
        change = row - self.rows[place[0]]
        rows = self.rows.copy()
        rows[place[0]] = row
        if not change.any():
            return self
        return self._moved(int(place[0]), change, rows)

    def _moved(self, place: int, change: Floats, rows: Floats) -> "EditableRows":
        overlap = self.discriminant.overlap
        one = -np.full(len(rows), self.discriminant.prior[place])
        one[place] += 1.0
        toward = np.stack([one, (self.rows - self.discriminant.prior @ self.rows) @ change], axis=1)
        inner = np.linalg.inv(np.array([[change @ change, 1.0], [1.0, 0.0]]))
        b = self.solved @ toward
        q = -np.linalg.inv(inner + toward.T @ b)
        solved = self.solved + (b @ q) @ b.T
        a = self.ridge[:, None] * (b @ q)
        ob = overlap @ b
        missed = self.missed + a @ b.T
        missed_overlap = self.missed_overlap + a @ ob.T
        left, right = np.hstack([self.missed_overlap @ b, a]), np.hstack([a, missed @ ob])
        v_right = self.widened @ right
        v_left = -(self.widened @ left) @ np.linalg.inv(np.eye(4) + right.T @ (self.widened @ left))
        widened = self.widened + v_left @ v_right.T
        more = np.hstack([widened @ np.hstack([a, left]), v_left])
        before = self.missed_overlap.T @ v_right - self.unsaid.T @ v_right
        by = np.hstack([ob, -right, before])
        scaled = self.scaled + more @ by.T
        shrunk = self.shrunk + np.hstack([self.missed.T @ more, b]) @ np.hstack([by, scaled.T @ a]).T
        return replace(
            self,
            rows=rows,
            solved=solved,
            missed=missed,
            missed_overlap=missed_overlap,
            unsaid=self.unsaid + left @ right.T,
            widened=widened,
            scaled=scaled,
            shrunk=shrunk,
        )
