"""A real SPARQL server loaded with a small Wikidata made from the taxonomy tables."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs

from seston.records import Taxon
from tests.standins.server import Answer, Request

PREFIXES = """@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
"""


def item_of(taxon: str) -> str:
    """Return the item of a taxon: a number of its own for each id."""
    register, _, number = taxon.partition(":")
    return f"Q{1 if register == 'worms' else 2}0{number}"


def turtle(taxa: Iterable[Taxon], pages: Mapping[str, str]) -> str:
    """Return items of taxa with P850, P225, P105, P171, P685, and sitelinks.

    Parameters
    ----------
    taxa
        The taxa.
    pages
        Titles of English pages by taxon.
    """
    lines = [PREFIXES]
    ranks: dict[str, str] = {}
    for taxon in taxa:
        lines += _item(taxon, ranks)
    lines += [f'wd:{item} rdfs:label "{rank}"@en , "Rang {rank}"@de .' for rank, item in ranks.items()]
    for taxon_id, title in pages.items():
        lines += sitelink(item_of(taxon_id), title)
    return "\n".join(lines) + "\n"


def sitelink(item: str, title: str, language: str = "en") -> list[str]:
    """Return the statements of the page of an item."""
    site = f"https://{language}.wikipedia.org/"
    page = f"<{site}wiki/{title.replace(' ', '_')}>"
    return [f'{page} schema:about wd:{item} ; schema:isPartOf <{site}> ; schema:name "{title}"@{language} .']


def _item(taxon: Taxon, ranks: dict[str, str]) -> list[str]:
    subject = f"wd:{item_of(taxon.id)}"
    lines = [f'{subject} wdt:P225 "{taxon.name}" .']
    if taxon.rank:
        lines.append(f"{subject} wdt:P105 wd:{ranks.setdefault(taxon.rank, f'Q9{len(ranks):04}')} .")
    if taxon.parent:
        lines.append(f"{subject} wdt:P171 wd:{item_of(taxon.parent)} .")
    for curie in (taxon.id, *taxon.same_as):
        register, _, number = curie.partition(":")
        if code := {"worms": "P850", "ncbi": "P685", "gbif": "P846"}.get(register):
            lines.append(f'{subject} wdt:{code} "{number}" .')
    return lines


@contextmanager
def serving(folder: Path, content: str) -> Iterator[str]:
    """Serve Turtle over SPARQL from a process of its own, and end it afterwards; yield the endpoint."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program, "oxigraph is not installed"
    data, store = folder / "wikidata.ttl", folder / "store"
    data.write_text(content)
    subprocess.run(
        [program, "load", "--location", str(store), "--file", str(data)], check=True, capture_output=True, timeout=60
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/", process)
            yield f"http://127.0.0.1:{port}/query"
        finally:
            process.kill()


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        assert process.poll() is None, "the SPARQL server ended"
        try:
            urllib.request.urlopen(address, timeout=1).close()  # noqa: S310
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(address)


class SparqlProxy:
    """Passes questions on to the SPARQL server, so that they can be counted and spoilt."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.queries: list[str] = []

    def __call__(self, request: Request) -> Answer:
        self.queries.append(parse_qs(request.body.decode()).get("query", [""])[0])
        headers = {name: request.headers[name] for name in ("content-type", "accept") if name in request.headers}
        asked = urllib.request.Request(self.endpoint, data=request.body, headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
                return Answer(answer.status, answer.read(), {"Content-Type": answer.headers["Content-Type"]})
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read())
