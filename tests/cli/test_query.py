"""``seston query`` asked of a file or of an endpoint: what a user sees, above all when something is wrong."""

import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.command import Ran, done, seston
from tests.standins.server import Answer, Request, StandIn
from tests.web.servers import ENDLESS

COPEPODA = "<https://w3id.org/seston/taxon/worms/1080> <http://www.w3.org/2004/02/skos/core#prefLabel> 'Copepoda'"
RESULT = '{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "é"}}]}}'
JSON, TEXT = {"Content-Type": "application/sparql-results+json"}, {"Content-Type": "text/plain"}


def asked(tmp_path: Path, url: str, *options: str) -> Ran:
    file = tmp_path / "mine.rq"
    file.write_text("# add or describe: how many?\nSELECT ?n { ?s <http://a/p> ?n }")
    return seston("query", file, "--endpoint", url, *options)


@pytest.fixture
def turtle(tmp_path: Path) -> Path:
    file = tmp_path / "mine.ttl"
    file.write_text(f"{COPEPODA} ; <http://a/p> 1 .")
    return file


def test_a_file_in_place_of_the_workspace(turtle: Path, tmp_path: Path) -> None:
    ran = done("query", "names-of-taxon", "--data", turtle, "--json", workspace=tmp_path / "none")
    assert isinstance(ran.json, list)
    assert not (tmp_path / "none").exists()


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("<http://a> <http://b> ")
    ran = seston("query", "lineage", "--data", bad)
    assert (ran.code, ran.out) == (1, "")
    assert "does not parse" in ran.err and "line 1" in ran.err
    assert seston("query", "lineage", "--data", tmp_path / "none.ttl").code == 2
    assert seston("query", "lineage", "--data", bad, "--endpoint", "http://127.0.0.1:9/").code == 2
    assert seston("query", "lineage", "--endpoint", "file:///etc/passwd").code == 2


@pytest.mark.parametrize(
    "value",
    ['Copepoda" } ?s ?p ?o . { VALUES ?x { "', "Copepoda } #", "https://a> ?p ?o } #", "https://a b", "a\nb", ""],
)
def test_no_injection_through_a_parameter(value: str, turtle: Path) -> None:
    ran = seston("query", "lineage", "--data", turtle, "--param", f"taxon={value}")
    assert (ran.code, ran.out) == (1, "")
    assert "No taxon" in ran.err or "does not fit" in ran.err


@pytest.fixture
def many(tmp_path: Path) -> Path:
    file = tmp_path / "many.nt"
    file.write_text("".join(f"<http://a/{n}> <http://a/p> <http://a/o> .\n" for n in range(500)))
    return file


def test_a_query_that_never_ends_is_ended_by_the_limit(many: Path, tmp_path: Path) -> None:
    (tmp_path / "endless.rq").write_text(ENDLESS)
    began = time.monotonic()
    ran = seston("query", tmp_path / "endless.rq", "--data", many, "--timeout", "0.5")
    assert (ran.code, ran.out) == (1, "")
    assert "took longer than 0.5 s" in ran.err and "--timeout" in ran.err
    assert time.monotonic() - began < 20


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system tells nothing of threads")
def test_a_query_that_never_ends_is_ended_by_ctrl_c(many: Path, tmp_path: Path) -> None:
    (tmp_path / "endless.rq").write_text(ENDLESS)
    command = [sys.executable, "-m", "seston", "query", str(tmp_path / "endless.rq"), "--data", str(many)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not _works_aside(process.pid):
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err


def _works_aside(process: int) -> bool:
    """Whether a thread other than the first has worked for a while: the one that evaluates."""
    stats = [task / "stat" for task in Path(f"/proc/{process}/task").iterdir() if task.name != str(process)]
    return any(int(stat.read_text().rpartition(")")[2].split()[11]) > 20 for stat in stats)


def test_the_user_agent_names_the_operator_and_the_query_is_sent_whole(tmp_path: Path) -> None:
    seen: list[Request] = []

    def service(request: Request) -> Answer:
        seen.append(request)
        return Answer(200, RESULT.encode(), JSON)

    with StandIn(service) as endpoint:
        ran = asked(tmp_path, f"{endpoint.url}/sparql?key=value", "--contact", "me@example.org", "--csv")
    assert (ran.code, ran.out) == (0, "n\né\n")
    [request] = seen
    assert request.headers["user-agent"].startswith("seston/")
    assert "(me@example.org)" in request.headers["user-agent"]
    assert request.headers["accept"].startswith("application/sparql-results+json")
    assert b"query=%23+add+or+describe" in request.body


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        (Answer(400, b"Parse error: line 2\n  expected WHERE", TEXT), 1, "Parse error: line 2 expected WHERE"),
        (Answer(400, b"", TEXT), 1, "status 400"),
        (Answer(403, b"more than 10 rows", TEXT), 1, "more than 10 rows"),
        (Answer(414, b"too long", TEXT), 1, "too long"),
        (Answer(401, b"who are you?", TEXT), 4, "status 401"),
        (Answer(404, b"nothing here", TEXT), 4, "status 404: nothing here"),
        (Answer(500, b"'quoted' \\ \xff", TEXT), 4, "status 500: 'quoted' \\ \ufffd"),
        (Answer(503, b"took longer than 3 s", TEXT), 4, "took longer than 3 s"),
        (
            Answer(200, b"<!DOCTYPE html><html></html>", {"Content-Type": "text/html"}),
            1,
            "no SPARQL result, but text/html",
        ),
        (Answer(200, RESULT[:50].encode(), JSON), 1, "no SPARQL result"),
        (Answer(200, b"", JSON), 1, "no SPARQL result"),
    ],
)
def test_what_an_endpoint_may_say(answer: Answer, code: int, message: str, tmp_path: Path) -> None:
    with StandIn(lambda request: answer) as endpoint:
        ran = asked(tmp_path, endpoint.url)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert "Hint:" in ran.err and "Traceback" not in ran.err


def test_an_endpoint_that_is_not_there(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/sparql"
        slow = asked(tmp_path, url, "--timeout", "0.3")
    gone = asked(tmp_path, url)
    assert (slow.code, gone.code) == (4, 4)
    assert "timed out" in slow.err and "--timeout" in slow.err
    assert "Connection refused" in gone.err
    assert asked(tmp_path, "http://no.such.host.invalid/sparql").code == 4


def test_an_endpoint_that_hangs_up(tmp_path: Path) -> None:
    with StandIn(
        lambda request: Answer(200, RESULT.encode(), JSON), faults=lambda number, target: "hang up"
    ) as endpoint:
        ran = asked(tmp_path, endpoint.url)
    assert ran.code == 4
    assert "does not answer" in ran.err
