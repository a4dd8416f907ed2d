"""A gate before a service: so many requests a second, so many at once."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from seston.sources.web.manners import Manners

_MARGIN_MS = 2  # times are kept in whole milliseconds


class Gate:
    """Lets requests through at the rate and concurrency that a service allows.

    A request counts until a window after its *end*. The server sees it between its start and its end, so that its own
    log never holds more than the limit in any window, however late a request arrives there.

    Parameters
    ----------
    manners
        Rate, window and concurrency.
    sleep, clock
        Waiting and monotonic time, in seconds.
    """

    def __init__(
        self,
        manners: Manners,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        from pyrate_limiter import InMemoryBucket, Rate

        self._limit = manners.limit
        self._window_ms = round(manners.window_s * 1000) + _MARGIN_MS
        self._ended = InMemoryBucket([Rate(manners.limit, self._window_ms)])
        self._under_way = 0
        self._not_before = 0
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(min(manners.concurrency, manners.limit))
        self._sleep, self._clock = sleep, clock

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and hold it while the block runs."""
        with self._slots:
            while wait := self._try_to_enter():
                self._sleep(wait / 1000)
            try:
                yield
            finally:
                self._leave()

    def pause(self, seconds: float) -> None:
        """Let nobody through for so many seconds, as the server asked."""
        with self._lock:
            self._not_before = max(self._not_before, self._now() + round(seconds * 1000))

    def start_full(self) -> None:
        """Take the allowance of this window for used: an earlier run may have been stopped a moment ago."""
        from pyrate_limiter import RateItem

        with self._lock:
            while self._ended.put(RateItem("earlier", self._now())):
                pass

    def _now(self) -> int:
        return int(self._clock() * 1000)

    def _try_to_enter(self) -> int:
        """Enter and return 0, or return the milliseconds to wait."""
        with self._lock:
            now = self._now()
            if now < self._not_before:
                return self._not_before - now
            self._ended.leak(now)
            ended = self._ended.count()
            if ended + self._under_way < self._limit:
                self._under_way += 1
                return 0
            oldest = self._ended.peek(ended - 1) if ended else None
            return max(1, oldest.timestamp + self._window_ms + 1 - now) if oldest else 5

    def _leave(self) -> None:
        from pyrate_limiter import RateItem

        with self._lock:
            self._under_way -= 1
            self._ended.put(RateItem("answered", self._now()))
