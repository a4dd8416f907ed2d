"""A changed row: the same decision as from scratch, without a pass over features."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.bottleneck.editing import EditableRows
from seston.bottleneck.prototypes import Discriminant, fit_prototypes
from seston.bottleneck.statistics import LabelStatistics
from seston.errors import InvalidData
from tests.bottleneck.worlds import world

WORLD = world(n_labels=9, n_concepts=7)
SEEN = WORLD.codes != 4
DISCRIMINANT = Discriminant.of(LabelStatistics.of(WORLD.features[SEEN], WORLD.codes[SEEN], 9), 0.1)
PROJECTED = DISCRIMINANT.project(WORLD.features)
ROW_RIDGE = 0.1


def logits(rows: np.ndarray, row_ridge: float = ROW_RIDGE) -> np.ndarray:
    """The decision of a head that is fitted from scratch, up to what all labels of an image share."""
    prototypes = fit_prototypes(DISCRIMINANT, rows, row_ridge)
    found = PROJECTED @ (prototypes.mixing @ rows.T) + prototypes.bias(rows)
    return np.asarray(found - found[:, :1])


def decided(editable: EditableRows, unseen: np.ndarray) -> np.ndarray:
    weights, bias = editable.decision
    found = np.zeros((len(PROJECTED), 9))
    found[:, DISCRIMINANT.labels] = PROJECTED @ weights + bias
    extra, extra_bias = editable.decide(unseen)
    found[:, 4] = PROJECTED @ extra + extra_bias
    return found - found[:, :1]


def test_unchanged_it_decides_as_the_strict_head() -> None:
    editable = EditableRows.of(DISCRIMINANT, WORLD.rows, ROW_RIDGE)
    assert decided(editable, WORLD.rows[4]) == pytest.approx(logits(WORLD.rows), abs=1e-8)


@given(st.lists(st.tuples(st.sampled_from([0, 1, 2, 3, 5, 8]), st.integers(0, 2**7 - 1)), min_size=1, max_size=4))
def test_edits_one_after_the_other_give_what_a_fit_from_scratch_gives(edits: list[tuple[int, int]]) -> None:
    editable, rows = EditableRows.of(DISCRIMINANT, WORLD.rows, ROW_RIDGE), WORLD.rows.copy()
    for label, bits in edits:
        rows[label] = [bits >> column & 1 for column in range(7)]
        editable = editable.edited(label, rows[label])
    centred = rows[DISCRIMINANT.labels] - DISCRIMINANT.prior @ rows[DISCRIMINANT.labels]
    # The same absolute ridge: it is given in units that the edit changes.
    first = WORLD.rows[DISCRIMINANT.labels] - DISCRIMINANT.prior @ WORLD.rows[DISCRIMINANT.labels]
    ridge = ROW_RIDGE * (first**2).sum() / (centred**2).sum()
    assert decided(editable, rows[4]) == pytest.approx(logits(rows, ridge), abs=1e-6)


def test_an_edit_taken_back_changes_nothing() -> None:
    editable = EditableRows.of(DISCRIMINANT, WORLD.rows, ROW_RIDGE)
    assert editable.edited(2, WORLD.rows[2]) is editable
    back = editable.edited(2, 1 - WORLD.rows[2]).edited(2, WORLD.rows[2])
    assert decided(back, WORLD.rows[4]) == pytest.approx(decided(editable, WORLD.rows[4]), abs=1e-8)


@pytest.mark.parametrize(("label", "row"), [(4, np.zeros(7)), (0, np.zeros(3)), (0, np.full(7, np.nan))])
def test_what_cannot_be_edited_is_refused(label: int, row: np.ndarray) -> None:
    with pytest.raises(InvalidData, match="expected a label with images and \\(7,\\) finite values"):
        EditableRows.of(DISCRIMINANT, WORLD.rows, ROW_RIDGE).edited(label, row)
