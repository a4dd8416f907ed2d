"""A stand-in WoRMS: the REST service over the real taxonomy tables, with the faults that only WoRMS can make."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from seston.sources.worms.phytoplankton import read_phytoplankton
from seston.sources.worms.rows import WormsRow
from seston.sources.worms.zooplankton import read_zooplankton
from tests.sources.shared import shared
from tests.standins.server import WIRE_FAULTS, Answer, Request

PAGE = 50
WORMS_FAULTS = ("page repeated", "no page", "empty list", "taxon moved")
FAULTS = (*WIRE_FAULTS, *WORMS_FAULTS)
RANKS = {
    "Superdomain": 1,
    "Kingdom": 10,
    "Phylum": 30,
    "Class": 60,
    "Subclass": 70,
    "Order": 100,
    "Suborder": 110,
    "Family": 140,
    "Subfamily": 150,
    "Genus": 180,
    "Subgenus": 190,
    "Species": 220,
    "Subspecies": 230,
}
_UPPER = ("kingdom", "phylum", "class", "order", "family", "genus")


@dataclass(slots=True)
class Name:
    """A name of the stand-in; a parent of 0 is none."""

    id: int
    name: str
    rank: str
    parent: int
    accepted: int
    status: str
    authority: str


class StandInWorms:
    """Answers as WoRMS does, from one tree.

    Parameters
    ----------
    names
        Of the tree; their order is that of the pages.
    seed
        Of the choice of taxa that move.
    page
        Records a page.
    """

    def __init__(self, names: Iterable[Name], *, seed: int = 0, page: int = PAGE) -> None:
        self.names = {name.id: name for name in names}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.synonyms_of: dict[int, list[int]] = defaultdict(list)
        self.below: dict[int, list[int]] = defaultdict(list)
        self.page = page
        self.lacking: frozenset[str] = frozenset()
        self.attributes: dict[int, list[dict[str, Any]]] = {}
        self._chance = random.Random(seed)  # noqa: S311
        self._previous: dict[str, bytes] = {}
        for name in self.names.values():
            self.by_name[name.name].append(name.id)
            self.below[name.parent].append(name.id)
            if name.accepted != name.id:
                self.synonyms_of[name.accepted].append(name.id)

    def __call__(self, request: Request) -> Answer:
        endpoint, _, what = request.path.removeprefix("/rest/").partition("/")
        handler = getattr(self, f"_{endpoint}", None)
        if handler is None or endpoint in self.lacking:
            return Answer(404)
        if request.fault == "no page":
            return Answer(204, b"", {})
        if request.fault == "empty list":
            return Answer(200, b"[]")
        if request.fault == "page repeated" and endpoint in self._previous:
            return Answer(200, self._previous[endpoint])
        if request.fault == "taxon moved" and endpoint == "AphiaChildrenByAphiaID":
            self._move_one(int(what))
        return self._answer(endpoint, handler(what, request))

    def descendants(self, aphia_id: int) -> set[int]:
        found: set[int] = set()
        todo = [aphia_id]
        while todo:
            below = [i for i in self.below[todo.pop()] if i not in found]
            found.update(below)
            todo += below
        return found

    def record(self, aphia_id: int) -> dict[str, Any]:
        name = self.names[aphia_id]
        accepted = self.names.get(name.accepted, name)
        lineage = {self.names[i].rank.lower(): self.names[i].name for i in self.lineage(aphia_id)}
        return {
            "AphiaID": name.id,
            "url": f"https://www.marinespecies.org/aphia.php?p=taxdetails&id={name.id}",
            "scientificname": name.name,
            "authority": name.authority or None,
            "status": name.status,
            "unacceptreason": None,
            "taxonRankID": RANKS.get(name.rank),
            "rank": name.rank,
            "valid_AphiaID": accepted.id,
            "valid_name": accepted.name,
            "valid_authority": accepted.authority or None,
            "parentNameUsageID": name.parent or None,
            **{rank: lineage.get(rank) for rank in _UPPER},
            "lsid": f"urn:lsid:marinespecies.org:taxname:{name.id}",
            "isMarine": 1,
            "isExtinct": None,
            "match_type": "exact",
        }

    def lineage(self, aphia_id: int) -> list[int]:
        way = [aphia_id]
        while (parent := self.names[way[-1]].parent) in self.names and parent not in way:
            way.append(parent)
        return way[::-1]

    def _answer(self, endpoint: str, value: Any) -> Answer:
        if value is None or value == []:
            return Answer(204, b"", {})
        if isinstance(value, Answer):
            return value
        body = json.dumps(value, ensure_ascii=False).encode()
        self._previous[endpoint] = body
        return Answer(200, body)

    def _move_one(self, parent: int) -> None:
        """Move a child that has no children to another place, as an editor does while somebody pages."""
        leaves = [i for i in self.below[parent] if not self.below[i] and self.names[i].accepted == i]
        if len(leaves) > 1:
            moved = self._chance.choice(leaves[:PAGE])
            place = self._chance.choice(sorted(self.below[self.names[parent].parent]))
            if place != moved:
                self.below[parent].remove(moved)
                self.below[place].append(moved)
                self.names[moved].parent = place

    def _page(self, ids: list[int], request: Request) -> list[dict[str, Any]] | Answer:
        offset = int(request.one("offset", "1"))
        if offset < 1:
            said = {"code": 400, "success": False, "errors": ["offset counts from 1"]}
            return Answer(400, json.dumps(said).encode())
        return [self.record(i) for i in ids[offset - 1 : offset - 1 + self.page]]

    def _AphiaRecordByAphiaID(self, what: str, _: Request) -> Any:
        return self.record(int(what)) if int(what) in self.names else None

    def _AphiaRecordsByAphiaIDs(self, _: str, request: Request) -> Any:
        ids = [int(value) for value in request.params["aphiaids[]"]]
        assert len(ids) <= PAGE
        return [self.record(i) for i in ids if i in self.names]

    def _AphiaChildrenByAphiaID(self, what: str, request: Request) -> Any:
        return self._page(self.below[int(what)], request)

    def _AphiaRecordsByTaxonRankID(self, what: str, request: Request) -> Any:
        below = sorted(self.descendants(int(request.one("belongsTo"))))
        return self._page([i for i in below if RANKS.get(self.names[i].rank) == int(what)], request)

    def _AphiaSynonymsByAphiaID(self, what: str, request: Request) -> Any:
        return self._page(self.synonyms_of[int(what)], request)

    def _AphiaClassificationByAphiaID(self, what: str, _: Request) -> Any:
        nested: Any = None
        for i in reversed(self.lineage(int(what))):
            name = self.names[i]
            nested = {"AphiaID": i, "rank": name.rank, "scientificname": name.name, "child": nested}
        return nested

    def _AphiaRecordsByName(self, what: str, request: Request) -> Any:
        return self._page(self.by_name.get(what, []), request)

    def _AphiaRecordsByNames(self, _: str, request: Request) -> Any:
        names = request.params["scientificnames[]"]
        assert len(names) <= PAGE
        return [[self.record(i) for i in self.by_name.get(name, [])] for name in names]

    def _AphiaAttributesByAphiaID(self, what: str, request: Request) -> Any:
        assert request.one("include_inherited") == "false"
        return self.attributes.get(int(what)) or (Answer(404) if int(what) % 2 else None)

    def _AphiaVernacularsByAphiaID(self, what: str, _: Request) -> Any:
        group = {"Copepoda": "copepods", "Appendicularia": "larvaceans"}.get(self.names[int(what)].name)
        return [{"vernacular": group, "language_code": "eng", "language": "English"}] if group else None


def attribute(
    aphia_id: int, key: tuple[int, str], value: str, *children: dict[str, Any], quality: str = "checked"
) -> dict[str, Any]:
    """Return an attribute as WoRMS gives it; a child has the same fields, and children of its own."""
    return {
        "AphiaID": aphia_id,
        "measurementTypeID": key[0],
        "measurementType": key[1],
        "measurementValue": value,
        "source_id": 232308,
        "reference": "Somebody, A. (1890). Free-living copepods.",
        "qualitystatus": quality,
        "AphiaID_Inherited": aphia_id,
        "CategoryID": None,
        "children": list(children),
    }


def body_size(
    aphia_id: int,
    value: str,
    kind: str = "maximum",
    *,
    unit: str = "mm",
    dimension: str = "length",
    stage: str = "adult",
    sex: str = "",
    quality: str = "checked",
) -> dict[str, Any]:
    """Return a body size: unit and kind hang below it, the dimension below the kind, stage and sex below that."""
    below = [attribute(aphia_id, (21, "Sex"), sex)] if sex else []
    whose = [attribute(aphia_id, (20, "Life stage"), stage, *below)] if stage else below
    along = [attribute(aphia_id, (19, "Dimension"), dimension, *whose)] if dimension else whose
    of_kind = attribute(aphia_id, (18, "Type"), kind, *along)
    return attribute(
        aphia_id, (15, "Body size"), value, attribute(aphia_id, (17, "Unit"), unit), of_kind, quality=quality
    )


def real_names() -> list[Name]:
    """Return the names of the two taxonomy tables as one tree below Biota; a dangling one hangs on its lineage."""
    rows = {row.id: row for row in read_zooplankton(shared("taxonomy/zooplankton_worms.csv"))}
    rows |= {row.id: row for row in read_phytoplankton(shared("taxonomy/phytoplankton_worms.tsv"))}
    by_rank = {(row.rank, row.name): row.id for row in rows.values()}
    return [_name(row, rows, by_rank) for row in sorted(rows.values(), key=lambda row: row.id)]


def _name(row: WormsRow, rows: dict[int, WormsRow], by_rank: dict[tuple[str, str], int]) -> Name:
    parent = row.parent if row.parent in rows else _above(row, by_rank)
    accepted = row.accepted if row.accepted in rows else row.id
    status = row.status if accepted != row.id or row.status != "unaccepted" else "accepted"
    return Name(row.id, row.name, row.rank.title(), parent or 0, accepted, status, row.authority)


def _above(row: WormsRow, by_rank: dict[tuple[str, str], int]) -> int:
    """Return the nearest taxon of the lineage that is another and stands in the tree, Biota at last."""
    found = [by_rank[step] for step in reversed(row.lineage) if step in by_rank and by_rank[step] != row.id]
    return 0 if row.id == 1 else next(iter(found), 1)
