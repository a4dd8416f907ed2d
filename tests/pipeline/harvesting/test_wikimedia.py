"""Taxon → item → page → passages: over a real SPARQL server and a stand-in of the Action API."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from seston.errors import MissingStage
from seston.pipeline.harvesting.wikidata import find_links, requests_left, save_links
from seston.pipeline.harvesting.wikipedia import links_below, read_pages
from seston.records import Taxon
from seston.sources.web import PoliteClient
from seston.sources.web.journal import Journal
from seston.sources.wikimedia.items import Item
from seston.sources.wikimedia.lineages import Lineages
from seston.sources.wikimedia.links import LINKS, Link, read_links
from seston.sources.wikimedia.passages import PASSAGES, keep, read_attachments, read_passages
from seston.sources.wikimedia.wikidata import Wikidata
from seston.sources.wikimedia.wikipedia import WikiPage
from seston.workspace import Workspace
from tests.quiet import Quiet
from tests.sources.wikimedia.conftest import page_client, query_client, wikidata
from tests.sources.wikimedia.trees import every_table

__all__ = ["page_client", "query_client", "wikidata"]


class Counting:
    """Passes questions on, and fails after so many."""

    def __init__(self, service: Wikidata, allowed: int = 10_000) -> None:
        self.service, self.allowed, self.asked = service, allowed, 0
        self.languages = service.languages

    def items(self, key: str, values: Sequence[str]) -> list[Item]:
        if self.asked >= self.allowed:
            raise KeyboardInterrupt
        self.asked += 1
        return self.service.items(key, values)


def chosen(tree: Lineages) -> list[Taxon]:
    """Six hundred taxa, the trapped ones among them."""
    some = list(tree.taxa.values())[:600]
    trapped = [tree.taxa[node] for node in ("worms:1248", "worms:1267", "worms:494057", "worms:127533", "worms:105410")]
    return list({taxon.id: taxon for taxon in (*trapped, *some)}.values())


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "harvest" / "wikidata.jsonl", "wikidata") as opened:
        yield opened


def test_every_taxon_gets_its_own_item_and_traps_are_rejected(
    wikidata: str, query_client: PoliteClient, journal: Journal, tmp_path: Path
) -> None:
    tree = every_table()
    taxa = chosen(tree)
    links = {link.taxon: link for link in find_links(taxa, tree, Wikidata(query_client, wikidata), journal, Quiet())}
    worms = [taxon.id for taxon in taxa if taxon.id.startswith("worms:")]
    assert all((item := links[node].item) and item.id == f"Q10{node.partition(':')[2]}" for node in worms)
    comb_jellies = {made.page: made.reason for made in links["worms:1248"].considered}
    assert comb_jellies["wikidata:Q31248"] == (
        "it carries worms:1248 but stands under Bacillariophyceae, elsewhere in the tree"
    )
    assert {made.page: made.reason for made in links["worms:1267"].considered}["wikidata:Q4267"] == (
        "Q101267 agrees better"
    )
    save_links(Workspace(tmp_path), list(links.values()))
    assert {link.taxon: link for link in read_links(tmp_path / LINKS)} == links


def test_an_item_named_like_a_taxon_needs_its_parents(
    wikidata: str, query_client: PoliteClient, journal: Journal
) -> None:
    twin = Taxon("worms:99999999", "Twin", "", "worms:1080")
    tree = Lineages([*every_table().taxa.values(), twin])
    (link,) = find_links([twin], tree, Wikidata(query_client, wikidata), journal, Quiet())
    assert link.item is not None
    assert (link.item.id, link.rule) == ("Q500", "lineage")
    assert [made.page for made in link.considered if made.reason] == ["wikidata:Q501"]


def test_a_stopped_harvest_continues_and_asks_nothing_twice(
    wikidata: str, query_client: PoliteClient, tmp_path: Path
) -> None:
    tree = every_table()
    taxa = chosen(tree)
    path = tmp_path / "wikidata.jsonl"
    whole = Counting(Wikidata(query_client, wikidata))
    with Journal(tmp_path / "whole.jsonl", "wikidata") as journal:
        expected = find_links(taxa, tree, whole, journal, Quiet())
    asked = 0
    for _ in range(whole.asked + 1):
        service = Counting(Wikidata(query_client, wikidata), allowed=1)
        try:
            with Journal(path, "wikidata") as journal:
                found = find_links(taxa, tree, service, journal, Quiet())
            break
        except KeyboardInterrupt:
            path.write_bytes(path.read_bytes() + b'{"record": "torn')
        finally:
            asked += service.asked
    assert found == expected
    assert asked == whole.asked
    assert requests_left(taxa, Journal(path, "wikidata").read(), service.languages)[0] == 0


def test_an_item_that_two_taxa_claim_goes_to_the_one_of_its_name(journal: Journal) -> None:
    tree = Lineages(
        [Taxon("worms:1", "Biota", "", ""), Taxon("worms:2", "A", "", "worms:1"), Taxon("worms:3", "B", "", "worms:1")]
    )

    class Both:
        languages: tuple[str, ...] = ("en",)

        def items(self, key: str, values: Sequence[str]) -> list[Item]:
            return [Item("Q1", "B", "", ("worms:2", "worms:3"))] if key == "P850" else []

    a, b = find_links([tree.taxa["worms:2"], tree.taxa["worms:3"]], tree, Both(), journal, Quiet())
    assert b.item is not None
    assert a.item is None
    assert [made.reason for made in a.considered] == ["it stands for worms:3 too"]


LINK = Link("worms:1080", Item("Q1", "Copepoda", "class", ("worms:1080",), (), {"en": "Copepod"}), ())
TREE = Lineages(
    [
        Taxon("worms:1", "Biota", "superdomain", ""),
        Taxon("worms:5", "Animalia", "kingdom", "worms:1"),
        Taxon("worms:2", "Arthropoda", "phylum", "worms:5"),
        Taxon("worms:1080", "Copepoda", "class", "worms:2"),
    ]
)


def page(**changed: object) -> WikiPage:
    content = {"title": "Copepod", "revision": "7", "text": "Copepoda is a class of arthropods.", "licence": "CC"}
    return WikiPage(**{**content, "url": "https://en.wikipedia.org/wiki/Copepod", "item": "Q1", **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(), ""),
        (page(item=""), ""),
        (None, "is not there"),
        (page(item="Q2"), "belongs to Q2, not to Q1"),
        (page(disambiguation=True), "several meanings"),
        (page(text=" "), "is empty"),
        (page(item="", text="Copepod is a band."), "no taxon is named copepod"),
        (page(item="", text="Arthropoda is a phylum of animals."), "by lineage it is about worms:2, by Q1 about"),
    ],
)
def test_a_page_is_attached_only_when_it_belongs_to_the_item(
    answer: WikiPage | None, reason: str, journal: Journal, tmp_path: Path
) -> None:
    ((read,), misses) = read_pages([LINK], "en", TREE, lambda title: answer, journal, Quiet())
    misses.check()
    assert reason in read.attachment.reason
    assert bool(read.attachment.reason) == bool(reason)
    assert bool(read.passages) != bool(reason)
    keep(tmp_path, [read])
    assert {p.about for p in read_passages(tmp_path / PASSAGES)} == (set() if reason else {"worms:1080"})
    assert read_attachments(tmp_path) == [read.attachment]


def test_a_page_is_fetched_once(journal: Journal) -> None:
    asked: list[str] = []

    def fetch(title: str) -> WikiPage:
        asked.append(title)
        return page()

    first, _ = read_pages([LINK], "en", TREE, fetch, journal, Quiet())
    assert read_pages([LINK], "en", TREE, fetch, journal, Quiet())[0] == first
    assert asked == ["Copepod"]


def test_wikipedia_needs_the_items_first(tmp_path: Path) -> None:
    with pytest.raises(MissingStage, match="Wikidata"):
        links_below(Workspace(tmp_path), [TREE.taxa["worms:1080"]], "en")
