"""``harvest worms``: taxa of the register, below roots, by list, or by what a table of labels needs."""

from pathlib import Path

import click

from seston.cli.harvest import options
from seston.cli.output import Progress, notice, print_json
from seston.errors import UsageError
from seston.workspace import Workspace

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("worms")
@click.option("--root", "roots", multiple=True, metavar="NAME|ID", help="A taxon: all that WoRMS has below it.")
@click.option("--names", type=_FILE, metavar="FILE", help="Names or AphiaIDs, one a line.")
@click.option("--labels", type=_FILE, metavar="FILE", help="A table of labels: the names that they hold.")
@click.option("--column", default="", metavar="C", help="Column of the table of labels.")
@click.option("--synonyms/--no-synonyms", default=True, show_default=True, help="Ask for synonyms of each taxon.")
@click.option("--vernaculars", is_flag=True, help="Ask for the vernacular names of each taxon.")
@click.option("--attributes", is_flag=True, help="Ask for the attributes of each taxon: sizes, skeletons and others.")
@options.url
@options.contact
@options.dry_run
@options.as_json
@click.pass_obj
def harvest_worms(
    workspace: Workspace,
    roots: tuple[str, ...],
    names: Path | None,
    labels: Path | None,
    column: str,
    synonyms: bool,
    vernaculars: bool,
    attributes: bool,
    url: str | None,
    contact: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Fetch taxa of WoRMS with their synonyms and ancestors, five requests a second.

    Every answer is kept in harvest/worms.jsonl; an interrupted harvest asks only for what is missing. All that was ever
    harvested makes sources/worms.parquet. To ask for everything anew, remove the folder harvest.
    """
    from seston.pipeline.harvesting import worms
    from seston.sources.web import WORMS
    from seston.sources.worms import collect
    from seston.sources.worms.attributes import ATTRIBUTES
    from seston.sources.worms.rest import URL

    if bool(labels) != bool(column):
        raise UsageError("--labels and --column go together.", hint="Give the table and the column of its labels.")
    about = {"synonyms": synonyms, "vernaculars": vernaculars, "attributes": attributes}
    wanted = worms.wanted_from(roots, names, labels, column, **about)
    if not wanted.roots and not wanted.names:
        empty = next((path.name for path in (names, labels) if path), "")
        said = f"{empty} holds no names." if empty else "Nothing to harvest."
        raise UsageError(said, hint="Give --root NAME, --names FILE, or --labels FILE --column C.")
    if dry_run:
        forecast = worms.forecast(workspace, wanted, Progress())
        options.tell_forecast(WORMS, forecast.requests, 0, as_json, forecast.basis)
        return
    outcome, count = collect.harvest_worms(workspace, wanted, Progress(), url=url or URL, contact=contact)
    if outcome.unknown:
        notice(f"WoRMS does not know {options.some(outcome.unknown)}.")
    told = {"taxa": len(outcome.wanted), "requests": outcome.asked, "names": count, "unknown": outcome.unknown}
    if as_json:
        print_json(told | ({"attributes": outcome.attributes} if attributes else {}))
    else:
        click.echo(
            f"WoRMS: {len(outcome.wanted)} taxa harvested with {outcome.asked} requests; "
            f"{collect.REGISTER} has {count} names."
        )
    if attributes:
        notice(f"{ATTRIBUTES} has {outcome.attributes} attributes; 'seston build' reads what they say of form.")
    notice("Next: 'seston build taxonomy' joins them to the workspace's tree.")
