"""One polite client under all sources, and the journal of what was fetched."""

from seston.sources.web.client import ABSENT, Absent, PoliteClient
from seston.sources.web.faults import Faulty
from seston.sources.web.manners import ECOTAXA, WIKIDATA_QUERY, WIKIMEDIA, WORMS, Manners

__all__ = ["ABSENT", "ECOTAXA", "WIKIDATA_QUERY", "WIKIMEDIA", "WORMS", "Absent", "Faulty", "Manners", "PoliteClient"]
