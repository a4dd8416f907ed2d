"""Answers as a table, and laid over what texts say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.concepts import consolidate, load_scheme
from seston.concepts.curation import Answer, overlaid, read_answers, seen_assertions, write_answers
from seston.concepts.curation.answers import ANSWERS
from seston.errors import InvalidData
from seston.records import Assertion, Evidence, Polarity

SCHEME = load_scheme()
NODE, DAY = "worms:1", "2026-01-31"
CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)


def answer(concept: str, said: str = "present", by: str = "A") -> Answer:
    return Answer(NODE, concept, said, by, DAY)


def text(concept: str, polarity: Polarity = Polarity.PRESENT, sure: float = 0.95) -> Assertion:
    return Assertion(NODE, concept, polarity, sure, Evidence("p", "", "", 0, 1, "", "", "general"))


def settled(said: list[Assertion], answers: list[Answer]) -> dict[str, tuple[str, str]]:
    both = overlaid(consolidate(said, SCHEME).assertions, seen_assertions(answers, SCHEME), SCHEME)
    return {a.concept: (a.polarity.value, a.evidence.method) for a in both.assertions}


CONCEPT = CELL.map(lambda text: text.replace(";", "-"))


@given(st.lists(st.builds(Answer, CELL, CONCEPT, st.sampled_from(sorted(ANSWERS)), CELL, st.just(DAY), st.just("a;b"))))
def test_answers_come_back_as_they_were_written(tmp_path_factory: pytest.TempPathFactory, kept: list[Answer]) -> None:
    path = tmp_path_factory.mktemp("a") / "curated" / "assertions.csv"
    write_answers(path, kept)
    assert read_answers(path) == tuple(kept)


def test_a_row_may_answer_for_several_concepts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"about,concept,answer,by,date\n{NODE},tail/fork; tail/long;,absent,A,{DAY}\n", encoding="utf-8")
    assert read_answers(path) == (answer("tail/fork", "absent"), answer("tail/long", "absent"))


def test_there_are_none_without_a_file(tmp_path: Path) -> None:
    assert read_answers(tmp_path / "none.csv") == ()


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "about,concept,answer,by,date\nworms:1,tail/fork,maybe,A,2026-01-31\n,tail/fork,absent,A,31.1.2026\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidData) as caught:
        read_answers(path)
    assert list(caught.value.problems) == [
        "line 2: answer 'maybe', expected present, absent, unknown",
        "line 3: about must not be empty",
        "line 3: date '31.1.2026', expected YYYY-MM-DD",
    ]


def test_a_table_may_leave_out_who_and_when(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("about,concept,answer\nworms:1,tail/fork,absent\n", encoding="utf-8")
    assert read_answers(path, "B", DAY) == (Answer(NODE, "tail/fork", "absent", "B", DAY),)
    with pytest.raises(InvalidData, match="by must not be empty"):
        read_answers(path)


def test_a_table_without_its_columns_says_which(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("about,value\n", encoding="utf-8")
    with pytest.raises(InvalidData, match="lacks the columns concept, answer"):
        read_answers(path)


def test_an_assertion_says_who_saw_it_when_and_on_which_images() -> None:
    (seen,) = seen_assertions([Answer(NODE, "tail/fork", "present", "A. Nyone", DAY, "x.png;y.png")], SCHEME)
    found = seen.evidence
    assert (found.method, found.section, found.revision, found.source) == (
        "seen on images",
        "A. Nyone",
        DAY,
        "x.png;y.png",
    )


def test_the_last_answer_of_a_person_counts() -> None:
    (seen,) = seen_assertions([answer("tail/fork"), answer("tail/fork", "absent")], SCHEME)
    assert seen.polarity is Polarity.ABSENT


def test_unknown_concepts_are_told_with_their_nearest() -> None:
    with pytest.raises(InvalidData) as caught:
        seen_assertions([answer("tail/forked")], SCHEME)
    assert caught.value.problems[0].startswith("tail/forked: did you mean tail/fork")


def test_what_was_seen_goes_before_text_with_what_it_implies() -> None:
    found = settled([text("antennae/long", Polarity.ABSENT), text("antennae/present", Polarity.ABSENT)], [])
    assert found["antennae/long"][0] == found["antennae/present"][0] == "absent"
    found = settled(
        [text("antennae/long", Polarity.ABSENT), text("antennae/present", Polarity.ABSENT)], [answer("antennae/long")]
    )
    assert found["antennae/long"] == ("present", "seen on images")
    assert found["antennae/present"] == ("present", "implied")


def test_what_the_seen_excludes_replaces_no_sentence() -> None:
    found = settled([text("body-shape/torpedo")], [answer("body-shape/star")])
    assert found["body-shape/torpedo"] == ("present", "text")
    assert found["body-shape/star"] == ("present", "seen on images")
    assert found["body-shape/ring"][0] == "absent"


def test_unknown_opens_its_own_concept_only() -> None:
    found = settled([text("antennae/long")], [answer("antennae/present", "unknown")])
    assert found["antennae/present"] == ("variable", "seen on images")
    assert found["antennae/long"] == ("present", "text")


def test_two_people_who_differ_leave_it_open_and_are_reported() -> None:
    answers = [answer("tail/fork", by="A"), answer("tail/fork", "absent", by="B")]
    both = overlaid((), seen_assertions(answers, SCHEME), SCHEME)
    assert next(a.polarity for a in both.assertions if a.concept == "tail/fork") is Polarity.VARIABLE
    assert [(c.concept, c.outcome) for c in both.conflicts] == [("tail/fork", Polarity.VARIABLE)]


def test_text_stays_as_it_is_without_answers() -> None:
    said = consolidate([text("tail/fork"), text("body-shape/oval")], SCHEME).assertions
    assert overlaid(said, (), SCHEME).assertions == said
