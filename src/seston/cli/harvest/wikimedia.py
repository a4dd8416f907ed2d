"""``harvest wikidata`` and ``harvest wikipedia``: items of taxa, and their pages."""

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from seston.cli.harvest import options
from seston.cli.output import Progress, counted, notice, print_json
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.sources.wikimedia.links import Link
    from seston.sources.wikimedia.passages import Read


@click.command("wikidata")
@options.root
@click.option(
    "--language",
    "languages",
    multiple=True,
    default=("en",),
    show_default=True,
    type=options.LANGUAGE,
    help="Wikipedias whose pages are wanted.",
)
@options.url
@options.contact
@options.dry_run
@options.as_json
@click.pass_obj
def harvest_wikidata(
    workspace: Workspace,
    root: str,
    languages: tuple[str, ...],
    url: str | None,
    contact: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Find the Wikidata item of every taxon below the root, by AphiaID or by name with lineage.

    Every answer is kept in harvest/wikidata.jsonl; an interrupted harvest asks only for what is missing.
    """
    from seston.pipeline.harvesting.pages import taxonomy_of
    from seston.pipeline.harvesting.wikidata import find_links, requests_left, save_links, taxa_below
    from seston.sources.web import WIKIDATA_QUERY
    from seston.sources.wikimedia.lineages import Lineages
    from seston.sources.wikimedia.sparql import ENDPOINT
    from seston.sources.wikimedia.wikidata import Wikidata

    progress = Progress()
    if dry_run:
        taxa = taxa_below(taxonomy_of(workspace, progress), root)
        journal = options.journal_of(workspace, "wikidata").read()
        options.tell_forecast(WIKIDATA_QUERY, *requests_left(taxa, journal, languages), as_json)
        return
    with options.asking(workspace, "wikidata", WIKIDATA_QUERY, contact, progress) as (client, journal):
        core = taxonomy_of(workspace, progress)
        service = Wikidata(client, url or ENDPOINT, languages)
        links = find_links(taxa_below(core, root), Lineages(core.taxa()), service, journal, progress)
    save_links(workspace, links)
    _tell_links(links, as_json)
    notice("Next: 'seston harvest wikipedia' with the same root, 'seston export sssom PATH'.")


@click.command("wikipedia")
@options.root
@click.option(
    "--language", default="en", show_default=True, type=options.LANGUAGE, help="Language code of the Wikipedia."
)
@options.url
@options.contact
@options.dry_run
@options.as_json
@click.pass_obj
def harvest_wikipedia(
    workspace: Workspace, root: str, language: str, url: str | None, contact: str, dry_run: bool, as_json: bool
) -> None:
    """Fetch the Wikipedia page of every taxon below the root whose item has one.

    A page that belongs to another item, lists meanings or is missing is rejected, and the reason kept. Every answer is
    kept in harvest/wikipedia.jsonl; an interrupted harvest asks only for what is missing.
    """
    from seston.pipeline.harvesting.pages import taxonomy_of
    from seston.pipeline.harvesting.wikidata import taxa_below
    from seston.pipeline.harvesting.wikipedia import links_below, pages_left, read_pages
    from seston.sources.web import WIKIMEDIA
    from seston.sources.wikimedia.lineages import Lineages
    from seston.sources.wikimedia.passages import keep
    from seston.sources.wikimedia.wikipedia import Wikipedia, endpoint

    progress = Progress()
    if dry_run:
        links = links_below(workspace, taxa_below(taxonomy_of(workspace, progress), root), language)
        left = pages_left(links, language, options.journal_of(workspace, "wikipedia").read())
        options.tell_forecast(WIKIMEDIA, left, 0, as_json)
        return
    with options.asking(workspace, "wikipedia", WIKIMEDIA, contact, progress) as (client, journal):
        core = taxonomy_of(workspace, progress)
        links = links_below(workspace, taxa_below(core, root), language)
        service = Wikipedia(client, url or endpoint(language))
        pages, misses = read_pages(links, language, Lineages(core.taxa()), service.page, journal, progress)
    keep(workspace.root, pages)
    _tell_pages(pages, as_json)
    misses.check()
    if not links:
        notice(f"No item below {root} has a page in '{language}': 'seston harvest wikidata --language {language} …'.")
    notice("Next: 'seston build' reads the pages into concepts.")


def _tell_links(links: list["Link"], as_json: bool) -> None:
    if as_json:
        print_json([_link(link) for link in links])
        return
    rules = Counter(link.rule for link in links if link.item)
    told = ", ".join(f"{n} by {rule}" for rule, n in sorted(rules.items()))
    click.echo(f"{sum(rules.values())} of {len(links)} taxa have an item: {told or 'none'}.")
    rejected = sum(bool(made.reason) for link in links for made in link.considered)
    notice(f"{rejected} items were rejected; harvest/links.jsonl says why.")


def _link(link: "Link") -> dict[str, Any]:
    item = link.item.as_json() if link.item else None
    return {"taxon": link.taxon, "item": item, "rule": link.rule, "considered": [asdict(m) for m in link.considered]}


def _tell_pages(pages: list["Read"], as_json: bool) -> None:
    if as_json:
        print_json([asdict(read.attachment) | {"passages": len(read.passages)} for read in pages])
        return
    attached = [read for read in pages if read.attachment.taxon]
    rejected = [read.attachment for read in pages if not read.attachment.taxon]
    for made in rejected[: options.SHOWN]:
        notice(f"rejected {made.page}: {made.reason}")
    if len(rejected) > options.SHOWN:
        notice(f"… and {len(rejected) - options.SHOWN} more; harvest/rejected.json says why.")
    passages = sum(len(read.passages) for read in attached)
    told = f"{counted(len(attached), 'page')} attached with {counted(passages, 'passage')}"
    click.echo(f"{told}, {len(rejected)} rejected.")
