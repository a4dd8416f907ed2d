"""The way to the wire: cache, then judge and gate, then network.

The judge stands below the cache, so that a faulty answer is refused before it can be kept, and what the cache answers
costs no turn at the gate.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
from hishel import SqliteStorage
from hishel.httpx2 import CacheTransport

from seston.sources.web.faults import Faulty, check_status, parse_json
from seston.sources.web.gate import Gate
from seston.sources.web.manners import Manners

_LARGEST_ANSWER = 64 * 1024 * 1024
_GONE_WITH_DECODING = ("content-encoding", "content-length", "transfer-encoding")


def client_over(
    gate: Gate,
    manners: Manners,
    user_agent: str,
    cache: Path | None,
    transport: httpx2.BaseTransport | None,
    clock: Callable[[], float],
) -> tuple[httpx2.Client, SqliteStorage | None]:
    """Return a client whose requests pass the cache and the gate, and the cache's store."""
    judge = _Judge(transport or httpx2.HTTPTransport(), gate, 4 * manners.timeout_s, clock)
    storage = SqliteStorage(database_path=cache) if cache else None
    way = CacheTransport(judge, storage) if storage else judge
    headers = {"User-Agent": user_agent, "Accept": "application/json"}
    client = httpx2.Client(transport=way, headers=headers, timeout=manners.timeout_s, follow_redirects=True)
    return client, storage


class _Judge(httpx2.BaseTransport):
    """Makes the request in a turn, reads the whole answer, and raises `Faulty` unless it is as expected."""

    def __init__(self, inner: httpx2.BaseTransport, gate: Gate, longest_s: float, clock: Callable[[], float]) -> None:
        self._inner, self._gate, self._longest_s, self._clock = inner, gate, longest_s, clock

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        with self._gate.turn():
            answer = self._inner.handle_request(request)
            try:
                content = self._read(answer)
            finally:
                answer.close()
        if not answer.has_redirect_location:
            expect, absent = request.extensions["seston"]
            _judge(answer, content, expect, absent)
        headers = [(name, value) for name, value in answer.headers.multi_items() if name not in _GONE_WITH_DECODING]
        return httpx2.Response(answer.status_code, headers=headers, content=content)

    def close(self) -> None:
        self._inner.close()

    def _read(self, answer: httpx2.Response) -> bytes:
        """Return the decoded content; `Faulty` when it takes too long or is too large."""
        content, start = bytearray(), self._clock()
        for chunk in answer.iter_bytes():
            content += chunk
            if self._clock() - start > self._longest_s:
                raise Faulty(f"an answer that was not complete after {self._longest_s:.0f} s")
            if len(content) > _LARGEST_ANSWER:
                raise Faulty(f"an answer of more than {_LARGEST_ANSWER} bytes", again=False)
        return bytes(content)


def _judge(answer: httpx2.Response, content: bytes, expect: Callable[[Any], Any], absent: frozenset[int]) -> None:
    check_status(answer.status_code, answer.headers, content, absent)
    if answer.status_code != httpx2.codes.OK:
        return
    value = parse_json(content)
    if value is None:
        return
    try:
        expect(value)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Faulty(f"JSON of another shape: {error}") from error
