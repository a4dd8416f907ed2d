"""A taxonomy as lineages, in which texts and items find the ancestors that they name."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from seston.records import Taxon
from seston.sources.wikimedia.definition import fold

LOW = frozenset({"genus", "subgenus", "section", "species", "subspecies", "variety", "subvariety", "forma", "subforma"})
"""Ranks whose names an everyday word may share: Octopus, Disco, Modulus."""
_TOP = frozenset({"superdomain", "domain", "empire", "realm", "kingdom"})
_ENGLISH = ("", "en", "eng", "english")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STEM, _LATIN_END, _ENGLISH_END = 5, 2, 1


class Lineages:
    """Taxa by name and id, each with the line above it.

    Parameters
    ----------
    taxa
        The taxonomy. A parent that is not there ends the line.

    Examples
    --------
    >>> tree = Lineages([Taxon("worms:1080", "Copepoda", "subclass", ""), Taxon("worms:1", "Oithona", "genus",
    ... "worms:1080")])
    >>> [taxon.name for taxon in tree.ancestors("worms:1")], tree.named("oithona")
    (['Copepoda'], ('worms:1',))
    """

    def __init__(self, taxa: Iterable[Taxon]) -> None:
        self.taxa = {taxon.id: taxon for taxon in taxa}

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for taxon in self.taxa.values():
            for name in scientific_names(taxon):
                found.setdefault(fold(name), {})[taxon.id] = None
        return {name: tuple(ids) for name, ids in found.items()}

    def named(self, name: str) -> tuple[str, ...]:
        """Return the ids of the taxa with that scientific name or synonym."""
        return self._by_name.get(fold(name), ())

    def ancestors(self, taxon: str) -> list[Taxon]:
        """Return the taxa above one, the nearest first; a cycle ends the line."""
        line: dict[str, Taxon] = {}
        above = self.taxa[taxon].parent
        while above in self.taxa and above not in line and above != taxon:
            line[above] = self.taxa[above]
            above = self.taxa[above].parent
        return list(line.values())

    def on_one_line(self, a: str, b: str) -> bool:
        """Return whether one of two taxa lies above the other, or both are one."""
        return a == b or a in self._above(b) or b in self._above(a)

    def apart(self, a: str, b: str) -> bool:
        """Return whether two taxa of the tree share nothing below a kingdom and neither lies above the other."""
        shared = self._above(a) & self._above(b)
        return not self.on_one_line(a, b) and not any(below_kingdom(self.taxa[node]) for node in shared)

    def agreeing(self, taxon: str, text: str) -> list[Taxon]:
        """Return the ancestors of a taxon that a text names, by scientific, English or vernacular name.

        The root of the tree, and a genus whose name is part of the taxon's own, tell nothing and do not count.
        """
        own = fold(self.taxa[taxon].name).split()
        words = {fold(word) for word in _WORD.findall(text)}
        telling = (node for node in self.ancestors(taxon) if node.parent and fold(node.name) not in own)
        return [node for node in telling if _names_it(node, words, f" {fold(text)} ")]

    def first_named(self, text: str) -> tuple[str, ...]:
        """Return the ids of the first taxon that a text names by its scientific name, written with a capital."""
        for word in _WORD.findall(text):
            if word[0].isupper() and (ids := self.named(word)):
                return ids
        return ()

    def _above(self, taxon: str) -> set[str]:
        return {node.id for node in self.ancestors(taxon)}


def scientific_names(taxon: Taxon) -> Iterator[str]:
    """Yield the accepted name and the synonyms."""
    yield taxon.name
    yield from (name.text for name in taxon.names if name.kind != "vernacular")


def below_kingdom(taxon: Taxon) -> bool:
    """Return whether a taxon stands below the kingdoms."""
    return bool(taxon.parent) and taxon.rank.lower() not in _TOP


def is_english_for(word: str, name: str) -> bool:
    """Return whether a folded word is the English form of a Latin name: the same stem with another end.

    >>> is_english_for("copepods", "Copepoda"), is_english_for("haptophyte", "Haptophyta")
    (True, True)
    >>> is_english_for("octopus", "Octopoda")
    False
    """
    name, word = fold(name), word.removesuffix("s")
    stem = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    return stem >= _STEM and len(name) - stem <= _LATIN_END and len(word) - stem <= _ENGLISH_END


def _names_it(node: Taxon, words: set[str], text: str) -> bool:
    if any(f" {fold(name)} " in text or fold(name) in words for name in scientific_names(node)):
        return True
    if node.rank.lower() not in LOW and any(is_english_for(word, node.name) for word in words):
        return True
    vernaculars = (
        fold(name.text) for name in node.names if name.kind == "vernacular" and name.language in ("", "en", "eng")
    )
    return any(name in words or f"{name}s" in words or f" {name} " in text for name in vernaculars)
