"""``harvest ecotaxa``: a branch of EcoTaxa's tree."""

import click

from seston.cli.harvest import options
from seston.cli.output import Progress, notice, print_json
from seston.workspace import Workspace


@click.command("ecotaxa")
@options.root
@options.url
@options.contact
@options.dry_run
@options.as_json
@click.pass_obj
def harvest_ecotaxa(
    workspace: Workspace, root: str, url: str | None, contact: str, dry_run: bool, as_json: bool
) -> None:
    """Fetch a branch of EcoTaxa's tree, with the line above it and what renamed nodes became.

    The root is a name, name<parent, or an id. Every answer is kept in harvest/ecotaxa.jsonl; an interrupted harvest
    asks only for what is missing. All that was ever harvested makes sources/ecotaxa.parquet.
    """
    from seston.pipeline.harvesting.ecotaxa_tree import REGISTER, Reckoning, harvest_branch, requests_left
    from seston.sources.ecotaxa.rest import ADDRESS, Ecotaxa
    from seston.sources.web import ECOTAXA, PoliteClient
    from seston.sources.web.journal import journal_path

    address = url or ADDRESS
    if dry_run:
        known = Reckoning(journal_path(workspace.root, "ecotaxa"), "ecotaxa").read()
        with PoliteClient(ECOTAXA) as client:
            left = requests_left(root, Ecotaxa(client, address), known)
        basis = "EcoTaxa tells no size of a branch beforehand: as many more as it has further levels and hundreds."
        options.tell_forecast(ECOTAXA, left, 0, as_json, (basis,) if left else ())
        return
    progress = Progress()
    with options.asking(workspace, "ecotaxa", ECOTAXA, contact, progress) as (client, journal):
        count = harvest_branch(workspace, root, Ecotaxa(client, address), journal, progress)
    if as_json:
        print_json({"nodes": count, "register": REGISTER})
    else:
        click.echo(f"{count} nodes of EcoTaxa's tree harvested.")
    notice("Next: 'seston build taxonomy' joins them to the workspace's tree.")
