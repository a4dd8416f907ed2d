"""Names to nodes in the ways people write them: exactly, in English, misspelled, abbreviated."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from seston.graph.columnar.core import Core
from seston.graph.columnar.names import fold

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value", bound=Hashable)

#: Ranks of taxa that have English names in the manner of "copepod": none below the family's tribe.
_LOW = frozenset({"genus", "subgenus", "species", "subspecies", "variety", "forma", "form", "section"})
#: What a word ends in, and what the Latin name ends in instead.
_RENDERED = (
    ("", ("a", "ae", "ata", "ida", "idae", "oda", "ina", "i")),
    ("e", ("a", "ae", "ata")),
    ("an", ("a", "ae", "")),
    ("a", ("ae", "ata")),
    ("ae", ("a",)),
    ("id", ("acea", "ina", "ida", "oidea")),
)
_GENDER = ("us", "um", "is", "ii", "ae", "es", "a", "e", "i")
_RANKED = ("idae", "idea", "inae", "ida", "ina", "ales", "ineae", "aceae", "oideae", "phyceae", "phycidae", "phyta")
_CLASSES = ("class", "superclass", "megaclass", "gigaclass", "parvphylum", "order", "superorder", "subclass")
_ORDERS = ("order", "superorder", "subclass", "class")
_DOUBTFUL = ("unaccepted", "deprecated", "nomen", "temporary", "uncertain", "invalid")
_SURE_LENGTH, _FUZZY_LENGTH = 5, 9


class NameBook:
    """The names of a core, looked up in the ways labels write them.

    Parameters
    ----------
    core
        Taxa with their synonyms.
    lineages
        By id, the names that other classifications put above a taxon, folded.
    """

    def __init__(self, core: Core, lineages: Mapping[str, frozenset[str]]) -> None:
        self._core, self._lineages = core, _by_node(core, lineages)
        tree = core.hierarchy
        self.ids, self.names, self.ranks = tree.ids, tree.names, [rank or "" for rank in core.column("rank")]
        self._parent, self._leave = tree.parent, tree.leave
        self._status = [status or "" for status in core.column("status")]
        self._is_taxon = core.kind == "taxon"
        self.accepted: dict[str, tuple[int, ...]] = _grouped(
            (fold(name), i) for i, name in enumerate(self.names) if self._is_taxon[i] and not self._doubtful(i)
        )
        self.doubtful: dict[str, tuple[int, ...]] = _grouped(
            (fold(name), i) for i, name in enumerate(self.names) if self._is_taxon[i] and self._doubtful(i)
        )
        self.synonyms: dict[str, tuple[int, ...]] = _grouped(
            (fold(text), i) for text, i, kind in self._further() if kind == "synonym"
        )
        self._tiers = ((self.accepted, "name"), (self.doubtful, "name"), (self.synonyms, "synonym"))

    def exact(self, name: str) -> tuple[tuple[int, ...], str]:
        """Return the taxa of a name and how it names them; an accepted name hides synonyms."""
        text = fold(name)
        return next(((tier[text], how) for tier, how in self._tiers if text in tier), ((), ""))

    def category(self, name: str) -> tuple[int, ...]:
        """Return the morphological nodes of EcoTaxa that a display name means."""
        return self._categories.get(fold(name), ())

    def english(self, word: str) -> tuple[int, ...]:
        """Return the taxa above the genus whose Latin names a word renders: "copepods", "ctenophore"."""
        text = fold(word)
        found: dict[int, None] = {}
        for bare in (text, text.removesuffix("s")):
            for end, endings in _RENDERED:
                root = bare.removesuffix(end)
                if len(root) >= _SURE_LENGTH and (bare.endswith(end) or not end):
                    found |= dict.fromkeys(i for latin in endings for i in self._high.get(root + latin, ()))
        return tuple(found)

    def alike(self, word: str) -> tuple[tuple[int, ...], str]:
        """Return the taxa whose names sound like a misspelled word, or differ from a long one by a letter."""
        text = fold(word)
        if len(text) < _SURE_LENGTH:
            return (), ""
        if found := self._by_sound.get((sound(text), _ending(text)), ()):
            return found, "spelling"
        if len(text) < _FUZZY_LENGTH:
            return (), ""
        near = process.extract(
            text, self._texts, scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=3, processor=None
        )
        names = [str(match) for match, _, _ in near]
        fitting = [name for name in names if name[0] == text[0] and _ending(name) == _ending(text)]
        return (self.exact(fitting[0])[0], "spelling") if len(fitting) == 1 else ((), "")

    def shortened(self, word: str, within: Iterable[int]) -> tuple[int, ...]:
        """Return the taxa above the genus that a word begins, among the descendants of nodes; the highest only."""
        text = fold(word)
        if len(text) < _SURE_LENGTH:
            return ()
        found = sorted(
            {
                i
                for name, nodes in self._high.items()
                if name.startswith(text)
                for i in nodes
                if any(node < i < self._leave[node] for node in within)
            }
        )
        return tuple(i for i in found if not any(j < i < self._leave[j] for j in found))

    def epithets(self, epithet: str, initial: str = "") -> tuple[int, ...]:
        """Return the species with an epithet, whatever its gender, of genera that begin with a letter."""
        texts = (text for text in self._by_epithet.get(_stem(epithet), ()) if text.startswith(initial.lower()))
        return tuple(dict.fromkeys(i for text in texts for i in self.exact(text)[0]))

    def stands_below(self, node: int, name: str) -> bool:
        """Return whether another classification puts a node, or what holds it, below a name."""
        text = fold(name)
        while node >= 0:
            if text in self._lineages.get(node, ()):
                return True
            node = int(self._parent[node])
        return False

    def is_worms(self, node: int) -> bool:
        """Return whether a node is a taxon of the backbone, and no group and no node that only EcoTaxa has."""
        return bool(self._is_taxon[node]) and not self.ids[node].startswith("ecotaxa:")

    def is_root(self, node: int) -> bool:
        """Return whether a node is the root of the taxonomy, or stands above it: "living" names no taxon."""
        return node < 0 or not self._is_taxon[node] or not self._is_taxon[int(self._parent[node])]

    def worms_above(self, node: int) -> int:
        """Return the nearest node of the backbone, the node itself first."""
        while node >= 0 and not self.is_worms(node):
            node = int(self._parent[node])
        return node

    def class_of(self, node: int) -> int:
        """Return the class, or what stands lowest above it in its place, that holds a node; -1 above the classes."""
        while node >= 0 and self.ranks[node] not in _CLASSES:
            node = int(self._parent[node])
        return node

    def order_of(self, node: int) -> int:
        """Return the order that holds a node, or the node itself when it stands in none."""
        above = node
        while above >= 0 and self.ranks[above] not in _ORDERS:
            above = int(self._parent[above])
        return above if above >= 0 else node

    @cached_property
    def _categories(self) -> dict[str, tuple[int, ...]]:
        kinds = self._core.kind
        found = ((fold(n), i) for i, n in enumerate(self.names) if kinds[i] == "category" and "ecotaxa" in self.ids[i])
        return _grouped(found)

    @cached_property
    def _high(self) -> dict[str, tuple[int, ...]]:
        return _grouped(
            (text, i)
            for tier in (self.accepted, self.doubtful)
            for text, nodes in tier.items()
            for i in nodes
            if self.ranks[i] not in (*_LOW, "")
        )

    @cached_property
    def _texts(self) -> list[str]:
        return [text for text in dict.fromkeys(self._all_texts()) if len(text) >= _FUZZY_LENGTH - 1]

    @cached_property
    def _by_sound(self) -> dict[tuple[str, str], tuple[int, ...]]:
        keyed = ((text, nodes) for tier, _ in self._tiers for text, nodes in tier.items())
        return _grouped(((sound(text), _ending(text)), i) for text, nodes in keyed for i in nodes)

    @cached_property
    def _by_epithet(self) -> dict[str, tuple[str, ...]]:
        pairs = ((text.split(), text) for text in self._all_texts())
        return _grouped((_stem(parts[1]), text) for parts, text in pairs if len(parts) == 2)

    def _all_texts(self) -> Iterable[str]:
        return (text for tier, _ in self._tiers for text in tier)

    def _doubtful(self, node: int) -> bool:
        return any(word in self._status[node] for word in _DOUBTFUL)

    def _further(self) -> Iterable[tuple[str, int, str]]:
        table = self._core.names
        return zip(*(table[name].to_pylist() for name in ("text", "node", "kind")), strict=True)


def sound(text: str) -> str:
    """Return a key that common misspellings of Latin share.

    Examples
    --------
    >>> sound("Bidulphia") == sound("Biddulphia"), sound("peroni") == sound("peronii")
    (True, True)
    """
    key = "".join(char for char in text.lower() if char.isalnum() or char == " ")
    for written, heard in (("ae", "e"), ("oe", "e"), ("ph", "f"), ("rh", "r"), ("th", "t"), ("y", "i"), ("j", "i")):
        key = key.replace(written, heard)
    return "".join(char for i, char in enumerate(key) if not i or char != key[i - 1])


def _stem(epithet: str) -> str:
    text = sound(epithet)
    return next((text[: -len(end)] for end in _GENDER if text.endswith(end) and len(text) > len(end) + 2), text)


def _by_node(core: Core, lineages: Mapping[str, frozenset[str]]) -> dict[int, set[str]]:
    number = {other: i for i, others in enumerate(core.column("same_as")) for other in others}
    number |= {node: i for i, node in enumerate(core.hierarchy.ids)}
    found: dict[int, set[str]] = defaultdict(set)
    for node, names in lineages.items():
        if node in number:
            found[number[node]] |= names
    return found


def _ending(text: str) -> str:
    """Return the ending that tells a name's rank: a family is no misspelled suborder."""
    return max((end for end in _RANKED if text.endswith(end)), key=len, default="")


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    grouped: dict[Key, dict[Value, None]] = defaultdict(dict)
    for key, value in pairs:
        grouped[key][value] = None
    return {key: tuple(values) for key, values in grouped.items()}
