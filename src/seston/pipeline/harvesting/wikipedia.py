"""Wikipedia into the workspace: the page of every linked item, as passages about its taxon."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from seston.errors import MissingStage
from seston.pipeline.stages import Progress
from seston.records import Taxon
from seston.sources.web.journal import Journal
from seston.sources.web.misses import GaveUp, Misses
from seston.sources.wikimedia.attach import Attachment, attach_page
from seston.sources.wikimedia.lineages import Lineages
from seston.sources.wikimedia.links import LINKS, Link, read_links
from seston.sources.wikimedia.passages import Read
from seston.sources.wikimedia.wikipedia import WikiPage
from seston.workspace import Workspace


def links_below(workspace: Workspace, taxa: Sequence[Taxon], language: str) -> list[Link]:
    """Return the harvested links of taxa whose item has a page in a language.

    Raises
    ------
    MissingStage
        Wikidata was not harvested.
    """
    wanted = {taxon.id for taxon in taxa}
    links = [link for link in read_links(workspace.path(LINKS)) if link.taxon in wanted]
    if not links:
        raise MissingStage(
            "Wikidata, which says which page is about which taxon, was not harvested for these taxa.",
            hint="Run 'seston harvest wikidata --root …' with the same root first.",
        )
    return [link for link in links if language in _pages(link)]


def pages_left(links: Iterable[Link], language: str, journal: Journal) -> int:
    """Return how many pages the journal lacks."""
    titles = {_pages(link)[language] for link in links}
    return sum(_request(language, title) not in journal for title in titles)


def read_pages(
    links: Sequence[Link],
    language: str,
    tree: Lineages,
    page_of: Callable[[str], WikiPage | None],
    journal: Journal,
    progress: Progress,
) -> tuple[list[Read], Misses]:
    """Fetch the page of each link and read it.

    Parameters
    ----------
    links
        With items that have a page in the language.
    language
        Language code.
    tree
        The taxonomy.
    page_of
        Returns the page of a title, or None.
    journal
        Keeps the answers; what stands there is not asked again.
    progress
        Told of each page.

    Returns
    -------
    list of Read
        Attached when the page belongs to the item, or, where the site does not say, when its lineage agrees.
    Misses
        The pages that got no usable answer.
    """
    pages: list[Read] = []
    misses = Misses("Wikipedia")
    titles = [_pages(link)[language] for link in links]
    try:
        for number, (link, title) in enumerate(zip(links, titles, strict=True), 1):
            with misses.rest(lambda number=number: titles[number:]):  # type: ignore[misc]
                fetched = misses.attempt(title, lambda title=title: [_fetched(page_of, language, title, journal)])  # type: ignore[misc]
            pages += [_read(link, title, page, tree) for page in fetched or ()]
            progress.done(number, len(links))
    except GaveUp:
        progress.note(f"{len(links) - number} pages were not asked for: Wikipedia does not answer")
    return pages, misses


def _pages(link: Link) -> dict[str, str]:
    return dict(link.item.pages) if link.item else {}


def _request(language: str, title: str) -> str:
    """Return how the journal calls the request for a page."""
    return f"{language}:{title}"


def _fetched(page_of: Callable[[str], WikiPage | None], language: str, title: str, journal: Journal) -> WikiPage | None:
    request = _request(language, title)

    def ask() -> dict[str, Any]:
        page = page_of(title)
        return {request: asdict(page)} if page else {}

    answer = journal.answered(request, ask)
    return next((WikiPage(**{**page, "categories": tuple(page["categories"])}) for page in answer.values()), None)


def _read(link: Link, title: str, page: WikiPage | None, tree: Lineages) -> Read:
    made = _attach(link, title, page, tree)
    return Read(made, page.passages(made.taxon) if page and made.taxon else ())


def _attach(link: Link, title: str, page: WikiPage | None, tree: Lineages) -> Attachment:
    item = link.item.id if link.item else ""
    if page is None:
        return Attachment(title, reason=f"the page that {item} names is not there")
    if page.disambiguation:
        return Attachment(page.url, reason="the page lists several meanings")
    if page.item and page.item != item:
        return Attachment(page.url, reason=f"the page belongs to {page.item}, not to {item}")
    if not page.text.strip():
        return Attachment(page.url, reason="the page is empty")
    if page.item:
        evidence = next((made.evidence for made in link.considered if made.taxon), ())
        return Attachment(page.url, link.taxon, link.rule, (f"wikidata:{item}", *evidence))
    made = attach_page(page.url, page.definition(), tree)
    if made.taxon and made.taxon != link.taxon:
        return Attachment(page.url, reason=f"by lineage it is about {made.taxon}, by {item} about {link.taxon}")
    return made
