"""When two statements say the same, and the largest one-to-one matching of two lists of them."""

import re
from collections.abc import Sequence
from unicodedata import normalize

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from tests.golden.extraction.gold import Label, Quantity

_WHOLE = {"adult", "animal", "body", "cell", "colony", "form", "larva", "medusa", "object", "organism", "polyp"}
_WHOLE |= {"shape", "symmetry"}
_SAME = [
    {"attached", "carried", "present", "seen", "visible"},
    {"big", "large"},
    {"little", "small"},
    {"long", "elongate", "elongated"},
    {"globular", "rounded", "round", "spherical"},
    {"grey", "gray"},
    {"clear", "transparent", "hyaline"},
    {"1", "one", "single"},
    {"2", "two", "pair"},
]
_IRREGULAR = {"cilia": "cilium", "flagella": "flagellum", "antennae": "antenna", "larvae": "larva", "halves": "half"}
_ENDINGS = [("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", ""), ("e", "")]
_COMPARING = {"as", "than"}
_EMPTY = {"a", "about", "an", "at", "in", "of", "on", "s", "the", "to", "with"}


def same(one: Label, other: Label) -> bool:
    """Whether both speak of the same taxon, part and quality, with the same polarity and size, on overlapping words."""
    return (
        one.polarity == other.polarity
        and _same_subject(one.subject, other.subject)
        and one.span[0] < other.span[1]
        and other.span[0] < one.span[1]
        and _same_property(one, other)
        and _same_size(one.quantity, other.quantity)
    )


def matched(gold: Sequence[Label], found: Sequence[Label]) -> int:
    """Return how many pairs the largest one-to-one matching has."""
    if not gold or not found:
        return 0
    table = np.array([[same(one, other) for other in found] for one in gold])
    return int((maximum_bipartite_matching(csr_array(table)) >= 0).sum())


def _same_property(one: Label, other: Label) -> bool:
    if not _same_entity(one.entity, other.entity):
        return False
    return _same_quality(one.quality, other.quality) or _kind(one, other) or _kind(other, one)


def _same_size(one: Quantity | None, other: Quantity | None) -> bool:
    """Whether the numbers and the unit agree, µ and μ being one sign."""
    return _size(one) == _size(other)


def _size(quantity: Quantity | None) -> tuple[object, object, str] | None:
    if quantity is None:
        return None
    return quantity["value_low"], quantity["value_high"], normalize("NFKC", str(quantity["unit"]))


def _kind(one: Label, other: Label) -> bool:
    """Whether a *stalked eye* that is *present* (or not) is the other's *eye* that is *stalked*."""
    return one.quality == "present" and set(words(other.quality)) <= set(words(one.entity))


def _same_subject(one: str, other: str) -> bool:
    if "self" in (one, other):
        return one == other
    left, right = set(words(one)), set(words(other))
    return left <= right or right <= left


def _same_entity(one: str, other: str) -> bool:
    left, right = words(one), words(other)
    if not left or not right:
        return left == right
    both_whole = left[-1] in _WHOLE_STEMS and right[-1] in _WHOLE_STEMS
    return both_whole or left[-1] in right or right[-1] in left


def _same_quality(one: str, other: str) -> bool:
    left, right = set(words(one)), set(words(other))
    if not left or not right:
        return one == other
    if (left | right) & _COMPARING:
        return left == right
    return left <= right or right <= left or any(left & group and right & group for group in _GROUPS)


def words(phrase: str) -> list[str]:
    """Return the stems of the words that carry meaning.

    Examples
    --------
    >>> words("with the long antennae")
    ['long', 'antenna']
    """
    return [_stem(word) for word in re.findall(r"[\w]+", phrase.casefold()) if word not in _EMPTY]


def _stem(word: str) -> str:
    word = _IRREGULAR.get(word, word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending) + instead
    return word


_WHOLE_STEMS = {_stem(word) for word in _WHOLE}
_GROUPS = [{_stem(word) for word in group} for group in _SAME]
