"""A small Wikidata on loopback, made of the taxonomy tables, with homonyms and wrong identifiers on purpose."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from seston.sources.web import WIKIDATA_QUERY, WIKIMEDIA, PoliteClient
from tests.sources.wikimedia.trees import every_table
from tests.standins.wikidata import item_of, serving, sitelink, turtle

PAGES = {
    "worms:494057": "Tripos (dinoflagellate)",
    "worms:127533": "Conchoecia",
    "worms:1267": "Cnidaria",
    "worms:105410": "Sagitta (genus)",
    "worms:11782": "Octopodidae",
}
# What Wikidata really holds of such things: a constellation and a genre of music, which are no taxa; an item of the
# diatom genus with the AphiaID of the comb jellies; two items with one AphiaID; an item named like a taxon without an
# id, under the right parents and under wrong ones.
TRAPS = f"""
wd:Q8934 rdfs:label "Sagitta"@en .
wd:Q58339 rdfs:label "disco"@en .
wd:Q31248 wdt:P225 "Ctenophora" ; wdt:P850 "1248" ; wdt:P171 wd:{item_of("worms:148899")} .
wd:Q4267 wdt:P225 "Polypes" ; wdt:P850 "1267" .
wd:Q500 wdt:P225 "Twin" ; wdt:P171 wd:{item_of("worms:1080")} .
wd:Q501 wdt:P225 "Twin" ; wdt:P171 wd:{item_of("worms:51")} .
"""


@pytest.fixture(scope="session")
def wikidata(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the endpoint of the SPARQL server."""
    taxa = every_table().taxa.values()
    links = [*sitelink("Q8934", "Sagitta"), *sitelink("Q58339", "Disco"), *sitelink("Q101267", "Cnidaires", "fr")]
    content = turtle(taxa, PAGES) + TRAPS + "\n".join(links)
    with serving(tmp_path_factory.mktemp("wikidata"), content) as endpoint:
        yield endpoint


@pytest.fixture
def query_client() -> Iterator[PoliteClient]:
    """A client with Wikidata's manners, in a hurry."""
    manners = replace(WIKIDATA_QUERY, rate_per_s=100, backoff_s=0.01, timeout_s=2)
    with PoliteClient(manners, contact="test@example.org") as client:
        yield client


@pytest.fixture
def page_client() -> Iterator[PoliteClient]:
    """A client with Wikimedia's manners, in a hurry."""
    manners = replace(WIKIMEDIA, rate_per_s=200, backoff_s=0.01, timeout_s=2)
    with PoliteClient(manners, contact="test@example.org", sleep=lambda _: None) as client:
        yield client
