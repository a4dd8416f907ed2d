"""How well descriptions fill the dictionary: what is used, by how many, and what tells nothing apart."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from seston.concepts.matrix import ConceptMatrix


@dataclass(frozen=True)
class Coverage:
    """Counts over a matrix.

    Parameters
    ----------
    per_concept
        For each concept, the numbers of rows that have it present and absent.
    per_row
        For each row, the numbers of concepts present and absent.
    unused
        Concepts that no row has present.
    single
        Concepts that one row alone has present.
    identical
        Groups of rows that share a parent and every value; rows without any value are in none.
    """

    per_concept: Mapping[str, tuple[int, int]]
    per_row: Mapping[str, tuple[int, int]]
    unused: tuple[str, ...]
    single: tuple[str, ...]
    identical: tuple[tuple[str, ...], ...]

    def lines(self) -> list[str]:
        """Return the figures as lines for a person."""
        present = np.array([row[0] for row in self.per_row.values()] or [0])
        absent = np.array([row[1] for row in self.per_row.values()] or [0])
        thrice = sum(1 for used, _ in self.per_concept.values() if used >= 3)
        return [
            f"{len(self.per_row)} rows × {len(self.per_concept)} concepts",
            f"present per row: median {np.median(present):g}, least {present.min()}, most {present.max()}",
            f"absent per row: median {np.median(absent):g}, least {absent.min()}, most {absent.max()}",
            f"concepts used by three rows or more: {thrice} ({thrice / max(1, len(self.per_concept)):.0%})",
            f"concepts used by no row: {len(self.unused)} ({', '.join(self.unused) or 'none'})",
            f"concepts used by one row: {len(self.single)} ({', '.join(self.single) or 'none'})",
            f"siblings with identical rows: {'; '.join(' = '.join(group) for group in self.identical) or 'none'}",
        ]


def coverage(matrix: ConceptMatrix, parents: Mapping[str, str] | None = None) -> Coverage:
    """Count what the rows of a matrix say.

    Parameters
    ----------
    matrix
        (n, k): the labels' rows, or any.
    parents
        The parent of each row, for siblings; every row is a sibling of every other when left out.

    Returns
    -------
    Coverage
        The counts.
    """
    present, absent = matrix.value == 1, matrix.value == 0
    used = present.sum(axis=0)
    per_concept = {c: (int(used[j]), int(absent[:, j].sum())) for j, c in enumerate(matrix.concepts)}
    per_row = {r: (int(present[i].sum()), int(absent[i].sum())) for i, r in enumerate(matrix.rows)}
    return Coverage(
        per_concept,
        per_row,
        tuple(c for c, (n, _) in per_concept.items() if n == 0),
        tuple(c for c, (n, _) in per_concept.items() if n == 1),
        _identical(matrix, parents or {}),
    )


def _identical(matrix: ConceptMatrix, parents: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    groups: dict[tuple[str, bytes], list[str]] = {}
    for row, values in zip(matrix.rows, np.nan_to_num(matrix.value, nan=-1.0), strict=True):
        if (values < 0).all():
            continue
        groups.setdefault((parents.get(row, ""), values.tobytes()), []).append(row)
    return tuple(tuple(rows) for rows in groups.values() if len(rows) > 1)
