"""Draws of labelled images from a table: what is read, and what is refused."""

from pathlib import Path

import numpy as np
import pytest

from seston.errors import InvalidData
from seston.pipeline.classifying.dataset import Dataset
from seston.pipeline.classifying.images import Listed
from seston.pipeline.classifying.studies import read_draws
from seston.records import ImageRecord
from tests.bottleneck.worlds import world


@pytest.fixture
def dataset() -> Dataset:
    made = world(n_labels=3, per_label=2)
    images = tuple(
        Listed(ImageRecord(f"{number}.png", "", 9, 9, "", "", "test" if number == 5 else "train"))
        for number in range(6)
    )
    return Dataset(made.tree, made.rows, made.names[3], images, made.features, made.codes, "drawn", "1", ())


def table(folder: Path, text: str) -> Path:
    path = folder / "draws.csv"
    path.write_text(text)
    return path


def test_draws_are_grouped_and_follow_the_order_of_the_train_images(dataset: Dataset, tmp_path: Path) -> None:
    path = table(tmp_path, "file,split,p01_s0,p01_s1,p10_s0\n2.png,train,1,0,1\n0.png,train,0,1,1\n5.png,test,1,1,1\n")
    groups = read_draws(path, dataset)
    assert {group: list(draws) for group, draws in groups.items()} == {"p01": ["p01_s0", "p01_s1"], "p10": ["p10_s0"]}
    assert np.flatnonzero(groups["p10"]["p10_s0"]).tolist() == [0, 2]
    assert groups["p01"]["p01_s0"].tolist() == [False, False, True, False, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,label\n0.png,a\n", "has no draws"),
        ("p01_s0\n1\n", "has no draws"),
        ("", "has no draws"),
        ("file,p01_s0\n9.png,1\n", "names no train image"),
        ("file,p01_s0\n0.png,1\n1.png,yes\n", "1 values other than 0 and 1"),
    ],
)
def test_a_table_without_draws_is_refused(dataset: Dataset, tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidData, match=message):
        read_draws(table(tmp_path, text), dataset)


def test_a_strange_value_is_told_with_its_line(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(InvalidData) as error:
        read_draws(table(tmp_path, "file,p01_s0\n0.png,1\n1.png,yes\n"), dataset)
    assert error.value.problems == ("line 3: p01_s0 is 'yes'",)
