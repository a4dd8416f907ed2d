import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.concepts import Scheme, consolidate, load_scheme
from seston.concepts.consolidate import EXCLUSIVE_FACTOR, conflict_lines
from seston.errors import UnknownConcept
from seston.records import Assertion, Polarity
from tests.concepts.helpers import say

SCHEME = load_scheme()


def outcome(*assertions: Assertion) -> dict[str, tuple[str, float]]:
    return {a.concept: (a.polarity.value, a.confidence) for a in consolidate(assertions, SCHEME).assertions}


def test_the_surer_assertion_wins_and_the_conflict_is_told() -> None:
    result = consolidate([say("t", "halo/present", "+", 0.6), say("t", "halo/present", "-", 0.95, start=9)], SCHEME)
    assert [(a.concept, a.polarity) for a in result.assertions] == [("halo/present", Polarity.ABSENT)]
    assert list(conflict_lines(result.conflicts)) == ["t halo/present: present at p:0, absent at 9; kept absent"]


def test_equally_sure_contradictions_leave_it_open() -> None:
    assert outcome(say("t", "halo/present"), say("t", "halo/present", "-"))["halo/present"][0] == "variable"


def test_stages_do_not_contradict_each_other() -> None:
    result = consolidate([say("t", "halo/present"), say("t", "halo/present", "-", stage="larva")], SCHEME)
    assert not result.conflicts
    assert len(result.assertions) == 2


def test_long_antennae_are_antennae() -> None:
    found = outcome(say("t", "antennae/long", sure=0.7))
    assert found["antennae/present"] == ("present", 0.7)


def test_no_antennae_are_no_long_antennae() -> None:
    found = outcome(say("t", "antennae/present", "-"))
    assert found["antennae/long"][0] == found["antennae/frilly"][0] == "absent"


def test_absent_whole_and_present_kind_leave_the_whole_open() -> None:
    result = consolidate([say("t", "antennae/present", "-"), say("t", "antennae/long")], SCHEME)
    assert {a.concept: a.polarity for a in result.assertions}["antennae/present"] is Polarity.VARIABLE
    assert len(result.conflicts) == 1


def test_an_exclusive_part_rules_out_all_but_neighbours() -> None:
    found = outcome(say("t", "elongation/one", sure=0.8))
    assert found["elongation/two"][0] == "variable"
    assert found["elongation/many"][0] == "absent"
    assert found["elongation/many"][1] == pytest.approx(0.8 * EXCLUSIVE_FACTOR)


def test_what_is_stated_is_not_ruled_out() -> None:
    found = outcome(say("t", "size/small"), say("t", "size/large"))
    assert found["size/small"][0] == found["size/large"][0] == "present"
    assert found["size/medium"][0] == "variable"


def test_derived_assertions_say_how_they_came_about() -> None:
    result = consolidate([say("t", "elongation/one"), say("t", "tail/fork")], SCHEME)
    methods = {a.concept: a.evidence.method for a in result.assertions}
    assert methods["elongation/one"] == "text"
    assert methods["elongation/many"] == "exclusive"
    assert methods["tail/present"] == "implied"


def test_an_unknown_concept_is_refused() -> None:
    with pytest.raises(UnknownConcept, match="tail/forked"):
        consolidate([say("t", "tail/forked")], SCHEME)


concepts = st.sampled_from([c.id for c in SCHEME.concepts])
statements = st.builds(
    say,
    st.sampled_from(["a", "b"]),
    concepts,
    st.sampled_from("+-~"),
    st.sampled_from([0.5, 0.85, 0.95]),
    st.sampled_from(["", "larva"]),
    st.integers(0, 5),
)


def resolved(scheme: Scheme, given_: list[Assertion]) -> tuple[Assertion, ...]:
    return consolidate(given_, scheme).assertions


@given(st.lists(statements, max_size=12))
def test_each_key_is_settled_once_whatever_the_order(given_: list[Assertion]) -> None:
    once = resolved(SCHEME, given_)
    keys = [(a.about, a.stage, a.concept) for a in once]
    assert keys == sorted(set(keys))
    assert [(a.about, a.concept, a.polarity) for a in once] == [
        (a.about, a.concept, a.polarity) for a in resolved(SCHEME, given_[::-1])
    ]


def test_a_value_far_from_a_surer_one_is_open() -> None:
    found = outcome(say("t", "size/tiny"), say("t", "size/small"), say("t", "size/large", sure=0.5))
    assert [found[f"size/{value}"][0] for value in ("tiny", "small", "large")] == ["present", "present", "variable"]


def test_where_the_shell_varies_a_coiled_one_is_open() -> None:
    assert outcome(say("t", "cover/shell", "~"))["cover/coiled-shell"][0] == "variable"
