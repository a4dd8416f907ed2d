"""Which taxon a root means: an AphiaID, an LSID, or a name with one meaning."""

import re

from seston.errors import AmbiguousTaxon, UnknownTaxon
from seston.sources.web.journal import Journal
from seston.sources.worms.asking import Asking
from seston.sources.worms.rows import curie
from seston.sources.worms.shapes import Record

_ID = re.compile(r"(?:worms:|aphia:|urn:lsid:marinespecies\.org:taxname:)?(\d+)", re.IGNORECASE)


def aphia_id_in(text: str) -> int | None:
    """Return the AphiaID that a text is, or None.

    Examples
    --------
    >>> [aphia_id_in(text) for text in ("1080", "worms:1080", "urn:lsid:marinespecies.org:taxname:1080", "Copepoda")]
    [1080, 1080, 1080, None]
    """
    match = _ID.fullmatch(text.strip())
    return int(match[1]) if match else None


def find_root(text: str, asking: Asking, journal: Journal) -> Record:
    """Return the accepted record that a root means.

    Raises
    ------
    UnknownTaxon
        WoRMS has no such name or id.
    AmbiguousTaxon
        Several taxa have the name: each with its lineage.
    """
    name = " ".join(text.split())
    aphia_id = aphia_id_in(name)
    if aphia_id is None:
        meant = {row.get("valid_AphiaID") or row["AphiaID"] for row in asking.named(name)}
    else:
        meant = {_accepted(aphia_id, asking, journal)} - {0}
    if not meant:
        raise UnknownTaxon(name, hint="WoRMS does not know it. Check the spelling, or give an AphiaID.")
    if len(meant) > 1:
        raise AmbiguousTaxon(
            f"{len(meant)} taxa of WoRMS are called '{name}'.",
            hint="Give the id of the one you mean, such as --root " + curie(min(meant)) + ".",
            problems=[f"{curie(one)}  {_lineage(one, asking)}" for one in sorted(meant)],
        )
    root = meant.pop()
    asking.records([root])
    return _record(root, journal)


def _accepted(aphia_id: int, asking: Asking, journal: Journal) -> int:
    asking.records([aphia_id])
    found = journal.records.get(curie(aphia_id))
    return (found.get("valid_AphiaID") or aphia_id) if found else 0


def _record(aphia_id: int, journal: Journal) -> Record:
    found: Record | None = journal.records.get(curie(aphia_id))
    if found is None:
        raise UnknownTaxon(curie(aphia_id), hint="WoRMS has no record of it.")
    return found


def _lineage(aphia_id: int, asking: Asking) -> str:
    return " > ".join(f"{step.name} ({step.rank.lower()})" for step in asking.classification(aphia_id))
