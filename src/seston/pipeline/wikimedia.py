"""Wikidata and Wikipedia into the workspace: taxon → item → page → passages."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from seston.errors import MissingStage
from seston.graph.core import Core
from seston.pipeline.stages import Progress
from seston.records import Taxon
from seston.sources.web.journal import Journal
from seston.sources.wikimedia.attach import Attachment, attach_page
from seston.sources.wikimedia.definition import fold
from seston.sources.wikimedia.items import NAME, PROPERTIES, Item, choose
from seston.sources.wikimedia.lineages import Lineages
from seston.sources.wikimedia.links import LINKS, Link, read_links, write_links
from seston.sources.wikimedia.passages import Read, keep
from seston.sources.wikimedia.wikidata import BATCH
from seston.sources.wikimedia.wikipedia import WikiPage
from seston.workspace import Workspace


class Items(Protocol):
    """Whoever finds items: `Wikidata`."""

    def items(self, key: str, values: Sequence[str]) -> list[Item]:
        """Return the items that carry ids or names."""


def remembered(journal: Journal, request: str, ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the records that answer a request: from the journal, or asked now and written there."""
    known = journal.answer(request)
    if known is not None:
        return known
    answer = ask()
    journal.keep(request, answer)
    return answer


def request_of(key: str, batch: Sequence[str]) -> str:
    """Return how the journal calls a question for items."""
    return f"{key} {' | '.join(batch)}"


def page_request(language: str, title: str) -> str:
    """Return how the journal calls the request for a page."""
    return f"{language}:{title}"


def taxa_below(core: Core, root: str) -> list[Taxon]:
    """Return a taxon, given by name or id, with all taxa below it.

    Raises
    ------
    UnknownTaxon, AmbiguousTaxon
        No taxon, or several, answer to it.
    """
    hierarchy = core.hierarchy
    node = hierarchy.find(root)
    inside = {hierarchy.ids[i] for i in (node, *hierarchy.descendants(node).tolist())}
    return [taxon for taxon in core.taxa() if taxon.id in inside]


def batches_of(taxa: Sequence[Taxon], key: str) -> list[list[str]]:
    """Return the ids or names of taxa for one property, sorted, in batches of one question."""
    values = sorted({value for taxon in taxa for value in _values(taxon, key)})
    return [values[start : start + BATCH] for start in range(0, len(values), BATCH)]


def missing_questions(taxa: Sequence[Taxon], journal: Journal) -> tuple[int, int]:
    """Return how many batches by AphiaID the journal lacks, and how many by other ids and names at most."""
    lacking = [
        sum(request_of(key, batch) not in journal for batch in batches_of(taxa, key))
        for key in (*PROPERTIES.values(), NAME)
    ]
    return lacking[0], sum(lacking[1:])


def find_links(
    taxa: Sequence[Taxon], tree: Lineages, service: Items, journal: Journal, progress: Progress
) -> list[Link]:
    """Find the item of each taxon: by AphiaID, then NCBI and GBIF id, then by name with lineage.

    Parameters
    ----------
    taxa
        Whose items are wanted.
    tree
        The whole taxonomy, which names and parents of items are held against.
    service
        Finds items.
    journal
        Keeps its answers; what stands there is not asked again.
    progress
        Told of each batch.

    Returns
    -------
    list of Link
        One a taxon, in order.
    """
    links: dict[str, Link] = {taxon.id: Link(taxon.id, None, ()) for taxon in taxa}
    for key in (*PROPERTIES.values(), NAME):
        open_taxa = [taxon for taxon in taxa if links[taxon.id].item is None]
        found = _asked(open_taxa, key, service, journal, progress)
        for taxon in open_taxa:
            items = {item.id: item for value in _values(taxon, key) for item in found.get(value, ())}
            item, considered = choose(taxon, list(items.values()), tree)
            before = {made.page: made for made in links[taxon.id].considered}
            merged = before | {made.page: made for made in considered}
            links[taxon.id] = Link(taxon.id, item, tuple(merged.values()))
    return _one_taxon_an_item([links[taxon.id] for taxon in taxa], {taxon.id: taxon for taxon in taxa})


def save_links(workspace: Workspace, links: Sequence[Link]) -> None:
    """Add links to those of the workspace; a taxon that has one already gets the new one."""
    path = workspace.path(LINKS)
    new = {link.taxon for link in links}
    write_links(path, [*(link for link in read_links(path) if link.taxon not in new), *links])


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
    return [link for link in links if link.item and language in link.item.pages]


def read_pages(
    links: Sequence[Link],
    language: str,
    tree: Lineages,
    page_of: Callable[[str], WikiPage | None],
    journal: Journal,
    progress: Progress,
) -> list[Read]:
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
    """
    pages = []
    for number, link in enumerate(links, 1):
        title = link.item.pages[language] if link.item else ""
        pages.append(_read(link, title, _fetched(page_of, language, title, journal), tree))
        progress.done(number, len(links))
    return pages


def save_pages(workspace: Workspace, pages: Sequence[Read]) -> None:
    """Add pages to those of the workspace."""
    keep(workspace.root, pages)


def _values(taxon: Taxon, key: str) -> Iterator[str]:
    if key == NAME:
        yield taxon.name
        return
    for curie in (taxon.id, *taxon.same_as):
        register, _, number = curie.partition(":")
        if PROPERTIES.get(register) == key:
            yield number


def _asked(
    taxa: Sequence[Taxon], key: str, service: Items, journal: Journal, progress: Progress
) -> dict[str, list[Item]]:
    """Return the items of each id or name."""
    found: dict[str, list[Item]] = defaultdict(list)
    batches = batches_of(taxa, key)
    register = next((name for name, code in PROPERTIES.items() if code == key), "")
    for number, batch in enumerate(batches, 1):
        for item in _items(service, key, batch, journal):
            for value in [c.partition(":")[2] for c in item.ids if c.startswith(f"{register}:")] or [item.name]:
                found[value].append(item)
        progress.done(number, len(batches))
    return found


def _one_taxon_an_item(links: Sequence[Link], taxa: dict[str, Taxon]) -> list[Link]:
    """Leave an item that several taxa claim to the one whose name it bears, or to none."""
    claims: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.item:
            claims[link.item.id].append(link)
    lost: dict[str, str] = {}
    for claiming in claims.values():
        named = [k for k in claiming if k.item and fold(k.item.name) == fold(taxa[k.taxon].name)]
        for link in claiming if len(claiming) > 1 else ():
            if len(named) != 1 or link is not named[0]:
                lost[link.taxon] = ", ".join(other.taxon for other in claiming if other is not link)
    return [_without_item(link, lost[link.taxon]) if link.taxon in lost else link for link in links]


def _without_item(link: Link, others: str) -> Link:
    reason = f"it stands for {others} too"
    return Link(link.taxon, None, tuple(Attachment(m.page, reason=reason) if m.taxon else m for m in link.considered))


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


def _items(service: Items, key: str, batch: Sequence[str], journal: Journal) -> list[Item]:
    def ask() -> dict[str, Any]:
        return {item.curie: item.as_json() for item in service.items(key, batch)}

    return [Item.from_json(item) for item in remembered(journal, request_of(key, batch), ask).values()]


def _fetched(page_of: Callable[[str], WikiPage | None], language: str, title: str, journal: Journal) -> WikiPage | None:
    def ask() -> dict[str, Any]:
        page = page_of(title)
        return {f"{language}:{title}": asdict(page)} if page else {}

    answer = remembered(journal, page_request(language, title), ask)
    return next((WikiPage(**{**page, "categories": tuple(page["categories"])}) for page in answer.values()), None)
