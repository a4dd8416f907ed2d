"""EcoTaxa's tree from its service into the workspace, as ``sources/ecotaxa.parquet``."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from seston.errors import AmbiguousTaxon, UnknownTaxon
from seston.pipeline.stages import Progress
from seston.sources.ecotaxa.models import Fetched
from seston.sources.ecotaxa.rest import Ecotaxa, branch, with_rename
from seston.sources.ecotaxa.tree import EcotaxaNode, registered
from seston.sources.registry import FOLDER, Registered, register_table, write_register
from seston.sources.web.journal import Journal
from seston.sources.web.misses import GaveUp, Misses
from seston.workspace import Workspace

SOURCE = "ecotaxa"
REGISTER = f"{FOLDER}/{SOURCE}.parquet"
SHORTEST = 3
"""Letters that EcoTaxa's search wants."""
_SHOWN = 3


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
    SourceUnreachable
        Some questions got no usable answer: each is named, and the register is not written. All answers are kept.
    """
    top, misses = find_root(root, service, journal), Misses("EcoTaxa")

    def several(numbers: Sequence[int]) -> list[Fetched]:
        what = f"nodes {', '.join(map(str, numbers))}"
        return misses.attempt(what, lambda: _several(service, numbers, journal)) or []

    nodes: list[Fetched] = []
    try:
        nodes = branch(top, several, progress.done)
        for one in nodes:
            misses.attempt(f"what became of {one.node.display_name}", lambda one=one: _resolve(service, one, journal))  # type: ignore[misc]
    except GaveUp:
        misses.add("what comes after these", "not asked for")
    misses.check()
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
        for one in branch(top, lambda numbers: _several(service, numbers, journal)):
            _resolve(service, one, journal)
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
    if len(name) < SHORTEST:
        raise UnknownTaxon(root, hint=f"EcoTaxa's search wants {SHORTEST} letters or more; give the id of the node.")
    hits = _searched(service, name, journal)
    found = [one for one in hits if _answers_to(one, name, ancestor)]
    if not found:
        near = sorted((one.node.display_name for one in hits), key=lambda shown: (len(shown), shown))[:_SHOWN]
        raise UnknownTaxon(root, nearest=near, hint="EcoTaxa has no node of exactly that name. Its id would do, too.")
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

    hits = journal.answered(f"taxon_set/search?query={name}", ask)
    numbers = [int(hit["id"]) for hit in hits.values()]
    return _several(service, numbers, journal) if numbers else []


def _several(service: Ecotaxa, numbers: Sequence[int], journal: Journal) -> list[Fetched]:
    def ask() -> Mapping[str, Any]:
        return {f"{SOURCE}:{one.node.id}": asdict(one) for one in service.several(numbers)}

    request = f"taxon_set/query?ids={':'.join(map(str, numbers))}"
    return [_fetched(value) for value in journal.answered(request, ask).values()]


def _resolve(service: Ecotaxa, one: Fetched, journal: Journal) -> None:
    """Ask what became of a node that is deprecated and does not say so itself."""
    if one.node.status != "deprecated" or one.node.renamed_to is not None:
        return

    def ask() -> Mapping[str, Any]:
        return {f"{SOURCE}:{one.node.id}": asdict(with_rename(one, service.central(one.node.id)))}

    journal.answered(f"taxon/central/{one.node.id}", ask)


def _fetched(value: Mapping[str, Any]) -> Fetched:
    return Fetched(EcotaxaNode(**value["node"]), tuple(value["line"]), tuple(value["children"]))
