"""The atlas as a folder of pages."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from seston.concepts import ConceptMatrix, read_assertions
from seston.disk import write_text
from seston.graph.columnar.core import Core
from seston.pipeline.dictionary.atlas.gather import Gatherer
from seston.pipeline.dictionary.atlas.records import Atlas, file_of
from seston.pipeline.dictionary.schemes import mappings, scheme_of
from seston.pipeline.exploring.describing import TAXONOMY_CONCEPTS
from seston.pipeline.knowledge import ASSERTIONS, CORE, MATRIX
from seston.pipeline.stages import Progress, bring_up_to_date
from seston.workspace import Workspace


def publish_atlas(workspace: Workspace, target: Path, progress: Progress) -> int:
    """Write the atlas of a workspace: ``index.html``, a page for each concept, and for each taxon that has a text.

    Parameters
    ----------
    workspace
        Where; what is missing or stale is built first.
    target
        The folder; pages of an earlier atlas are replaced.
    progress
        Told of stages and pages.

    Returns
    -------
    int
        How many pages were written.
    """
    bring_up_to_date(workspace, TAXONOMY_CONCEPTS, progress)
    gatherer = Gatherer(
        Core.load(workspace.path(CORE)),
        scheme_of(workspace),
        ConceptMatrix.load(workspace.path(MATRIX)),
        read_assertions(workspace.path(ASSERTIONS)),
        mappings(),
    )
    pages = list(rendered(gatherer.atlas()))
    for number, (name, text) in enumerate(pages, start=1):
        write_text(target / name, text)
        progress.done(number, len(pages))
    return len(pages)


def rendered(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page; the same atlas always gives the same text."""
    yield "index.html", _page("index.html.j2", atlas=atlas, root="")
    for concept in atlas.concepts:
        yield f"concept/{file_of(concept.concept.id)}", _page("concept.html.j2", page=concept, root="../")
    for taxon in atlas.taxa:
        yield f"taxon/{file_of(taxon.node.id)}", _page("taxon.html.j2", page=taxon, root="../")


def _page(template: str, **content: Any) -> str:
    return str(_environment().get_template(template).render(**content))


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("seston.pipeline.dictionary.atlas"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["file"] = file_of
    environment.filters["bound"] = "{:g}".format
    return environment
