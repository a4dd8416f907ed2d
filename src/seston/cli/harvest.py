"""``harvest``: taxa of servers into the workspace, politely, and from where it stopped."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from seston.cli.output import Progress, notice
from seston.errors import UsageError
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.pipeline.worms import Forecast

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 10


@click.group("harvest")
def harvest_group() -> None:
    """Fetch from servers, politely; the same command continues where it stopped."""


@harvest_group.command("worms")
@click.option("--root", "roots", multiple=True, metavar="NAME|ID", help="A taxon: all that WoRMS has below it.")
@click.option("--names", type=_FILE, metavar="FILE", help="Names or AphiaIDs, one a line.")
@click.option("--labels", type=_FILE, metavar="FILE", help="A table of labels: the names that they hold.")
@click.option("--column", default="", metavar="C", help="Column of the table of labels.")
@click.option("--synonyms/--no-synonyms", default=True, show_default=True, help="Ask for synonyms of each taxon.")
@click.option("--vernaculars", is_flag=True, help="Ask for the vernacular names of each taxon.")
@click.option("--url", default="https://www.marinespecies.org/rest", show_default=True, help="The service or a mirror.")
@click.option(
    "--contact", envvar="SESTON_CONTACT", default="", metavar="MAIL", help="Your address, told to the service."
)
@click.option("--dry-run", is_flag=True, help="Say how many requests and how long, and ask nothing.")
@click.pass_obj
def worms_command(
    workspace: Workspace,
    roots: tuple[str, ...],
    names: Path | None,
    labels: Path | None,
    column: str,
    synonyms: bool,
    vernaculars: bool,
    url: str,
    contact: str,
    dry_run: bool,
) -> None:
    """Fetch taxa of WoRMS with their synonyms and ancestors, five requests a second.

    Every answer is kept in harvest/worms.jsonl; an interrupted harvest asks only for what is missing. All that was ever
    harvested makes sources/worms.parquet. To ask for everything anew, remove the folder harvest.
    """
    from seston.pipeline import worms
    from seston.sources.worms.collect import REGISTER, harvest_worms

    if bool(labels) != bool(column):
        raise UsageError("--labels and --column go together.", hint="Give the table and the column of its labels.")
    wanted = worms.wanted_from(roots, names, labels, column, synonyms, vernaculars)
    if not wanted.roots and not wanted.names:
        raise UsageError("Nothing to harvest.", hint="Give --root NAME, --names FILE, or --labels FILE --column C.")
    if dry_run:
        _tell_forecast(worms.forecast(workspace, wanted, Progress()))
        return
    outcome, count = harvest_worms(workspace, wanted, Progress(), url=url, contact=contact)
    _tell_unknown(outcome.unknown)
    click.echo(
        f"WoRMS: {len(outcome.wanted)} taxa harvested with {outcome.asked} requests; {REGISTER} has {count} names."
    )
    notice("Next: 'seston build taxonomy' joins them to the workspace's tree.")


def _tell_forecast(forecast: "Forecast") -> None:
    minutes, seconds = divmod(round(forecast.seconds), 60)
    time = f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
    click.echo(f"At least {forecast.requests} requests to WoRMS, {time} at 5 a second.")
    for line in forecast.basis:
        notice(f"  {line}")


def _tell_unknown(unknown: list[str]) -> None:
    if unknown:
        more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
        notice(f"WoRMS does not know {', '.join(unknown[:_SHOWN])}{more}.")
