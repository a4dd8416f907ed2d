"""How each service wants to be asked."""

from dataclasses import dataclass

WEEK = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Manners:
    """How one service is asked. They belong to the source, so that a mirror or a stand-in is asked as politely.

    Parameters
    ----------
    service
        Its name in messages.
    rate_per_s
        Requests a second, at most, in any window.
    concurrency
        Requests under way at once, at most.
    needs_contact
        Whether the operator's address must stand in the User-Agent.
    timeout_s
        Longest silence of the server, in seconds; an answer as a whole may take four times as long.
    attempts
        How often one request is tried.
    backoff_s
        First wait after a faulty answer, in seconds; it doubles each time.
    longest_wait_s
        Longest wait that is obeyed, in seconds; a server that asks for more ends the harvest.
    keep_s
        How long an answer in the cache is taken for fresh, in seconds.
    within_s
        Length of the window over which the rate is held, in seconds; a lower rate than one in it makes it longer.

    Examples
    --------
    >>> WORMS.limit, WORMS.window_s
    (5, 1.0)
    >>> Manners("A quiet one", rate_per_s=0.5).window_s
    2.0
    """

    service: str
    rate_per_s: float
    concurrency: int = 1
    needs_contact: bool = False
    timeout_s: float = 30.0
    attempts: int = 7
    backoff_s: float = 0.5
    longest_wait_s: float = 300.0
    keep_s: float = WEEK
    within_s: float = 1.0

    @property
    def limit(self) -> int:
        """Requests in one window."""
        return max(1, int(self.rate_per_s * self.within_s))

    @property
    def window_s(self) -> float:
        """Length of the window that holds `limit` requests, in seconds."""
        return self.limit / self.rate_per_s


WORMS = Manners("WoRMS", rate_per_s=5)
WIKIMEDIA = Manners("Wikimedia", rate_per_s=10, concurrency=3, needs_contact=True)
WIKIDATA_QUERY = Manners("Wikidata's query service", rate_per_s=1, needs_contact=True, timeout_s=65)
ECOTAXA = Manners("EcoTaxa", rate_per_s=5, concurrency=2)
