"""From the core, the scheme, the matrix and the assertions to the records of the atlas."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from seston.concepts import ConceptMatrix, Scheme
from seston.concepts.attributes.evidence import PAGE as ATTRIBUTES_AT
from seston.concepts.consolidate import EXCLUSIVE, IMPLIED
from seston.concepts.labels import PAGE as LABEL
from seston.explain.sentences import page_text, sentence_at
from seston.graph.columnar.core import Core
from seston.graph.rdf.assertion_quads import CURATED
from seston.pipeline.dictionary.atlas.records import Atlas, Branch, ConceptPage, Link, Place, Quote, TaxonPage
from seston.records import Assertion, Evidence

_SHOWS, _LACKS = 1.0, 0.0
_DERIVED = (IMPLIED, EXCLUSIVE)


@dataclass(frozen=True, eq=False)
class Gatherer:
    """Gathers an atlas.

    Parameters
    ----------
    core
        n nodes.
    scheme
        k concepts.
    matrix
        (n, k) over the nodes of the core.
    assertions
        Those that the matrix points to.
    matches
        For a concept, the terms that it is mapped to.
    """

    core: Core
    scheme: Scheme
    matrix: ConceptMatrix
    assertions: Sequence[Assertion]
    matches: Mapping[str, Sequence[str]]

    def atlas(self) -> Atlas:
        """Return the whole atlas."""
        pages = {concept.id: self._concept(concept.id) for concept in self.scheme.concepts}
        facets = [
            (facet, [(part, [pages[c] for c in part.concepts]) for part in self.scheme.parts if part.facet == facet.id])
            for facet in self.scheme.facets
        ]
        taxa = [self._taxon(node) for node in self._told]
        counts = {
            "concepts": len(pages),
            "facets": len(facets),
            "taxa and labels": len(taxa),
            "statements": sum(len(page.stated) for page in pages.values()),
        }
        return Atlas(self.scheme.version, facets, tuple(pages.values()), taxa, tuple(self._branches()), counts)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return dict(zip(self.core.hierarchy.ids, self.core.hierarchy.names, strict=True))

    @cached_property
    def _stated(self) -> Mapping[str, Sequence[Assertion]]:
        """Return what is stated, not derived, of each node, in the order of the scheme."""
        found: dict[str, list[Assertion]] = {}
        for said in sorted(self.assertions, key=lambda a: self.scheme.index[a.concept]):
            if said.evidence.method not in _DERIVED:
                found.setdefault(said.about, []).append(said)
        return found

    @cached_property
    def _told(self) -> Sequence[str]:
        """Return the nodes that have a page: those that something is stated of, and all labels."""
        labels = {category.id for category in self.core.categories()}
        return [node for node in self.core.hierarchy.ids if node in self._stated or node in labels]

    @cached_property
    def _told_set(self) -> frozenset[str]:
        return frozenset(self._told)

    def _link(self, node: str) -> Link:
        return Link(node, self._names[node], node in self._told_set)

    def _concept(self, key: str) -> ConceptPage:
        concept, part = self.scheme.concept(key), self.scheme.part_of[key]
        stated = [self._place(said) for said in self._by_concept.get(key, ())]
        values = self.matrix.value[:, self.scheme.index[key]]
        shown = [self.matrix.rows[i] for i in np.flatnonzero(values == _SHOWS).tolist()]
        own = {place.node for place in stated}
        return ConceptPage(
            concept,
            part,
            next(facet for facet in self.scheme.facets if facet.id == part.facet),
            tuple(self._of_concept(c) for c in part.concepts if c != key),
            tuple(self._of_concept(c) for c in self.scheme.implies.get(key, ())),
            tuple(self._of_concept(c) for c, implied in sorted(self.scheme.implies.items()) if key in implied),
            tuple(self.matches.get(key, ())),
            tuple(sorted(stated, key=lambda p: (p.value != "present", p.value, p.name.lower(), p.stage))),
            tuple(self._link(node) for node in shown if node in self._told_set and node not in own),
            int((values == _LACKS).sum()),
        )

    def _of_concept(self, key: str) -> Link:
        return Link(key, self.scheme.concept(key).label)

    @cached_property
    def _by_concept(self) -> Mapping[str, Sequence[Assertion]]:
        found: dict[str, list[Assertion]] = {}
        for stated in self._stated.values():
            for said in stated:
                found.setdefault(said.concept, []).append(said)
        return found

    def _taxon(self, node: str) -> TaxonPage:
        tree = self.core.hierarchy
        place = tree.index(node)
        lineage = [tree.ids[int(i)] for i in tree.lineage(place)][1:-1]
        row = list(self._row(node))
        return TaxonPage(
            self._link(node),
            str(self.core.column("rank")[place] or self.core.kind[place]).replace("category", "label"),
            tuple(self._link(above) for above in lineage),
            tuple(self._link(tree.ids[int(i)]) for i in tree.children(place)),
            tuple(self._place(said) for said in self._stated.get(node, ())),
            tuple(p for p in row if p.origin != node and p.method not in _DERIVED),
            tuple(p for p in row if p.method in _DERIVED),
        )

    def _row(self, node: str) -> Iterator[Place]:
        """Yield what the row of the matrix holds."""
        row = self.matrix.row(node)
        for column in np.flatnonzero(np.isfinite(self.matrix.value[row])).tolist():
            said = self.assertions[int(self.matrix.assertion[row, column])]
            sure = float(self.matrix.confidence[row, column])
            yield self._place(said, node=node, confidence=sure)

    def _place(self, said: Assertion, node: str = "", confidence: float | None = None) -> Place:
        at = node or said.about
        return Place(
            said.concept,
            self.scheme.concept(said.concept).label,
            at,
            self._names[at],
            said.polarity.value,
            said.confidence if confidence is None else confidence,
            said.stage,
            said.about,
            self._names[said.about],
            said.evidence.method,
            quote_of(said.evidence),
        )

    def _branches(self) -> Iterator[Branch]:
        """Yield the tree of what has a page, roots first; a node without a page gives its place to those below it."""
        tree = self.core.hierarchy
        ranks = self.core.column("rank")

        def below(place: int) -> Iterator[Branch]:
            for child in map(int, tree.children(place)):
                node = tree.ids[child]
                under = tuple(below(child))
                if node in self._told_set:
                    yield Branch(self._link(node), ranks[child] or "", len(self._stated.get(node, ())), under)
                else:
                    yield from under

        return below(0)


def quote_of(evidence: Evidence) -> Quote:
    """Return the sentence of a piece of evidence its words marked; words of others are only cited."""
    if evidence.page.startswith(CURATED):
        return Quote(credit=f"seen on images by {evidence.section}, {evidence.revision}")
    if evidence.page.startswith(ATTRIBUTES_AT):
        return Quote(credit=f"{evidence.section} ({evidence.source}, {evidence.revision})")
    if evidence.page.startswith(LABEL):
        return Quote(credit="its name says so")
    if not evidence.page.startswith("data/"):
        return Quote(credit=f"{evidence.page}, revision {evidence.revision[:12]}, {evidence.licence}")
    text = page_text(evidence.page)
    sentence, quote = sentence_at(text, evidence.start), text[evidence.start : evidence.end]
    at = sentence.find(quote)
    if at < 0:
        return Quote(before=sentence)
    return Quote(sentence[:at], quote, sentence[at + len(quote) :])
