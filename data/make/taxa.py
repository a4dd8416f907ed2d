"""Build data/taxa.csv, data/labels.csv and data/mends.csv from the shared tables.

Needs nothing but this repository and the folder of shared data (SESTON_SHARED, by default ../shared beside the
repository). What the tables say is taken as it is, checked against each other, and settled by the rules of `settle`;
what is wrong in them is mended by data/make/mends.csv, each row with its reason. data/mends.csv lists both.

    python data/make/taxa.py
"""

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from seston.errors import CheckFailed
from seston.records import Taxon
from seston.sources import planktonzilla
from seston.sources.ecotaxa import tree as ecotaxa
from seston.sources.ecotaxa.tree import EcotaxaNode
from seston.sources.planktonzilla import LabelRow
from seston.sources.taxonomy import LABEL_COLUMNS, TAXA_COLUMNS, check_tree, read_categories, read_taxa
from seston.sources.worms import phytoplankton, zooplankton
from seston.sources.worms.rows import WormsRow, curie

DATA = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SESTON_SHARED", DATA.parents[1] / "shared")) / "data"
PLANKTONSET = "planktonset/labels.csv"
COMMON_GROUPS = 150
MEND_COLUMNS = ("table", "label", "field", "was", "now", "reason", "evidence")


@dataclass(frozen=True)
class Mend:
    """A field of a table that was wrong, or on which tables disagree, and what it is now."""

    table: str
    label: str
    field: str
    was: str
    now: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class Fact:
    """What one table says about an AphiaID; ``parent`` is an AphiaID or None."""

    source: str
    name: str
    rank: str
    parent: int | None
    status: str
    authority: str
    accepted: int


@dataclass
class Tables:
    """The shared tables, and the facts they hold, by AphiaID.

    ``given`` are the rows of both label tables before any mend: where a label was taken for the wrong taxon, what the
    row says of that taxon still holds.
    """

    nodes: dict[int, EcotaxaNode]
    labels: list[LabelRow]
    planktonset: list[LabelRow]
    given: list[LabelRow]
    worms: dict[str, dict[int, WormsRow]]
    facts: dict[int, list[Fact]] = field(default_factory=dict)
    column_ranks: dict[str, set[str]] = field(default_factory=dict)


def read_shared(shared: Path) -> Tables:
    """Read the five tables of the folder of shared data."""
    worms = {
        phytoplankton.SOURCE: phytoplankton.read_phytoplankton(shared / "taxonomy" / phytoplankton.SOURCE),
        zooplankton.SOURCE: zooplankton.read_zooplankton(shared / "taxonomy" / zooplankton.SOURCE),
    }
    labels = planktonzilla.read_label_table(shared / "labels" / planktonzilla.SOURCE)
    planktonset = planktonzilla.read_label_table(shared / PLANKTONSET)
    tables = Tables(
        {node.id: node for node in ecotaxa.read_ecotaxa_tree(shared / "ecotaxa" / ecotaxa.SOURCE)},
        labels,
        planktonset,
        [*labels, *planktonset],
        {source: {row.id: row for row in rows} for source, rows in worms.items()},
    )
    _gather(tables)
    return tables


def _gather(tables: Tables) -> None:
    """Collect the facts: EcoTaxa's first, as the newest (January 2026), then the two WoRMS tables."""
    for node in tables.nodes.values():
        if node.aphia_id is not None:
            status = "" if node.status == "active" or node.status == "new" else node.status
            fact = Fact(ecotaxa.SOURCE, node.name, node.rank, _known_parent(tables, node), status, "", node.aphia_id)
            tables.facts.setdefault(node.aphia_id, []).append(fact)
    for source, rows in tables.worms.items():
        for row in rows.values():
            fact = Fact(source, row.name, row.rank, row.parent, row.status, row.authority, row.accepted)
            tables.facts.setdefault(row.id, []).append(fact)
            for rank, name in row.lineage:
                tables.column_ranks.setdefault(name.lower(), set()).add(rank)
    for label in tables.labels:
        for rank, name in label.lineage:
            tables.column_ranks.setdefault(name, set()).add(rank)


def _known_parent(tables: Tables, node: EcotaxaNode) -> int | None:
    """Return the AphiaID of a node's parent, or None when the parent has none or is not in the table."""
    parent = tables.nodes.get(node.parent or 0)
    while parent is not None and parent.renamed_to is not None:
        parent = tables.nodes.get(parent.renamed_to)
    return None if parent is None else parent.aphia_id


