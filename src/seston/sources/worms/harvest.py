"""Harvest WoRMS: what lies below roots, names and ids of a list, and all that these need to stand in one tree."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from seston.errors import InvalidData, SourceUnreachable
from seston.sources.web.faults import Faulty
from seston.sources.web.journal import Journal
from seston.sources.web.misses import GaveUp, Misses
from seston.sources.worms.asking import Asking, in_batches
from seston.sources.worms.register import records_of
from seston.sources.worms.roots import aphia_id_in, find_root
from seston.sources.worms.rows import curie, plain_rank
from seston.sources.worms.shapes import Record

_CHILDLESS = frozenset({"species", "subspecies", "natio", "variety", "subvariety", "forma", "subforma", "mutatio"})


class Progress(Protocol):
    """Tells a person what goes on."""

    def stage(self, name: str, summary: str) -> None:
        """Announce a stage."""

    def done(self, done: int, total: int) -> None:
        """Say how much of the present stage is done."""

    def note(self, text: str) -> None:
        """Say something that is no result."""


@dataclass(frozen=True)
class Wanted:
    """What to harvest.

    Parameters
    ----------
    roots
        Names or ids; everything below them is wanted.
    names
        Names or ids; they alone are wanted, with their accepted names and ancestors.
    synonyms, vernaculars, attributes
        Whether to ask for them, one request for each accepted name.
    """

    roots: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    synonyms: bool = True
    vernaculars: bool = False
    attributes: bool = False


@dataclass
class Outcome:
    """What a harvest found: names that WoRMS lacks, requests made, what was wanted (AphiaIDs), attributes now held."""

    unknown: list[str] = field(default_factory=list)
    asked: int = 0
    wanted: set[int] = field(default_factory=set)
    attributes: int = 0


def harvest(wanted: Wanted, asking: Asking, journal: Journal, progress: Progress) -> Outcome:
    """Bring everything that is wanted into the journal; what is there already is not asked for.

    Parameters
    ----------
    wanted
        Roots, names, and how much about them.
    asking, journal
        The service, and where its answers are kept.
    progress
        Told of each stage.

    Returns
    -------
    Outcome
        The names that WoRMS lacks, and the AphiaIDs of what was wanted.

    Raises
    ------
    SourceUnreachable
        Some requests got no usable answer: each is named. All other answers are kept.
    UnknownTaxon, AmbiguousTaxon
        A root is no taxon of WoRMS, or several.
    """
    return _Harvest(asking, journal, progress).run(wanted)


class _Harvest:
    def __init__(self, asking: Asking, journal: Journal, progress: Progress) -> None:
        self._asking, self._journal, self._progress = asking, journal, progress
        self._misses = Misses("WoRMS")
        self._listed: dict[int, set[int]] = {}

    def run(self, wanted: Wanted) -> Outcome:
        roots = [find_root(root, self._asking, self._journal) for root in wanted.roots]
        outcome = Outcome()
        try:
            self._below(roots)
            outcome.wanted = set(self._listed)
            outcome.unknown = self._names(wanted.names, outcome.wanted)
            self._referred()
            if wanted.synonyms:
                self._each_accepted("synonyms", self._asking.synonyms, outcome.wanted)
            if wanted.vernaculars:
                self._each_accepted("vernaculars", self._asking.vernaculars, outcome.wanted)
            if wanted.attributes:
                self._each_accepted("attributes", self._asking.attributes, outcome.wanted)
            self._referred()
        except GaveUp:
            self._misses.add("what comes after these", "not asked for")
        self._misses.check()
        outcome.asked = self._asking.asked
        return outcome

    def _below(self, roots: Sequence[Record]) -> None:
        """Walk the trees below the roots, and set right what moved meanwhile."""
        if not roots:
            return
        self._progress.stage("taxa", f"below {', '.join(root['scientificname'] for root in roots)}")
        for root in roots:
            steps = self._asking.classification(root["AphiaID"])
            self._records("ancestors", [step.id for step in steps])
        self._walk(roots)
        for root in roots:
            self._check_by_rank(root)
        self._records("taxa that moved", self._contradicted())
        while strays := self._strays():
            self._walk(strays)

    def _walk(self, roots: Iterable[Record]) -> None:
        queue = deque(roots)
        queued = {row["AphiaID"] for row in queue} | self._listed.keys()
        while queue:
            with self._misses.rest(lambda: [f"children of {_label(row)}" for row in list(queue)[1:]]):
                children = self._misses.attempt(f"children of {_label(queue[0])}", lambda: self._children(queue[0]))
            self._listed[queue.popleft()["AphiaID"]] = {row["AphiaID"] for row in children or ()}
            new = [row for row in children or () if row["AphiaID"] not in queued]
            queued.update(row["AphiaID"] for row in new)
            queue.extend(new)
            self._progress.done(len(self._listed), len(self._listed) + len(queue))

    def _check_by_rank(self, root: Record) -> None:
        """List what is below a root once more, by rank: a taxon that moved to where we had been turns up there.

        That costs a fiftieth of the walk. A mirror need not have these lists.
        """
        ranks = {self._journal.records[curie(i)].get("taxonRankID") for i in self._listed} - {None}
        try:
            for rank in sorted(ranks):
                self._asking.of_rank(rank, root["AphiaID"])
        except (SourceUnreachable, InvalidData) as error:
            if isinstance(error.__cause__, Faulty) and not error.__cause__.again:
                self._progress.note(f"what moved during the harvest may be missing, no lists by rank: {error.message}")
            else:
                self._misses.add(f"lists by rank below {_label(root)}", error.message)

    def _children(self, taxon: Record) -> list[Record]:
        childless = plain_rank(taxon.get("rank") or "") in _CHILDLESS or not _is_accepted(taxon)
        return self._asking.children(taxon, surprising=not childless)

    def _contradicted(self) -> list[int]:
        """Return the taxa whose own record and the lists of children disagree."""
        wrong = {
            i for i in self._listed if (parent := self._parent(i)) in self._listed and i not in self._listed[parent]
        }
        wrong |= {i for parent, children in self._listed.items() for i in children if self._parent(i) != parent}
        return sorted(wrong)

    def _strays(self) -> list[Record]:
        """Return the taxa below what was listed that have not been listed themselves."""
        rows = records_of(self._journal.records)
        return [
            row for row in rows if row["AphiaID"] not in self._listed and row.get("parentNameUsageID") in self._listed
        ]

    def _parent(self, aphia_id: int) -> int:
        parent: int | None = self._journal.records[curie(aphia_id)].get("parentNameUsageID")
        return parent or 0

    def _names(self, names: Sequence[str], wanted: set[int]) -> list[str]:
        """Ask for names and ids; add what they mean to what is wanted, and return those that mean nothing."""
        ids = {name: found for name in names if (found := aphia_id_in(name)) is not None}
        plain = [name for name in names if name not in ids and self._asking.answered_name(name) is None]
        self._records("ids", ids.values())
        for batch in in_batches(plain):
            self._misses.attempt(f"names {', '.join(batch)}", lambda batch=batch: self._asking.names(batch))  # type: ignore[misc]
        unknown = []
        for name in names:
            means = self._held(ids[name]) if name in ids else self._meant(name)
            wanted |= means
            unknown += [] if means else [name]
        return unknown

    def _meant(self, name: str) -> set[int]:
        return {row.get("valid_AphiaID") or row["AphiaID"] for row in self._asking.answered_name(name) or ()}

    def _held(self, aphia_id: int) -> set[int]:
        return {aphia_id} if curie(aphia_id) in self._journal.records else set()

    def _referred(self) -> None:
        """Fetch accepted names and parents that records name, and theirs, up to the root of the register."""
        tried: set[int] = set()
        while missing := self._missing() - tried:
            tried |= missing
            self._records("accepted names and parents", sorted(missing))

    def _missing(self) -> set[int]:
        rows = list(records_of(self._journal.records))
        named = {row.get(name) for row in rows for name in ("valid_AphiaID", "parentNameUsageID")}
        return {i for i in named if i} - {row["AphiaID"] for row in rows}

    def _records(self, what: str, aphia_ids: Iterable[int]) -> None:
        unknown = [i for i in dict.fromkeys(aphia_ids) if not self._asking.has_record(i)]
        for batch in in_batches(unknown):
            label = f"{what}: {', '.join(curie(i) for i in batch)}"
            self._misses.attempt(label, lambda batch=batch: self._asking.records(batch))  # type: ignore[misc]

    def _each_accepted(self, what: str, ask: Callable[[int], object], wanted: set[int]) -> None:
        """Ask for something of every accepted taxon among what is wanted."""
        rows = [self._journal.records[curie(i)] for i in sorted(wanted) if curie(i) in self._journal.records]
        accepted = [row for row in rows if _is_accepted(row)]
        self._progress.stage(what, f"of {len(accepted)} accepted taxa")
        for done, row in enumerate(accepted, start=1):
            with self._misses.rest(lambda done=done: [f"{what} of {_label(row)}" for row in accepted[done:]]):  # type: ignore[misc]
                self._misses.attempt(f"{what} of {_label(row)}", lambda row=row: ask(row["AphiaID"]))  # type: ignore[misc]
            self._progress.done(done, len(accepted))


def _is_accepted(row: Record) -> bool:
    return row.get("valid_AphiaID") in (None, row["AphiaID"])


def _label(row: Record) -> str:
    return f"{row['scientificname']} ({curie(row['AphiaID'])})"
