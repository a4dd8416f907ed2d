"""Servers on this machine, as a shell starts them."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
_READY_S = 60


@dataclass(frozen=True)
class Got:
    """An answer over HTTP."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass
class Server:
    """A server that runs, and what it has said on its standard error."""

    url: str
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    @property
    def sparql(self) -> str:
        return self.url + "query"

    def get(self, query: str, accept: str = "application/json", **others: str) -> Got:
        return self.fetch("GET", "query?" + urlencode({"query": query, **others}), headers={"Accept": accept})

    def fetch(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
    ) -> Got:
        with closing(HTTPConnection(urlsplit(self.url).netloc, timeout=60)) as connection:
            connection.request(method, "/" + path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Got(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())

    def rest(self) -> str:
        """Return what it says until it ends."""
        assert self.process.stderr is not None
        return self.process.stderr.read()


@contextmanager
def seston_serve(workspace: Path, *options: str) -> Iterator[Server]:
    """Run ``seston serve`` on a free port until the block ends."""
    command = [sys.executable, "-m", "seston", "-w", str(workspace), "serve", "--port", "0", *options]
    with _running(command, re.compile(r"at (http://\S+/) ")) as server:
        yield server


@contextmanager
def oxigraph_serve(store: Path) -> Iterator[Server]:
    """Run ``oxigraph serve-read-only`` on a free port until the block ends."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    program = str(Path(sys.executable).with_name("oxigraph"))
    command = [program, "serve-read-only", "-l", str(store), "-b", address, "--union-default-graph"]
    with _running(command, re.compile(r"at (http://\S+)")) as server:
        server.url += "/"
        yield server


@contextmanager
def _running(command: list[str], ready: re.Pattern[str]) -> Iterator[Server]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        server = Server("", process)
        while not server.url:
            line = process.stderr.readline()
            assert line, server.said
            server.said.append(line)
            if match := ready.search(line):
                server.url = match[1]
        _wait_for(server.url)
        yield server
    finally:
        process.terminate()
        process.wait(20)
        process.stderr.close()


def _wait_for(url: str) -> None:
    host, port = urlsplit(url).hostname, urlsplit(url).port
    end = time.monotonic() + _READY_S
    while True:
        try:
            socket.create_connection((host, port or 80), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.05)
