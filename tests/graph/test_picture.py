from xml.etree import ElementTree

import networkx

from seston.graph.columnar.network import network
from seston.graph.columnar.statements import statements_of
from seston.graph.picture import picture
from tests.graph.sample import ASSERTIONS, CONCEPTS, sample_core, says

IDS = [concept.id for concept in CONCEPTS]
LABELS = {concept.id: concept.label for concept in CONCEPTS}


def drawn(root: str, more: list[str] | None = None) -> dict[str, list[str]]:
    """Return what is written at each node of a picture."""
    core = sample_core()
    said = [*ASSERTIONS, *(says("worms:104152", concept) for concept in more or [])]
    graph = network(core, statements_of(core.hierarchy, IDS, said), IDS, root=core.hierarchy.find(root))
    return written(picture(graph, LABELS))


def written(svg: str) -> dict[str, list[str]]:
    space = "{http://www.w3.org/2000/svg}"
    groups = ElementTree.fromstring(svg).iter(f"{space}g")  # noqa: S314 - ours
    return {
        str(group.findtext(f"{space}title")): [str(span.text) for span in group.iter(f"{space}tspan")]
        for group in groups
    }


def test_each_node_has_its_name_its_rank_and_what_it_says() -> None:
    found = drawn("Copepoda")
    assert found["worms:1080"] == ["Copepoda", "class", "+ long antennae", "+ torpedo-shaped body", "+ forked tail"]
    assert found["worms:1101"] == ["Cyclopoida", "order", "− long antennae"]
    assert found["worms:106485"] == ["Oithona", "genus", "+ long antennae", "+ smooth outline"]


def test_what_holds_above_is_not_said_again() -> None:
    assert "+ forked tail" not in drawn("Copepoda", ["tail/forked"])["worms:104152"]


def test_nothing_is_said_to_lack_what_nothing_shows() -> None:
    assert drawn("Cyclopoida")["worms:128690"] == ["Oncaea", "genus", "− smooth outline"]
    assert drawn("Ctenophora")["worms:1248"] == ["Ctenophora", "phylum", "+ spherical body"]


def test_the_same_graph_gives_the_same_bytes_and_odd_names_give_sound_xml() -> None:
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    said = {"rank": "", "kind": "taxon", "inherits": True, "shows": [f"a/{j}" for j in range(9)], "lacks": []}
    graph.add_node("x:1", name="<b> & \x00 \u202e 🦐 ]]>", **said)
    assert picture(graph, {}) == picture(graph, {})
    assert written(picture(graph, {}))["x:1"] == [
        "<b> & \ufffd \u202e 🦐 ]]>", *(f"+ a/{j}" for j in range(7)), "and 2 more",
    ]  # fmt: skip
