"""``harvest``: what servers know into the workspace, politely, and from where it stopped."""

import click

from seston.cli.harvest.ecotaxa import harvest_ecotaxa
from seston.cli.harvest.wikimedia import harvest_wikidata, harvest_wikipedia
from seston.cli.harvest.worms import harvest_worms

__all__ = ["harvest_group"]


@click.group("harvest")
def harvest_group() -> None:
    """Fetch from servers, politely; the same command continues where it stopped."""


for command in (harvest_worms, harvest_ecotaxa, harvest_wikidata, harvest_wikipedia):
    harvest_group.add_command(command)
