"""What the scorer takes for the same statement, and what for an error."""

from dataclasses import replace

import pytest

from tests.golden.extraction.gold import Label
from tests.golden.extraction.matching import matched, same
from tests.golden.extraction.score import kappa, score

LONG = Label("antenna", "long", "present", "self", None, (4, 20), None)


@pytest.mark.parametrize(
    "change",
    [
        {"entity": "second antenna"},
        {"entity": "antennae"},
        {"quality": "elongated"},
        {"span": (19, 30)},
        {"stage": "adult"},
    ],
)
def test_the_same_statement(change: dict[str, object]) -> None:
    assert same(LONG, replace(LONG, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"polarity": "absent"},
        {"subject": "Copepods"},
        {"entity": "tail"},
        {"quality": "short"},
        {"quality": "as long as wide"},
        {"span": (20, 30)},
    ],
)
def test_an_error(change: dict[str, object]) -> None:
    assert not same(LONG, replace(LONG, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("whole", ["body", "shape", "cell", "larva", "colonies"])
def test_words_for_the_whole_are_one(whole: str) -> None:
    assert same(replace(LONG, entity="body"), replace(LONG, entity=whole))


def test_a_size_is_the_same_only_with_its_numbers() -> None:
    size = replace(LONG, quality="length", quantity={"value_low": None, "value_high": 5.0, "unit": "µm"})
    assert same(size, replace(size, quantity={"value_low": None, "value_high": 5, "unit": "μm"}))
    assert not same(size, replace(size, quantity={"value_low": 5.0, "value_high": 5.0, "unit": "μm"}))


def test_a_kind_that_is_denied_is_a_part_with_a_denied_quality() -> None:
    kind = replace(LONG, entity="stalked eye", quality="present", polarity="absent")
    part = replace(LONG, entity="eye", quality="stalked", polarity="absent")
    assert same(kind, part)
    assert same(part, kind)


def test_matching_is_one_to_one_and_the_largest() -> None:
    wide = replace(LONG, entity="long antenna")
    assert matched([LONG], [LONG, LONG]) == 1
    assert matched([LONG, replace(wide, quality="thin")], [replace(LONG, quality="thin"), wide]) == 2


def test_a_wrong_polarity_counts_twice() -> None:
    found = {"a": [replace(LONG, polarity="absent")], "b": [LONG]}
    one = score({"a": [LONG], "b": [LONG]}, found, ["a", "b"])
    assert (one.precision, one.recall, one.f1) == (0.5, 0.5, 0.5)


def test_kappa_is_nil_when_agreement_is_chance() -> None:
    gold = {"a": [LONG], "b": [LONG], "c": [], "d": []}
    found = {"a": [LONG], "b": [], "c": [LONG], "d": []}
    assert kappa(gold, found) == 0
