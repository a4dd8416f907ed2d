"""EcoTaxa and Wikipedia, killed at random moments: the same result, and nothing that was answered asked again."""

from collections import Counter
from pathlib import Path

import pytest

from seston.pipeline.harvesting.ecotaxa_tree import REGISTER
from seston.sources.ecotaxa.tree import EcotaxaNode
from seston.sources.wikimedia.passages import ATTACHED, PASSAGES
from tests.killing import asked_again, kill_at_random, runs
from tests.pipeline.harvesting.harvests import DEEP, HARVESTS, PAGES, TOP
from tests.standins.ecotaxa import EcotaxaService
from tests.standins.mediawiki import MediaWiki
from tests.standins.server import Service, StandIn


def a_deep_tree() -> EcotaxaService:
    """A line of nodes, so that every level is a request of its own."""
    return EcotaxaService(
        EcotaxaNode(n, n - 1 if n > TOP else None, f"N{n}", f"N{n}", False, "active", "", None, None, 0)
        for n in range(TOP, TOP + DEEP)
    )


def a_wiki() -> MediaWiki:
    titles = {f"Page {n}": f"Q{n}" for n in range(1, PAGES + 1)}
    return MediaWiki({title: f"{title} is a page." for title in titles}, items=titles)


@pytest.mark.parametrize(
    ("source", "service", "made"),
    [("ecotaxa", a_deep_tree(), (REGISTER,)), ("wikipedia", a_wiki(), (PASSAGES, ATTACHED))],
    ids=["ecotaxa", "wikipedia"],
)
def test_killed_at_random_moments(source: str, service: Service, made: tuple[str, ...], tmp_path: Path) -> None:
    with StandIn(service) as server:
        HARVESTS[source](tmp_path / "clean", server.url)
    killed = tmp_path / "killed"
    harvests = "tests.pipeline.harvesting.harvests"
    with StandIn(service, delay_s=0.03) as slow, runs(harvests, source, killed, slow.url) as start:
        last_asked = kill_at_random(start, slow, kills=10, within_s=0.12)
        assert start()[1]() == 0
    assert asked_again(slow.log) - Counter(last_asked) == Counter(), "only what a kill cut off may be asked for again"
    for name in made:
        assert (killed / name).read_bytes() == (tmp_path / "clean" / name).read_bytes()
