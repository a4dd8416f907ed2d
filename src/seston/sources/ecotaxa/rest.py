"""EcoTaxa's taxonomy service: a branch of its tree, level by level, without login."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from seston.sources.ecotaxa.models import Fetched, fetched
from seston.sources.web import ABSENT, PoliteClient

ADDRESS = "https://ecotaxa.obs-vlfr.fr/api"
BATCH = 100
"""Ids in one request."""

Batch = Callable[[Sequence[int]], list[Fetched]]


class Ecotaxa:
    """Asks for nodes of EcoTaxa's tree.

    Parameters
    ----------
    client
        With the manners `ECOTAXA`.
    address
        Of the service, up to ``/api``.
    """

    def __init__(self, client: PoliteClient, address: str = ADDRESS) -> None:
        self.client, self.address = client, address.rstrip("/")

    def roots(self) -> list[Fetched]:
        """Return the roots: Biota, not-living, temporary."""
        return self._list("/taxa", {}, _nodes)

    def taxon(self, number: int) -> Fetched | None:
        """Return a node, or None when the service has none of that id, which it says with 200 and null."""
        answer = self.client.json(f"{self.address}/taxon/{number}", expect=fetched)
        return None if answer is ABSENT else answer

    def several(self, numbers: Sequence[int]) -> list[Fetched]:
        """Return those nodes that the service has, in its order; at most `BATCH` are asked for."""
        wanted = frozenset(numbers)

        def those(answer: Any) -> list[Fetched]:
            found = _nodes(answer)
            if strange := {one.node.id for one in found} - wanted:
                raise ValueError(f"nodes that were not asked for, {min(strange)} among them")
            return found

        return self._list("/taxon_set/query", {"ids": ":".join(map(str, numbers))}, those)

    def search(self, text: str) -> list[dict[str, Any]]:
        """Return the nodes whose name holds a text of three letters or more, 200 at most, with id and name."""
        answer = self.client.json(f"{self.address}/taxon_set/search", {"query": text}, expect=_hits)
        return [] if answer is ABSENT else list(answer)

    def central(self, number: int) -> dict[str, Any] | None:
        """Return what the central tree adds of a node: parent_id, rename_to, source_url, source_desc."""
        answer = self.client.json(f"{self.address}/taxon/central/{number}", expect=_central)
        return None if answer is ABSENT else answer

    def _list(self, path: str, params: dict[str, str], expect: Callable[[Any], list[Fetched]]) -> list[Fetched]:
        answer = self.client.json(f"{self.address}{path}", params, expect=expect)
        return [] if answer is ABSENT else list(answer)


def branch(
    root: Fetched, several: Batch, progress: Callable[[int, int], None] = lambda done, known: None
) -> list[Fetched]:
    """Return a node with everything below it, the line above it, and what renamed nodes became.

    Parameters
    ----------
    root
        Where to begin.
    several
        Returns nodes by id, at most `BATCH` at once; those that the service does not have are left out.
    progress
        Told how many nodes are read and how many are known.

    Returns
    -------
    list of Fetched
        Each once, sorted by id. A child that is listed but does not come is left out; a node listed under two parents
        comes once, and a circle ends.
    """
    found = {root.node.id: root}
    asked = {root.node.id}
    level = [*root.children, *root.line, *_targets(root)]
    while level := [number for number in dict.fromkeys(level) if number not in asked]:
        following: list[int] = []
        for batch in _batches(level):
            asked.update(batch)
            for one in several(batch):
                found[one.node.id] = one
                inside = root.node.id in one.line
                following += [*(one.children if inside else ()), *_targets(one)]
            progress(len(found), max(len(found), len(asked)))
        level = following
    return [found[number] for number in sorted(found)]


def _targets(one: Fetched) -> Iterator[int]:
    if one.node.renamed_to is not None:
        yield one.node.renamed_to


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]


def _nodes(answer: Any) -> list[Fetched]:
    if not isinstance(answer, list):
        raise ValueError("expected a list of taxa")
    return [one for one in map(fetched, answer) if one is not None]


def _hits(answer: Any) -> list[dict[str, Any]]:
    if not isinstance(answer, list) or not all(isinstance(hit, dict) and "id" in hit for hit in answer):
        raise ValueError("expected a list of hits with ids")
    return answer


def _central(answer: Any) -> dict[str, Any]:
    row = answer[0] if isinstance(answer, list) and answer else answer
    if not isinstance(row, dict) or "rename_to" not in row:
        raise ValueError("expected a node with rename_to")
    return row


def with_rename(one: Fetched, central: dict[str, Any] | None) -> Fetched:
    """Return a node with the target that the central tree gives, where the node itself gives none."""
    target = (central or {}).get("rename_to")
    if one.node.renamed_to is not None or target in (None, ""):
        return one
    return replace(one, node=replace(one.node, renamed_to=int(str(target))))
