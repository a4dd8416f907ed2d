"""Requests that got no answer: gone past, until too many fail in a row, and then all of them said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from seston.errors import InvalidData, SourceUnreachable

T = TypeVar("T")
_GIVE_UP_AFTER = 3


class GaveUp(Exception):
    """So many requests failed in a row that the service must be down."""


class Misses:
    """Collects what a harvest misses.

    Parameters
    ----------
    service
        Its name in messages.

    Examples
    --------
    >>> misses = Misses("The register")
    >>> misses.attempt("record 1", lambda: 1)
    1
    >>> misses.add("record 2", "status 503")
    >>> misses.check()
    Traceback (most recent call last):
    seston.errors.SourceUnreachable: The register left 1 question without a usable answer.
    """

    def __init__(self, service: str) -> None:
        self._service = service
        self._missing: list[str] = []
        self._in_a_row = 0

    def add(self, what: str, why: str) -> None:
        """Note that something is missing."""
        self._missing.append(f"{what}: {why}")

    def attempt(self, what: str, ask: Callable[[], T]) -> T | None:
        """Ask; when there is no usable answer, note it and return None.

        Raises
        ------
        GaveUp
            The third failure in a row.
        """
        try:
            answer = ask()
        except (SourceUnreachable, InvalidData) as error:
            self.add(what, error.message)
            self._in_a_row += 1
            if self._in_a_row >= _GIVE_UP_AFTER:
                raise GaveUp from error
            return None
        self._in_a_row = 0
        return answer

    @contextmanager
    def rest(self, left: Callable[[], list[str]]) -> Iterator[None]:
        """Note what was left to ask when the block gives up."""
        try:
            yield
        except GaveUp:
            for what in left():
                self.add(what, "not asked for")
            raise

    def check(self) -> None:
        """Say what is missing, all of it.

        Raises
        ------
        SourceUnreachable
            Something is.
        """
        if self._missing:
            count = len(self._missing)
            raise SourceUnreachable(
                f"{self._service} left {count} question{'s' if count > 1 else ''} without a usable answer.",
                hint="Everything answered is kept. Run the same command again to ask for what is missing.",
                problems=self._missing,
            )
