"""One polite client under all sources.

It waits for its turn, tries again with growing waits, obeys ``Retry-After``, keeps good answers on disk, and tells an
answer that says "none" from no answer at all.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import Enum
from pathlib import Path
from typing import Any, Final, Literal, Self, TypeVar

from seston.errors import InvalidData, SourceUnreachable, UsageError
from seston.sources.web.faults import Faulty, Refused, in_words, parse_json
from seston.sources.web.gate import Gate
from seston.sources.web.manners import Manners
from seston.version import VERSION

T = TypeVar("T")
Parameters = Mapping[str, str | Sequence[str]]
Expect = Callable[[Any], Any]

_LONGEST_BACKOFF_S = 60.0
_NOTICED_S = 2.0
_NO_CONTENT = 204


class Absent(Enum):
    """What stands for "the service has none"."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


class PoliteClient:
    """Asks one service, as that service wants to be asked.

    Parameters
    ----------
    manners
        Rate, concurrency and patience; they are those of the source, whatever host answers for it.
    contact
        The operator's address, such as an e-mail address; it stands in the User-Agent.
    cache
        SQLite file in which good answers are kept, or None for no cache.
    transport
        An ``httpx2`` transport in place of the network, for tests.
    sleep, clock
        Waiting and monotonic time, in seconds.
    tell
        Told of every wait that a person would notice.

    Raises
    ------
    UsageError
        The service needs a contact and there is none.

    Examples
    --------
    >>> import httpx2
    >>> from seston.sources.web.manners import ECOTAXA
    >>> answer = httpx2.MockTransport(lambda request: httpx2.Response(200, text="null"))
    >>> with PoliteClient(ECOTAXA, transport=answer) as client:
    ...     client.json("https://ecotaxa.example/api/taxon/1", expect=dict)
    <Absent.ABSENT: 'absent'>
    """

    def __init__(
        self,
        manners: Manners,
        *,
        contact: str = "",
        cache: Path | None = None,
        transport: Any = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        tell: Callable[[str], None] = lambda text: None,
    ) -> None:
        from seston.sources.web.transport import client_over

        if manners.needs_contact and not contact.strip():
            raise UsageError(
                f"{manners.service} wants to know whom to write to when a harvest troubles it.",
                hint="Give --contact YOU@EXAMPLE.ORG, or set SESTON_CONTACT.",
            )
        self.manners = manners
        self.user_agent = user_agent(contact)
        self.gate = Gate(manners, sleep=sleep, clock=clock)
        self._sleep, self._tell = sleep, tell
        self._client, self._storage = client_over(self.gate, manners, self.user_agent, cache, transport, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close connections and cache."""
        self._client.close()

    def turn(self) -> AbstractContextManager[None]:
        """Return a context that waits for a turn and holds it: rate and concurrency for a foreign client's request."""
        return self.gate.turn()

    def json(
        self,
        url: str,
        params: Parameters | None = None,
        expect: Expect = lambda value: value,
        *,
        absent: frozenset[int] = frozenset(),
        fresh: bool = False,
    ) -> Any | Literal[Absent.ABSENT]:
        """Ask for JSON.

        Parameters
        ----------
        url, params
            What to ask; a list among the parameters is repeated.
        expect
            Given the value, returns what is wanted of it; raises `ValueError` on a wrong shape, which is then asked
            for again and never kept.
        absent
            Status codes besides 204 by which this service says "none", such as 404.
        fresh
            Whether to pass by what the cache holds.

        Returns
        -------
        value
            What `expect` returns, or `ABSENT` when the service has none.

        Raises
        ------
        InvalidData
            The service refuses the request (400).
        SourceUnreachable
            No usable answer after all attempts.
        """
        import httpx2

        request = self._client.build_request("GET", url, params=_flat(params), extensions={"seston": (expect, absent)})
        key = f"GET {request.url}"
        request.extensions["caching"] = {"key": key, "ttl": self.manners.keep_s}
        if fresh:
            self._forget(key)

        def once() -> Any:
            try:
                response = self._client.send(request)
            except httpx2.TransportError as error:
                raise Faulty(in_words(error)) from error
            if response.status_code == _NO_CONTENT or response.status_code in absent:
                return ABSENT
            value = parse_json(response.content)
            return ABSENT if value is None else expect(value)

        return self._retried(once, f"{request.url}")

    def attempt(
        self,
        request: Callable[[], T],
        what: str,
        *,
        fault: Callable[[Exception], Faulty | None] = lambda error: None,
    ) -> T:
        """Make a foreign client's request in a turn, again and again under the same policy.

        Parameters
        ----------
        request
            Makes the request; raises `Faulty` itself, or something that `fault` knows.
        what
            What is asked for, in messages.
        fault
            Returns the `Faulty` that stands for an exception, or None when it is none of the network's.

        Raises
        ------
        InvalidData, SourceUnreachable
            As `json` does.
        """

        def once() -> T:
            with self.turn():
                try:
                    return request()
                except Faulty:
                    raise
                except Exception as error:
                    known = fault(error)
                    if known is None:
                        raise
                    raise known from error

        return self._retried(once, what)

    def _retried(self, once: Callable[[], T], what: str) -> T:
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

        backoff = wait_exponential_jitter(multiplier=self.manners.backoff_s, max=_LONGEST_BACKOFF_S, jitter=0)
        retrying = Retrying(
            sleep=self._sleep,
            retry=retry_if_exception(lambda error: isinstance(error, Faulty) and self._may_repeat(error)),
            wait=lambda state: 0.0 if _asked_to_wait(state) else backoff(state),
            stop=stop_after_attempt(self.manners.attempts),
            before_sleep=self._tell_of_wait,
            reraise=True,
        )
        try:
            return retrying(once)
        except Refused as error:
            raise InvalidData(f"{self.manners.service} refuses {what}: {error.reason}.") from error
        except Faulty as error:
            raise self._unreachable(error, what) from error

    def _may_repeat(self, fault: Faulty) -> bool:
        if fault.again and fault.wait_s is not None:
            self.gate.pause(min(fault.wait_s, self.manners.longest_wait_s))
        return fault.again and (fault.wait_s or 0) <= self.manners.longest_wait_s

    def _tell_of_wait(self, state: Any) -> None:
        fault = state.outcome.exception()
        wait = state.next_action.sleep if fault.wait_s is None else fault.wait_s
        if wait >= _NOTICED_S:
            self._tell(f"{self.manners.service}: {fault.reason}; asked again in {wait:.0f} s")

    def _unreachable(self, fault: Faulty, what: str) -> SourceUnreachable:
        tries = f" after {self.manners.attempts} attempts" if self._may_repeat(fault) else ""
        asked = f" and asks to wait {fault.wait_s:.0f} s" if fault.wait_s is not None else ""
        return SourceUnreachable(
            f"{self.manners.service} gave no usable answer{tries}: {fault.reason}{asked}.",
            hint="Check network and address. All that was answered is kept; the same command continues.",
            problems=[what],
        )

    def _forget(self, key: str) -> None:
        if self._storage is not None:
            for entry in self._storage.get_entries(key):
                self._storage.remove_entry(entry.id)


def user_agent(contact: str) -> str:
    """Return the User-Agent.

    >>> user_agent("me@example.org").split(" ", 1)[1]
    '(me@example.org)'
    """
    return f"seston/{VERSION}" + (f" ({contact.strip()})" if contact.strip() else "")


def _flat(params: Parameters | None) -> tuple[tuple[str, str], ...]:
    listed = [(name, [value] if isinstance(value, str) else value) for name, value in (params or {}).items()]
    return tuple((name, value) for name, values in listed for value in values)


def _asked_to_wait(state: Any) -> bool:
    error = state.outcome.exception()
    return isinstance(error, Faulty) and error.wait_s is not None
