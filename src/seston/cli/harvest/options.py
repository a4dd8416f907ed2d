"""What all harvests have in common: their options, the open client and journal, and how a forecast is told."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from seston.cli.output import Progress, counted, notice, print_json
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.sources.web import Manners, PoliteClient
    from seston.sources.web.journal import Journal

SHOWN = 10
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")
_LANGUAGE = re.compile(r"[a-z]+(?:-[a-z]+)*")


class _Fitting(click.ParamType[str]):
    """A text that has a form, as a click type."""

    def __init__(self, name: str, form: re.Pattern[str], expected: str) -> None:
        self.name, self._form, self._expected = name, form, expected

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text; fail when it has another form."""
        if not self._form.fullmatch(value):
            self.fail(f"'{value}' is not {self._expected}.", param, ctx)
        return str(value)


ADDRESS = _Fitting("address", _ADDRESS, "an address such as https://example.org/api")
LANGUAGE = _Fitting("language", _LANGUAGE, "the language code of a Wikipedia, such as en or pt-br")
CONTACT = _Fitting("contact", re.compile(r"[ -~]*"), "plain ASCII, as a User-Agent must be")

root = click.option("--root", required=True, metavar="NAME|ID", help="The taxon with which the branch begins.")
url = click.option("--url", metavar="URL", type=ADDRESS, help="Address of the service, for a mirror.")
contact = click.option(
    "--contact",
    envvar="SESTON_CONTACT",
    default="",
    metavar="MAIL",
    type=CONTACT,
    help="Your address, for the service.",
)
dry_run = click.option("--dry-run", is_flag=True, help="Say how many requests and how long, and ask nothing.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def journal_of(workspace: Workspace, source: str) -> "Journal":
    """Return the journal of a source, unread."""
    from seston.sources.web.journal import Journal, journal_path

    return Journal(journal_path(workspace.root, source), source)


@contextmanager
def asking(
    workspace: Workspace, source: str, manners: "Manners", contact: str, progress: Progress
) -> Iterator[tuple["PoliteClient", "Journal"]]:
    """Open the client and the journal of a source; a run that continues another waits for one window first."""
    from seston.sources.web import PoliteClient

    with (
        PoliteClient(manners, contact=contact, tell=progress.note) as client,
        journal_of(workspace, source) as journal,
    ):
        if journal.path.stat().st_size:
            client.gate.start_full()
        yield client, journal


def tell_forecast(manners: "Manners", requests: int, more: int, as_json: bool, basis: tuple[str, ...] = ()) -> None:
    """Say how many requests a harvest needs and how long they take at the service's rate; a basis makes it a least."""
    seconds, rate = round(requests / manners.rate_per_s), f"{manners.rate_per_s:g} a second"
    if as_json:
        print_json({"service": manners.service, "requests": requests, "more_at_most": more, "seconds": seconds})
        return
    least = "At least " if basis else ""
    further = f", and up to {more} more for what these do not find" if more else ""
    click.echo(f"{least}{counted(requests, 'request')} to {manners.service}, {_duration(seconds)} at {rate}{further}.")
    for line in basis:
        notice(f"  {line}")


def some(items: list[str]) -> str:
    """Return the first items of a list, and how many more there are."""
    more = f" and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
    return ", ".join(items[:SHOWN]) + more


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else "", f"{rest} s" if not hours else ""]
    return " ".join(filter(None, parts))
