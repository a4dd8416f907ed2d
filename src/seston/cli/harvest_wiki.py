"""``harvest wikidata|wikipedia|ecotaxa``: items, pages and EcoTaxa's tree."""

from collections import Counter
from typing import TYPE_CHECKING

import click

from seston.cli.output import Progress, notice
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.sources.web import Manners, PoliteClient
    from seston.sources.web.journal import Journal

_root = click.option("--root", required=True, metavar="NAME|ID", help="The taxon with which the branch begins.")
_url = click.option("--url", metavar="URL", help="Address of the service, for a mirror.")
_contact = click.option(
    "--contact", envvar="SESTON_CONTACT", default="", metavar="MAIL", help="Your address, which the service asks for."
)
_dry = click.option("--dry-run", is_flag=True, help="Say how many requests and how long, and ask nothing.")


@click.command("wikidata")
@_root
@_url
@_contact
@_dry
@click.option("--language", "languages", multiple=True, default=("en",), show_default=True, help="Wikipedias wanted.")
@click.pass_obj
def harvest_wikidata(
    workspace: Workspace, root: str, url: str | None, contact: str, dry_run: bool, languages: tuple[str, ...]
) -> None:
    """Find the Wikidata item of every taxon below the root, by AphiaID or by name with lineage.

    Whatever was answered is kept in a journal; the same command continues where it stopped.
    """
    from seston.pipeline.pages import taxonomy_of
    from seston.pipeline.wikimedia import find_links, missing_questions, save_links, taxa_below
    from seston.sources.web import WIKIDATA_QUERY
    from seston.sources.wikimedia.lineages import Lineages
    from seston.sources.wikimedia.wikidata import Wikidata

    core = taxonomy_of(workspace, Progress())
    taxa = taxa_below(core, root)
    if dry_run:
        first, more = missing_questions(taxa, _journal(workspace, "wikidata").read())
        _forecast(WIKIDATA_QUERY, 2 * first, 2 * more)
        return
    with _client(WIKIDATA_QUERY, contact) as client, _journal(workspace, "wikidata") as journal:
        service = Wikidata(client, url, languages) if url else Wikidata(client, languages=languages)
        links = find_links(taxa, Lineages(core.taxa()), service, journal, Progress())
    save_links(workspace, links)
    rules = Counter(link.rule for link in links if link.item)
    told = ", ".join(f"{n} by {rule}" for rule, n in sorted(rules.items()))
    click.echo(f"{sum(rules.values())} of {len(links)} taxa have an item: {told or 'none'}.")
    rejected = sum(bool(made.reason) for link in links for made in link.considered)
    notice(f"{rejected} items were rejected; harvest/links.jsonl says why.")
    notice("Next: 'seston harvest wikipedia' with the same root, 'seston export sssom PATH'.")


@click.command("wikipedia")
@_root
@_url
@_contact
@_dry
@click.option("--language", default="en", show_default=True, help="Language code of the Wikipedia.")
@click.pass_obj
def harvest_wikipedia(
    workspace: Workspace, root: str, url: str | None, contact: str, dry_run: bool, language: str
) -> None:
    """Fetch the Wikipedia page of every taxon below the root whose item has one.

    A page that belongs to another item, lists meanings or is missing is rejected, and the reason kept.
    """
    from seston.pipeline.pages import taxonomy_of
    from seston.pipeline.wikimedia import links_below, page_request, read_pages, save_pages, taxa_below
    from seston.sources.web import WIKIMEDIA
    from seston.sources.wikimedia.lineages import Lineages
    from seston.sources.wikimedia.wikipedia import Wikipedia, endpoint

    core = taxonomy_of(workspace, Progress())
    links = links_below(workspace, taxa_below(core, root), language)
    if dry_run:
        known = _journal(workspace, "wikipedia").read()
        titles = {link.item.pages[language] for link in links if link.item}
        _forecast(WIKIMEDIA, sum(page_request(language, title) not in known for title in titles))
        return
    with _client(WIKIMEDIA, contact) as client, _journal(workspace, "wikipedia") as journal:
        service = Wikipedia(client, url or endpoint(language))
        pages = read_pages(links, language, Lineages(core.taxa()), service.page, journal, Progress())
    save_pages(workspace, pages)
    attached = [read for read in pages if read.attachment.taxon]
    for read in pages:
        if not read.attachment.taxon:
            notice(f"rejected {read.attachment.page}: {read.attachment.reason}")
    passages = sum(len(read.passages) for read in attached)
    click.echo(f"{len(attached)} pages attached with {passages} passages, {len(pages) - len(attached)} rejected.")


@click.command("ecotaxa")
@_root
@_url
@_contact
@_dry
@click.pass_obj
def harvest_ecotaxa(workspace: Workspace, root: str, url: str | None, contact: str, dry_run: bool) -> None:
    """Fetch a branch of EcoTaxa's tree, with the line above it and what renamed nodes became."""
    from seston.pipeline.ecotaxa_tree import Reckoning, harvest_branch, requests_left
    from seston.sources.ecotaxa.rest import ADDRESS, Ecotaxa
    from seston.sources.web import ECOTAXA
    from seston.sources.web.journal import journal_path

    if dry_run:
        with _client(ECOTAXA, contact) as client:
            known = Reckoning(journal_path(workspace.root, "ecotaxa"), "ecotaxa").read()
            _forecast(ECOTAXA, requests_left(root, Ecotaxa(client, url or ADDRESS), known))
        notice("EcoTaxa tells no size of a branch beforehand: as many more as it has further levels.")
        return
    with _client(ECOTAXA, contact) as client, _journal(workspace, "ecotaxa") as journal:
        count = harvest_branch(workspace, root, Ecotaxa(client, url or ADDRESS), journal, Progress())
    click.echo(f"{count} nodes of EcoTaxa's tree harvested.")
    notice("Next: 'seston build taxonomy' joins them to the workspace's tree.")


def _client(manners: "Manners", contact: str) -> "PoliteClient":
    from seston.sources.web import PoliteClient

    return PoliteClient(manners, contact=contact)


def _journal(workspace: Workspace, source: str) -> "Journal":
    from seston.sources.web.journal import Journal, journal_path

    return Journal(journal_path(workspace.root, source), source)


def _forecast(manners: "Manners", requests: int, more: int = 0) -> None:
    """Say how many requests a harvest needs, and how long they take at the service's rate."""
    seconds = requests / manners.rate_per_s
    further = f", and up to {more} more for what these do not find" if more else ""
    click.echo(
        f"{requests} requests to {manners.service}, {seconds:.0f} s at {manners.rate_per_s:g} a second{further}."
    )
