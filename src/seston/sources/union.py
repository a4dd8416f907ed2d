"""Taxa of several registers, joined into one tree.

WoRMS is the backbone: a node of EcoTaxa that names an AphiaID is the same taxon, and one that does not hangs below the
nearest node that does. Nothing is joined by name alone, but for a parent that a table names only in its lineage, where
rank, name and the names above must agree.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from seston.records import Category, Name, Taxon
from seston.sources.registry import Registered

BIOTA = "worms:1"
_TREES = ("worms", "seston")


@dataclass(frozen=True, order=True)
class Defect:
    """A row of a register that does not fit.

    Parameters
    ----------
    what
        "parent elsewhere": its table lacks the parent, another one has it; "parent unknown": no table has it;
        "cycle": its parents lead back to it.
    register
        Name of the table.
    node, name
        Id and name of the row.
    parent
        What the row names as parent; of a cycle, every id of it.
    hung
        The taxon below which it, or what it stands for, hangs now; empty for none.
    """

    what: str
    register: str
    node: str
    name: str
    parent: str
    hung: str


@dataclass(frozen=True)
class Union:
    """One tree out of many tables.

    Parameters
    ----------
    taxa
        With one root; synonyms and other registers' ids are names of the accepted taxon.
    categories
        Morphological nodes of EcoTaxa.
    defects
        What was found wrong in the registers, and where it hangs now; sorted.
    """

    taxa: list[Taxon]
    categories: list[Category]
    defects: list[Defect]


@dataclass
class _Join:
    taxa: dict[str, Taxon]
    alias: dict[str, str] = field(default_factory=dict)
    names: dict[str, dict[Name, None]] = field(default_factory=dict)
    same: dict[str, dict[str, None]] = field(default_factory=dict)
    lineages: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    cycles: list[Defect] = field(default_factory=list)

    def known(self, node: str) -> str:
        """Return the taxon that an id stands for, or nothing."""
        node = self.alias.get(node, node)
        return node if node in self.taxa else ""

    def add(self, taxon: Taxon, row: Registered) -> None:
        self.taxa.setdefault(taxon.id, taxon)
        self.lineages.setdefault(taxon.id, row.lineage)

    def name(self, node: str, name: Name) -> None:
        if name.text != self.taxa[node].name:
            self.names.setdefault(node, {})[name] = None


def join(taxa: Sequence[Taxon], registers: Iterable[tuple[str, Sequence[Registered]]]) -> Union:
    """Join registers with a tree of taxa.

    Parameters
    ----------
    taxa
        A tree with one root; what it says of a taxon goes before what the registers say.
    registers
        Name and rows of each register.

    Returns
    -------
    Union
        The root and every taxon of ``taxa``, and the rest below them.
    """
    state = _Join({taxon.id: taxon for taxon in taxa})
    state.alias = {other: taxon.id for taxon in taxa for other in taxon.same_as if other.startswith("ecotaxa:")}
    tables = [(name, [row for row in rows if row.id]) for name, rows in registers]
    backbone = [(row, name) for name, rows in tables for row in rows if row.id.partition(":")[0] != "ecotaxa"]
    ecotaxa = [(row, name) for name, rows in tables for row in rows if row.id.partition(":")[0] == "ecotaxa"]
    _add_accepted(state, backbone)
    _add_synonyms(state, backbone)
    nodes = _merged(ecotaxa)
    _add_ecotaxa(state, nodes)
    _mend_parents(state)
    _break_cycles(state)
    categories = _categories(state, nodes)
    return Union(_taxa(state), categories, sorted([*_strays(state, tables, categories), *state.cycles]))


def _add_accepted(state: _Join, rows: Sequence[tuple[Registered, str]]) -> None:
    for row, source in rows:
        if row.accepted in ("", row.id):
            state.add(_taxon(row, row.id, row.name, source), row)
    for row, source in rows:
        if row.accepted and row.accepted not in state.taxa and row.accepted_name:
            above = row.parent if row.parent != row.accepted else ""
            taxon = _taxon(row, row.accepted, row.accepted_name, source)
            state.add(replace(taxon, parent=above, status="accepted", authority=""), row)


def _add_synonyms(state: _Join, rows: Sequence[tuple[Registered, str]]) -> None:
    for row, source in rows:
        if row.id in state.taxa:
            node = row.id
        elif row.accepted in state.taxa:
            node = state.alias[row.id] = row.accepted
            state.same.setdefault(node, {})[row.id] = None
        else:
            node = row.id
            state.add(_taxon(row, row.id, row.name, source), row)
        if node != row.id or row.name != state.taxa[node].name:
            state.name(node, Name(row.name, "synonym", "", row.authority))
        for language, vernacular in row.vernaculars:
            state.name(node, Name(vernacular, "vernacular", language))


def _merged(rows: Sequence[tuple[Registered, str]]) -> dict[str, tuple[Registered, str, dict[str, None]]]:
    """Return one row an id, the one that knows its AphiaID first, with every name that tables give the id."""
    merged: dict[str, tuple[Registered, str, dict[str, None]]] = {}
    for row, source in rows:
        before = merged.get(row.id)
        names = {**(before[2] if before else {}), row.name: None}
        better = before is None or _worth(row) > _worth(before[0])
        merged[row.id] = (row, source, names) if before is None or better else (before[0], before[1], names)
    return merged


def _worth(row: Registered) -> tuple[bool, bool, bool]:
    return bool(row.same_as), bool(row.renamed_to), bool(row.rank)


def _add_ecotaxa(state: _Join, nodes: dict[str, tuple[Registered, str, dict[str, None]]]) -> None:
    for node, (row, source, _) in nodes.items():
        worms = next((other for other in row.same_as if other.startswith("worms:")), "")
        if worms:
            state.alias[node] = state.known(worms) or worms
            if not state.known(worms):
                state.add(replace(_taxon(row, worms, row.name, source), status="accepted"), row)
    for node, (row, source, _) in nodes.items():
        if row.morphological or node in state.alias or row.renamed_to in nodes:
            continue
        state.add(_taxon(row, node, row.name, source), row)
    for node in nodes:
        target = _renamed(nodes, node)
        if target != node and state.known(target):
            state.alias[node] = state.known(target)
    for node, (row, _, names) in nodes.items():
        taxon = state.known(node)
        if row.morphological or not taxon:
            continue
        if taxon != node:
            state.same.setdefault(taxon, {})[node] = None
        for text in names:
            state.name(taxon, Name(text, "synonym"))


def _renamed(nodes: dict[str, tuple[Registered, str, dict[str, None]]], node: str) -> str:
    """Follow ``renamed_to`` to its end."""
    seen = {node}
    while node in nodes and (target := nodes[node][0].renamed_to) and target not in seen:
        seen.add(target)
        node = target
    return node


def _mend_parents(state: _Join) -> None:
    """Hang what names no known parent below the lowest taxon of its lineage that is known, else below the root."""
    root = next(taxon.id for taxon in state.taxa.values() if not taxon.parent and taxon.id in (BIOTA, *state.taxa))
    by_name: dict[tuple[str, str], list[str]] = {}
    for taxon in state.taxa.values():
        by_name.setdefault((taxon.rank.lower(), taxon.name), []).append(taxon.id)
    for node, taxon in list(state.taxa.items()):
        if node == root:
            continue
        parent = state.known(taxon.parent)
        if not parent or parent == node:
            parent = _from_lineage(by_name, state.lineages.get(node, ()), node) or root
        if parent != taxon.parent:
            state.taxa[node] = replace(taxon, parent=parent)


def _from_lineage(by_name: dict[tuple[str, str], list[str]], lineage: tuple[tuple[str, str], ...], node: str) -> str:
    for step in reversed(lineage):
        found = [other for other in by_name.get(step, ()) if other != node]
        if len(found) == 1:
            return found[0]
    return ""


def _break_cycles(state: _Join) -> None:
    """Hang the smallest id of each cycle below the root."""
    root = next(node for node, taxon in state.taxa.items() if not taxon.parent)
    settled = {root}
    for start in sorted(state.taxa):
        path: dict[str, None] = {}
        node = start
        while node not in settled and node not in path:
            path[node] = None
            node = state.taxa[node].parent
        if node in path:
            walk = list(path)
            cycle = walk[walk.index(node) :]
            first = min(cycle)
            state.taxa[first] = replace(state.taxa[first], parent=root)
            taxon, turn = state.taxa[first], " → ".join((*cycle, cycle[0]))
            state.cycles.append(Defect("cycle", taxon.source, first, taxon.name, turn, root))
        settled.update(path)


def _strays(
    state: _Join, tables: Sequence[tuple[str, Sequence[Registered]]], categories: Sequence[Category]
) -> Iterator[Defect]:
    """Yield the rows whose parent their own table lacks, with what they hang below now."""
    placed = {category.id: category.of_taxon for category in categories}
    everywhere = {row.id for _, rows in tables for row in rows}
    for register, rows in tables:
        here = {row.id for row in rows}
        for row in rows:
            if row.parent and row.parent not in here:
                node = state.known(row.id) or state.known(row.accepted)
                hung = state.taxa[node].parent if node else placed.get(row.id, "")
                found = row.parent in everywhere or state.known(row.parent)
                what = "parent elsewhere" if found else "parent unknown"
                yield Defect(what, register, row.id, row.name, row.parent, hung)


def _taxon(row: Registered, node: str, name: str, source: str) -> Taxon:
    return Taxon(node, name, row.rank, row.parent, row.status, row.authority, source=source)


def _taxa(state: _Join) -> list[Taxon]:
    return [
        replace(
            taxon,
            names=tuple(dict.fromkeys((*taxon.names, *state.names.get(node, ())))),
            same_as=tuple(dict.fromkeys((*taxon.same_as, *state.same.get(node, ())))),
        )
        for node, taxon in state.taxa.items()
    ]


def _categories(state: _Join, nodes: dict[str, tuple[Registered, str, dict[str, None]]]) -> list[Category]:
    found = []
    for node, (row, source, _) in nodes.items():
        if row.morphological and node not in state.alias:
            above, living = _above(state, nodes, row.parent)
            found.append(Category(node, row.name, above, row.name.partition("<")[0], living, source=source))
    return found


def _above(state: _Join, nodes: dict[str, tuple[Registered, str, dict[str, None]]], parent: str) -> tuple[str, bool]:
    """Return the nearest taxon above a morphological node, and whether it lives."""
    seen: set[str] = set()
    while parent and parent not in seen:
        seen.add(parent)
        if known := state.known(parent):
            return ("", True) if known == BIOTA else (known, True)
        parent = nodes[parent][0].parent if parent in nodes else ""
    return "", False
