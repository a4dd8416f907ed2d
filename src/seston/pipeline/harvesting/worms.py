"""What to harvest of WoRMS for a workspace, and what that will cost."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from seston.errors import UnknownTaxon
from seston.graph.linking.labels import read_label, split_compound, words_of
from seston.graph.linking.words import find_word
from seston.pipeline.harvesting.linking import read_column
from seston.pipeline.harvesting.pages import taxonomy_of
from seston.pipeline.stages import Progress
from seston.sources.tables import read_text
from seston.sources.web.journal import Journal, journal_path
from seston.sources.worms.collect import SOURCE
from seston.sources.worms.harvest import Wanted
from seston.sources.worms.register import records_of
from seston.sources.worms.rest import PAGE
from seston.sources.worms.roots import aphia_id_in
from seston.workspace import Workspace

_SHORTEST_NAME = 4


_PARENTS_AGAIN = 1.25  # a list of children is asked for until an empty answer
_ANCESTORS = 12  # requests to reach the root of the register from anywhere


@dataclass(frozen=True)
class Forecast:
    """What a harvest will cost.

    Parameters
    ----------
    requests
        How many, at least.
    basis
        What the number rests on, one line each.
    """

    requests: int
    basis: tuple[str, ...]


def forecast(workspace: Workspace, wanted: Wanted, progress: Progress) -> Forecast:
    """Return how many requests a harvest needs, without making any.

    WoRMS tells no size of a branch beforehand, so that a root counts with what the workspace knows below it.
    """
    journal = Journal(journal_path(workspace.root, SOURCE), SOURCE).read()
    basis, requests = [], 0
    each = wanted.synonyms + wanted.vernaculars + wanted.attributes
    for root in wanted.roots:
        known = max(_known_below(workspace, root, progress), _harvested_below(root, journal.records))
        requests += 3 + ceil(known * (_PARENTS_AGAIN + each))
        basis.append(f"{root}: {known} taxa below it are known here, and each that WoRMS has besides costs as much")
    if wanted.names:
        new = [name for name in wanted.names if f"AphiaRecordsByNames/{name}" not in journal]
        requests += 2 * ceil(len(new) / PAGE) + _ANCESTORS + len(new) * each
        basis.append(f"{len(wanted.names)} names, {len(new)} of them not asked for yet")
    answered = sum(1 for request in journal.requests() if not request.startswith("AphiaRecordsByNames/"))
    if answered and wanted.roots:
        basis.append(f"{answered} requests were answered before and are not made again")
        requests = max(0, requests - answered)
    return Forecast(requests, tuple(basis))


def names_in_file(path: Path) -> list[str]:
    """Return the names or ids of a file, one a line; empty lines and those that begin with # are left out."""
    lines = (" ".join(line.split()) for line in read_text(path).splitlines())
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def names_in_labels(path: Path, column: str) -> list[str]:
    """Return the distinct names that the labels of a table may hold."""
    names = (name for label in read_column(path, column) for name in names_of_label(label))
    return list(dict.fromkeys(names))


def names_of_label(label: str) -> Iterator[str]:
    """Yield what may be a name in a label: whole parts, words, and pairs of words that may be genus and species.

    Examples
    --------
    >>> list(names_of_label("copepod_cyclopoid_oithona_eggs"))
    ['Copepod', 'Copepod cyclopoid', 'Cyclopoid', 'Cyclopoid oithona', 'Oithona']
    >>> list(names_of_label("nauplii<Cirripedia")), list(names_of_label("Oithona similis"))
    (['Cirripedia'], ['Oithona', 'Oithona similis', 'Similis'])
    """
    read = read_label(label)
    for part in (read.leaf, *read.above):
        words = [piece for word in words_of(part) for piece in split_compound(word)]
        for at, word in enumerate(words):
            if len(word) < _SHORTEST_NAME or not word.isalpha() or _is_common(word):
                continue
            yield word.capitalize()
            following = words[at + 1 : at + 2]
            if following and following[0].isalpha() and not _is_common(following[0]):
                yield f"{word.capitalize()} {following[0].lower()}"


def _is_common(word: str) -> bool:
    found = find_word(word)
    return found is not None and found.kind != "group"


def _known_below(workspace: Workspace, root: str, progress: Progress) -> int:
    """Return how many taxa the tree of the workspace has below a root."""
    tree = taxonomy_of(workspace, progress).hierarchy
    aphia_id = aphia_id_in(root)
    try:
        return len(tree.descendants(tree.find(root if aphia_id is None else f"worms:{aphia_id}")))
    except UnknownTaxon:
        return 0


def _harvested_below(root: str, records: Mapping[str, Any]) -> int:
    """Return how many names the journal has below a root."""
    below: dict[int, list[int]] = defaultdict(list)
    todo: list[int] = []
    for record in records_of(records):
        below[record.get("parentNameUsageID") or 0].append(record["AphiaID"])
        if record["scientificname"] == root or record["AphiaID"] == aphia_id_in(root):
            todo.append(record["AphiaID"])
    seen: set[int] = set()
    while todo:
        new = [i for i in below[todo.pop()] if i not in seen]
        seen.update(new)
        todo += new
    return len(seen)


def wanted_from(roots: Sequence[str], names: Path | None, labels: Path | None, column: str, **about: bool) -> Wanted:
    """Return what the options of a command ask for; ``about`` are the flags of `Wanted`."""
    listed = names_in_file(names) if names else []
    listed += names_in_labels(labels, column) if labels else []
    named = (root for root in roots if root.strip())
    return Wanted(tuple(dict.fromkeys(named)), tuple(dict.fromkeys(listed)), **about)
