import numpy as np
import pytest
from hypothesis import given, settings

from seston.errors import ContradictoryAssertions, UnknownConcept, UnknownTaxon
from seston.graph.columnar.hierarchy import Hierarchy
from seston.graph.columnar.inheritance import inherit, inherit_packed, inherit_plainly, origin_matrix, origins
from seston.graph.columnar.statements import settle, statements_of
from seston.records import Assertion, Evidence, Polarity
from tests.graph.strategies import Case, cases

IDS = ["root", "a", "b", "c", "d"]
CHAIN = Hierarchy.from_parents(IDS, ["", *IDS[:-1]])
READ = Evidence("page", "1", "Description", 0, 4, "00", "CC-BY-4.0", "general")


@settings(max_examples=400, deadline=None)
@given(cases(most=14))
def test_packed_bits_agree_with_plain_python(case: Case) -> None:
    given_case = (case.hierarchy, case.statements, case.n_concepts, case.blocked)
    values = inherit(*given_case)
    assert values.dtype == np.int8
    assert values.shape == (len(case.hierarchy), case.n_concepts)
    np.testing.assert_array_equal(values, inherit_plainly(*given_case))
    present, absent = inherit_packed(*given_case).counts()
    np.testing.assert_array_equal(present, (values == 1).sum(axis=1))
    np.testing.assert_array_equal(absent, (values == 0).sum(axis=1))


@settings(max_examples=200, deadline=None)
@given(cases(most=14))
def test_the_origin_says_the_value_and_nothing_stands_between(case: Case) -> None:
    given_case = (case.hierarchy, case.statements, case.n_concepts)
    values, table = inherit(*given_case, case.blocked), origin_matrix(*given_case, case.blocked)
    said = {(n, c): p for n, c, p in zip(*(a.tolist() for a in vars(case.statements).values()), strict=True)}
    for node in range(len(case.hierarchy)):
        assert origins(*given_case, node, case.blocked).tolist() == table[node].tolist()
        for concept, origin in enumerate(table[node].tolist()):
            assert said.get((origin, concept), -1) == values[node, concept]


def test_a_retraction_and_a_restoration() -> None:
    statements = settle([0, 2, 3], [0, 0, 0], [1, 0, 1], CHAIN.ids, ["tail/forked"])
    assert inherit(CHAIN, statements, 1)[:, 0].tolist() == [1, 1, 0, 1, 1]
    assert origin_matrix(CHAIN, statements, 1)[:, 0].tolist() == [0, 0, 2, 3, 3]


def test_variable_makes_unknown_from_there_down() -> None:
    statements = settle([0, 2], [0, 0], [1, -1], CHAIN.ids, ["tail/forked"])
    assert inherit(CHAIN, statements, 1)[:, 0].tolist() == [1, 1, -1, -1, -1]
    assert origins(CHAIN, statements, 1, 4).tolist() == [-1]


def test_a_blocked_node_keeps_what_it_says_itself() -> None:
    statements = settle([0, 2], [0, 1], [1, 1], CHAIN.ids, ["tail/forked", "egg/present"])
    values = inherit(CHAIN, statements, 2, np.array([False, False, True, False, False]))
    assert values.tolist() == [[1, -1], [1, -1], [-1, 1], [-1, 1], [-1, 1]]


def test_no_statements_and_no_concepts() -> None:
    nothing = settle([], [], [], CHAIN.ids, ["tail/forked"])
    assert (inherit(CHAIN, nothing, 1) == -1).all()
    assert inherit(CHAIN, settle([], [], [], CHAIN.ids, []), 0).shape == (5, 0)


def test_all_conflicts_are_listed() -> None:
    with pytest.raises(ContradictoryAssertions) as caught:
        settle([3, 1, 1, 3, 2, 2], [0, 1, 1, 0, 0, 0], [1, 0, 1, 0, 1, 1], CHAIN.ids, ["tail/forked", "eye/large"])
    assert caught.value.problems == ("a: eye/large", "c: tail/forked")


def test_some_and_all_make_some() -> None:
    settled = settle([1, 1, 2, 2], [0, 0, 0, 0], [1, -1, -1, 0], CHAIN.ids, ["tail/forked"])
    assert settled.polarity.tolist() == [-1, -1]


def test_assertions_of_other_stages_are_left_out() -> None:
    def says(about: str, concept: str, stage: str = "") -> Assertion:
        return Assertion(about, concept, Polarity.PRESENT, 1.0, READ, stage)

    read = statements_of(CHAIN, ["tail/forked"], [says("b", "tail/forked"), says("c", "tail/forked", "larva")])
    assert (read.node.tolist(), read.concept.tolist(), read.polarity.tolist()) == ([2], [0], [1])


def test_all_that_is_unknown_is_named() -> None:
    said = [Assertion(x, f"tail/{x}", Polarity.PRESENT, 1.0, READ) for x in "zya"]
    with pytest.raises(UnknownConcept) as concept:
        statements_of(CHAIN, ["tail/a"], said)
    assert concept.value.hint.endswith("tail/y, tail/z.")
    with pytest.raises(UnknownTaxon) as taxon:
        statements_of(CHAIN, ["tail/a", "tail/y", "tail/z"], said)
    assert taxon.value.hint.endswith("y, z.")
