"""EcoTaxa's taxonomy service, answering from a table of its tree."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from seston.sources.ecotaxa.tree import EcotaxaNode
from tests.standins.server import Answer, Request

_STATUS = {"active": "A", "new": "N", "deprecated": "D"}


class EcotaxaService:
    """Answers ``/taxon/{id}``, ``/taxon/central/{id}``, ``/taxon_set/query``, ``/taxon_set/search`` and ``/taxa``."""

    def __init__(self, nodes: Iterable[EcotaxaNode]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.children: dict[int, list[int]] = defaultdict(list)
        for node in self.nodes.values():
            if node.parent in self.nodes:
                self.children[node.parent or 0].append(node.id)

    def __call__(self, request: Request) -> Answer:
        path = request.path.removeprefix("/api")
        if path == "/taxa":
            return _json([self.model(node.id) for node in self.nodes.values() if node.parent is None])
        if path == "/taxon_set/query":
            wanted = [int(number) for number in request.one("ids").split(":")]
            return _json([self.model(number) for number in wanted if number in self.nodes])
        if path == "/taxon_set/search":
            return self._search(request.one("query").lower())
        if path.startswith("/taxon/central/"):
            return self._central(int(path.rpartition("/")[2]))
        if path.startswith("/taxon/"):
            return _json(self.model(int(path.rpartition("/")[2])))
        return Answer(404, b'{"detail":"Not Found"}')

    def model(self, number: int) -> dict[str, Any] | None:
        """Return the TaxonModel of a node, or None."""
        if number not in self.nodes:
            return None
        node, line = self.nodes[number], self._line(number)
        return {
            **{"id": node.id, "name": node.name, "display_name": node.display_name, "rank": node.rank.title() or None},
            **{"type": "M" if node.morphological else "P", "status": _STATUS[node.status], "lineage_status": "A"},
            **{"lineage": [self.nodes[i].name for i in line], "id_lineage": line, "nb_objects": node.objects},
            **{"nb_children_objects": 0, "children": self.children.get(number, [])},
            **{"renm_id": node.renamed_to, "aphia_id": node.aphia_id},
        }

    def _line(self, number: int) -> list[int]:
        line = [number]
        while (parent := self.nodes[line[-1]].parent) in self.nodes and parent not in line:
            line.append(parent or 0)
        return line

    def _search(self, text: str) -> Answer:
        if len(text) < 3:
            return _json([])
        found = [node for node in self.nodes.values() if text in node.display_name.lower()]
        return _json([{"id": n.id, "text": n.display_name, "renm_id": n.renamed_to} for n in found][:200])

    def _central(self, number: int) -> Answer:
        if number not in self.nodes:
            return _json(None)
        node = self.nodes[number]
        return _json([{"id": node.id, "parent_id": node.parent, "rename_to": node.renamed_to, "source_url": ""}])


def _json(value: Any) -> Answer:
    return Answer(body=json.dumps(value).encode())
