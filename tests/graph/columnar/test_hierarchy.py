import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.errors import AmbiguousTaxon, UnknownTaxon
from seston.graph.columnar.hierarchy import Hierarchy
from seston.graph.columnar.order import Ints
from tests.graph.strategies import hierarchies


def plankton() -> Hierarchy:
    rows = [
        ("worms:1", "", "Biota"),
        ("worms:2", "worms:1", "Animalia"),
        ("worms:1248", "worms:2", "Ctenophora"),
        ("worms:7", "worms:1", "Chromista"),
        ("worms:148899", "worms:7", "Bacillariophyceae"),
        ("worms:1306", "worms:148899", "Ctenophora"),
        ("worms:1080", "worms:2", "Copepoda"),
        ("worms:104464", "worms:1080", "Calanus finmarchicus"),
        ("planktonset:copepod_calanoid_eggs", "worms:1080", "Calanoid copepod carrying eggs"),
    ]
    tree = Hierarchy.from_parents(*(list(column) for column in zip(*rows, strict=True)))
    aliases = (("ecotaxa:25828", tree.index("worms:1080")), ("Rüderkrebse", tree.index("worms:1080")))
    return Hierarchy(tree.ids, tree.parent, tree.leave, tree.depth, tree.names, aliases)


def ancestors(tree: Hierarchy, node: int) -> list[int]:
    """Walk up, self first."""
    path = [node]
    while tree.parent[path[-1]] >= 0:
        path.append(int(tree.parent[path[-1]]))
    return path


@given(hierarchies(), st.data())
def test_pairs(tree: Hierarchy, data: st.DataObject) -> None:
    nodes = st.integers(0, len(tree) - 1)
    pairs = np.array(data.draw(st.lists(st.tuples(nodes, nodes), min_size=1)))
    a, b = pairs.T
    lca, apart, above = tree.lca(a, b), tree.distance(a, b), tree.is_ancestor(a, b)
    assert lca.shape == apart.shape == above.shape == a.shape
    for x, y, common, edges, is_above in zip(a, b, lca, apart, above, strict=True):
        up, other = ancestors(tree, int(x)), ancestors(tree, int(y))
        meet = next(node for node in up if node in other)
        assert common == meet
        assert edges == up.index(meet) + other.index(meet)
        assert is_above == (x in other[1:])


@given(hierarchies())
def test_tables(tree: Hierarchy) -> None:
    matrix, lineages = tree.ancestor_matrix(), tree.lineages
    assert matrix.shape == (len(tree), len(tree))
    for node in range(len(tree)):
        path = ancestors(tree, node)
        assert np.flatnonzero(matrix[node]).tolist() == sorted(path)
        assert tree.lineage(node).tolist() == path[::-1]
        assert [x for x in lineages[node].tolist() if x >= 0] == path[::-1]
        assert tree.children(node).tolist() == np.flatnonzero(tree.parent == node).tolist()
        assert tree.descendants(node).tolist() == [x for x in np.flatnonzero(matrix[:, node]).tolist() if x != node]
        assert tree.is_leaf[node] == (len(tree.children(node)) == 0)
        assert tree.index(tree.ids[node]) == node


@given(hierarchies(), st.data())
def test_spanned_is_the_tree_of_the_paths(tree: Hierarchy, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(tree.ids)))
    kept = {tree.ids[x] for node in chosen for x in ancestors(tree, tree.index(node))} | {tree.ids[0]}
    small = tree.spanned(chosen)
    assert small.ids == tuple(node for node in tree.ids if node in kept)
    parents = ["" if p < 0 else small.ids[p] for p in small.parent]
    again = Hierarchy.from_parents(small.ids, parents)
    for mine, theirs in ((small.parent, again.parent), (small.leave, again.leave), (small.depth, again.depth)):
        assert mine.tolist() == theirs.tolist()


def test_scalars_and_broadcasting() -> None:
    tree = plankton()
    copepod, calanus = tree.index("worms:1080"), tree.index("worms:104464")
    both: Ints = tree.lca(calanus, [copepod, calanus])
    assert both.tolist() == [copepod, calanus]
    assert int(tree.distance(calanus, 0)) == 3
    assert bool(tree.is_ancestor(copepod, calanus)) and not bool(tree.is_ancestor(calanus, calanus))


@pytest.mark.parametrize(
    "name", ["worms:1080", "WORMS:1080", "copepoda", " COPÉPODA ", "ecotaxa:25828", "ruderkrebse", "Copepoda<Animalia"]
)
def test_find(name: str) -> None:
    tree = plankton()
    assert tree.ids[tree.find(name)] == "worms:1080"


def test_find_a_label_without_its_prefix() -> None:
    tree = plankton()
    assert tree.ids[tree.find("copepod_calanoid_eggs")] == "planktonset:copepod_calanoid_eggs"


def test_homonyms_are_named_with_their_lineage() -> None:
    tree = plankton()
    with pytest.raises(AmbiguousTaxon) as caught:
        tree.find("Ctenophora")
    assert caught.value.problems == (
        "worms:1248: Biota > Animalia > Ctenophora",
        "worms:1306: Biota > Chromista > Bacillariophyceae > Ctenophora",
    )
    assert tree.ids[tree.find("Ctenophora<Chromista")] == "worms:1306"


def test_the_nearest_names_are_given() -> None:
    tree = plankton()
    with pytest.raises(UnknownTaxon, match=r"Did you mean Calanus finmarchicus \(worms:104464\)\?") as caught:
        tree.find("Calanus finmarchius")
    assert caught.value.nearest == ("Calanus finmarchicus (worms:104464)",)
    with pytest.raises(UnknownTaxon, match="No taxon 'zzzzzz'"):
        tree.find("zzzzzz")
    with pytest.raises(UnknownTaxon) as numbered:
        tree.index("worms:10800")
    assert numbered.value.nearest == ()
    with pytest.raises(UnknownTaxon):
        tree.spanned(["worms:0"])


def test_rows_out_of_order_are_refused() -> None:
    one = np.array([-1, 0], dtype=np.int32)
    with pytest.raises(ValueError, match="preorder"):
        Hierarchy(("a", "b", "c"), np.array([-1, 2, 0], dtype=np.int32), *(np.zeros(3, dtype=np.int32),) * 2)
    with pytest.raises(ValueError, match="expected 3"):
        Hierarchy(("a", "b", "c"), one, one, one)
