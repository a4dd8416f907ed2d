import networkx

from seston.graph.columnar.network import network
from seston.graph.columnar.statements import statements_of
from tests.graph.sample import ASSERTIONS, CONCEPTS, sample_core

IDS = [concept.id for concept in CONCEPTS]


def test_a_subtree_is_a_tree_with_what_its_nodes_say() -> None:
    core = sample_core()
    graph = network(core, statements_of(core.hierarchy, IDS, ASSERTIONS), IDS, root=core.hierarchy.find("Copepoda"))
    assert networkx.is_arborescence(graph)
    assert set(networkx.descendants(graph, "worms:1101")) == {"worms:106485", "worms:128690"}
    assert graph.nodes["worms:106485"]["shows"] == ["antennae/long", "surface/smooth"]
    assert graph.nodes["worms:1101"]["lacks"] == ["antennae/long"]
    assert [node for node in graph if not graph.nodes[node]["inherits"]] == ["ecotaxa:85185"]


def test_the_depth_is_that_below_the_root() -> None:
    core = sample_core()
    root = core.hierarchy.find("Copepoda")
    assert list(network(core, root=root, depth=0)) == ["worms:1080"]
    assert set(network(core, root=root, depth=1)) == {"worms:1080", "ecotaxa:85185", "worms:1100", "worms:1101"}
    assert len(network(core)) == len(core)
