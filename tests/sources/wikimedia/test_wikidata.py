"""Questions to a real SPARQL server, through SPARQLWrapper and the polite client."""

import pytest

from seston.errors import InvalidData, SourceUnreachable
from seston.sources.web import PoliteClient
from seston.sources.wikimedia.items import Item
from seston.sources.wikimedia.sparql import items_of, items_query, rows_of
from seston.sources.wikimedia.wikidata import Wikidata
from tests.standins.server import StandIn, some_faulty
from tests.standins.wikidata import SparqlProxy

FAULTS = ("429", "429 wait", "500", "503", "cut JSON", "HTML", "wrong encoding", "empty page", "hang up")


def test_an_aphia_id_gives_item_name_rank_parents_and_pages(wikidata: str, query_client: PoliteClient) -> None:
    items = Wikidata(query_client, wikidata, ("en", "fr")).items("P850", ["1267", "127533", "999999999"])
    found = {item.id: item for item in items}
    assert set(found) == {"Q101267", "Q10127533", "Q4267"}
    cnidaria = found["Q101267"]
    assert (cnidaria.name, cnidaria.rank, cnidaria.parents) == ("Cnidaria", "phylum", ("Animalia", "Biota"))
    assert cnidaria.ids[0] == "worms:1267"
    assert cnidaria.pages == {"en": "Cnidaria", "fr": "Cnidaires"}
    assert "Ostracoda" in found["Q10127533"].parents
    assert found["Q4267"] == Item("Q4267", "Polypes", "", ("worms:1267",))


def test_names_are_escaped(wikidata: str, query_client: PoliteClient) -> None:
    service = Wikidata(query_client, wikidata)
    assert service.items("P225", ['No "such\\ taxon\n"}']) == []
    assert [item.id for item in service.items("P225", ["Twin", '"'])] == ["Q500", "Q501"]


def test_every_fault_is_met_with_patience(wikidata: str, query_client: PoliteClient) -> None:
    proxy = SparqlProxy(wikidata)
    clean = Wikidata(query_client, wikidata).items("P850", ["1267", "127533"])
    remaining = list(FAULTS)

    def each_once(number: int, target: str) -> str:
        return remaining.pop(0) if remaining and number % 2 == 0 else ""

    with StandIn(proxy, faults=each_once) as server:
        service = Wikidata(query_client, f"{server.url}/sparql")
        for _ in range(5):
            assert service.items("P850", ["1267", "127533"]) == clean
        assert not remaining
        assert server.log.most_at_once == 1
        assert {entry.agent for entry in server.log.entries} == {query_client.user_agent}
        waited = next(i for i, entry in enumerate(server.log.entries) if entry.fault == "429 wait")
        assert server.log.entries[waited + 1].time - server.log.entries[waited].time >= 1


def test_a_service_that_never_answers_well_is_unreachable(wikidata: str, query_client: PoliteClient) -> None:
    with StandIn(SparqlProxy(wikidata), faults=some_faulty(1, ("500",))) as server:
        server.faults = lambda *_: "500"
        with pytest.raises(SourceUnreachable, match="status 500") as raised:
            Wikidata(query_client, server.url).items("P850", ["1"])
        assert len(server.log) == query_client.manners.attempts
    assert raised.value.exit_code == 4


def test_a_malformed_question_is_not_repeated(wikidata: str, query_client: PoliteClient) -> None:
    with StandIn(SparqlProxy(wikidata)) as server:
        with pytest.raises(InvalidData, match="refuses"):
            Wikidata(query_client, server.url).rows("SELECT ?item WHERE { ?item", "nothing")
        assert len(server.log) == 1


def test_contradicting_names_count_as_none() -> None:
    row = {"item": "http://www.wikidata.org/entity/Q1", "worms": "5"}
    items = items_of([row | {"name": "A"}, row | {"name": "B"}], [])
    assert items == [Item("Q1", "", "", ("worms:5",))]


def test_circles_among_parents_end() -> None:
    entity = "http://www.wikidata.org/entity/"
    edges = [
        {"node": f"{entity}Q{a}", "parent": f"{entity}Q{b}", "name": f"N{b}"}
        for a, b in ((1, 2), (2, 3), (3, 1), (3, 2))
    ]
    assert items_of([{"item": f"{entity}Q1"}], edges)[0].parents == ("N2", "N3")


@pytest.mark.parametrize("answer", [[], None, {"results": None}, {"results": {"bindings": [{"a": {}}]}}])
def test_another_shape_is_refused(answer: object) -> None:
    with pytest.raises(InvalidData):
        rows_of(answer)


def test_the_question_names_every_wikipedia_that_is_wanted() -> None:
    query = items_query("P850", ["1"], ["en", "fr"])
    assert "VALUES ?site { <https://en.wikipedia.org/> <https://fr.wikipedia.org/> }" in query
