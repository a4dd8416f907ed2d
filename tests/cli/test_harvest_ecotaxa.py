"""``harvest ecotaxa`` as a user runs it, against a stand-in on loopback."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from seston.pipeline.harvesting.ecotaxa_tree import REGISTER
from seston.sources.ecotaxa.tree import EcotaxaNode
from seston.sources.registry import read_register
from tests.cli.harvesting import hurried, kill_after, nobody
from tests.command import done, seston
from tests.standins.ecotaxa import EcotaxaService
from tests.standins.server import StandIn

__all__ = ["hurried", "nobody"]

NODES = [
    EcotaxaNode(1, None, "Biota", "Biota", False, "active", "superdomain", 1, None, 0),
    EcotaxaNode(2, 1, "Copepoda", "Copepoda", False, "active", "class", 1080, None, 9),
    EcotaxaNode(3, 2, "egg", "egg<Copepoda", True, "active", "", None, None, 4),
    EcotaxaNode(4, 2, "Calanida", "Calanida", False, "deprecated", "", None, None, 0),
    EcotaxaNode(5, 2, "Calanoida", "Calanoida", False, "active", "order", 1100, None, 0),
    EcotaxaNode(6, 5, "Calanidae", "Calanidae", False, "active", "family", 104079, None, 0),
    EcotaxaNode(7, 6, "Calanus", "Calanus", False, "active", "genus", 104152, None, 0),
    EcotaxaNode(8, 7, "part", "part<Calanus", True, "active", "", None, None, 0),
    EcotaxaNode(9, 1, "egg", "egg<Biota", True, "active", "", None, None, 0),
]
BELOW_COPEPODA = {f"ecotaxa:{number}" for number in range(1, 9)}


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(EcotaxaService(NODES)) as server:
        yield server


def command(standin: StandIn, root: str = "Copepoda", *more: str) -> tuple[str, ...]:
    return ("harvest", "ecotaxa", "--root", root, "--url", f"{standin.url}/api", *more)


def harvested(workspace: Path) -> set[str]:
    return {row.id for row in read_register(workspace / REGISTER)}


@pytest.mark.usefixtures("hurried")
def test_a_branch_is_forecast_harvested_and_asked_for_once(tmp_path: Path, standin: StandIn) -> None:
    told = done(*command(standin), "--dry-run", workspace=tmp_path)
    assert told.out.startswith("At least 1 request to EcoTaxa, 0 s")
    assert "no size of a branch" in told.err
    assert done(*command(standin), "--dry-run", "--json", workspace=tmp_path).json["requests"] == 1
    assert len(standin.log) == 0
    assert done(*command(standin), workspace=tmp_path).out == "8 nodes of EcoTaxa's tree harvested.\n"
    assert harvested(tmp_path) == BELOW_COPEPODA
    asked = len(standin.log)
    assert done(*command(standin), "--json", workspace=tmp_path).json == {"nodes": 8, "register": REGISTER}
    assert len(standin.log) == asked
    assert done(*command(standin), "--dry-run", workspace=tmp_path).out.startswith("0 requests to EcoTaxa, 0 s")


@pytest.mark.usefixtures("hurried")
def test_a_killed_harvest_continues(tmp_path: Path, standin: StandIn) -> None:
    done(*command(standin), workspace=tmp_path / "clean")
    with StandIn(standin.service, delay_s=0.1) as slow:
        kill_after(2, slow, tmp_path / "killed", *command(slow)[1:])
        cut = slow.log.targets()[-1]
        done(*command(slow), workspace=tmp_path / "killed")
        twice = Counter(slow.log.targets()) - Counter(set(slow.log.targets()))
    assert set(twice) <= {cut}, "only what the kill cut off may be asked for again"
    assert (tmp_path / "killed" / REGISTER).read_bytes() == (tmp_path / "clean" / REGISTER).read_bytes()


@pytest.mark.usefixtures("hurried")
def test_what_stays_faulty_is_named_and_no_register_is_written(tmp_path: Path, standin: StandIn) -> None:
    standin.faults = lambda _, target: "HTML" if "central" in target else ""
    ran = seston(*command(standin), workspace=tmp_path)
    assert ran.code == 4
    assert "  what became of Calanida: EcoTaxa gave no usable answer after 2 attempts: a page of HTML" in ran.err
    assert not (tmp_path / REGISTER).exists()
    standin.faults = lambda _, __: ""
    before = len(standin.log)
    done(*command(standin), workspace=tmp_path)
    assert len(standin.log) == before + 1
    assert harvested(tmp_path) == BELOW_COPEPODA


@pytest.mark.usefixtures("hurried")
def test_a_server_that_is_not_there_is_one_line_and_a_hint(tmp_path: Path, nobody: str) -> None:
    ran = seston("harvest", "ecotaxa", "--root", "Copepoda", "--url", nobody, workspace=tmp_path)
    assert (ran.code, ran.out) == (4, "")
    assert "after 2 attempts: Connection refused." in ran.err
    assert [line.split(":")[0] for line in ran.err.splitlines() if not line.startswith("  ")] == ["Error", "Hint"]
    assert not (tmp_path / REGISTER).exists()


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("root", "code", "said"),
    [
        ("Calan", 1, "Did you mean Calanus or Calanida or Calanidae?"),
        ("Ca", 1, "wants 3 letters"),
        ("", 1, "wants 3 letters"),
        ("ecotaxa:77", 1, "no node of that id"),
        ("egg", 1, "ecotaxa:3 egg<Copepoda"),
        ("worms:1080", 1, "No taxon 'worms:1080'"),
    ],
)
def test_a_root_that_is_not_clear_is_refused(root: str, code: int, said: str, tmp_path: Path, standin: StandIn) -> None:
    ran = seston(*command(standin, root), workspace=tmp_path)
    assert (ran.code, said in ran.err) == (code, True), ran.err


def test_a_second_harvest_at_the_same_time_is_refused(tmp_path: Path, standin: StandIn) -> None:
    from seston.sources.web.journal import Journal, journal_path

    with Journal(journal_path(tmp_path, "ecotaxa"), "ecotaxa"):
        ran = seston(*command(standin), workspace=tmp_path)
    assert (ran.code, "Another harvest is writing" in ran.err) == (1, True)


def test_a_workspace_that_cannot_be_written_is_one_line(tmp_path: Path, standin: StandIn) -> None:
    (tmp_path / "work").write_text("a file")
    ran = seston(*command(standin), workspace=tmp_path / "work" / "below")
    assert ran.code == 1
    assert "Cannot write" in ran.err and "Traceback" not in ran.err
    assert len(standin.log) == 0
