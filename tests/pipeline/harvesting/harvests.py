"""Harvests of EcoTaxa and Wikipedia that a test starts in processes of their own, and kills."""

import sys
from dataclasses import replace
from pathlib import Path

from seston.pipeline.harvesting.ecotaxa_tree import harvest_branch
from seston.pipeline.harvesting.wikipedia import read_pages
from seston.records import Taxon
from seston.sources.ecotaxa.rest import Ecotaxa
from seston.sources.web import ECOTAXA, WIKIMEDIA, Manners, PoliteClient
from seston.sources.web.journal import Journal, journal_path
from seston.sources.wikimedia.attach import Attachment
from seston.sources.wikimedia.items import Item
from seston.sources.wikimedia.lineages import Lineages
from seston.sources.wikimedia.links import Link
from seston.sources.wikimedia.passages import keep
from seston.sources.wikimedia.wikipedia import Wikipedia
from seston.workspace import Workspace
from tests.killing import serve_runs
from tests.quiet import Quiet

TOP, DEEP = 1, 80
PAGES = 80
LINKS = [
    Link(f"worms:{n}", Item(f"Q{n}", pages={"en": f"Page {n}"}), (Attachment(f"wikidata:Q{n}", f"worms:{n}", "P850"),))
    for n in range(1, PAGES + 1)
]


def fast(manners: Manners) -> Manners:
    return replace(manners, rate_per_s=2000, within_s=0.01, backoff_s=0.002)


def harvest_ecotaxa(folder: Path, url: str) -> None:
    with PoliteClient(fast(ECOTAXA)) as client, Journal(journal_path(folder, "ecotaxa"), "ecotaxa") as journal:
        harvest_branch(Workspace(folder), f"ecotaxa:{TOP}", Ecotaxa(client, f"{url}/api"), journal, Quiet())


def harvest_wikipedia(folder: Path, url: str) -> None:
    tree = Lineages(Taxon(link.taxon, link.taxon, "", "") for link in LINKS)
    with (
        PoliteClient(fast(WIKIMEDIA), contact="me@example.org") as client,
        Journal(journal_path(folder, "wikipedia"), "wikipedia") as journal,
    ):
        pages, misses = read_pages(LINKS, "en", tree, Wikipedia(client, url).page, journal, Quiet())
    keep(folder, pages)
    misses.check()


HARVESTS = {"ecotaxa": harvest_ecotaxa, "wikipedia": harvest_wikipedia}


if __name__ == "__main__":
    source, place, address = sys.argv[1:]
    harvest = HARVESTS[source]
    serve_runs(lambda: harvest(Path(place), address))
