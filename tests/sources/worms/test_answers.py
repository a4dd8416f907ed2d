"""What WoRMS lacks (204), what it refuses (400), and what failed are three things, all the way to the journal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from seston.errors import SourceUnreachable
from seston.sources.web.journal import Journal, journal_path
from seston.sources.worms.collect import MISSING, REGISTER
from tests.command import seston
from tests.sources.worms.harvesting import ids, run
from tests.standins.server import WIRE_FAULTS, Answer, Request, Service, StandIn
from tests.standins.worms import Name, StandInWorms

TREE = [
    Name(1, "Biota", "Superdomain", 0, 1, "accepted", ""),
    Name(2, "Oithona", "Genus", 1, 2, "accepted", "Baird, 1843"),
    Name(3, "Oithona similis", "Species", 2, 3, "accepted", "Claus, 1866"),
    Name(4, "Oithona nana", "Species", 2, 4, "accepted", "Giesbrecht, 1893"),
]
ASKED = "/rest/AphiaChildrenByAphiaID/3"
REFUSED = Answer(400, b'{"code":400,"success":false,"errors":["Please provide a valid AphiaID"]}')


def answering(answer: Answer) -> Service:
    """Return the stand-in with another answer to the question for the children of one species."""
    worms = StandInWorms(TREE)
    return lambda request: answer if request.path == ASKED else worms(request)


def answered(folder: Path) -> set[str]:
    return {request.partition("?")[0] for request in Journal(journal_path(folder, "worms"), "worms").read().requests()}


def test_204_is_an_answer_and_stands_in_the_journal(tmp_path: Path) -> None:
    with StandIn(answering(Answer(204))) as server:
        run(tmp_path, server.url, "Oithona")
        before = len(server.log)
        run(tmp_path, server.url, "Oithona")
        assert len(server.log) == before
    assert "AphiaChildrenByAphiaID/3" in answered(tmp_path)
    assert ids(tmp_path) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (REFUSED, "WoRMS refuses {url}: Please provide a valid AphiaID."),
        (Answer(400), "WoRMS refuses {url}: status 400."),
        (Answer(503), "after 7 attempts: status 503."),
        (Answer(500, b"<html>"), "after 7 attempts: status 500."),
        (Answer(404), "no usable answer: status 404."),
        (Answer(200, b'[{"AphiaID": 9, "scien'), "cut off or broken"),
        (Answer(200, b"<!DOCTYPE html>"), "a page of HTML"),
        (Answer(200, b""), "an empty page"),
        (Answer(200, '[{"AphiaID": 9, "scientificname": "Lütkea"}]'.encode("latin-1")), "not in UTF-8"),
    ],
)
def test_what_is_refused_or_failed_is_named_and_asked_for_again(answer: Answer, said: str, tmp_path: Path) -> None:
    with StandIn(answering(answer)) as server:
        with pytest.raises(SourceUnreachable) as caught:
            run(tmp_path, server.url, "Oithona")
        (problem,) = caught.value.problems
        url = f"{server.url}{ASKED}?marine_only=false&offset=1"
        assert problem.startswith("children of Oithona similis (worms:3): ")
        assert said.format(url=url) in problem
        assert (tmp_path / MISSING).read_text() == f"{problem}\n"
        assert "AphiaChildrenByAphiaID/3" not in answered(tmp_path)
        assert not (tmp_path / REGISTER).exists()
        before = len(server.log)
        server.service = StandInWorms(TREE)
        run(tmp_path, server.url, "Oithona")
        later = server.log.targets()[before:]
    assert later[0].startswith(ASKED)
    assert [target for target in later if "Children" in target and not target.startswith(ASKED)] == []
    assert ids(tmp_path) == [1, 2, 3, 4]


@pytest.mark.parametrize("fault", WIRE_FAULTS)
def test_every_fault_once_in_a_while_leaves_the_same_register(fault: str, tmp_path: Path) -> None:
    worms = StandInWorms(TREE)
    with StandIn(worms) as clean, StandIn(worms, faults=lambda n, _: fault if n in (1, 4) else "") as faulty:
        run(tmp_path / "clean", clean.url, "Oithona", synonyms=True)
        run(tmp_path / "faulty", faulty.url, "Oithona", synonyms=True)
        assert [entry.fault for entry in faulty.log.entries if entry.fault] == [fault, fault]
    assert (tmp_path / "faulty" / REGISTER).read_bytes() == (tmp_path / "clean" / REGISTER).read_bytes()


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (Answer(204), 1, "No taxon 'Oithona'."),
        (REFUSED, 1, "Please provide a valid AphiaID"),
        (Answer(404), 4, "status 404"),
        (Answer(200, b"[" + b" " * 64 * 1024 * 1024 + b"]"), 4, "an answer of more than"),
    ],
)
def test_the_command_tells_the_three_apart_by_its_exit_code(
    answer: Answer, code: int, said: str, tmp_path: Path
) -> None:
    worms = StandInWorms(TREE)
    service: Callable[[Request], Answer] = lambda r: answer if "RecordsByName/" in r.path else worms(r)  # noqa: E731
    with StandIn(service) as server:
        ran = seston("harvest", "worms", "--root", "Oithona", "--url", f"{server.url}/rest", workspace=tmp_path)
    assert (ran.code, said in ran.err, "Traceback" in ran.err) == (code, True, False), ran.err
