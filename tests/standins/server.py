"""A stand-in server on loopback: real threads and sockets, a log of requests with times, faults on purpose."""

import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

WIRE_FAULTS = (
    "429",
    "429 wait",
    "429 date",
    "500",
    "503",
    "time-out",
    "cut JSON",
    "HTML",
    "wrong encoding",
    "empty page",
    "hang up",
)
"""Faults that this server makes of any good answer. Others are left to the service, which knows what a page is."""

_HTML = b"<!DOCTYPE html><html><body>Service temporarily unavailable</body></html>"


@dataclass(frozen=True)
class Request:
    """A request: path below the server's URL, decoded parameters, headers in small letters, body, fault to make."""

    path: str
    params: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]
    body: bytes = b""
    fault: str = ""

    def one(self, name: str, default: str = "") -> str:
        return self.params.get(name, [default])[0]


@dataclass(frozen=True)
class Answer:
    """What a service answers."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


Service = Callable[[Request], Answer]
Faults = Callable[[int, str], str]
"""Given the number of the request and its target, the fault to make, or nothing."""


def some_faulty(share: float, faults: Sequence[str], *, seed: int = 0) -> Faults:
    """Return faults for a share of the requests, never for the same request twice in a row."""
    chance = random.Random(seed)  # noqa: S311
    last: set[str] = set()

    def choose(_: int, target: str) -> str:
        if target in last or chance.random() >= share:
            last.discard(target)
            return ""
        last.add(target)
        return chance.choice(faults)

    return choose


@dataclass(frozen=True)
class Logged:
    """A request as it came in: monotonic time, target, the fault made of it, whether it was answered in full."""

    time: float
    target: str
    fault: str
    agent: str


class RequestLog:
    """What came in, in order."""

    def __init__(self) -> None:
        self.entries: list[Logged] = []
        self.answered: list[str] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self.entries)

    def begin(self, entry: Logged) -> None:
        with self._lock:
            self.entries.append(entry)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)

    def leave(self) -> None:
        """Count a request no longer: its client may ask again before the server has noted that it was answered."""
        with self._lock:
            self._at_once -= 1

    def end(self, target: str) -> None:
        with self._lock:
            self.answered.append(target)

    def targets(self) -> list[str]:
        return [entry.target for entry in self.entries]

    def most_in_a_window(self, seconds: float = 1.0) -> int:
        """Return the largest number of requests in any half-open window of so many seconds."""
        times = sorted(entry.time for entry in self.entries)
        first = most = 0
        for last, moment in enumerate(times):
            while moment - times[first] >= seconds:
                first += 1
            most = max(most, last - first + 1)
        return most


class StandIn:
    """Serves a service on a free port of loopback while the block runs.

    Parameters
    ----------
    service
        Answers a request.
    faults
        Chooses which requests get a faulty answer.
    delay_s
        How long each answer takes.
    hang_s
        How long a "time-out" keeps the client waiting before the line is cut.
    """

    def __init__(
        self, service: Service, *, faults: Faults = lambda _, __: "", delay_s: float = 0.0, hang_s: float = 5.0
    ) -> None:
        self.service, self.faults = service, faults
        self.delay_s, self.hang_s = delay_s, hang_s
        self.log = RequestLog()
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.standin = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    standin: StandIn

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients are killed on purpose: a broken line is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 20
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        standin, target, moment = self.server.standin, self.path, time.monotonic()
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = standin.faults(len(standin.log), target)
        standin.log.begin(Logged(moment, target, fault, self.headers.get("User-Agent", "")))
        try:
            if standin.delay_s:
                standin.closing.wait(standin.delay_s)
            answer = self._answer_to(standin, self._request(body, fault))
        finally:
            standin.log.leave()
        if self._sent(standin, answer, fault) and not fault:
            standin.log.end(target)

    do_POST = do_GET

    def _request(self, body: bytes, fault: str) -> Request:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(unquote(parts.path), parse_qs(parts.query, keep_blank_values=True), headers, body, fault)

    def _answer_to(self, standin: StandIn, request: Request) -> Answer | None:
        """Return the answer, spoiled where a fault asks for it; None when there is to be none."""
        if request.fault in ("time-out", "hang up"):
            return None
        answer = standin.service(request)
        return spoiled(answer, request.fault) if request.fault in WIRE_FAULTS else answer

    def _sent(self, standin: StandIn, answer: Answer | None, fault: str) -> bool:
        if answer is None:
            standin.closing.wait(standin.hang_s if fault == "time-out" else 0)
            self.close_connection = True
            return False
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)
        self.wfile.flush()
        return True


def spoiled(answer: Answer, fault: str) -> Answer:
    """Return a good answer with a fault."""
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
    refusals = {
        "429": Answer(429),
        "429 wait": Answer(429, headers={"Retry-After": "1"}),
        "429 date": Answer(429, headers={"Retry-After": soon}),
        "500": Answer(500, _HTML, {"Content-Type": "text/html"}),
        "503": Answer(503, b"", {}),
        "HTML": Answer(200, _HTML, {"Content-Type": "text/html"}),
        "empty page": Answer(200, b""),
        "cut JSON": Answer(200, (answer.body or b"[{}]")[: max(1, len(answer.body) // 2)]),
        "wrong encoding": Answer(200, _in_wrong_encoding(answer.body or b"[]")),
    }
    return refusals[fault]


def _in_wrong_encoding(body: bytes) -> bytes:
    text = body.decode()
    return text.encode("utf-16") if text.isascii() else text.encode("latin-1", "replace")
