"""The pages of the report: each node with its article, its concepts and what it is mistaken for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.concepts.extract.sentences import split_sentences
from seston.evaluate.report.data import Ancestor, Mark, MistakenFor, NodeConcept, NodePage, Sentence
from seston.explain.sentences import Sayings
from seston.records import Assertion
from seston.sources.descriptions import Article

_MISTAKES = 5


@dataclass(frozen=True, eq=False)
class PageWriter:
    """Makes the page of a node.

    Parameters
    ----------
    tree
        The decision tree.
    names, ranks
        What to call each node, and its rank, by id.
    sayings
        The concept rows and their sentences.
    articles
        The bundled articles, by id.
    labels
        What to call each concept.
    truth, predicted
        (n_images,) columns of labels.
    counts, recall
        (n_nodes,) as from `node_recall`.
    """

    tree: DecisionTree
    names: Mapping[str, str]
    ranks: Mapping[str, str]
    sayings: Sayings
    articles: Mapping[str, Article]
    labels: Mapping[str, str]
    truth: Ints
    predicted: Ints
    counts: Ints
    recall: Floats

    def page(self, place: int) -> NodePage:
        """Return the page of the node at `place`."""
        node = self.tree.nodes[place]
        recall = float(self.recall[place])
        return NodePage(
            node,
            self.names[node],
            self.ranks.get(node, ""),
            node.split(":")[-1] if place in self._leaves else "",
            tuple(self._ancestor(int(above)) for above in np.flatnonzero(self.tree.ancestors[place]) if above != place),
            self._sentences(node),
            tuple(self._concepts(node)),
            recall if np.isfinite(recall) else None,
            int(self.counts[place]),
            tuple(self._mistakes(place)),
        )

    @cached_property
    def _leaves(self) -> frozenset[int]:
        return frozenset(int(leaf) for leaf in self.tree.leaves)

    @cached_property
    def _said(self) -> Mapping[str, list[Assertion]]:
        """What the text of each node says in so many words."""
        said: dict[str, list[Assertion]] = {}
        for assertion in self.sayings.assertions:
            if assertion.evidence.method == "text":
                said.setdefault(assertion.about, []).append(assertion)
        return said

    def _ancestor(self, place: int) -> Ancestor:
        node = self.tree.nodes[place]
        return Ancestor(node, self.names[node], self.ranks.get(node, ""))

    def _sentences(self, node: str) -> tuple[Sentence, ...]:
        return self._written.get(node, ())

    @cached_property
    def _written(self) -> Mapping[str, tuple[Sentence, ...]]:
        return {node: tuple(self._article_sentences(article)) for node, article in self.articles.items()}

    def _article_sentences(self, article: Article) -> Iterable[Sentence]:
        said = self._said.get(article.id, [])
        for passage in article.passages:
            for sentence in split_sentences(passage.text):
                start = passage.start + sentence.start
                end = start + len(sentence.text)
                marks = [
                    Mark(a.evidence.start - start, a.evidence.end - start, a.concept, a.polarity.value)
                    for a in said
                    if start <= a.evidence.start and a.evidence.end <= end
                ]
                yield Sentence(sentence.text, tuple(marks), passage.section, _cited(article, sentence.source))

    def _concepts(self, node: str) -> Iterable[NodeConcept]:
        for concept in self.sayings.matrix.concepts:
            said = self.sayings.of(node, concept)
            if np.isfinite(said.value) and said.method != "exclusive":
                origin = said.origin
                sentence = self._place_of(origin, said.sentence)
                name = self.names.get(origin, origin)
                yield NodeConcept(concept, self.labels[concept], said.value, origin, name, sentence)

    def _place_of(self, node: str, sentence: str) -> int | None:
        texts = [own.text for own in self._sentences(node)] if sentence else []
        return texts.index(sentence) if sentence in texts else None

    def _mistakes(self, place: int) -> Iterable[MistakenFor]:
        under = self.tree.members[self.truth, place]
        outside = under & ~self.tree.members[self.predicted, place]
        taken, counts = np.unique(self.predicted[outside], return_counts=True)
        for index in np.argsort(-counts, kind="stable")[:_MISTAKES]:
            label = self.tree.labels[int(taken[index])]
            yield MistakenFor(label, self.names[label], float(counts[index] / max(under.sum(), 1)))


def _cited(article: Article, mark: str) -> str:
    cited = [article.sources[int(number)] for number in mark.split(";") if number.isdigit()]
    return "; ".join(cited) or "general"


def pages(writer: PageWriter, places: Sequence[int]) -> tuple[NodePage, ...]:
    """Return the pages of the nodes at `places`."""
    return tuple(writer.page(place) for place in places)
