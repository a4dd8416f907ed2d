"""``serve``: a read-only SPARQL endpoint."""

from datetime import datetime

import click

from seston.cli.output import Progress, notice
from seston.workspace import Workspace


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=7800, show_default=True, help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for everyone.")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN", help="Let pages of this origin ask; * lets all.")
@click.option("--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds for one query.")
@click.option("--max-rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows of one answer.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Queries evaluated at once.")
@click.pass_obj
def serve(
    workspace: Workspace,
    port: int,
    host: str,
    origins: tuple[str, ...],
    timeout: float,
    max_rows: int,
    workers: int,
) -> None:
    """Serve the graph: a start page, and a read-only SPARQL 1.1 endpoint at /sparql.

    Queries are taken, updates and SERVICE are not. One that takes too long, or answers with too many rows, is refused;
    others are answered meanwhile. Ctrl-C ends the server.
    """
    from seston.pipeline.exploring.serving import store_of
    from seston.web.server import Limits, bind, run, url_of

    with bind(host, port) as listening:
        store = store_of(workspace, Progress())
        url = url_of(listening)
        notice(f"Serving {workspace.root} at {url} (SPARQL at {url}sparql, read-only). Ctrl-C ends it.")
        run(store, listening, Limits(seconds=timeout, rows=max_rows), workers, origins, _tell)


def _tell(text: str) -> None:
    notice(f"{datetime.now():%Y-%m-%d %H:%M:%S} {text}")
