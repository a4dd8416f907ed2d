"""Wikidata into the workspace: the item of every taxon, by identifier or by name with lineage."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

from seston.graph.columnar.core import Core
from seston.pipeline.stages import Progress
from seston.records import Taxon
from seston.sources.web.journal import Journal
from seston.sources.web.misses import GaveUp, Misses
from seston.sources.wikimedia.attach import Attachment
from seston.sources.wikimedia.definition import fold
from seston.sources.wikimedia.items import NAME, PROPERTIES, Item, choose
from seston.sources.wikimedia.lineages import Lineages
from seston.sources.wikimedia.links import LINKS, Link, read_links, write_links
from seston.sources.wikimedia.wikidata import BATCH
from seston.workspace import Workspace

KEYS = (*PROPERTIES.values(), NAME)
Found = dict[str, list[Item]]


class Items(Protocol):
    """Whoever finds items: `Wikidata`."""

    languages: tuple[str, ...]

    def items(self, key: str, values: Sequence[str]) -> list[Item]:
        """Return the items that carry ids or names."""


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


def lacking(taxa: Iterable[Taxon], key: str, journal: Journal, languages: Iterable[str]) -> list[list[str]]:
    """Return the ids or names of taxa that the journal has no answer for, sorted, in batches of one question."""
    values = sorted({value for taxon in taxa for value in _values(taxon, key)})
    new = [value for value in values if _request(key, value, languages) not in journal]
    return [new[start : start + BATCH] for start in range(0, len(new), BATCH)]


def requests_left(taxa: Sequence[Taxon], journal: Journal, languages: Sequence[str]) -> tuple[int, int]:
    """Return how many requests the AphiaIDs need at most, and how many the other ids and names.

    A question that finds items is followed by one for their parents.
    """
    first, *others = (2 * len(lacking(taxa, key, journal, languages)) for key in KEYS)
    return first, sum(others)


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

    Raises
    ------
    SourceUnreachable
        Some questions got no usable answer: each is named. All other answers are kept.
    """
    links: dict[str, Link] = {taxon.id: Link(taxon.id, None, ()) for taxon in taxa}
    for key in KEYS:
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
    """Add links to those of the workspace; a taxon that has one already gets the new one.

    Pages in other languages that an earlier harvest found for the same item stay.
    """
    path = workspace.path(LINKS)
    before = {link.taxon: link for link in read_links(path)}
    merged = (_with_pages(link, before.get(link.taxon)) for link in links)
    write_links(path, (before | {link.taxon: link for link in merged}).values())


def _with_pages(link: Link, before: Link | None) -> Link:
    if not (link.item and before and before.item and before.item.id == link.item.id):
        return link
    return replace(link, item=replace(link.item, pages={**before.item.pages, **link.item.pages}))


def _request(key: str, value: str, languages: Iterable[str]) -> str:
    """Return how the journal calls a question."""
    return f"{key} {value} @{_joined(languages)}"


def _joined(languages: Iterable[str]) -> str:
    return "+".join(sorted(set(languages)))


def _values(taxon: Taxon, key: str) -> Iterator[str]:
    if key == NAME:
        yield taxon.name
        return
    for curie in (taxon.id, *taxon.same_as):
        register, _, number = curie.partition(":")
        if PROPERTIES.get(register) == key:
            yield number


def _asked(taxa: Sequence[Taxon], key: str, service: Items, journal: Journal, progress: Progress) -> Found:
    """Return the items of each id or name; ask for those that the journal lacks."""
    misses = Misses("Wikidata's query service")
    batches = lacking(taxa, key, journal, service.languages)
    try:
        for number, batch in enumerate(batches, 1):
            with misses.rest(lambda number=number: [_named(key, rest) for rest in batches[number:]]):  # type: ignore[misc]
                misses.attempt(_named(key, batch), lambda batch=batch: _ask(service, key, batch, journal))  # type: ignore[misc]
            progress.done(number, len(batches))
    except GaveUp:
        pass
    misses.check()
    values = {value for taxon in taxa for value in _values(taxon, key)}
    answers = {value: journal.answer(_request(key, value, service.languages)) or {} for value in values}
    return {value: [Item.from_json(item) for item in items.values()] for value, items in answers.items()}


def _ask(service: Items, key: str, batch: Sequence[str], journal: Journal) -> None:
    """Ask for a batch, and write down the answer to each of its ids or names."""
    register = next((name for name, code in PROPERTIES.items() if code == key), "")
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for item in service.items(key, batch):
        for value in [c.partition(":")[2] for c in item.ids if c.startswith(f"{register}:")] or [item.name]:
            found[value][f"{item.curie}@{_joined(service.languages)}"] = item.as_json()
    journal.keep_all({_request(key, value, service.languages): found[value] for value in batch})


def _named(key: str, batch: Sequence[str]) -> str:
    return f"items with {key} {', '.join(batch)}"


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
