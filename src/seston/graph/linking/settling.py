"""Which of the taxa that a label may mean it does mean, by lineage."""

from collections.abc import Sequence
from dataclasses import dataclass

from seston.graph.columnar.hierarchy import Hierarchy
from seston.graph.linking.index import NameBook
from seston.graph.linking.reading import Mention


@dataclass(frozen=True, slots=True)
class Choice:
    """The nodes that remain: one is an answer, several are homonyms; ``why`` says what settled it."""

    nodes: tuple[int, ...]
    mention: Mention
    why: str
    agrees: bool = True


class Settler:
    """Settles mentions by their lineages."""

    def __init__(self, book: NameBook, tree: Hierarchy) -> None:
        self._book, self._tree = book, tree

    def settle(self, mentions: Sequence[Mention], above: Sequence[Mention], *, joined: bool) -> Choice | None:
        """Return what mentions side by side mean, below what they are said to stand.

        Parameters
        ----------
        mentions
            Taxa that the words name.
        above
            What they are said to stand below, nearest first.
        joined
            Whether they are joined by "mix" or "or", and their common ancestor is meant.
        """
        if not mentions:
            return None
        deepest = self._deepest(mentions)
        if deepest is None:
            return self._apart(mentions, joined=joined)
        chosen = self._below_said(deepest, above)
        nodes = self._one_taxon(chosen.nodes)
        return Choice(nodes, chosen.mention, chosen.why, chosen.agrees)

    def _deepest(self, mentions: Sequence[Mention]) -> Choice | None:
        """Return the mention that stands below all others."""
        for mention in sorted(mentions, key=lambda m: -max(int(self._tree.depth[i]) for i in m.nodes)):
            others = [other for other in mentions if other is not mention]
            nodes = tuple(i for i in mention.nodes if all(self._covers(other, i) for other in others))
            if nodes:
                said = ", ".join(dict.fromkeys(other.text for other in others if other.text != mention.text))
                return Choice(nodes, mention, f"below {said}" if said else "")
        return None

    def _apart(self, mentions: Sequence[Mention], *, joined: bool) -> Choice | None:
        """Settle mentions of which none stands below the others: an older classification, or several taxa."""
        first, rest = mentions[0], mentions[1:]
        if not joined and all(self._rank_above(other, first) for other in rest):
            near = self._nearest(first, rest[0])
            if near:
                return Choice(self._one_taxon(near), first, f"near {rest[0].text}, in another classification", False)
        common = self._common(mentions)
        if common >= 0:
            return Choice((common,), first, f"common ancestor of {', '.join(m.text for m in mentions)}", False)
        return None

    def _below_said(self, choice: Choice, above: Sequence[Mention]) -> Choice:
        known = [mention for mention in above if any(self._book.is_worms(i) for i in mention.nodes)]
        if not known:
            return choice
        support = {i: sum(self._covers(mention, i) for mention in above) for i in choice.nodes}
        best = max(support.values())
        if best:
            nodes = self._closest(tuple(i for i in choice.nodes if support[i] == best), known)
            said = next(m.text for m in above if any(self._covers(m, i) for i in nodes))
            return Choice(nodes, choice.mention, _and(choice.why, f"below {said}"))
        near = self._nearest(Mention(choice.mention.text, choice.nodes, choice.mention.how), known[0])
        if near:
            return Choice(near, choice.mention, f"near {known[0].text}, in another classification", False)
        return Choice((), choice.mention, f"not below {known[0].text}", False)

    def _closest(self, nodes: tuple[int, ...], above: Sequence[Mention]) -> tuple[int, ...]:
        """Return those of equally supported homonyms that share most of their lineage with what they stand below."""
        others = [j for mention in above for j in mention.nodes]
        shared = {i: sum(int(self._tree.depth[int(self._tree.lca(i, j))]) for j in others) for i in nodes}
        return tuple(i for i in nodes if shared[i] == max(shared.values()))

    def _nearest(self, mention: Mention, other: Mention) -> tuple[int, ...]:
        """Return the nodes of a mention that share at least a class with another, the closest only."""
        tree, depth = self._tree, self._tree.depth
        shared = {i: max((int(tree.lca(i, j)) for j in other.nodes), key=lambda k: depth[k]) for i in mention.nodes}
        close = {i: int(depth[k]) for i, k in shared.items() if self._book.class_of(k) >= 0}
        best = max(close.values(), default=0)
        return tuple(i for i, depth in close.items() if depth == best)

    def _common(self, mentions: Sequence[Mention]) -> int:
        """Return the common ancestor of taxa that are sure, when it is a class or below; else -1."""
        if any(len(mention.nodes) > 1 for mention in mentions):
            return -1
        common = mentions[0].nodes[0]
        for mention in mentions[1:]:
            common = int(self._tree.lca(common, mention.nodes[0]))
        return common if self._book.class_of(common) >= 0 else -1

    def _one_taxon(self, nodes: tuple[int, ...]) -> tuple[int, ...]:
        """Leave out what only EcoTaxa has where WoRMS has the same name in the same place, and a namesake below it."""
        worms = tuple(i for i in nodes if self._book.is_worms(i))
        if worms:
            nodes = worms + tuple(
                i for i in nodes if i not in worms and not any(self._below(j, self._book.worms_above(i)) for j in worms)
            )
        return tuple(i for i in nodes if not any(j != i and self._below(i, j) for j in nodes))

    def _covers(self, mention: Mention, node: int) -> bool:
        return any(self._below(node, i) for i in mention.nodes) or self._book.stands_below(node, mention.text)

    def _below(self, node: int, ancestor: int) -> bool:
        return ancestor <= node < int(self._tree.leave[ancestor])

    def _rank_above(self, mention: Mention, first: Mention) -> bool:
        low = ("genus", "species", "subgenus", "subspecies")
        return all(self._book.ranks[i] not in low for i in mention.nodes) and any(
            self._book.ranks[i] in low or self._tree.depth[i] > 2 for i in first.nodes
        )


def _and(first: str, second: str) -> str:
    return f"{first}, {second}" if first else second
