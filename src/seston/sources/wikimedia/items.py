"""Items of Wikidata as the harvest keeps them, and which of them a taxon's identifier means.

An identifier may stand on several items (a name and its synonyms), an item may carry several identifiers, and some
carry the wrong one. So the item's own name and its own parents are held against the taxonomy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from seston.records import Taxon
from seston.sources.wikimedia.attach import Attachment, attach_lineage, contradiction
from seston.sources.wikimedia.definition import fold
from seston.sources.wikimedia.lineages import Lineages, scientific_names

PROPERTIES = {"worms": "P850", "ncbi": "P685", "gbif": "P846"}
"""Wikidata's property for the ids of each register."""
NAME = "P225"


@dataclass(frozen=True, slots=True)
class Item:
    """An item about a taxon.

    Parameters
    ----------
    id
        Such as ``Q125436``.
    name, rank
        Taxon name (P225) and the English name of its rank (P105); empty when it has none.
    ids
        CURIEs by its identifiers P850, P685 and P846.
    parents
        Taxon names of the items above it (P171), the nearest first.
    pages
        Titles of its Wikipedia pages by language.
    """

    id: str
    name: str = ""
    rank: str = ""
    ids: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)

    @property
    def curie(self) -> str:
        """The item as a CURIE."""
        return f"wikidata:{self.id}"

    def as_json(self) -> dict[str, Any]:
        """Return the item as plain JSON."""
        return {**asdict(self), "pages": dict(sorted(self.pages.items()))}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Item":
        """Return the item that `as_json` gave."""
        lists = {name: tuple(content[name]) for name in ("ids", "parents")}
        return cls(content["id"], content["name"], content["rank"], **lists, pages=dict(content["pages"]))


def choose(taxon: Taxon, items: Sequence[Item], tree: Lineages) -> tuple[Item | None, list[Attachment]]:
    """Choose the item that a taxon's identifiers or its name and lineage mean.

    Parameters
    ----------
    taxon
        A taxon of the tree.
    items
        Items that carry one of its identifiers or one of its names.
    tree
        The taxonomy.

    Returns
    -------
    Item or None
        The item; None when there is none, or no telling.
    list of Attachment
        One for each item: attached, or rejected with the reason. An item that carries no identifier of the taxon needs
        two ancestors among its parents.

    Examples
    --------
    >>> tree = Lineages([Taxon("worms:1", "Biota", "superdomain", ""), Taxon("worms:1080", "Copepoda", "subclass",
    ... "worms:1")])
    >>> item, made = choose(tree.taxa["worms:1080"], [Item("Q8412", "Copepoda", ids=("worms:1080",))], tree)
    >>> item.id, made[0].rule
    ('Q8412', 'P850')
    """
    judged = [(item, _judge(taxon, item, tree)) for item in sorted(items, key=lambda item: item.id)]
    for rule in (*PROPERTIES.values(), "lineage"):
        best = [(item, made) for item, made in judged if made.rule == rule]
        if not best:
            continue
        named = [(item, made) for item, made in best if _bears(item, [taxon.name])]
        synonyms = [(item, made) for item, made in best if _bears(item, scientific_names(taxon))]
        chosen = next((group for group in (named, synonyms, best) if len(group) == 1), [])
        return (chosen[0][0] if chosen else None), _outcome(judged, chosen, best)
    return None, [made for _, made in judged]


def _judge(taxon: Taxon, item: Item, tree: Lineages) -> Attachment:
    own = {taxon.id, *taxon.same_as}
    shared = [curie for curie in item.ids if curie in own]
    if elsewhere := contradiction(taxon.id, item.parents, tree):
        said = f"carries {shared[0]}" if shared else f"is named {item.name}"
        return Attachment(item.curie, reason=f"it {said} but stands under {elsewhere}, elsewhere in the tree")
    if shared:
        first = min(shared, key=lambda curie: (list(PROPERTIES).index(curie.partition(":")[0]), curie))
        return Attachment(item.curie, taxon.id, PROPERTIES[first.partition(":")[0]], (first,))
    if not _bears(item, scientific_names(taxon)):
        return Attachment(item.curie, reason=f"it bears neither an identifier nor a name of {taxon.name}")
    return attach_lineage(item.curie, [taxon.id], item.rank, item.parents, tree)


def _outcome(
    judged: Sequence[tuple[Item, Attachment]],
    chosen: Sequence[tuple[Item, Attachment]],
    best: Sequence[tuple[Item, Attachment]],
) -> list[Attachment]:
    """Return every item's attachment, the losers rejected."""
    kept = chosen[0][0].id if chosen else ""
    others = ", ".join(item.id for item, _ in best)
    reason = f"{kept} agrees better" if kept else f"undecided between {others}"
    return [made if item.id == kept or made.reason else Attachment(made.page, reason=reason) for item, made in judged]


def _bears(item: Item, names: Any) -> bool:
    return fold(item.name) in {fold(name) for name in names}
