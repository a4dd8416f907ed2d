"""The page itself: what `ReportData` holds, laid out by the templates."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from seston.evaluate.report import anchors, numbers
from seston.evaluate.report.articles import Page, article, concept_labels
from seston.evaluate.report.confusion import heat
from seston.evaluate.report.data import NodePage, ReportData, TreeNode
from seston.evaluate.report.figures import method_table, unseen_difference, unseen_plot
from seston.evaluate.report.operating import curve
from seston.evaluate.report.outline import ancestors, outline
from seston.evaluate.report.pictures import ink
from seston.evaluate.report.radial import wheel
from seston.evaluate.report.worked import Reading

_TEMPLATE = "report.html.j2"


def render(data: ReportData) -> str:
    """Return the report as one HTML page.

    Parameters
    ----------
    data
        What to show; parts that are empty are left out.

    Returns
    -------
    str
        HTML that needs no other file and no network; the same data always give the same text.

    Examples
    --------
    >>> page = render(ReportData("Plankton", "0.1.0", counts={"taxa": 468}))
    >>> page.startswith("<!doctype html>"), "468" in page, "http://" in page
    (True, True, False)
    """
    return str(_environment().get_template(_TEMPLATE).render(_context(data)))


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("seston.evaluate.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        anchor=anchors.node_anchor,
        silhouette=anchors.silhouette_anchor,
        percent=numbers.percent,
        shade=numbers.shade,
        count=numbers.count,
    )
    return environment


def _context(data: ReportData) -> dict[str, Any]:
    roots = outline(data.tree)
    lines = ancestors(data.tree)
    pages = {page.id: page for page in data.pages}
    reading = Reading(pages, lines, data.doubtful)
    heats = [drawn for confusion in data.confusions if (drawn := heat(confusion, lines))]
    return {
        "data": data,
        "what": _sentence(data.counts),
        "plot": unseen_plot(data.metrics),
        "difference": unseen_difference(data.metrics),
        "table": method_table(data.metrics),
        "roots": roots,
        "wheel": wheel(roots),
        "curve": curve(data.operating, data.sure),
        "heats": heats,
        "cases": [reading.case(number, worked) for number, worked in enumerate(data.worked, start=1)],
        "pages": _articles(data.pages, pages, lines),
        "linked": frozenset(pages),
        "pictures": {label: ink(data.silhouettes[label]) for label in sorted(data.silhouettes)},
    }


def _articles(
    pages: tuple[NodePage, ...], by_id: Mapping[str, NodePage], lines: Mapping[str, tuple[TreeNode, ...]]
) -> list[Page]:
    place = {node: i for i, node in enumerate(lines)}
    labels = concept_labels(pages)
    ordered = sorted(by_id.values(), key=lambda page: (place.get(page.id, len(place)), page.name, page.id))
    return [article(page, by_id, labels) for page in ordered]


def _sentence(counts: Mapping[str, int]) -> str:
    """Return what was done in a sentence, out of the counts that are known."""

    def some(key: str, words: str) -> str:
        return f"{numbers.count(counts[key])} {words}" if key in counts else ""

    def joined(*parts: str) -> str:
        known = [part for part in parts if part]
        return f"{', '.join(known[:-1])} and {known[-1]}" if len(known) > 1 else "".join(known)

    read = joined(some("taxa", "taxa"), some("descriptions", "descriptions"))
    found = joined(some("assertions", "assertions"), some("concepts", "morphological concepts"))
    named = joined(some("labels", "labels"))
    tested = some("test_images", "images that no fitting had seen") or some("images", "images")
    text = f"{read} were read into a knowledge graph" if read else "Descriptions were read into a knowledge graph"
    text += f" of {found}" if found else ""
    text += ", and the graph into a classifier that says why"
    text += f" it chooses among {named}" if named else ""
    return text + (f", tested on {tested}." if tested else ".")
