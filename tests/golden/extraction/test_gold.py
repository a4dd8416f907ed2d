"""The gold set holds what it says: sentences where the offsets point, labels in the form agreed."""

from collections import Counter

import pytest

from tests.golden.extraction.adjudicate import adjudicated, decisions, disputed, lines
from tests.golden.extraction.gold import HERE, Label, Place, labels, places, text_of
from tests.golden.extraction.pages import FOLDERS, digest

PASSES = [name for name in ("pass_one", "pass_two", "adjudicated") if (HERE / f"{name}.jsonl").exists()]
DENIED = {"present", "absent", "variable"}


def test_enough_sentences_and_no_page_too_many() -> None:
    wikipedia = Counter(one.file for one in places() if one.source == "wikipedia")
    assert len(places()) >= 300
    assert wikipedia.total() >= 200
    assert max(wikipedia.values()) <= 0.15 * wikipedia.total()


def test_halves_share_no_page() -> None:
    halves = {split: {(one.source, one.file) for one in places() if one.split == split} for split in ("dev", "test")}
    assert not halves["dev"] & halves["test"]
    assert all({source for source, _ in pages} == set(FOLDERS) for pages in halves.values())


@pytest.mark.parametrize("source", FOLDERS)
def test_offsets_give_back_the_sentence(source: str) -> None:
    if not FOLDERS[source].is_dir():
        pytest.skip(f"{FOLDERS[source]} is not there")
    assert [one.id for one in places() if one.source == source and digest(text_of(one)) != one.sha256] == []


@pytest.mark.parametrize("name", PASSES)
def test_every_sentence_is_labelled(name: str) -> None:
    assert list(labels(name)) == [one.id for one in places()]


@pytest.mark.parametrize("name", PASSES)
def test_labels_are_in_the_form_agreed(name: str) -> None:
    lengths = {one.id: one.end - one.start for one in places()}
    wrong = [(key, one) for key, found in labels(name).items() for one in found if not well_formed(one, lengths[key])]
    assert wrong == []


def well_formed(one: Label, length: int) -> bool:
    start, end = one.span
    sized = one.quality in {"length", "width", "diameter"}
    return (
        one.polarity in DENIED
        and 0 <= start < end <= length
        and one.entity == one.entity.casefold().strip() != ""
        and bool(one.quality)
        and bool(one.subject)
        and sized == (one.quantity is not None)
    )


def test_every_dispute_is_decided_and_the_file_is_what_was_decided() -> None:
    assert {one.id for one in places() if disputed(one.id)} <= set(decisions())
    assert (HERE / "adjudicated.jsonl").read_text(encoding="utf-8") == "".join(lines())


def test_what_a_decision_takes_is_there() -> None:
    held = {key: [[label.entity, label.quality] for label in adjudicated(key)] for key in decisions()}
    assert [key for key, one in decisions().items() for pair in (*one.one, *one.two) if pair not in held[key]] == []


def test_ids_are_told_apart() -> None:
    assert len({Place.key(one) for one in places()}) == len(places())
