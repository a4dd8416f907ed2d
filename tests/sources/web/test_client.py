"""The polite client, over answers made up one by one and a clock that only moves when somebody waits."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from seston.errors import InvalidData, SourceUnreachable, UsageError
from seston.sources.web import ABSENT, WIKIMEDIA, Faulty, Manners, PoliteClient

URL = "https://register.example/rest/Record/1"
QUICK = Manners("The register", rate_per_s=1000, backoff_s=1.0, attempts=4)
GOOD = httpx2.Response(200, json={"id": 1})


class Time:
    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.waits.append(seconds)

    def clock(self) -> float:
        return self.now

    @property
    def waited(self) -> float:
        return self.now - 100.0


class Server:
    """Gives the answers it was told, the last one for ever, and keeps the requests."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)


Ask = Callable[..., tuple[PoliteClient, Server, Time]]


@pytest.fixture
def asking() -> Iterator[Ask]:
    opened: list[PoliteClient] = []

    def open_client(*answers: httpx2.Response | Exception, manners: Manners = QUICK, **more: Any) -> Any:
        server, time = Server(*answers), Time()
        transport = httpx2.MockTransport(server)
        client = PoliteClient(manners, transport=transport, sleep=time.sleep, clock=time.clock, **more)
        opened.append(client)
        return client, server, time

    yield open_client
    for client in opened:
        client.close()


def identified(value: Any) -> Any:
    if not isinstance(value, dict) or "id" not in value:
        raise ValueError(f"no id in {value}")
    return value


FAULTS = {
    "429": httpx2.Response(429),
    "500": httpx2.Response(500, text="oops"),
    "503": httpx2.Response(503),
    "time-out": httpx2.ReadTimeout("timed out"),
    "connection lost": httpx2.RemoteProtocolError("peer closed connection"),
    "cut JSON": httpx2.Response(200, content=b'{"id": 1, "na'),
    "HTML": httpx2.Response(200, html="<!DOCTYPE html><title>Maintenance</title>"),
    "wrong encoding": httpx2.Response(200, content='{"id": 1, "author": "Lütken"}'.encode("latin-1")),
    "half a character": httpx2.Response(200, content=b'{"id": 1, "name": "\\ud83d"}'),
    "not a number": httpx2.Response(200, content=b'{"id": NaN}'),
    "empty page": httpx2.Response(200, content=b""),
    "wrong shape": httpx2.Response(200, json=["id"]),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_answer_is_asked_for_again_and_never_kept(
    fault: httpx2.Response | Exception, asking: Ask, tmp_path: Path
) -> None:
    client, server, time = asking(fault, GOOD, cache=tmp_path / "cache.db")
    assert client.json(URL, expect=identified) == {"id": 1}
    assert client.json(URL, expect=identified) == {"id": 1}
    assert len(server.requests) == 2
    assert time.waited == pytest.approx(1.0)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_after_the_bound_it_is_a_failure_that_says_what_is_missing(
    fault: httpx2.Response | Exception, asking: Ask, tmp_path: Path
) -> None:
    client, server, time = asking(fault, cache=tmp_path / "cache.db")
    with pytest.raises(SourceUnreachable, match="The register gave no usable answer after 4 attempts") as caught:
        client.json(URL, expect=identified)
    assert caught.value.problems == (URL,)
    assert len(server.requests) == 4
    assert time.waited == pytest.approx(1 + 2 + 4)
    server.answers = [GOOD]
    assert client.json(URL, expect=identified) == {"id": 1}


@pytest.mark.parametrize("none", [httpx2.Response(204), httpx2.Response(200, text="null"), httpx2.Response(404)])
def test_none_is_an_answer(none: httpx2.Response, asking: Ask, tmp_path: Path) -> None:
    client, server, _ = asking(none, cache=tmp_path / "cache.db")
    assert client.json(URL, expect=identified, absent=frozenset({404})) is ABSENT
    assert len(server.requests) == 1


def test_404_is_a_failure_where_it_does_not_mean_none(asking: Ask) -> None:
    client, server, _ = asking(httpx2.Response(404))
    with pytest.raises(SourceUnreachable, match="status 404"):
        client.json(URL)
    assert len(server.requests) == 1


def test_a_refused_request_is_not_repeated_and_gives_the_reasons(asking: Ask) -> None:
    said = {"code": 400, "success": False, "errors": ["No AphiaID given"]}
    client, server, _ = asking(httpx2.Response(400, json=said))
    with pytest.raises(InvalidData, match="No AphiaID given"):
        client.json(URL)
    assert len(server.requests) == 1


def test_retry_after_is_obeyed_in_seconds_and_as_a_date(asking: Ask) -> None:
    client, _, time = asking(httpx2.Response(429, headers={"Retry-After": "17"}), GOOD)
    client.json(URL)
    assert time.waited == pytest.approx(17, abs=0.1)

    date = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    client, _, time = asking(httpx2.Response(503, headers={"Retry-After": date}), GOOD)
    client.json(URL)
    assert time.waited == pytest.approx(40, abs=2)


def test_a_ban_is_not_waited_for(asking: Ask) -> None:
    client, server, time = asking(httpx2.Response(429, headers={"Retry-After": "86400"}))
    with pytest.raises(SourceUnreachable, match="asks to wait 86400 s"):
        client.json(URL)
    assert (len(server.requests), time.waited) == (1, 0)


def test_the_contact_stands_in_the_user_agent_and_is_required_by_wikimedia(asking: Ask) -> None:
    client, server, _ = asking(GOOD, contact="me@example.org")
    client.json(URL)
    assert server.requests[0].headers["user-agent"].endswith("(me@example.org)")
    with pytest.raises(UsageError) as caught:
        asking(GOOD, manners=WIKIMEDIA)
    assert "SESTON_CONTACT" in caught.value.hint


def test_a_list_among_the_parameters_is_repeated_and_fresh_passes_the_cache(asking: Ask, tmp_path: Path) -> None:
    client, server, _ = asking(GOOD, cache=tmp_path / "cache.db")
    for fresh in (False, False, True, False):
        client.json(URL, {"aphiaids[]": ["1", "2"]}, fresh=fresh)
    assert [request.url.params.get_list("aphiaids[]") for request in server.requests] == [["1", "2"]] * 2


def test_the_cache_outlives_the_client(asking: Ask, tmp_path: Path) -> None:
    first, _, _ = asking(GOOD, cache=tmp_path / "cache.db")
    first.json(URL)
    first.close()
    second, server, _ = asking(httpx2.Response(500), cache=tmp_path / "cache.db")
    assert second.json(URL) == {"id": 1}
    assert not server.requests


def test_a_redirect_is_followed(asking: Ask) -> None:
    client, server, _ = asking(httpx2.Response(301, headers={"Location": "/rest/Record/2"}), GOOD)
    assert client.json(URL) == {"id": 1}
    assert server.requests[1].url.path == "/rest/Record/2"


def test_a_foreign_client_is_tried_again_under_the_same_policy(asking: Ask) -> None:
    client, _, time = asking(GOOD)
    answers: list[Any] = [ConnectionError("lost"), Faulty("status 429", wait_s=9), json.dumps({})]

    def foreign() -> str:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return str(answer)

    known = lambda error: Faulty("lost") if isinstance(error, ConnectionError) else None  # noqa: E731
    assert client.attempt(foreign, "a query", fault=known) == "{}"
    assert time.waited == pytest.approx(1 + 9, abs=0.1)
    answers.append(KeyError("a bug of our own"))
    with pytest.raises(KeyError):
        client.attempt(foreign, "a query", fault=known)
