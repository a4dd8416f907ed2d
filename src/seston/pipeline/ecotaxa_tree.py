"""EcoTaxa's tree from its service into the workspace, as ``sources/ecotaxa.parquet``."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from seston.errors import AmbiguousTaxon, UnknownTaxon
from seston.pipeline.stages import Progress
from seston.pipeline.wikimedia import remembered
from seston.sources.ecotaxa.models import Fetched
from seston.sources.ecotaxa.rest import Ecotaxa, branch, with_rename
from seston.sources.ecotaxa.tree import EcotaxaNode, registered
from seston.sources.registry import FOLDER, Registered, register_table, write_register
from seston.sources.web.journal import Journal
from seston.workspace import Workspace

SOURCE = "ecotaxa"
REGISTER = f"{FOLDER}/{SOURCE}.parquet"


def harvest_branch(workspace: Workspace, root: str, service: Ecotaxa, journal: Journal, progress: Progress) -> int:
    """Harvest a node of EcoTaxa's tree with all below it, the line above it, and what renamed nodes became.

    Parameters
    ----------
    workspace
        Whose register is written: all nodes of the journal, of earlier harvests too.
    root
        Name, ``name<ancestor``, id or CURIE.
    service
        The service.
    journal
        Keeps the answers; what stands there is not asked again.
    progress
        Told of each batch.

    Returns
    -------
    int
        How many nodes the branch has, with the line above.

    Raises
    ------
    UnknownTaxon, AmbiguousTaxon
        No node, or several, answer to the root.
    """
    top = find_root(root, service, journal)
    nodes = branch(top, lambda numbers: _several(service, numbers, journal), progress.done)
    for one in nodes:
        if one.node.status == "deprecated" and one.node.renamed_to is None:
            _central(service, one, journal)
    write_register(workspace.path(REGISTER), register_table(rows_of(journal)))
    return len(nodes)


class Reckoning(Journal):
    """A journal that counts the requests it lacks, and takes them for answered with nothing."""

    lacking = 0

    def answer(self, request: str) -> dict[str, Any]:
        """Return the records that answered a request, or none."""
        known = super().answer(request)
        self.lacking += known is None
        return known or {}


def requests_left(root: str, service: Ecotaxa, journal: Reckoning) -> int:
    """Return how many requests a harvest is sure to make; the service tells no size of a branch beforehand."""
    try:
        top = find_root(root, service, journal)
        branch(top, lambda numbers: _several(service, numbers, journal))
    except UnknownTaxon:
        if not journal.lacking:
            raise
    return journal.lacking


def rows_of(journal: Journal) -> list[Registered]:
    """Return every node of the journal as the register has it, sorted by id."""
    nodes = [_fetched(value).node for key, value in journal.records.items() if key.startswith(f"{SOURCE}:")]
    return registered(sorted(nodes, key=lambda node: node.id))


def find_root(root: str, service: Ecotaxa, journal: Journal) -> Fetched:
    """Return the node that a name, ``name<ancestor``, id or CURIE means; names follow renamed nodes."""
    number = root.removeprefix(f"{SOURCE}:")
    if number.isdecimal():
        found = _several(service, [int(number)], journal)
        if not found:
            raise UnknownTaxon(root, hint="EcoTaxa has no node of that id.")
        return found[0]
    name, _, ancestor = root.partition("<")
    found = [one for one in _searched(service, name, journal) if _answers_to(one, name, ancestor)]
    if not found:
        raise UnknownTaxon(root, hint="EcoTaxa's search finds no node of exactly that name; give its id.")
    active = [one for one in found if one.node.renamed_to is None]
    if len(active or found) > 1:
        raise AmbiguousTaxon(
            f"'{root}' may mean {len(active or found)} nodes of EcoTaxa.",
            hint="Give one of the ids, or name<parent.",
            problems=[f"ecotaxa:{one.node.id} {one.node.display_name}" for one in active or found],
        )
    return (active or found)[0]


def _answers_to(one: Fetched, name: str, ancestor: str) -> bool:
    wanted = f"{name}<{ancestor}" if ancestor else name
    names = (one.node.display_name,) if ancestor else (one.node.name, one.node.display_name)
    return wanted.casefold() in {text.casefold() for text in names}


def _searched(service: Ecotaxa, name: str, journal: Journal) -> list[Fetched]:
    def ask() -> Mapping[str, Any]:
        return {f"search:{hit['id']}": hit for hit in service.search(name)}

    hits = remembered(journal, f"taxon_set/search?query={name}", ask)
    numbers = [int(hit["id"]) for hit in hits.values()]
    return _several(service, numbers, journal) if numbers else []


def _several(service: Ecotaxa, numbers: Sequence[int], journal: Journal) -> list[Fetched]:
    def ask() -> Mapping[str, Any]:
        return {f"{SOURCE}:{one.node.id}": asdict(one) for one in service.several(numbers)}

    request = f"taxon_set/query?ids={':'.join(map(str, numbers))}"
    return [_fetched(value) for value in remembered(journal, request, ask).values()]


def _central(service: Ecotaxa, one: Fetched, journal: Journal) -> None:
    def ask() -> Mapping[str, Any]:
        return {f"{SOURCE}:{one.node.id}": asdict(with_rename(one, service.central(one.node.id)))}

    remembered(journal, f"taxon/central/{one.node.id}", ask)


def _fetched(value: Mapping[str, Any]) -> Fetched:
    return Fetched(EcotaxaNode(**value["node"]), tuple(value["line"]), tuple(value["children"]))
