"""``export dictionary|atlas``: the dictionary as files for programs, and as pages for people."""

from pathlib import Path

import click

from seston.cli.output import Progress, notice, print_json
from seston.workspace import Workspace

_folder = click.argument("path", type=click.Path(file_okay=False, path_type=Path))


@click.command("dictionary")
@_folder
@click.pass_obj
def export_dictionary(workspace: Workspace, path: Path) -> None:
    """Write the dictionary to a folder: JSON-LD, matrix (Arrow), embeddings (safetensors), card; print the card."""
    from seston.pipeline.dictionary.publishing import publish_dictionary

    print_json(publish_dictionary(workspace, path, Progress()))
    notice(f"Written to {path}. In Python: seston.concepts.load({str(path)!r}).")


@click.command("atlas")
@_folder
@click.pass_obj
def export_atlas(workspace: Workspace, path: Path) -> None:
    """Write the dictionary as web pages to a folder: the tree, a page a concept and a taxon, evidence marked."""
    from seston.pipeline.dictionary.atlas import publish_atlas

    count = publish_atlas(workspace, path, Progress())
    notice(f"{count} pages written; open {path / 'index.html'} in a browser.")


PUBLICATIONS = (export_dictionary, export_atlas)
