"""Which taxon a page is about: by identifier or by lineage, never by name alone.

By identifier: a Wikidata item that carries the taxon's id and whose own parents do not contradict the taxonomy.
By lineage: the page or the item bears a name of the taxon, states its rank, and names its ancestors. How much is asked
depends on how much the name says:

- genus and below, whose names everyday words share: the same rank must be stated, and an ancestor below the kingdoms
  named;
- above genus, with the same rank stated: one ancestor;
- above genus, with another rank or none: two ancestors, one of them below the kingdoms.

Several taxa that all agree are undecided. Whatever is not attached is kept with the reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seston.records import Taxon
from seston.sources.wikimedia.definition import Definition
from seston.sources.wikimedia.lineages import LOW, Lineages, below_kingdom


@dataclass(frozen=True, slots=True)
class Attachment:
    """What became of a page or an item.

    Parameters
    ----------
    page
        The page or the item.
    taxon
        CURIE of the taxon, or empty when it is rejected.
    rule
        What settled it: "P850", "P685", "P846", "lineage"; empty when it is rejected.
    evidence
        What spoke for it: the identifier, or the ancestors named.
    reason
        Why it was rejected, or empty.
    """

    page: str
    taxon: str = ""
    rule: str = ""
    evidence: tuple[str, ...] = ()
    reason: str = ""


def attach_page(page: str, definition: Definition, tree: Lineages) -> Attachment:
    """Attach a page without an identifier by what its first sentence says.

    Parameters
    ----------
    page
        Title of the page.
    definition
        What `read_definition` read of it.
    tree
        The taxonomy.

    Returns
    -------
    Attachment
        To one taxon, or the reason why to none.

    Examples
    --------
    >>> from seston.sources.wikimedia.definition import read_definition
    >>> tree = Lineages([Taxon("w:1", "Biota", "superdomain", ""), Taxon("w:2", "Animalia", "kingdom", "w:1"),
    ... Taxon("w:3", "Chaetognatha", "phylum", "w:2"), Taxon("w:4", "Sagitta", "genus", "w:3")])
    >>> attach_page("Sagitta", read_definition("Sagitta", "Sagitta is a constellation."), tree).reason
    'Sagitta (w:4): the page states no rank, expected genus'
    >>> attach_page("Sagitta", read_definition("Sagitta", "Sagitta is a genus of chaetognaths."), tree).taxon
    'w:4'
    """
    if definition.lists:
        return Attachment(page, reason="the page lists several meanings")
    candidates = list(dict.fromkeys(taxon for name in definition.names for taxon in tree.named(name)))
    if not candidates:
        return Attachment(page, reason=f"no taxon is named {' or '.join(definition.names[:4])}")
    if not definition.predicate:
        return Attachment(page, reason="the page does not define its subject")
    return _decide(page, tree, [(taxon, *_weigh(taxon, definition, tree)) for taxon in candidates])


def attach_lineage(page: str, taxa: Sequence[str], rank: str, parents: Iterable[str], tree: Lineages) -> Attachment:
    """Attach an item that bears the name of one or several taxa by the names of its parents.

    Parameters
    ----------
    page
        The item.
    taxa
        CURIEs of the taxa whose name it bears.
    rank
        Its rank, or empty.
    parents
        Names of the items above it.
    tree
        The taxonomy.

    Returns
    -------
    Attachment
        To the taxon with two ancestors, one of them below the kingdoms, among the parents.
    """
    above = " | ".join(parents)
    definition = Definition((), frozenset({rank} - {""}), "", above)
    return _decide(page, tree, [(taxon, *_weigh(taxon, definition, tree, least=2)) for taxon in taxa])


def contradiction(taxon: str, parents: Iterable[str], tree: Lineages) -> str:
    """Return which named parent lies apart from the taxon's line when none lies on it, or nothing.

    Examples
    --------
    >>> tree = Lineages([Taxon("w:1", "Biota", "superdomain", ""), Taxon("w:2", "Animalia", "kingdom", "w:1"),
    ... Taxon("w:3", "Ctenophora", "phylum", "w:2"), Taxon("w:4", "Chromista", "kingdom", "w:1"),
    ... Taxon("w:5", "Bacillariophyceae", "class", "w:4")])
    >>> contradiction("w:3", ["Bacillariophyceae", "Eukaryota"], tree)
    'Bacillariophyceae'
    """
    apart = ""
    for name in parents:
        found = [node for node in tree.named(name) if tree.taxa[node].parent]
        if any(tree.on_one_line(node, taxon) for node in found):
            return ""
        if not apart and found and all(tree.apart(node, taxon) for node in found):
            apart = name
    return apart


def _weigh(taxon: str, definition: Definition, tree: Lineages, least: int = 0) -> tuple[tuple[str, ...], str]:
    """Return the agreeing ancestors, and why they do not suffice."""
    node = tree.taxa[taxon]
    rank = node.rank.lower()
    low, said_low = rank in LOW, bool(definition.ranks & LOW)
    said = " or ".join(sorted(definition.ranks))
    if (low or said_low) and rank not in definition.ranks:
        return (), f"the page states {f'the rank {said}' if said else 'no rank'}, expected {rank or 'no rank'}"
    first = tree.first_named(definition.predicate.partition(node.name)[2] or definition.predicate)
    if first and all(tree.apart(other, taxon) for other in first):
        return (), f"the page places it in {tree.taxa[first[0]].name}, which is elsewhere in the tree"
    found = tree.agreeing(taxon, f"{definition.predicate} | {definition.placed}")
    return tuple(a.name for a in found), _lacks(found, least or (1 if rank in definition.ranks else 2), low)


def _lacks(found: Sequence[Taxon], needed: int, low: bool) -> str:
    named = ", ".join(taxon.name for taxon in found) or "none"
    if len(found) < needed:
        return f"the page names {named} of its ancestors, {needed} needed"
    if (low or needed > 1) and not any(below_kingdom(taxon) for taxon in found):
        return f"the page names {named} of its ancestors, one below the kingdoms needed"
    return ""


def _decide(page: str, tree: Lineages, weighed: Sequence[tuple[str, tuple[str, ...], str]]) -> Attachment:
    agreeing = [(taxon, evidence) for taxon, evidence, lacks in weighed if not lacks]
    if len(agreeing) == 1:
        return Attachment(page, agreeing[0][0], "lineage", agreeing[0][1])
    if agreeing:
        return Attachment(page, reason=f"undecided between {', '.join(_titled(t, tree) for t, _ in agreeing)}")
    return Attachment(page, reason="; ".join(f"{_titled(taxon, tree)}: {lacks}" for taxon, _, lacks in weighed))


def _titled(taxon: str, tree: Lineages) -> str:
    return f"{tree.taxa[taxon].name} ({taxon})"
