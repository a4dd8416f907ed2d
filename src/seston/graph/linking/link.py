"""Labels to taxa: read, settled by lineage, and told with the rule that did it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seston.graph.columnar.core import Core
from seston.graph.linking.index import NameBook
from seston.graph.linking.labels import Label, read_label, words_of
from seston.graph.linking.reading import UNKNOWN_SPECIES, Mention, Reader, Reading
from seston.graph.linking.settling import Choice, Settler

RESOLVED, UNDECIDED, ABSENT = "resolved", "undecided", "absent"
_CONFIDENCE = {
    "id": 1.0,
    "name": 0.99,
    "synonym": 0.97,
    "category of EcoTaxa": 0.97,
    "English name": 0.9,
    "English or Latin ending": 0.9,
    "epithet below it": 0.9,
    "abbreviated genus": 0.85,
    "spelling": 0.85,
    UNKNOWN_SPECIES: 0.6,
    "beginning of a name below it": 0.8,
}
_IMPLIED, _DISAGREES, _CLIMBED = 0.8, 0.75, 0.6


@dataclass(frozen=True, slots=True)
class Link:
    """What a label means.

    Parameters
    ----------
    label
        As it was written.
    taxon
        CURIE of the accepted taxon, or None.
    name
        Its name, or None.
    qualifier
        Stage, part, view or quality, joined by blanks.
    confidence
        From 0 to 1.
    status
        "resolved", "undecided" between several, or "absent".
    rule
        What led there: how the name was found, and which lineage settled it.
    """

    label: str
    taxon: str | None
    name: str | None
    qualifier: str
    confidence: float
    status: str
    rule: str


class Linker:
    """Resolves labels against every taxon of a core.

    Parameters
    ----------
    core
        Taxa with synonyms and the ids of other registers, and EcoTaxa's morphological nodes.
    lineages
        By id, the names that other classifications put above a taxon, folded.

    Examples
    --------
    >>> from seston.graph.columnar.core import build_core
    >>> from seston.records import Taxon
    >>> taxa = [Taxon("worms:1", "Biota", "superdomain", ""), Taxon("worms:1080", "Copepoda", "class", "worms:1")]
    >>> link = Linker(build_core(taxa)).link("copepod_eggs")
    >>> link.taxon, link.qualifier, link.status
    ('worms:1080', 'egg', 'resolved')
    """

    def __init__(self, core: Core, lineages: Mapping[str, frozenset[str]] | None = None) -> None:
        self._core, self._tree = core, core.hierarchy
        self._book = NameBook(core, lineages or {})
        self._reader, self._settler = Reader(self._book, self._tree), Settler(self._book, self._tree)

    def link(self, text: str) -> Link:
        """Return what a label means."""
        label = read_label(text)
        if (node := self._by_id(text.strip())) >= 0:
            return self._resolved(text, node, "", "id", _CONFIDENCE["id"])
        here = self._reader.read(label.leaf)
        if not here.mentions:
            category = self._category(text, label)
            if category is not None:
                return category
        above = [self._read_above(part) for part in label.above]
        said = [m for part, reading in zip(label.above, above, strict=True) for m in _mentions(part, reading)]
        if here.mentions:
            return self._named(text, here, said)
        if any(reading.mentions for reading in above):
            return self._from_above(text, here, label.above, above)
        return self._from_implied(text, here, above)

    def _named(self, text: str, here: Reading, said: Sequence[Mention]) -> Link:
        mentions = [*here.mentions, *self._deeper(here)]
        choice = self._settler.settle(mentions, said, joined=here.joined)
        qualifier = " ".join(dict.fromkeys(here.qualifiers))
        if choice is None:
            names = " and ".join(mention.text for mention in mentions)
            return _open(text, qualifier, UNDECIDED, f"{names} stand in no lineage together")
        if choice.mention.how == UNKNOWN_SPECIES and here.displaced:
            others = ", ".join(self._titled(i) for i in here.displaced[:3])
            return _open(text, qualifier, UNDECIDED, f"the genus has no such species; perhaps {others}")
        if here.unknown_child and len(choice.nodes) == 1:
            return self._at_order(text, choice, qualifier, here.unknown)
        return self._answer(text, choice, qualifier)

    def _at_order(self, text: str, choice: Choice, qualifier: str, unknown: Sequence[str]) -> Link:
        """Resolve a name that nobody knows below one that is known: families move, so that only the order is safe."""
        node = self._book.order_of(choice.nodes[0])
        rule = f"{' '.join(unknown)} is not known; the order of {choice.mention.text}, below which it stands"
        return self._resolved(text, node, qualifier, rule, _CLIMBED)

    def _deeper(self, here: Reading) -> list[Mention]:
        """Return the taxa that stages imply, where they stand below what is named."""
        nodes = [i for mention in here.mentions for i in mention.nodes]
        return [m for m in here.implied if any(i < m.nodes[0] < int(self._tree.leave[i]) for i in nodes)]

    def _from_above(self, text: str, here: Reading, parts: Sequence[str], above: Sequence[Reading]) -> Link:
        """Resolve a label whose last part names no taxon: a stage, a part, or a name that nobody knows."""
        known = [i for i, reading in enumerate(above) if reading.mentions]
        nearest = above[known[0]]
        rest = [
            m for part, reading in [*zip(parts, above, strict=True)][known[0] + 1 :] for m in _mentions(part, reading)
        ]
        choice = self._settler.settle([*nearest.mentions, *self._implied_below(here, nearest)], rest, joined=False)
        words = [*here.qualifiers, *here.unknown]
        qualifier = " ".join(dict.fromkeys(words))
        if choice is None:
            return _open(text, qualifier, UNDECIDED, "the lineage names several taxa")
        if here.unknown_child and len(choice.nodes) == 1:
            return self._at_order(text, choice, " ".join(dict.fromkeys(here.qualifiers)), here.unknown)
        return self._answer(text, choice, qualifier, prefix="what it stands below")

    def _implied_below(self, here: Reading, nearest: Reading) -> list[Mention]:
        return self._deeper(Reading(nearest.mentions, here.implied))

    def _from_implied(self, text: str, here: Reading, above: Sequence[Reading]) -> Link:
        words = [*here.qualifiers, *(word for reading in above for word in reading.qualifiers)]
        qualifier = " ".join(dict.fromkeys(words))
        implied = [*here.implied, *(mention for reading in above for mention in reading.implied)]
        choice = self._settler.settle(implied, [], joined=False)
        if choice is None or len(choice.nodes) != 1:
            return _open(text, qualifier, ABSENT, "no word names a taxon")
        return self._answer(text, choice, qualifier, ceiling=_IMPLIED)

    def _answer(self, text: str, choice: Choice, qualifier: str, *, prefix: str = "", ceiling: float = 1.0) -> Link:
        rule = "; ".join(part for part in (prefix, f"{choice.mention.how}: {choice.mention.text}", choice.why) if part)
        if len(choice.nodes) != 1:
            listed = ", ".join(f"{self._titled(i)} in {self._place(i)}" for i in choice.nodes[:5])
            return _open(text, qualifier, UNDECIDED, f"{rule}; {listed or 'no taxon fits'}")
        confidence = min(ceiling, _CONFIDENCE.get(choice.mention.how, _IMPLIED), 1.0 if choice.agrees else _DISAGREES)
        return self._resolved(text, choice.nodes[0], qualifier, rule, confidence)

    def _resolved(self, text: str, node: int, qualifier: str, rule: str, confidence: float) -> Link:
        worms = self._book.worms_above(node)
        if self._book.is_root(worms) and (worms != node or qualifier or self._core.kind[worms] != "taxon"):
            return _open(text, qualifier, ABSENT, f"{rule}; {self._titled(node)} has no place in WoRMS")
        if worms != node and (elsewhere := self._reader.displaced(self._tree.names[node], worms)):
            others = ", ".join(self._titled(i) for i in elsewhere[:3])
            return _open(text, qualifier, UNDECIDED, f"{rule}; WoRMS has no such name, perhaps it means {others}")
        if worms != node:
            rule, confidence = f"{rule}; the nearest taxon of WoRMS above it", min(confidence, _CLIMBED)
        return Link(text, self._tree.ids[worms], self._tree.names[worms], qualifier, confidence, RESOLVED, rule)

    def _read_above(self, part: str) -> Reading:
        """Read what a label stands below; a category of EcoTaxa stands for its taxon."""
        reading = self._reader.read(part)
        nodes = self._book.category(part)
        if not reading.mentions and len(nodes) == 1 and self._book.is_worms(above := int(self._tree.parent[nodes[0]])):
            reading.mentions.append(Mention(part, (above,), "category of EcoTaxa"))
        return reading

    def _category(self, text: str, label: Label) -> Link | None:
        """Resolve the display name of a morphological node of EcoTaxa."""
        names = [text.strip(), f"{label.leaf}<{label.above[0]}"] if label.above else [text.strip()]
        nodes = next((found for name in names if (found := self._book.category(name))), ())
        if len(nodes) != 1 or self._book.is_root(above := int(self._tree.parent[nodes[0]])):
            return None
        if self._core.kind[above] != "taxon":
            return None
        reading = self._reader.read(label.leaf)
        qualifier = " ".join(dict.fromkeys(reading.qualifiers or words_of(label.leaf)))
        rule = f"category of EcoTaxa: {self._titled(nodes[0])}"
        return self._resolved(text, above, qualifier, rule, _CONFIDENCE["category of EcoTaxa"])

    def _by_id(self, text: str) -> int:
        prefix, colon, number = text.partition(":")
        if not (colon and prefix.isalpha() and number.isdecimal()):
            return -1
        found = self._tree.name_index.candidates(text)
        return found[0] if len(found) == 1 and self._core.kind[found[0]] == "taxon" else -1

    def _titled(self, node: int) -> str:
        return f"{self._tree.names[node]} ({self._tree.ids[node]})"

    def _place(self, node: int) -> str:
        parent = int(self._tree.parent[node])
        return self._tree.names[parent] if parent >= 0 else "no lineage"


def _mentions(part: str, reading: Reading) -> list[Mention]:
    """Return what a part of a path names; a name that no taxon bears may still stand in another classification."""
    return reading.mentions or [Mention(part, (), "name")]


def _open(text: str, qualifier: str, status: str, rule: str) -> Link:
    return Link(text, None, None, qualifier, 0.0, status, rule)
