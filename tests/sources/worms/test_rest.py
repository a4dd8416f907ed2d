"""The client of WoRMS's REST service: the recorded answers, replayed as they are."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httpx2
import pytest
import yaml

from seston.errors import InvalidData, SourceUnreachable
from seston.sources.web import ABSENT, Manners, PoliteClient
from seston.sources.worms.rest import URL, WormsRest
from tests.sources.shared import SHARED, shared

CASSETTES = sorted(path.name for path in (SHARED / "worms_api").glob("*.yml")) or ["wm_record.yml"]
QUICK = Manners("WoRMS", rate_per_s=1000, attempts=2, backoff_s=0.001)


def recorded(name: str) -> list[dict[str, Any]]:
    content = yaml.load(shared(f"worms_api/{name}").read_text(), Loader=yaml.CSafeLoader)
    return list(content["http_interactions"])


def rest_over(answer: Callable[[httpx2.Request], httpx2.Response]) -> WormsRest:
    return WormsRest(PoliteClient(QUICK, transport=httpx2.MockTransport(answer)))


def same_request(one: str, other: str) -> bool:
    (a, b) = (urlsplit(one), urlsplit(other))
    return unquote(a.path) == unquote(b.path) and parse_qs(a.query) == parse_qs(b.query)


def call(rest: WormsRest, uri: str) -> Any:
    """Make the call that leads to a recorded request."""
    parts = urlsplit(uri.removeprefix(f"{URL}/"))
    endpoint, _, what = parts.path.partition("/")
    what, query = unquote(what), parse_qs(parts.query)
    one = {name: values[0] for name, values in query.items()}
    offset, like, marine = int(one.get("offset", 1)), one.get("like") == "true", one.get("marine_only") == "true"
    calls: dict[str, Callable[[], Any]] = {
        "AphiaChildrenByAphiaID": lambda: rest.children(int(what), offset, marine_only=marine),
        "AphiaClassificationByAphiaID": lambda: rest.classification(int(what)),
        "AphiaDistributionsByAphiaID": lambda: rest.distributions(int(what)),
        "AphiaExternalIDByAphiaID": lambda: rest.external_ids(int(what), one["type"]),
        "AphiaIDByName": lambda: rest.id_of(what),
        "AphiaNameByAphiaID": lambda: rest.name_of(int(what)),
        "AphiaRecordByExternalID": lambda: rest.record_by_external_id(what, one["type"]),
        "AphiaRecordsByAphiaIDs": lambda: rest.records([int(value) for value in query["aphiaids[]"]]),
        "AphiaRecordsByMatchNames": lambda: rest.records_by_names(
            query["scientificnames[]"], match=True, marine_only=marine
        ),
        "AphiaRecordsByName": lambda: rest.records_by_name(what, offset, like=like, marine_only=marine),
        "AphiaRecordsByNames": lambda: rest.records_by_names(query["scientificnames[]"], marine_only=marine),
        "AphiaRecordsByTaxonRankID": lambda: rest.records_by_rank(
            int(what), offset, below=int(one["belongsTo"]) if "belongsTo" in one else None
        ),
        "AphiaRecordsByVernacular": lambda: rest.records_by_vernacular(what, offset, like=like),
        "AphiaSourcesByAphiaID": lambda: rest.sources(int(what)),
        "AphiaSynonymsByAphiaID": lambda: rest.synonyms(int(what), offset),
        "AphiaTaxonRanksByID": lambda: rest.ranks(int(what)),
        "AphiaTaxonRanksByName": lambda: rest.ranks(what),
        "AphiaVernacularsByAphiaID": lambda: rest.vernaculars(int(what)),
    }
    return calls[endpoint]()


@pytest.mark.parametrize("name", CASSETTES)
def test_a_recorded_answer_is_read(name: str) -> None:
    for interaction in recorded(name):
        uri, response = interaction["request"]["uri"], interaction["response"]
        status, body = int(response["status"]["status_code"]), response["body"].get("string") or ""

        def answer(request: httpx2.Request, uri: str = uri, status: int = status, body: str = body) -> httpx2.Response:
            assert same_request(str(request.url), uri)
            return httpx2.Response(status, content=body.encode(), headers={"content-type": "application/json"})

        got = call(rest_over(answer), uri)
        if status == 204:
            assert got is ABSENT
        elif "Classification" in uri:
            assert [step.id for step in got] == nested_ids(json.loads(body))
        else:
            assert got == json.loads(body)


def nested_ids(value: Any) -> list[int]:
    return [value["AphiaID"], *nested_ids(value["child"])] if value else []


def test_there_are_55_recordings_of_every_kind() -> None:
    statuses = {response["response"]["status"]["status_code"] for name in CASSETTES for response in recorded(name)}
    assert (len(CASSETTES), statuses) == (55, {"200", "204"})


def test_400_gives_the_reasons_of_worms() -> None:
    said = {"code": 400, "success": False, "errors": ["Please provide a valid AphiaID"]}
    with pytest.raises(InvalidData, match="Please provide a valid AphiaID"):
        rest_over(lambda _: httpx2.Response(400, json=said)).children(0)


def test_404_means_none_for_attributes_only() -> None:
    rest = rest_over(lambda _: httpx2.Response(404))
    assert rest.attributes(1080, include_inherited=True) is ABSENT
    with pytest.raises(SourceUnreachable):
        rest.record(1080)


WRONG: dict[str, tuple[Callable[[WormsRest], Any], Any]] = {
    "an id as text": (lambda rest: rest.record(1), {"AphiaID": "1", "scientificname": "Biota"}),
    "an id that is true": (lambda rest: rest.record(1), {"AphiaID": True, "scientificname": "Biota"}),
    "no name": (lambda rest: rest.record(1), {"AphiaID": 1, "scientificname": None}),
    "a list for a record": (lambda rest: rest.record(1), [{"AphiaID": 1, "scientificname": "Biota"}]),
    "a record for a list": (lambda rest: rest.children(1), {"AphiaID": 1, "scientificname": "Biota"}),
    "an error in a list": (lambda rest: rest.children(1), [{"error": "out of memory"}]),
    "a parent as text": (
        lambda rest: rest.children(1),
        [{"AphiaID": 1, "scientificname": "B", "parentNameUsageID": "x"}],
    ),
    "a list too few": (lambda rest: rest.records_by_names(["A", "B"]), [[]]),
    "classification of nothing": (lambda rest: rest.classification(1), {"child": None}),
    "vernaculars of another kind": (lambda rest: rest.vernaculars(1), [{"vernacular": 1, "language_code": "eng"}]),
    "a number for a name": (lambda rest: rest.name_of(1), 1),
    "attributes without values": (lambda rest: rest.attributes(1), [{"AphiaID": 1}]),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_another_shape_is_a_failure_and_no_answer(wrong: str) -> None:
    ask, value = WRONG[wrong]
    with pytest.raises(SourceUnreachable, match="another shape"):
        ask(rest_over(lambda _: httpx2.Response(200, json=value)))


def test_traits_are_read_with_their_children() -> None:
    trait = {
        "AphiaID": 1080,
        "measurementTypeID": 4,
        "measurementType": "Functional group",
        "measurementValue": "zooplankton",
        "AphiaID_Inherited": 1080,
        "children": [],
    }
    assert rest_over(lambda _: httpx2.Response(200, json=[trait])).attributes(1080) == [trait]


def test_a_name_with_a_slash_stays_one_name(tmp_path: Path) -> None:
    seen: list[bytes] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.url.raw_path)
        return httpx2.Response(204)

    assert rest_over(answer).records_by_name("Acartia (Acanthacartia) tonsa/x") is ABSENT
    assert seen[0].startswith(b"/rest/AphiaRecordsByName/Acartia%20%28Acanthacartia%29%20tonsa%2Fx?")
