"""Questions to WoRMS that are answered once: lists over all their pages, records by ids and names in batches.

WoRMS pages by offset, so a list that changes meanwhile would lose or repeat records. Each page is therefore asked for
from the last record of the page before: when it does not begin with that record, the page is wrong or the list has
changed. The page is then asked for again, and after that the whole list.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from seston.errors import SourceUnreachable
from seston.sources.web.client import ABSENT
from seston.sources.web.journal import Journal
from seston.sources.worms.attributes import KEY, request_of
from seston.sources.worms.rest import PAGE, Records, WormsRest
from seston.sources.worms.rows import curie
from seston.sources.worms.shapes import Record, Step

T = TypeVar("T")
AskPage = Callable[[int, bool], Records]
"""Given the offset and whether to pass by the cache, asks for a page."""

_TRIALS = 5


class _Changed(Exception):
    """A list that is not the same as when it was begun."""


class Asking:
    """Asks what the journal does not hold yet, and keeps the answer there.

    Parameters
    ----------
    rest
        The service.
    journal
        Open for writing.
    """

    def __init__(self, rest: WormsRest, journal: Journal) -> None:
        self._rest, self._journal = rest, journal
        self.asked = 0

    def children(self, taxon: Record, *, surprising: bool) -> list[Record]:
        """Return all direct children, of the sea or not; with ``surprising``, "none" must be said thrice."""
        aphia_id = taxon["AphiaID"]

        def ask(offset: int, fresh: bool) -> Records:
            return self._rest.children(aphia_id, offset, fresh=fresh)

        key = f"AphiaChildrenByAphiaID/{aphia_id}?marine_only=false&offset="
        return self._all(_List(key, ask, lambda row: row.get("parentNameUsageID") == aphia_id, surprising))

    def synonyms(self, aphia_id: int) -> list[Record]:
        """Return all synonyms."""

        def ask(offset: int, fresh: bool) -> Records:
            return self._rest.synonyms(aphia_id, offset, fresh=fresh)

        key = f"AphiaSynonymsByAphiaID/{aphia_id}?offset="
        return self._all(_List(key, ask, lambda row: row.get("valid_AphiaID") == aphia_id))

    def of_rank(self, rank_id: int, below: int) -> list[Record]:
        """Return all records of a rank below a taxon."""

        def ask(offset: int, fresh: bool) -> Records:
            return self._rest.records_by_rank(rank_id, offset, below=below, fresh=fresh)

        key = f"AphiaRecordsByTaxonRankID/{rank_id}?belongsTo={below}&offset="
        return self._all(_List(key, ask, lambda row: row.get("taxonRankID") == rank_id))

    def named(self, name: str) -> list[Record]:
        """Return all records that have a name."""
        folded = name.casefold()

        def ask(offset: int, fresh: bool) -> Records:
            return self._rest.records_by_name(name, offset, fresh=fresh)

        key = f"AphiaRecordsByName/{name}?offset="
        return self._all(_List(key, ask, lambda row: row["scientificname"].casefold() == folded, surprising=True))

    def classification(self, aphia_id: int) -> list[Step]:
        """Return the way from the root of the register to a taxon, empty when WoRMS has none."""
        key, name = f"{curie(aphia_id)}/classification", f"AphiaClassificationByAphiaID/{aphia_id}"
        kept = self._journal.answer(name)
        if kept is not None:
            return [Step(*step) for step in kept.get(key, [])]
        self.asked += 1
        found = self._rest.classification(aphia_id)
        steps = [] if found is ABSENT else found
        self._journal.keep(name, {key: [[step.id, step.rank, step.name] for step in steps]} if steps else {})
        return steps

    def vernaculars(self, aphia_id: int) -> None:
        """Keep the vernacular names of a taxon in the journal."""
        name = f"AphiaVernacularsByAphiaID/{aphia_id}"
        if name not in self._journal:
            self.asked += 1
            found = self._rest.vernaculars(aphia_id)
            self._journal.keep(name, {} if found is ABSENT else {f"{curie(aphia_id)}/vernaculars": found})

    def attributes(self, aphia_id: int) -> None:
        """Keep the attributes of a taxon in the journal, not those that it inherits."""
        name = request_of(aphia_id)
        if name not in self._journal:
            self.asked += 1
            found = self._rest.attributes(aphia_id)
            self._journal.keep(name, {} if found is ABSENT else {f"{curie(aphia_id)}/{KEY}": found})

    def records(self, aphia_ids: Iterable[int]) -> None:
        """Keep the records of AphiaIDs in the journal, 50 a request; what a batch lacks is asked for by itself."""
        wanted = [i for i in dict.fromkeys(aphia_ids) if _one(i) not in self._journal]
        for batch in in_batches(wanted):
            self.asked += 1
            found = _by_id(self._rest.records(batch))
            lacking = [aphia_id for aphia_id in batch if aphia_id not in found]
            self._journal.keep_all({_one(i): _kept([found[i]]) for i in batch if i in found})
            for aphia_id in lacking:
                self.asked += 1
                alone = self._rest.record(aphia_id)
                self._journal.keep(_one(aphia_id), {} if alone is ABSENT else _kept([alone]))

    def has_record(self, aphia_id: int) -> bool:
        """Return whether the record of an AphiaID was asked for by its id."""
        return _one(aphia_id) in self._journal

    def names(self, names: Iterable[str]) -> None:
        """Keep the records of names in the journal, 50 names a request."""
        wanted = [name for name in dict.fromkeys(names) if self.answered_name(name) is None]
        for batch in in_batches(wanted):
            self.asked += 1
            found = self._rest.records_by_names(batch)
            self._journal.keep_all({_name(name): _kept(rows) for name, rows in zip(batch, found, strict=True)})

    def answered_name(self, name: str) -> list[Record] | None:
        """Return the records of a name that was asked for in a batch, or None when it was not."""
        kept = self._journal.answer(_name(name))
        return None if kept is None else list(kept.values())

    def _all(self, asked: "_List") -> list[Record]:
        """Return a list of records over all its pages."""
        for trial in range(_TRIALS):
            with suppress(_Changed):
                return self._pages(asked, fresh=trial > 0)
        raise SourceUnreachable(
            f"WoRMS gave another list each of the {_TRIALS} times that it was asked for {asked.key}.",
            hint="Run the same command again later to continue.",
            problems=[asked.key],
        )

    def _pages(self, asked: "_List", *, fresh: bool) -> list[Record]:
        rows = self._page(asked, [], fresh)
        more = rows
        while more:
            more = self._page(asked, rows, fresh)[1:]
            if {row["AphiaID"] for row in more} & {row["AphiaID"] for row in rows}:
                raise _Changed
            rows = rows + more
        return rows

    def _page(self, asked: "_List", before: list[Record], fresh: bool) -> list[Record]:
        """Return the page that begins with the last record of those before, from the journal or asked for.

        A first page that is no better the third time is believed; with a later one, the list has changed.
        """
        offset = len(before) or 1
        key = f"{asked.key}{offset}"
        kept = None if fresh else self._journal.answer(key)
        if kept is not None and (not before or asked.is_good(list(kept.values()), before)):
            return list(kept.values())
        page: list[Record] = []
        for again in (fresh or kept is not None, True, True):
            self.asked += 1
            answer = asked.ask(offset, again)
            page = [] if answer is ABSENT else answer
            if asked.is_good(page, before) and answer != []:
                break
        else:
            if before:
                raise _Changed
        self._journal.keep(key, _kept(page))
        return page


@dataclass(frozen=True)
class _List:
    """A list of WoRMS: its name in the journal, how to ask for a page, what belongs there.

    ``surprising`` says that "none" would be a surprise, so that it is asked for again.
    """

    key: str
    ask: AskPage
    belongs: Callable[[Record], bool]
    surprising: bool = False

    def is_good(self, page: list[Record], before: list[Record]) -> bool:
        if before:
            return bool(page) and page[0]["AphiaID"] == before[-1]["AphiaID"]
        return all(self.belongs(row) for row in page) and bool(page or not self.surprising)


def in_batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield 50 at a time."""
    for start in range(0, len(items), PAGE):
        yield items[start : start + PAGE]


def _one(aphia_id: int) -> str:
    return f"AphiaRecordByAphiaID/{aphia_id}"


def _name(name: str) -> str:
    return f"AphiaRecordsByNames/{name}"


def _kept(rows: Sequence[Record]) -> Mapping[str, Any]:
    return {curie(row["AphiaID"]): row for row in rows}


def _by_id(records: Records) -> dict[int, Record]:
    return {} if records is ABSENT else {row["AphiaID"]: row for row in records}
