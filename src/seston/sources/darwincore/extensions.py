"""The extensions of an archive, each row beside the taxon of the core that it is about."""

from dataclasses import dataclass
from typing import Any

from seston.sources.darwincore.archive import Archive
from seston.sources.darwincore.columns import curies, flags, pairs
from seston.sources.darwincore.reading import ID, gathered, with_lines
from seston.sources.darwincore.tree import Places

PROFILE = {
    "marine": "isMarine",
    "brackish": "isBrackish",
    "freshwater": "isFreshwater",
    "terrestrial": "isTerrestrial",
    "extinct": "isExtinct",
}


@dataclass(frozen=True)
class Extensions:
    """Reads the extensions of an archive whose core is read.

    Parameters
    ----------
    archive
        The archive.
    written
        (n,) ids of the core as the archive writes them, a column of text.
    places
        Where each CURIE stands in the core.
    prefix
        Prefix of CURIEs for ids that are not WoRMS's.
    reported
        Rows about taxa that the core lacks are added here, each with its line.
    """

    archive: Archive
    written: Any
    places: Places
    prefix: str
    reported: list[str]

    def vernaculars(self) -> Any:
        """Return (n,) lists of (language, name)."""
        rows, at = self._about("VernacularName", ("language", "vernacularName"))
        language, name = (rows[column].combine_chunks() for column in ("language", "vernacularName"))
        return pairs(self.written, language, name, at)

    def profile(self) -> dict[str, Any]:
        """Return where taxa live: a column of true, false and null for each of `PROFILE`."""
        rows, at = self._about("SpeciesProfile", tuple(PROFILE.values()))
        return flags(rows, PROFILE, at, len(self.written))

    def _about(self, kind: str, terms: tuple[str, ...]) -> tuple[Any, Any]:
        """Return the rows of an extension, and the place of the taxon of each, -1 where there is none."""
        import numpy as np
        import pyarrow as pa

        part = self.archive.extension(kind)
        if part is None:
            return pa.table({term: pa.array([], pa.string()) for term in terms}), np.empty(0, np.int64)
        rows = gathered(self.archive, part, terms, self.reported)
        if rows[ID].equals(self.written):  # the same taxa in the same order, as WoRMS writes its profiles
            return rows, np.arange(len(rows))
        of = curies(rows[ID], self.prefix)
        at = self.places.of(of)
        lost = [(int(row), f"{of[int(row)]} is not in the archive; left out") for row in np.flatnonzero(at < 0)]
        self.reported.extend(with_lines(self.archive, part, lost))
        return rows, at
