"""Decisions as a table, and the scheme that grows by them."""

from pathlib import Path

import pytest

from seston.concepts import Extractor, load_scheme
from seston.concepts.curation import Decision, grown, read_decisions, write_decisions
from seston.errors import InvalidData

SCHEME = load_scheme()
DAY = "2026-01-31"
ACCEPTED = Decision("crumpled tail", "accept", "tail/crumpled", "A", DAY, "The tail lies in folds.")
MERGED = Decision("whip-like feelers", "merge", "antennae/long", "A", DAY)
REJECTED = Decision("nice tail", "reject", "", "B", DAY, reason="no form")


def test_decisions_come_back_and_the_last_on_a_phrase_counts(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    write_decisions(path, [MERGED, REJECTED, ACCEPTED, Decision("Nice tail", "reject", "", "C", DAY)])
    assert read_decisions(path) == (MERGED, Decision("Nice tail", "reject", "", "C", DAY), ACCEPTED)


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    rows = ["a,keep,,A,2026-01-31", "b,merge,tail,A,2026-01-31", "c,accept,tail/c,A,2026-01-31", ",reject,,A,soon"]
    path.write_text("\n".join(["phrase,decision,concept,by,date", *rows]), encoding="utf-8")
    with pytest.raises(InvalidData) as caught:
        read_decisions(path)
    assert list(caught.value.problems) == [
        "line 2: decision 'keep', expected accept, merge, reject",
        "line 3: concept 'tail', expected part/value",
        "line 4: an accepted phrase needs a definition",
        "line 5: phrase and by must not be empty",
        "line 5: date 'soon', expected YYYY-MM-DD",
    ]


def test_an_accepted_phrase_is_a_concept_that_texts_are_read_for() -> None:
    scheme = grown(SCHEME, [ACCEPTED, MERGED, REJECTED])
    assert len(scheme) == len(SCHEME) + 1
    assert scheme.concept("tail/crumpled").definition == "The tail lies in folds."
    assert scheme.part_of["tail/crumpled"].id == "tail"
    said = {s.concept for s in Extractor(scheme).read("The tail is crumpled.", "planktonset:x")}
    assert "tail/crumpled" in said
    assert "tail/crumpled" not in {s.concept for s in Extractor(SCHEME).read("The tail is crumpled.", "planktonset:x")}


def test_a_merged_phrase_is_a_wording_more() -> None:
    text = "The whip-like feelers are seen."
    assert "antennae/long" not in {s.concept for s in Extractor(SCHEME).read(text, "planktonset:x")}
    assert "antennae/long" in {s.concept for s in Extractor(grown(SCHEME, [MERGED])).read(text, "planktonset:x")}


def test_a_rejected_phrase_changes_nothing() -> None:
    assert grown(SCHEME, [REJECTED]) is SCHEME


def test_decisions_that_do_not_fit_are_all_told() -> None:
    wrong = [
        Decision("a", "accept", "nose/long", "A", DAY, "D."),
        Decision("b", "accept", "tail/fork", "A", DAY, "D."),
        Decision("c", "merge", "tail/forked", "A", DAY),
    ]
    with pytest.raises(InvalidData) as caught:
        grown(SCHEME, wrong)
    told = "\n".join(caught.value.problems)
    assert "'a' is accepted into the part nose, which the scheme lacks" in told
    assert "'b' is accepted as tail/fork, which the scheme has; merge it" in told
    assert "'c' is merged into tail/forked, which the scheme lacks; did you mean tail/fork" in told