def read_mends(path: Path) -> list[Mend]:
    """Read the authored mends."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [Mend(**{column: row[column] for column in MEND_COLUMNS}) for row in csv.DictReader(handle)]


def mend_labels(rows: Sequence[LabelRow], table: str, mends: Sequence[Mend]) -> list[LabelRow]:
    """Apply the mends of a label table; a mend whose ``was`` is not in the table stops the build."""
    fields = {"aphia_ID": "aphia_id", "qualifier": "qualifier", "living": "living"}
    wanted = {(mend.label, mend.field): mend for mend in mends if mend.table == table and mend.label != "*"}
    mended, stale = [], set(wanted)
    for row in rows:
        key = row.label if table == PLANKTONSET else f"{row.dataset}:{row.label}"
        for column, attribute in fields.items():
            mend = wanted.get((key, column))
            if mend is not None and _shown(getattr(row, attribute)) == mend.was:
                row = _mended(row, column, mend.now)
                stale.discard((key, column))
        mended.append(row)
    if stale:
        problems = [f"{table}, {key}: {column} is not '{wanted[key, column].was}'" for key, column in sorted(stale)]
        raise CheckFailed("mends that no longer fit", hint="Mend data/make/mends.csv.", problems=problems)
    return mended


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _mended(row: LabelRow, column: str, now: str) -> LabelRow:
    if column == "living":
        return replace(row, living=now == "True")
    if column == "qualifier":
        return replace(row, qualifier=now)
    return replace(row, aphia_id=int(now) if now else None)


def wanted_taxa(tables: Tables, mends: Sequence[Mend]) -> set[int]:
    """Return the AphiaIDs to bundle, before closing upward.

    They are the taxa of the PlanktonSet labels as given and as mended, of the articles in data/descriptions, the 150
    nodes of EcoTaxa with most objects besides, and what at least two of the image data sets of the label table name.
    """
    renamed = {mend.label: mend.now for mend in mends if mend.table == "taxonomy" and mend.field == "id"}
    named = {row.aphia_id for row in tables.planktonset if row.aphia_id is not None}
    ranked = [node for node in tables.nodes.values() if node.aphia_id is not None and node.objects]
    ranked = [node for node in ranked if node.aphia_id not in named]
    ranked.sort(key=lambda node: (-node.objects, node.id))
    common = {node.aphia_id for node in ranked[:COMMON_GROUPS] if node.aphia_id is not None}
    articles = (path.stem.replace("-", ":", 1) for path in sorted((DATA / "descriptions").glob("worms-*.md")))
    described = {int(renamed.get(article, article).removeprefix("worms:")) for article in articles}
    datasets: dict[int, set[str]] = {}
    for row in tables.labels:
        if row.aphia_id is not None and row.living:
            datasets.setdefault(row.aphia_id, set()).add(row.dataset)
    shared = {aphia_id for aphia_id, names in datasets.items() if len(names) > 1}
    return named | common | described | shared


def label_fact(tables: Tables, aphia_id: int) -> Fact:
    """Return what the label tables say about a taxon that no taxonomy has; its parent is the deepest known name."""
    row = next((row for row in tables.given if row.aphia_id == aphia_id), None)
    if row is None:
        raise CheckFailed(f"worms:{aphia_id} is in no table", hint="No id is invented: mend it or leave it out.")
    ids = {fact.name.lower(): known for known, facts in tables.facts.items() for fact in facts}
    rank, name = row.lineage[-1]
    parent = next((ids[above] for _, above in reversed(row.lineage[:-1]) if above in ids), None)
    return Fact(planktonzilla.SOURCE, name.capitalize(), rank, parent, "unverified", "", aphia_id)


@dataclass(frozen=True)
class Settled:
    """A taxon after all tables were heard; ``listed`` are the disagreements and gaps."""

    id: int
    name: str
    rank: str
    parent: int | None
    status: str
    authority: str
    sources: tuple[str, ...]
    listed: tuple[Mend, ...]


def settle(tables: Tables, aphia_id: int) -> Settled:
    """Hear all tables on a taxon.

    The rules, for each field the first table that says anything:

    - parent and rank: EcoTaxa (January 2026), phytoplankton, zooplankton, label table;
    - name, status and authority: phytoplankton, zooplankton, EcoTaxa, label table;
    - a rank that no table gives: the column in which the lineages of the tables have the name, if only one; then
      "family" for an animal name in -idae; then the mends; then "unranked";
    - a parent that is in no table, or is the taxon itself: the next known name up the lineage;
    - a status that no table gives: accepted, as EcoTaxa, which has none, links its nodes to accepted names only.
    """
    facts = tables.facts.get(aphia_id) or [label_fact(tables, aphia_id)]
    worms_first = [*facts[1:], facts[0]] if facts[0].source == ecotaxa.SOURCE else facts
    listed: list[Mend] = []

    def hear(column: str, order: Sequence[Fact]) -> str:
        said = [(fact.source, getattr(fact, column)) for fact in order if getattr(fact, column)]
        if len({value for _, value in said}) > 1:
            now = str(said[0][1])
            was = " | ".join(f"{source}: {value}" for source, value in said[1:])
            reason = f"tables disagree on the {column} of {facts[0].name}; {said[0][0]} is heard first"
            listed.append(Mend("taxonomy", curie(aphia_id), column, was, now, reason, said[0][0]))
        return str(said[0][1]) if said else ""

    name, authority = hear("name", worms_first), hear("authority", worms_first)
    status, parent = hear("status", worms_first) or "accepted", hear("parent", facts)
    rank = hear("rank", facts) or _rank_of(tables, name)
    known = int(parent) if parent and parent != str(aphia_id) else None
    if aphia_id != 1 and (known is None or known not in tables.facts):
        known = _next_known(tables, aphia_id, name, listed, parent)
    sources = tuple(sorted({fact.source for fact in facts}))
    return Settled(aphia_id, name, rank, known, status, authority, sources, tuple(listed))


def _rank_of(tables: Tables, name: str) -> str:
    ranks = tables.column_ranks.get(name.lower(), set())
    if len(ranks) == 1:
        return next(iter(ranks))
    return "family" if name.endswith("idae") else "unranked"


def _next_known(tables: Tables, aphia_id: int, name: str, listed: list[Mend], parent: str) -> int:
    """Return the next ancestor that a table has, by the lineage columns; list what was skipped."""
    ids = {fact.name: known for known, facts in tables.facts.items() for fact in facts}
    for source, rows in tables.worms.items():
        if aphia_id in rows:
            above = [ids[known] for _, known in rows[aphia_id].lineage if known in ids and known != name]
            if above:
                fault = "is the taxon itself" if parent == str(aphia_id) else "is in no table"
                reason = f"parent {parent or 'not given'} of {name} {fault}; next known name of its lineage"
                was, now = curie(int(parent)) if parent else "", curie(above[-1])
                listed.append(Mend("taxonomy", curie(aphia_id), "parent", was, now, reason, source))
                return above[-1]
    raise CheckFailed(f"worms:{aphia_id} {name} has no known ancestor", hint="Mend its parent in data/make/mends.csv.")


def close_upward(tables: Tables, wanted: Iterable[int], mends: Sequence[Mend]) -> list[Settled]:
    """Settle the wanted taxa and all their ancestors, with the authored mends applied."""
    authored: dict[str, list[Mend]] = {}
    for mend in mends:
        if mend.table == "taxonomy" and mend.field in ("parent", "rank", "status"):
            authored.setdefault(mend.label, []).append(mend)
    settled: dict[int, Settled] = {}
    todo = sorted(wanted)
    while todo:
        aphia_id = todo.pop()
        if aphia_id in settled:
            continue
        taxon = settle(tables, aphia_id)
        for mend in authored.get(curie(aphia_id), ()):
            taxon = _apply(taxon, mend)
        settled[aphia_id] = taxon
        if taxon.parent is not None:
            todo.append(taxon.parent)
    return [settled[aphia_id] for aphia_id in sorted(settled)]


def _apply(taxon: Settled, mend: Mend) -> Settled:
    if mend.field == "parent":
        return replace(taxon, parent=int(mend.now.removeprefix("worms:")))
    if mend.field == "rank":
        return replace(taxon, rank=mend.now)
    return replace(taxon, status=mend.now)


def other_ids(tables: Tables, taxa: Sequence[Settled], mends: Sequence[Mend]) -> dict[int, dict[str, str]]:
    """Return the ids in other registers, by AphiaID.

    EcoTaxa's are its active nodes that carry the AphiaID. Those of NCBI, BOLD and Wikidata come from the label tables;
    where these give one id to several taxa, only the one above all others keeps it.
    """
    parents = {
        known: next((fact.parent for fact in facts if fact.parent), None) for known, facts in tables.facts.items()
    }
    parents |= {taxon.id: taxon.parent for taxon in taxa}
    ids: dict[int, dict[str, str]] = {taxon.id: {} for taxon in taxa}
    for node in tables.nodes.values():
        if node.aphia_id in ids and not node.morphological and node.status != "deprecated":
            ids[node.aphia_id]["ecotaxa"] = str(node.id)
    for register in ("ncbi", "bold", "wikidata"):
        holders: dict[str, set[int]] = {}
        for row in tables.given:
            if row.aphia_id is not None and getattr(row, register):
                holders.setdefault(str(getattr(row, register)), set()).add(row.aphia_id)
        for number, taxa_of in holders.items():
            keeper = _above_all(taxa_of, parents)
            if keeper in ids:
                ids[keeper].setdefault(register, number)
    for mend in mends:
        if mend.table == "taxonomy" and mend.field in ids.get(int(mend.label.removeprefix("worms:")), ()):
            ids[int(mend.label.removeprefix("worms:"))][mend.field] = mend.now
    return ids


def _above_all(taxa: set[int], parents: Mapping[int, int | None]) -> int:
    """Return the taxon that is an ancestor of all the others, or 0."""
    if len(taxa) == 1:
        return next(iter(taxa))
    for candidate in sorted(taxa):
        others = taxa - {candidate}
        if all(candidate in _ancestors(other, parents) for other in others):
            return candidate
    return 0


def _ancestors(taxon: int, parents: Mapping[int, int | None]) -> set[int]:
    found: set[int] = set()
    above = parents.get(taxon)
    while above is not None and above not in found:
        found.add(above)
        above = parents.get(above)
    return found


def label_lines(tables: Tables, ids: Mapping[int, Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the rows of data/labels.csv."""
    root = next(node.id for node in tables.nodes.values() if node.name == "not-living" and node.parent is None)
    categories = {node.name: str(node.id) for node in tables.nodes.values() if node.parent == root}
    lines = []
    for row in sorted(tables.planktonset, key=lambda row: row.label):
        taxon = "" if row.aphia_id is None else curie(row.aphia_id)
        placement = "living" if taxon or row.living else "not-living"
        registers = {"ecotaxa": categories.get(row.proposed, "")} if row.aphia_id is None else ids[row.aphia_id]
        line = {"label": row.label, "taxon": taxon, "qualifier": row.qualifier, "placement": placement}
        lines.append({**line, **registers})
    return lines


