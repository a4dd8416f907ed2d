"""Pages over the Action API, from a stand-in that serves the pages of 2019."""

import pytest

from seston.errors import InvalidData, SourceUnreachable, UsageError
from seston.sources.web import WIKIMEDIA, PoliteClient
from seston.sources.wikimedia.wikipedia import Wikipedia, page_of
from tests.sources.shared import shared
from tests.standins.mediawiki import MediaWiki, explained, revision_of
from tests.standins.server import StandIn

FAULTS = ("429", "429 wait", "429 date", "500", "503", "cut JSON", "HTML", "wrong encoding", "empty page", "hang up")


def pages_of_2019() -> dict[str, str]:
    paths = sorted(shared("wikipedia").glob("*.md"))
    return {path.stem.replace("_", " "): explained(path.read_text()) for path in paths}


def test_every_page_gives_passages_with_page_revision_section_and_offsets(page_client: PoliteClient) -> None:
    texts = pages_of_2019()
    with StandIn(MediaWiki(texts, items={"Cnidaria": "Q101267"})) as server:
        service = Wikipedia(page_client, f"{server.url}/w/api.php")
        pages = {title: service.page(title) for title in texts}
        assert server.log.most_at_once <= 3
    assert len(pages) == 38
    for title, page in pages.items():
        assert page is not None
        assert (page.title, page.text, page.revision) == (title, texts[title], str(revision_of(texts[title])))
        for passage in page.passages("worms:1"):
            assert passage.page.startswith("https://en.wikipedia.org/wiki/")
            assert passage.revision == page.revision
            assert passage.licence == "CC-BY-SA-4.0"
            assert page.text[passage.start : passage.start + len(passage.text)] == passage.text
    cnidaria = pages["Cnidaria"]
    assert cnidaria is not None
    assert cnidaria.item == "Q101267"
    assert len({passage.section for passage in cnidaria.passages("worms:1267")}) > 5


def test_a_redirect_is_followed_and_a_missing_page_is_absent(page_client: PoliteClient) -> None:
    with StandIn(MediaWiki({"Copepod": "A copepod."}, redirects={"Copepoda": "Copepod"})) as server:
        service = Wikipedia(page_client, server.url)
        found = service.page("Copepoda")
        assert found is not None
        assert found.title == "Copepod"
        assert service.page("Nothing of that name") is None
        assert len(server.log) == 2


def test_faults_change_nothing(page_client: PoliteClient) -> None:
    texts = {f"Page {number}": f"This is page {number}." for number in range(20)}
    remaining = list(FAULTS)

    def each_once(number: int, target: str) -> str:
        return remaining.pop(0) if remaining and number % 2 == 0 else ""

    page_client.gate.pause = lambda seconds: None  # type: ignore[method-assign]
    with StandIn(MediaWiki(texts, lags=1), faults=each_once, hang_s=0.1) as server:
        service = Wikipedia(page_client, server.url)
        assert {title: page.text for title in texts if (page := service.page(title))} == texts
    assert not remaining


def test_a_lag_that_does_not_end_is_unreachable(page_client: PoliteClient) -> None:
    with StandIn(MediaWiki({"A": "a"}, lags=99)) as server:
        page_client.gate.pause = lambda seconds: None  # type: ignore[method-assign]
        with pytest.raises(SourceUnreachable, match="maxlag"):
            Wikipedia(page_client, server.url).page("A")
        assert len(server.log) == page_client.manners.attempts


def test_a_contact_is_needed() -> None:
    with pytest.raises(UsageError, match="Wikimedia"):
        PoliteClient(WIKIMEDIA)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        None,
        {},
        {"error": {"code": "badvalue", "info": "Unrecognized value"}},
        {"query": {"pages": []}},
        {"query": {"pages": [{"title": "A", "lastrevid": 1, "fullurl": "u"}], "rightsinfo": {"text": "CC"}}},
        {"query": {"pages": [{"title": "A", "extract": "a", "lastrevid": 1, "fullurl": "u"}]}},
    ],
)
def test_another_shape_is_refused(answer: object) -> None:
    with pytest.raises(InvalidData):
        page_of(answer)
