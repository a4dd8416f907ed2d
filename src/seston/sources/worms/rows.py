"""What a row of a table drawn from WoRMS says about a name."""

from dataclasses import dataclass

from seston.records import Taxon
from seston.sources.registry import Registered


@dataclass(frozen=True, slots=True)
class WormsRow:
    """A name of WoRMS: ``id``, ``parent`` and ``accepted`` are AphiaIDs, ``parent`` None where the table has none.

    ``lineage`` holds (rank, name) from the kingdom down, as far as the table gives it.

    Examples
    --------
    >>> row = WormsRow(2, "Animalia", "kingdom", 1, "accepted", "", 2, (("kingdom", "Animalia"),))
    >>> row.taxon("a table").parent
    'worms:1'
    """

    id: int
    name: str
    rank: str
    parent: int | None
    status: str
    authority: str
    accepted: int
    lineage: tuple[tuple[str, str], ...]
    accepted_name: str = ""

    def registered(self) -> Registered:
        """Return the row as a register has it."""
        parent = "" if self.parent is None else curie(self.parent)
        return Registered(
            curie(self.id),
            self.name,
            self.rank,
            parent,
            curie(self.accepted),
            self.status,
            self.authority,
            lineage=self.lineage,
            accepted_name=self.accepted_name,
        )

    def taxon(self, source: str) -> Taxon:
        """Return the row as a taxon that ``source`` speaks of."""
        parent = "" if self.parent is None else curie(self.parent)
        return Taxon(curie(self.id), self.name, self.rank, parent, self.status, self.authority, source=source)


def curie(aphia_id: int) -> str:
    """Return the CURIE of an AphiaID."""
    return f"worms:{aphia_id}"


def plain_rank(rank: str) -> str:
    """Return a rank in small letters, without the botanists' second word.

    >>> plain_rank("Phylum (Division)")
    'phylum'
    """
    return rank.split("(")[0].strip().lower()