def taxa_lines(taxa: Sequence[Settled], ids: Mapping[int, Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the rows of data/taxa.csv, parents before children and siblings by name."""
    children: dict[int | None, list[Settled]] = {}
    for taxon in taxa:
        children.setdefault(taxon.parent, []).append(taxon)
    lines: list[dict[str, str]] = []
    todo = children[None]
    while todo:
        taxon = todo.pop()
        parent = "" if taxon.parent is None else curie(taxon.parent)
        lines.append(
            {
                "id": curie(taxon.id),
                "name": taxon.name,
                "rank": taxon.rank,
                "parent": parent,
                "status": taxon.status,
                "authority": taxon.authority,
                **ids[taxon.id],
                "sources": ";".join(taxon.sources),
            }
        )
        todo += sorted(children.get(taxon.id, ()), key=lambda child: (child.name, child.id), reverse=True)
    return lines


def write_csv(path: Path, columns: Sequence[str], lines: Iterable[Mapping[str, str]]) -> None:
    """Write a table and put it in place at once."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text.getvalue(), encoding="utf-8", newline="")
    os.replace(beside, path)


def build(shared: Path, out: Path) -> None:
    """Write taxa.csv, labels.csv and mends.csv into a folder, and read them back."""
    authored = read_mends(Path(__file__).with_name("mends.csv"))
    tables = read_shared(shared)
    given = {row.aphia_id for row in tables.planktonset if row.aphia_id is not None}
    tables.labels = mend_labels(tables.labels, planktonzilla.SOURCE, authored)
    tables.planktonset = mend_labels(tables.planktonset, PLANKTONSET, authored)
    taxa = close_upward(tables, wanted_taxa(tables, authored), authored)
    check_tree(
        Taxon(curie(taxon.id), taxon.name, taxon.rank, "" if taxon.parent is None else curie(taxon.parent))
        for taxon in taxa
    )
    ids = other_ids(tables, taxa, authored)
    listed = [mend for taxon in taxa for mend in taxon.listed]
    write_csv(out / "taxa.csv", TAXA_COLUMNS, taxa_lines(taxa, ids))
    write_csv(out / "labels.csv", LABEL_COLUMNS, label_lines(tables, ids))
    write_csv(out / "mends.csv", MEND_COLUMNS, [vars(mend) for mend in (*authored, *listed)])
    read_taxa(out / "taxa.csv")
    read_categories(out / "labels.csv")
    print(f"{len(taxa)} taxa, {len(tables.planktonset)} labels, {len(authored)} mends, {len(listed)} disagreements")
    print(f"given by labels, then mended away: {sorted(given - {taxon.id for taxon in taxa})}")


if __name__ == "__main__":
    build(SHARED, DATA)
