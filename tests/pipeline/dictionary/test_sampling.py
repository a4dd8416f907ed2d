"""Assertions drawn at random, with the words they were read from."""

import json
from pathlib import Path

from seston.bundled import folder
from tests.command import done

DATA = folder("data")


def test_offsets_give_back_the_quoted_words(small: Path) -> None:
    drawn = json.loads(done("concepts", "sample", "--json", workspace=small).out)
    assert len(drawn) == 100
    for entry in drawn:
        text = (DATA / entry["page"].removeprefix("data/")).read_text(encoding="utf-8")
        assert entry["quoted"]
        assert text[entry["start"] : entry["end"]] == entry["quoted"]
        assert entry["quoted"].strip() in text


def test_a_sample_is_the_same_again_and_a_table_for_people(small: Path) -> None:
    first, second = (done("concepts", "sample", "-n", "5", workspace=small).out for _ in range(2))
    assert first == second
    assert len(first.splitlines()) == 6
