"""``import images`` and ``features``: pictures into the workspace, and what is measured on them."""

from pathlib import Path

import click

from seston.cli.output import Progress, notice
from seston.errors import InvalidData
from seston.workspace import Workspace


@click.group("import")
def import_group() -> None:
    """Bring data of others into the workspace."""


@import_group.command("images")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def import_images(workspace: Workspace, path: Path) -> None:
    """List the images in a folder or zip archive; the name of an image's folder is its label.

    The images stay where they are. Broken, empty and one-coloured ones are named and left out.
    """
    from seston.pipeline.classifying.images import add_images
    from seston.sources.images import read_images

    listing = read_images(path)
    if not listing.records:
        raise InvalidData(
            f"{path} holds no images that can be used.",
            hint="Give a folder or a zip archive of image files such as label/1.png.",
            problems=[str(problem) for problem in listing.problems],
        )
    total = add_images(workspace, listing.records, path)
    for problem in listing.problems:
        notice(f"left out: {problem}")
    labels = {record.label for record in listing.records if record.label}
    click.echo(
        f"{len(listing.records)} images of {len(labels)} labels imported, {len(listing.problems)} left out; "
        f"the workspace lists {total}."
    )
    notice("Next: 'seston features' measures them.")


@click.command()
@click.pass_obj
def features(workspace: Workspace) -> None:
    """Measure the images of the workspace with the image encoder."""
    from seston.pipeline.classifying.measuring import MEASURING
    from seston.pipeline.stages import bring_up_to_date

    ran = bring_up_to_date(workspace, MEASURING, Progress())
    notice("Done." if ran else "The features are up to date.")
