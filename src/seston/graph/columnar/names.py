"""Names to nodes: without accents and case, never guessing between homonyms."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NoReturn

from rapidfuzz import fuzz, process

from seston.errors import AmbiguousTaxon, UnknownTaxon
from seston.graph.columnar.order import Ints

_NEAREST = 5
_ALIKE = 60


def fold(name: str) -> str:
    """Return a name without accents, case, and repeated blanks; ``_`` counts as a blank.

    Examples
    --------
    >>> fold("  Müller_ÉTOILE ")
    'muller etoile'
    """
    if name.isascii():
        return " ".join(name.replace("_", " ").lower().split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(bare.replace("_", " ").casefold().split())


class NameIndex:
    """Look nodes up by id, by name, by alias.

    Parameters
    ----------
    ids
        (n,) CURIEs.
    names
        (n,) readable names.
    parent
        (n,) number of the parent, -1 at the root.
    aliases
        Pairs (text, node).
    """

    def __init__(
        self, ids: Sequence[str], names: Sequence[str], parent: Ints, aliases: Iterable[tuple[str, int]] = ()
    ) -> None:
        self._ids, self._names, self._parent = ids, names, parent
        # Tiers: a hit in an earlier one hides the later ones, so that a synonym never shadows an accepted name.
        self._tiers = (
            _group((node, i) for i, node in enumerate(ids)),
            _group((name, i) for i, name in enumerate(names)),
            _group((node.partition(":")[2], i) for i, node in enumerate(ids) if not node.partition(":")[2].isdigit()),
            _group(aliases),
        )

    def candidates(self, name: str) -> tuple[int, ...]:
        """Return every node that ``name`` may mean, in order of number; none when nothing answers."""
        bare, _, ancestor = name.partition("<")
        found: tuple[int, ...] = self._plain(name)
        if not found and ancestor:
            above = set(self._plain(ancestor))
            found = tuple(i for i in self._plain(bare) if above.intersection(self._path(i)[:-1]))
        return found

    def find(self, name: str) -> int:
        """Return the one node that ``name`` means; see `Hierarchy.find`."""
        found = self.candidates(name)
        if not found:
            self.refuse(name)
        if len(found) > 1:
            listed = [f"{self._ids[i]}: {' > '.join(self._names[j] for j in self._path(i))}" for i in found]
            raise AmbiguousTaxon(
                f"'{name}' means {len(found)} taxa: {'; '.join(listed)}.",
                hint=f"Give the id, such as {self._ids[found[0]]}, or name an ancestor: '{name}<Ancestor'.",
                problems=listed,
            )
        return found[0]

    def nearest(self, name: str) -> list[str]:
        """Return names that look like ``name``, best first, each with its id; numbers are like nothing."""
        if name.rpartition(":")[2].isdigit():
            return []
        by_text = {**self._tiers[3], **self._tiers[0], **self._tiers[1]}
        alike = process.extract(fold(name), by_text.keys(), scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=_ALIKE)
        nodes = dict.fromkeys(i for text, _, _ in alike for i in by_text[text])
        return [self._titled(i) for i in list(nodes)[:_NEAREST]]

    def refuse(self, name: str) -> NoReturn:
        """Raise `UnknownTaxon` with the nearest names."""
        raise UnknownTaxon(name, nearest=self.nearest(name), hint="Give a scientific name or an id such as worms:1080.")

    def _plain(self, name: str) -> tuple[int, ...]:
        text = fold(name)
        return next((tier[text] for tier in self._tiers if text in tier), ())

    def _titled(self, node: int) -> str:
        name = self._names[node]
        return name if name == self._ids[node] else f"{name} ({self._ids[node]})"

    def _path(self, node: int) -> list[int]:
        path = [node]
        while (above := int(self._parent[path[-1]])) >= 0:
            path.append(above)
        return path[::-1]


def _group(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """Return the nodes of each folded text."""
    grouped: dict[str, dict[int, None]] = {}
    for text, node in pairs:
        if folded := fold(text):
            grouped.setdefault(folded, {})[node] = None
    return {text: tuple(sorted(nodes)) for text, nodes in grouped.items()}
