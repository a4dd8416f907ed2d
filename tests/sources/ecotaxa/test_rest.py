"""EcoTaxa's service, from a stand-in that serves its tree after the move to WoRMS."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from seston.errors import AmbiguousTaxon, InvalidData, SourceUnreachable, UnknownTaxon
from seston.pipeline.harvesting.ecotaxa_tree import REGISTER, Reckoning, find_root, harvest_branch, requests_left
from seston.sources.ecotaxa.models import fetched
from seston.sources.ecotaxa.rest import Ecotaxa
from seston.sources.ecotaxa.tree import EcotaxaNode, read_ecotaxa_tree, registered
from seston.sources.registry import read_register
from seston.sources.web import ECOTAXA, PoliteClient
from seston.sources.web.journal import Journal
from seston.workspace import Workspace
from tests.quiet import Quiet
from tests.sources.shared import shared
from tests.standins.ecotaxa import EcotaxaService
from tests.standins.server import StandIn, some_faulty

FAULTS = ("429", "500", "503", "cut JSON", "HTML", "wrong encoding", "empty page", "hang up")
SMALL = [
    EcotaxaNode(1, None, "Biota", "Biota", False, "active", "superdomain", 1, None, 0),
    EcotaxaNode(2, 1, "Copepoda", "Copepoda", False, "active", "class", 1080, None, 9),
    EcotaxaNode(3, 2, "egg", "egg<Copepoda", True, "active", "", None, None, 4),
    EcotaxaNode(4, 1, "Copepods", "Copepods", False, "deprecated", "", None, 2, 0),
    EcotaxaNode(5, 1, "other", "other<Biota", True, "active", "", None, None, 0),
    EcotaxaNode(6, 5, "egg", "egg<other", True, "active", "", None, None, 0),
    EcotaxaNode(7, 2, "Calanida", "Calanida", False, "deprecated", "", None, 9, 0),
    EcotaxaNode(9, 1, "Calanoida", "Calanoida", False, "active", "order", 1100, None, 0),
]


@cache
def real_tree() -> EcotaxaService:
    return EcotaxaService(read_ecotaxa_tree(shared("ecotaxa/taxonomy_after_worms.tsv")))


@pytest.fixture
def client() -> Iterator[PoliteClient]:
    """A client with EcoTaxa's manners, in a hurry."""
    manners = replace(ECOTAXA, rate_per_s=1000, backoff_s=0.01)
    with PoliteClient(manners, sleep=lambda _: None) as opened:
        yield opened


@pytest.fixture
def small(client: PoliteClient) -> Iterator[Ecotaxa]:
    with StandIn(EcotaxaService(SMALL)) as server:
        yield Ecotaxa(client, f"{server.url}/api/")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "harvest" / "ecotaxa.jsonl", "ecotaxa") as opened:
        yield opened


def test_each_question_has_its_answer(small: Ecotaxa) -> None:
    assert [one.node.id for one in small.roots()] == [1]
    copepoda = small.taxon(2)
    assert copepoda is not None
    assert (copepoda.node, copepoda.line, copepoda.children) == (SMALL[1], (1,), (3, 7))
    assert [one.node for one in small.several([3, 77, 2])] == [SMALL[2], SMALL[1]]
    assert [hit["id"] for hit in small.search("cope")] == [2, 3, 4]
    assert small.search("co") == []
    central = small.central(4)
    assert central is not None
    assert central["rename_to"] == 2


def test_an_unknown_id_is_absent(small: Ecotaxa) -> None:
    assert small.taxon(77) is None
    assert small.central(77) is None
    assert small.several([77]) == []


def test_a_branch_has_what_is_below_the_line_above_and_the_targets(
    small: Ecotaxa, journal: Journal, tmp_path: Path
) -> None:
    workspace = Workspace(tmp_path)
    assert harvest_branch(workspace, "Copepoda", small, journal, Quiet()) == 5
    rows = read_register(workspace.path(REGISTER))
    assert rows == registered([SMALL[0], SMALL[1], SMALL[2], SMALL[6], SMALL[7]])
    assert rows[1].same_as == ("worms:1080",)
    assert [row.morphological for row in rows] == [False, False, True, False, False]
    assert rows[3].renamed_to == "ecotaxa:9"


