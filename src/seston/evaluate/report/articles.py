"""Pages of taxa and labels: the words of an article with what they evidence, and where every concept comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from seston.evaluate.report.anchors import concept_anchor, node_anchor, sentence_anchor
from seston.evaluate.report.data import Ancestor, Mark, MistakenFor, NodeConcept, NodePage, Sentence

_KINDS = {"present": "p", "absent": "a", "variable": "v"}
_SIGNS = {"p": "", "a": "no ", "v": "sometimes "}


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a sentence that say the same things: plain when ``kind`` is empty."""

    text: str
    kind: str = ""
    title: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in runs; ``note`` is the number of its source, 0 for none."""

    anchor: str
    runs: tuple[Run, ...]
    note: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A concept of a node, linked to the sentence that says it."""

    anchor: str
    text: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is printed. ``inherited`` groups chips by the node that they come from, nearest first."""

    id: str
    anchor: str
    name: str
    rank: str
    key: str
    lineage: tuple[Ancestor, ...]
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    notes: tuple[str, ...]
    own: tuple[Chip, ...]
    inherited: tuple[tuple[str, str, tuple[Chip, ...]], ...]
    recall: float | None
    n_test: int
    confused_with: tuple[MistakenFor, ...]


def kind_of(value: float) -> str:
    """Return "p" (present), "a" (absent) or "v" (variable)."""
    return "p" if value > 0.5 else "a" if value < 0.5 else "v"


def concept_labels(pages: Sequence[NodePage]) -> dict[str, str]:
    """Return the label of every concept that a page names."""
    return {concept.id: concept.label for page in pages for concept in page.concepts}


def article(page: NodePage, pages: Mapping[str, NodePage], labels: Mapping[str, str]) -> Page:
    """Return a page as it is printed.

    Parameters
    ----------
    page
        The page.
    pages
        All pages by id: links to what is not there are left out.
    labels
        From `concept_labels`.
    """
    sources = list(dict.fromkeys(s.source for s in page.sentences if s.source and s.source != "general"))
    own_ids = {concept.id for concept in page.concepts if concept.origin == page.id}
    sections: list[tuple[str, tuple[Line, ...]]] = []
    for section, numbered in groupby(enumerate(page.sentences), key=lambda pair: pair[1].section):
        lines = tuple(_line(page.id, i, sentence, sources, own_ids, labels) for i, sentence in numbered)
        sections.append((section, lines))
    chips = [(concept, _chip(page.id, concept, pages)) for concept in sorted(page.concepts, key=_order)]
    return Page(
        page.id,
        node_anchor(page.id),
        page.name,
        page.rank,
        page.key,
        page.lineage,
        tuple(sections),
        tuple(sources),
        tuple(chip for concept, chip in chips if concept.origin == page.id),
        _inherited(page, chips),
        page.recall,
        page.n_test,
        page.confused_with,
    )


def runs(sentence: Sentence, node: str, own: set[str], labels: Mapping[str, str]) -> tuple[Run, ...]:
    """Cut a sentence where marks begin and end, so that marks may overlap.

    Parameters
    ----------
    sentence
        Its marks beyond the text are cut off, empty ones left out.
    node
        Whose page it stands on.
    own
        Ids of the concepts to which the page gives a chip.
    labels
        Labels of concepts.
    """
    length = len(sentence.text)
    marks = sorted(
        {
            mark._replace(start=max(mark.start, 0), end=min(mark.end, length))
            for mark in map(Mark._make, sentence.marks)
            if max(mark.start, 0) < min(mark.end, length)
        }
    )
    cuts = sorted({0, length, *(mark.start for mark in marks), *(mark.end for mark in marks)})
    found = []
    for start, end in pairwise(cuts):
        over = [mark for mark in marks if mark.start <= start and end <= mark.end]
        found.append(_run(sentence.text[start:end], over, node, own, labels))
    return tuple(found)


def _run(text: str, marks: list[Mark], node: str, own: set[str], labels: Mapping[str, str]) -> Run:
    if not marks:
        return Run(text)
    kinds = [_KINDS.get(mark.polarity, "p") for mark in marks]
    title = ", ".join(
        dict.fromkeys(
            _SIGNS[kind] + labels.get(mark.concept, mark.concept) for kind, mark in zip(kinds, marks, strict=True)
        )
    )
    target = next((mark.concept for mark in marks if mark.concept in own), "")
    return Run(text, kinds[0], title, concept_anchor(node, target) if target else "")


def _line(
    node: str, position: int, sentence: Sentence, sources: list[str], own: set[str], labels: Mapping[str, str]
) -> Line:
    note = sources.index(sentence.source) + 1 if sentence.source in sources else 0
    return Line(sentence_anchor(node, position), runs(sentence, node, own, labels), note)


def _order(concept: NodeConcept) -> tuple[int, str, str]:
    return ("pva".index(kind_of(concept.value)), concept.label, concept.id)


def _chip(node: str, concept: NodeConcept, pages: Mapping[str, NodePage]) -> Chip:
    origin = pages.get(concept.origin)
    said = concept.sentence if origin and concept.sentence is not None else None
    href = ""
    if origin and said is not None and 0 <= said < len(origin.sentences):
        href = sentence_anchor(origin.id, said)
    elif origin and origin.id != node:
        href = node_anchor(origin.id)
    kind = kind_of(concept.value)
    anchor = concept_anchor(node, concept.id) if concept.origin == node else ""
    return Chip(anchor, _SIGNS[kind] + concept.label, kind, href)


def _inherited(page: NodePage, chips: list[tuple[NodeConcept, Chip]]) -> tuple[tuple[str, str, tuple[Chip, ...]], ...]:
    nearness = {ancestor.id: -i for i, ancestor in enumerate(page.lineage)}
    groups: dict[tuple[str, str], list[Chip]] = {}
    for concept, chip in chips:
        if concept.origin != page.id:
            groups.setdefault((concept.origin, concept.origin_name), []).append(chip)
    nearest = sorted(groups, key=lambda origin: (nearness.get(origin[0], 1), origin))
    return tuple((*origin, tuple(groups[origin])) for origin in nearest)
