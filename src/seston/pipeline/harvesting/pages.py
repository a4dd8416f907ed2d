"""Pages of others into the workspace: each to its taxon, or rejected with the reason."""

from pathlib import Path

from seston.errors import InvalidData
from seston.graph.columnar.core import Core
from seston.pipeline.knowledge import CORE, KNOWLEDGE
from seston.pipeline.stages import Progress, bring_up_to_date, chosen
from seston.sources.tables import read_text
from seston.sources.wikimedia.attach import attach_page
from seston.sources.wikimedia.definition import read_definition
from seston.sources.wikimedia.lineages import Lineages
from seston.sources.wikimedia.pages import read_page
from seston.sources.wikimedia.passages import Read, keep
from seston.workspace import Workspace

SUFFIXES = (".md", ".txt")


def taxonomy_of(workspace: Workspace, progress: Progress) -> Core:
    """Return the taxa of the workspace, built when they are missing or stale."""
    bring_up_to_date(workspace, chosen(KNOWLEDGE, ["taxonomy"]), progress)
    return Core.load(workspace.path(CORE))


def import_pages(workspace: Workspace, folder: Path, licence: str, progress: Progress) -> list[Read]:
    """Read the pages of a folder, one file a page, named by its title.

    Parameters
    ----------
    workspace
        Whose taxa the pages are attached to.
    folder
        Holds files whose names end in `SUFFIXES`.
    licence
        Licence of the texts.
    progress
        Told of each page.

    Returns
    -------
    list of Read
        In order of name. A local page has no identifier, so that lineage alone attaches it.

    Raises
    ------
    InvalidData
        The folder holds no pages.
    """
    paths = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    if not paths:
        raise InvalidData(
            f"{folder} holds no pages.", hint=f"Give a folder of files ending in {' or '.join(SUFFIXES)}, one a page."
        )
    tree = Lineages(taxonomy_of(workspace, progress).taxa())
    pages = []
    for number, path in enumerate(paths, 1):
        pages.append(_read(path, licence, tree))
        progress.done(number, len(paths))
    keep(workspace.root, pages)
    return pages


def _read(path: Path, licence: str, tree: Lineages) -> Read:
    text, title = read_text(path), path.stem
    made = attach_page(title, read_definition(title, text), tree)
    if not made.taxon:
        return Read(made)
    return Read(made, read_page(text, about=made.taxon, page=title, licence=licence))