def test_a_second_branch_joins_the_first(small: Ecotaxa, journal: Journal, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    harvest_branch(workspace, "ecotaxa:2", small, journal, Quiet())
    harvest_branch(workspace, "5", small, journal, Quiet())
    assert {row.id for row in read_register(workspace.path(REGISTER))} == {
        f"ecotaxa:{n}" for n in (1, 2, 3, 5, 6, 7, 9)
    }


@pytest.mark.parametrize(("root", "number"), [("Copepoda", 2), ("copepods", 4), ("egg<other", 6), ("ecotaxa:3", 3)])
def test_a_root_is_found_by_name_path_or_id(root: str, number: int, small: Ecotaxa, journal: Journal) -> None:
    assert find_root(root, small, journal).node.id == number


def test_a_root_that_is_not_clear_is_refused(small: Ecotaxa, journal: Journal) -> None:
    with pytest.raises(AmbiguousTaxon) as raised:
        find_root("egg", small, journal)
    assert raised.value.problems == ("ecotaxa:3 egg<Copepoda", "ecotaxa:6 egg<other")
    for root in ("Copepod", "77", "ab"):
        with pytest.raises(UnknownTaxon):
            find_root(root, small, journal)


def test_the_real_tree_comes_whole_though_every_third_answer_is_faulty(client: PoliteClient, tmp_path: Path) -> None:
    service, workspace = real_tree(), Workspace(tmp_path)
    top = next(node for node in service.nodes.values() if node.display_name == "Biota")
    expected = {number for number in service.nodes if top.id in service._line(number)}
    with (
        StandIn(service, faults=some_faulty(0.3, FAULTS, seed=1)) as server,
        Journal(tmp_path / "harvest" / "ecotaxa.jsonl", "ecotaxa") as journal,
    ):
        harvest_branch(workspace, f"ecotaxa:{top.id}", Ecotaxa(client, f"{server.url}/api"), journal, Quiet())
        assert any(entry.fault for entry in server.log.entries)
        assert len(server.log.answered) == len(set(server.log.answered))
    rows = read_register(workspace.path(REGISTER))
    assert {int(row.id.removeprefix("ecotaxa:")) for row in rows} >= expected
    assert len(expected) > 1000
    assert len({row.id for row in rows}) == len(rows)


def test_a_stopped_harvest_asks_nothing_again(client: PoliteClient, tmp_path: Path) -> None:
    path, workspace, asked = tmp_path / "ecotaxa.jsonl", Workspace(tmp_path), []
    for _attempt in range(20):
        with StandIn(EcotaxaService(SMALL)) as server, Journal(path, "ecotaxa") as journal:
            server.faults = lambda number, _: "429" if number >= 1 else ""
            quick = PoliteClient(replace(client.manners, attempts=1))
            try:
                harvest_branch(workspace, "Copepoda", Ecotaxa(quick, f"{server.url}/api"), journal, Quiet())
                break
            except SourceUnreachable as error:
                assert error.exit_code == 4
            finally:
                quick.close()
                asked += server.log.answered
    assert _attempt > 1
    assert len(asked) == len(set(asked))
    assert len(read_register(workspace.path(REGISTER))) == 5


def test_what_is_left_to_ask_is_counted_without_asking(small: Ecotaxa, journal: Journal, tmp_path: Path) -> None:
    assert requests_left("Copepoda", small, Reckoning(journal.path, "ecotaxa").read()) == 1
    harvest_branch(Workspace(tmp_path), "Copepoda", small, journal, Quiet())
    assert requests_left("Copepoda", small, Reckoning(journal.path, "ecotaxa").read()) == 0


@pytest.mark.parametrize(
    "answer",
    [[], "x", {}, {"id": 1}, {"id": 1, "id_lineage": [2], "type": "P"}, {"id": 1, "id_lineage": [1], "type": "X"}],
)
def test_another_shape_is_refused(answer: object) -> None:
    with pytest.raises(InvalidData):
        fetched(answer)
