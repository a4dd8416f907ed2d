"""Every service's client over every fault: the same answer in the end, or a failure; never "none" for a failure."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from seston.errors import InvalidData, SourceUnreachable
from seston.sources.ecotaxa.rest import Ecotaxa
from seston.sources.ecotaxa.tree import EcotaxaNode
from seston.sources.web import ABSENT, ECOTAXA, WIKIDATA_QUERY, WIKIMEDIA, WORMS, Manners, PoliteClient
from seston.sources.wikimedia.wikidata import Wikidata
from seston.sources.wikimedia.wikipedia import Wikipedia
from seston.sources.worms.rest import WormsRest
from tests.standins.ecotaxa import EcotaxaService
from tests.standins.mediawiki import MediaWiki
from tests.standins.server import WIRE_FAULTS, Answer, Request, Service, StandIn
from tests.standins.worms import Name, StandInWorms

BIOTA = Name(1, "Biota", "Superdomain", 0, 1, "accepted", "")
COPEPODA = Name(1080, "Copepoda", "Class", 1, 1080, "accepted", "Milne Edwards, 1840")
NODES = [EcotaxaNode(n, 1 if n > 1 else None, f"N{n}", f"N{n}", False, "active", "", None, None, 0) for n in (1, 2, 3)]
ENTITY = "http://www.wikidata.org/entity/"


def sparql(request: Request) -> Answer:
    """Answer for AphiaID 1080 what Wikidata would, for others nothing."""
    asked = request.body.decode()
    if "P171" in asked:
        rows = [{"node": f"{ENTITY}Q8412", "parent": f"{ENTITY}Q25364", "name": "Crustacea"}]
    else:
        rows = [{"item": f"{ENTITY}Q8412", "name": "Copepoda", "worms": "1080"}] if "1080" in asked else []
    cells = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
    return Answer(body=json.dumps({"head": {"vars": []}, "results": {"bindings": cells}}).encode())


@dataclass(frozen=True)
class Case:
    """A service with a question that it can answer, one whose answer is "none", and what stands for "none"."""

    manners: Manners
    service: Callable[[], Service]
    ask: Callable[[PoliteClient, str], Any]
    ask_in_vain: Callable[[PoliteClient, str], Any]
    none: Any


CASES = {
    "WoRMS": Case(
        WORMS,
        lambda: StandInWorms([BIOTA, COPEPODA]),
        lambda client, url: WormsRest(client, f"{url}/rest").children(1),
        lambda client, url: WormsRest(client, f"{url}/rest").children(1080),
        ABSENT,
    ),
    "EcoTaxa": Case(
        ECOTAXA,
        lambda: EcotaxaService(NODES),
        lambda client, url: Ecotaxa(client, f"{url}/api").several([1, 3]),
        lambda client, url: Ecotaxa(client, f"{url}/api").several([77]),
        [],
    ),
    "Wikipedia": Case(
        WIKIMEDIA,
        lambda: MediaWiki({"Copepod": "Übersetzt: a copepod."}, redirects={"Copepoda": "Copepod"}),
        lambda client, url: Wikipedia(client, f"{url}/w/api.php").page("Copepoda"),
        lambda client, url: Wikipedia(client, f"{url}/w/api.php").page("Nothing"),
        None,
    ),
    "Wikidata": Case(
        WIKIDATA_QUERY,
        lambda: sparql,
        lambda client, url: Wikidata(client, f"{url}/sparql").items("P850", ["1080"]),
        lambda client, url: Wikidata(client, f"{url}/sparql").items("P850", ["5"]),
        [],
    ),
}
FAULTS = [fault for fault in WIRE_FAULTS if fault != "time-out"]
case = pytest.mark.parametrize("name", CASES)


class Clock:
    """Time that passes when somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def read(self) -> float:
        return self.now


@contextmanager
def asked(name: str, server: StandIn, attempts: int = 3, timeout_s: float = 5) -> Iterator[tuple[PoliteClient, Clock]]:
    clock = Clock()
    manners = replace(CASES[name].manners, attempts=attempts, backoff_s=0.1, timeout_s=timeout_s)
    with PoliteClient(manners, contact="me@example.org", sleep=clock.sleep, clock=clock.read) as client, server:
        yield client, clock


def clean(name: str) -> Any:
    server = StandIn(CASES[name].service())
    with asked(name, server) as (client, _):
        return CASES[name].ask(client, server.url)


@case
@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_faulty_answer_comes_the_same_as_without_it(name: str, fault: str) -> None:
    expected = clean(name)
    server = StandIn(CASES[name].service(), faults=lambda number, _: fault if number == 0 else "")
    with asked(name, server) as (client, clock):
        assert CASES[name].ask(client, server.url) == expected
        waited = clock.now - 1000
    assert [entry.fault for entry in server.log.entries].count(fault) == 1
    # The date that "429 date" gives may be past on a slow machine.
    assert waited >= {"429 wait": 1, "429 date": 0}.get(fault, 0.1)


@case
@pytest.mark.parametrize("fault", FAULTS)
def test_a_service_that_stays_faulty_has_failed_and_has_not_said_none(name: str, fault: str) -> None:
    server = StandIn(CASES[name].service(), faults=lambda _, __: fault)
    with asked(name, server) as (client, _):
        with pytest.raises(SourceUnreachable, match="after 3 attempts") as caught:
            CASES[name].ask(client, server.url)
        with pytest.raises(SourceUnreachable):
            CASES[name].ask_in_vain(client, server.url)
    assert caught.value.exit_code == 4
    assert caught.value.problems and caught.value.hint
    assert len(server.log) == 6


@case
def test_a_silent_service_is_waited_for_no_longer_than_its_time_out(name: str) -> None:
    server = StandIn(CASES[name].service(), faults=lambda number, _: "time-out" if number == 0 else "", hang_s=5)
    with asked(name, server, timeout_s=1) as (client, _):
        assert CASES[name].ask(client, server.url)
        waited = server.log.entries[1].time - server.log.entries[0].time
    assert 0.9 < waited < 4


@case
def test_none_is_an_answer_and_is_not_asked_for_again(name: str) -> None:
    server = StandIn(CASES[name].service())
    with asked(name, server) as (client, _):
        assert CASES[name].ask_in_vain(client, server.url) == CASES[name].none
    assert len(server.log) == 1


@case
def test_what_the_service_refuses_is_neither_none_nor_asked_for_again(name: str) -> None:
    said = {"code": 400, "success": False, "errors": ["Please provide a valid request"]}
    server = StandIn(lambda _: Answer(400, json.dumps(said).encode()))
    refuses = pytest.raises(InvalidData, match=f"{CASES[name].manners.service} refuses")
    with asked(name, server) as (client, _), refuses as caught:
        CASES[name].ask(client, server.url)
    assert not isinstance(caught.value, SourceUnreachable)
    assert len(server.log) == 1


@pytest.mark.parametrize("name", ["EcoTaxa", "Wikipedia", "Wikidata"])
def test_an_answer_to_another_question_is_asked_for_again(name: str) -> None:
    service = CASES[name].service()
    given: list[Answer] = []
    repeated: list[Answer] = []

    def repeating(request: Request) -> Answer:
        if repeated:
            return repeated.pop()
        given.append(service(request))
        return given[-1]

    server = StandIn(repeating)
    with asked(name, server) as (client, _):
        CASES[name].ask(client, server.url)
        repeated.append(given[0])
        assert CASES[name].ask_in_vain(client, server.url) == CASES[name].none
    assert len(server.log) == len(given) + 1
