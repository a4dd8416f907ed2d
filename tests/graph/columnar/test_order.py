import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.errors import InvalidTaxonomy
from seston.graph.columnar.order import preorder
from tests.graph.strategies import parent_links


def problems(ids: list[str], parents: list[str]) -> tuple[str, ...]:
    with pytest.raises(InvalidTaxonomy) as caught:
        preorder(ids, parents)
    return caught.value.problems


def test_all_faults_are_listed_at_once() -> None:
    ids = ["r", "s", "a", "b", "c", "d", "d", "e"]
    parents = ["", "", "b", "c", "a", "r", "s", "gone"]
    assert problems(ids, parents) == (
        "d has 2 parents: r, s",
        "e: its parent gone is not in the taxonomy",
        "2 roots: r, s",
        "cycle: a → b → c → a",
    )


def test_every_cycle_is_found_once_and_not_what_hangs_on_it() -> None:
    ids = ["r", "a", "b", "x", "p", "q", "s"]
    parents = ["", "b", "a", "a", "q", "p", "s"]
    assert problems(ids, parents) == ("cycle: a → b → a", "cycle: p → q → p", "cycle: s → s")


def test_a_repeat_an_empty_id_and_no_root() -> None:
    assert problems(["a", "a", ""], ["a", "a", "a"]) == (
        "an id is empty",
        "a stands twice",
        "no root: every node names a parent",
        "cycle: a → a",
    )
    assert problems([], []) == ("no node at all",)


def test_a_deep_chain() -> None:
    ids = [f"{i:05}" for i in range(5000)]
    tree = preorder(ids, ["", *ids[:-1]])
    assert tree.depth.tolist() == list(range(5000))
    assert set(tree.leave.tolist()) == {5000}


@given(parent_links())
def test_preorder_is_that_of_a_recursive_walk(links: tuple[list[str], list[str]]) -> None:
    ids, parents = links
    walked: list[str] = []

    def walk(node: str) -> int:
        walked.append(node)
        return 1 + sum(walk(child) for child in sorted(i for i, p in zip(ids, parents, strict=True) if p == node))

    walk(ids[parents.index("")])
    tree = preorder(ids, parents)
    assert [ids[i] for i in tree.order] == walked
    above = [parents[i] for i in tree.order]
    assert [walked[p] if p >= 0 else "" for p in tree.parent] == above


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdefg"])), max_size=8))
def test_any_links_give_a_tree_or_a_list_of_faults(links: list[tuple[str, str]]) -> None:
    ids, parents = [i for i, _ in links], [p for _, p in links]
    try:
        tree = preorder(ids, parents)
    except InvalidTaxonomy as error:
        assert error.problems
    else:
        assert len(set(ids)) == len(ids) == len(tree.order)
        assert parents.count("") == 1
        assert set(parents) - {""} <= set(ids)
