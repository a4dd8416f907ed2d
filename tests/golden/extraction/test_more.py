"""The sentences added for development are what they say, and apart from the test half."""

import json

import pytest

from tests.golden.extraction.gold import HERE, places
from tests.golden.extraction.more import SETS, found, passages
from tests.golden.extraction.pages import digest
from tests.golden.extraction.score import score
from tests.golden.extraction.test_gold import well_formed


@pytest.mark.parametrize("name", SETS)
def test_labels_are_in_the_form_agreed(name: str) -> None:
    assert [
        (one.id, label) for one in passages(name) for label in one.statements if not well_formed(label, len(one.text))
    ] == []


def test_offsets_give_back_the_sentence() -> None:
    assert [one.id for one in passages("wikipedia") if digest(one.text) != one.sha256] == []


def test_no_page_of_the_test_half_is_there() -> None:
    held_out = {one.file for one in places() if one.split == "test"}
    lines = (HERE / "more" / "wikipedia.jsonl").read_text(encoding="utf-8").splitlines()
    assert held_out.isdisjoint(json.loads(line)["file"] for line in lines)


def test_no_text_of_wikipedia_is_there() -> None:
    lines = (HERE / "more" / "wikipedia.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 100
    assert not any("text" in json.loads(line) for line in lines)


def test_the_grammar_reads_invented_sentences_no_worse_than_it_did() -> None:
    chosen = passages("invented")
    gold = {one.id: list(one.statements) for one in chosen}
    figures = score(gold, found(chosen), gold)
    assert figures.precision >= 0.8
    assert figures.recall >= 0.58
