"""The group ``export``, to which each format adds its command."""

import click


@click.group("export")
def export_group() -> None:
    """Write what the workspace holds in formats of others."""
