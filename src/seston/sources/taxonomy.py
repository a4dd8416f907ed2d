"""The bundled taxonomy and label list: ``data/taxa.csv`` and ``data/labels.csv``."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from seston.errors import InvalidTaxonomy
from seston.records import Category, Taxon
from seston.sources.tables import Row, read_table, refuse_duplicates

#: Registers whose ids `taxa.csv` and `labels.csv` give, each in a column of that name.
REGISTERS = ("ecotaxa", "ncbi", "bold", "wikidata")
TAXA_COLUMNS = ("id", "name", "rank", "parent", "status", "authority", *REGISTERS, "sources")
LABEL_COLUMNS = ("label", "taxon", "qualifier", "placement", *REGISTERS)
#: Qualifiers of labels. Only "full_body" inherits the morphology of the adults of its taxon.
QUALIFIERS = ("full_body", "larvae", "young", "part", "part_tentacle", "mix", "like", "detritus", "artefact", "unknown")
_PLACEMENTS = ("living", "not-living")


def read_taxa(path: Path) -> list[Taxon]:
    """Read a taxonomy.

    Parameters
    ----------
    path
        A CSV file with the columns of `TAXA_COLUMNS`. ``id`` and ``parent`` are CURIEs; the registers' columns hold
        ids joined by ``;``, which become CURIEs in ``same_as``.

    Returns
    -------
    list of Taxon
        In the order of the file; one root, no cycle, every parent present.

    Raises
    ------
    InvalidTaxonomy
        With every duplicate id, missing parent, cycle, second root and broken row, each with its line.
    """
    rows = read_table(path, TAXA_COLUMNS, _parse_taxon)
    refuse_duplicates(path, [(line, taxon.id) for line, taxon in rows])
    check_tree([taxon for _, taxon in rows], lines={taxon.id: line for line, taxon in rows}, name=path.name)
    return [taxon for _, taxon in rows]


def read_categories(path: Path) -> list[Category]:
    """Read the labels of a data set.

    Parameters
    ----------
    path
        A CSV file with the columns of `LABEL_COLUMNS`. The label becomes the id ``planktonset:<label>``.

    Returns
    -------
    list of Category
        In the order of the file. The registers' ids of a label with a taxon are the taxon's own and are left to it;
        ``same_as`` holds them only for a label without a taxon, where they name the same category.

    Raises
    ------
    InvalidTaxonomy
        With every duplicate label, unknown qualifier or placement and broken row, each with its line.
    """
    rows = read_table(path, LABEL_COLUMNS, _parse_category)
    refuse_duplicates(path, [(line, category.id) for line, category in rows])
    return [category for _, category in rows]


def check_tree(taxa: Iterable[Taxon], *, lines: Mapping[str, int] | None = None, name: str = "taxonomy") -> None:
    """Check that taxa form one tree.

    Parameters
    ----------
    taxa
        The taxa, with distinct ids.
    lines
        The line of each id, when the taxa come from a file.
    name
        What to call the taxonomy in the message.

    Raises
    ------
    InvalidTaxonomy
        With every missing parent, every cycle (written out once, from its smallest id) and the roots when there is not
        exactly one.
    """
    parents = {taxon.id: taxon.parent for taxon in taxa}

    def at(node: str) -> str:
        return f"line {lines[node]}: " if lines else ""

    problems = [
        f"{at(node)}parent {parent} of {node} is missing"
        for node, parent in parents.items()
        if parent and parent not in parents
    ]
    problems += [f"{at(cycle[0])}cycle {' → '.join((*cycle, cycle[0]))}" for cycle in _cycles(parents)]
    roots = [node for node, parent in parents.items() if not parent]
    if len(roots) != 1:
        problems.append(f"expected one root, found {len(roots)}: {', '.join(roots) or 'none'}")
    if problems:
        more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise InvalidTaxonomy(f"{name}: {problems[0]}{more}", hint="Mend the taxa listed.", problems=problems)


def _cycles(parents: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return each cycle once, from its smallest id along the parents."""
    found: list[tuple[str, ...]] = []
    settled: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        node = start
        while node in parents and node not in settled and node not in path:
            path[node] = None
            node = parents[node]
        if node in path:
            walk = list(path)
            cycle = walk[walk.index(node) :]
            smallest = cycle.index(min(cycle))
            found.append((*cycle[smallest:], *cycle[:smallest]))
        settled.update(path)
    return sorted(found)


def _parse_taxon(row: Row) -> Taxon:
    if absent := [column for column in ("id", "name", "rank", "status") if not row[column].strip()]:
        raise ValueError(f"{row['id'] or 'a taxon'} has no {' and no '.join(absent)}")
    if row["id"].count(":") != 1:
        raise ValueError(f"id '{row['id']}' is no CURIE such as worms:1080")
    return Taxon(
        row["id"],
        row["name"],
        row["rank"],
        row["parent"],
        row["status"],
        row["authority"],
        _curies(row),
        source=row["sources"],
    )


def _parse_category(row: Row) -> Category:
    label = row["label"]
    if not label.strip():
        raise ValueError("a label without a name")
    if row["qualifier"] not in QUALIFIERS:
        raise ValueError(f"{label}: qualifier '{row['qualifier']}' is none of {', '.join(QUALIFIERS)}")
    if row["placement"] not in _PLACEMENTS:
        raise ValueError(f"{label}: placement '{row['placement']}' is neither living nor not-living")
    if row["taxon"] and row["placement"] != "living":
        raise ValueError(f"{label}: a label with a taxon stands under living")
    return Category(
        f"planktonset:{label}",
        label,
        row["taxon"],
        row["qualifier"],
        row["placement"] == "living",
        () if row["taxon"] else _curies(row),
        source="planktonset",
    )


def _curies(row: Row) -> tuple[str, ...]:
    return tuple(f"{register}:{number}" for register in REGISTERS for number in row[register].split(";") if number)
