"""WoRMS over its REST service: one method an endpoint, each answer of a checked shape.

Every method returns `ABSENT` when WoRMS says that it has none (204, null).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias, TypeVar
from urllib.parse import quote

from seston.sources.web.client import ABSENT, Absent, PoliteClient
from seston.sources.worms.shapes import (
    Record,
    Step,
    about,
    attribute,
    classification,
    fields,
    list_of,
    number,
    record,
    record_lists,
    text,
)

URL: Final = "https://www.marinespecies.org/rest"
PAGE: Final = 50
"""Records a page, and ids or names a batch."""

T = TypeVar("T")
Query: TypeAlias = Mapping[str, bool | int | str | list[str]]
Records: TypeAlias = list[Record] | Literal[Absent.ABSENT]
Objects: TypeAlias = list[Mapping[str, Any]] | Literal[Absent.ABSENT]

_records = list_of(record)
_vernaculars = list_of(fields(vernacular=str, language_code=str))
_attributes = list_of(attribute)
_distributions = list_of(fields(locality=str))
_sources = list_of(fields(source_id=int, use=str, reference=str))
_ranks = list_of(fields(taxonRankID=int, taxonRank=str, AphiaID=int))
_NONE: Final[frozenset[int]] = frozenset()
_NOT_FOUND: Final = frozenset({404})


class WormsRest:
    """The REST service of WoRMS, or a mirror of it.

    Parameters
    ----------
    client
        With the manners for WoRMS.
    url
        Of the service, without a slash at its end.
    """

    def __init__(self, client: PoliteClient, url: str = URL) -> None:
        self.client, self.url = client, url.rstrip("/")

    def _get(
        self,
        path: str,
        expect: Callable[[Any], T],
        query: Query | None = None,
        *,
        absent: frozenset[int] = _NONE,
        fresh: bool = False,
    ) -> T | Literal[Absent.ABSENT]:
        params = {name: value if isinstance(value, list) else _plain(value) for name, value in (query or {}).items()}
        answer: T | Literal[Absent.ABSENT] = self.client.json(
            f"{self.url}/{path}", params, expect, absent=absent, fresh=fresh
        )
        return answer

    def record(self, aphia_id: int, *, fresh: bool = False) -> Record | Literal[Absent.ABSENT]:
        """Return the record of an AphiaID."""
        return self._get(f"AphiaRecordByAphiaID/{aphia_id}", record, fresh=fresh)

    def records(self, aphia_ids: Sequence[int], *, fresh: bool = False) -> Records:
        """Return the records of up to 50 AphiaIDs, those that there are, in any order."""
        ids = [str(aphia_id) for aphia_id in aphia_ids]
        return self._get("AphiaRecordsByAphiaIDs", _records, {"aphiaids[]": ids}, fresh=fresh)

    def children(self, aphia_id: int, offset: int = 1, *, marine_only: bool = False, fresh: bool = False) -> Records:
        """Return a page of the direct children, unaccepted names among them; ``offset`` counts from 1."""
        path = f"AphiaChildrenByAphiaID/{aphia_id}"
        return self._get(path, _records, {"marine_only": marine_only, "offset": offset}, fresh=fresh)

    def synonyms(self, aphia_id: int, offset: int = 1, *, fresh: bool = False) -> Records:
        """Return a page of the synonyms."""
        return self._get(f"AphiaSynonymsByAphiaID/{aphia_id}", _records, {"offset": offset}, fresh=fresh)

    def classification(self, aphia_id: int) -> list[Step] | Literal[Absent.ABSENT]:
        """Return the way from the root of the register to a taxon, itself last."""
        return self._get(f"AphiaClassificationByAphiaID/{aphia_id}", classification)

    def vernaculars(self, aphia_id: int, *, fresh: bool = False) -> Objects:
        """Return the vernacular names: ``vernacular``, ``language_code``, ``language``."""
        return self._get(f"AphiaVernacularsByAphiaID/{aphia_id}", _vernaculars, fresh=fresh)

    def attributes(self, aphia_id: int, *, include_inherited: bool = False) -> Objects:
        """Return the traits; WoRMS says "none" by 404 here."""
        path, expect = f"AphiaAttributesByAphiaID/{aphia_id}", about(aphia_id, _attributes)
        return self._get(path, expect, {"include_inherited": include_inherited}, absent=_NOT_FOUND)

    def external_ids(self, aphia_id: int, kind: str) -> list[str] | Literal[Absent.ABSENT]:
        """Return ids in another register: ``tsn``, ``ncbi``, ``fishbase``, ``algaebase`` and others."""
        return self._get(f"AphiaExternalIDByAphiaID/{aphia_id}", list_of(text), {"type": kind})

    def record_by_external_id(self, external_id: str, kind: str) -> Record | Literal[Absent.ABSENT]:
        """Return the record that has an id in another register."""
        return self._get(f"AphiaRecordByExternalID/{quote(external_id, safe='')}", record, {"type": kind})

    def records_by_name(
        self, name: str, offset: int = 1, *, like: bool = False, marine_only: bool = False, fresh: bool = False
    ) -> Records:
        """Return a page of the records of a name, or with ``like`` of names that begin so."""
        path = f"AphiaRecordsByName/{quote(name, safe='')}"
        query: Query = {"like": like, "marine_only": marine_only, "offset": offset}
        return self._get(path, _records, query, fresh=fresh)

    def records_by_names(self, names: Sequence[str], *, marine_only: bool = False, match: bool = False) -> list[Any]:
        """Return the records of each of up to 50 names, in their order, empty lists for those that WoRMS lacks.

        With ``match``, misspelled names are matched too.
        """
        path = "AphiaRecordsByMatchNames" if match else "AphiaRecordsByNames"
        wanted: Query = {"scientificnames[]": list(names), "marine_only": marine_only}
        found = self._get(path, record_lists(len(names)), wanted)
        return [[] for _ in names] if found is ABSENT else list(found)

    def records_by_vernacular(self, name: str, offset: int = 1, *, like: bool = False) -> Records:
        """Return a page of the records with a vernacular name."""
        return self._get(f"AphiaRecordsByVernacular/{quote(name, safe='')}", _records, {"like": like, "offset": offset})

    def records_by_rank(
        self, rank_id: int, offset: int = 1, *, below: int | None = None, fresh: bool = False
    ) -> Records:
        """Return a page of the records of a rank, or of those below a taxon."""
        query: dict[str, int] = {"offset": offset} if below is None else {"belongsTo": below, "offset": offset}
        return self._get(f"AphiaRecordsByTaxonRankID/{rank_id}", _records, query, fresh=fresh)

    def ranks(self, rank: int | str) -> Objects:
        """Return the ranks of a number or name, one for each kingdom that has it."""
        by = "ID" if isinstance(rank, int) else "Name"
        return self._get(f"AphiaTaxonRanksBy{by}/{quote(str(rank), safe='')}", _ranks)

    def name_of(self, aphia_id: int) -> str | Literal[Absent.ABSENT]:
        """Return the name of an AphiaID."""
        return self._get(f"AphiaNameByAphiaID/{aphia_id}", text)

    def id_of(self, name: str) -> int | Literal[Absent.ABSENT]:
        """Return the AphiaID of a name; negative when several taxa have it."""
        return self._get(f"AphiaIDByName/{quote(name, safe='')}", number)

    def distributions(self, aphia_id: int) -> Objects:
        """Return where a taxon was found."""
        return self._get(f"AphiaDistributionsByAphiaID/{aphia_id}", _distributions)

    def sources(self, aphia_id: int) -> Objects:
        """Return the references of a taxon."""
        return self._get(f"AphiaSourcesByAphiaID/{aphia_id}", _sources)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
