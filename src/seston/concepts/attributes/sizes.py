"""Body sizes in numbers: the lengths of a taxon from one source as a range, and the bins that the range meets."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from seston.concepts.attributes.evidence import assertion_of, stage_of
from seston.concepts.extract.quantities import Quantity
from seston.records import Assertion, Polarity
from seston.sources.worms.attributes import Attribute

TYPE = "body size"
_MM = {"µm": 1e-3, "μm": 1e-3, "um": 1e-3, "mm": 1.0, "cm": 10.0, "dm": 100.0, "m": 1000.0}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_ALONG = frozenset(
    ("", "length", "body length", "total length", "standard length", "fork length", "height", "diameter")
)
_ALONG |= {"bell diameter", "bell height", "colony diameter", "colony length"}
_ACROSS = frozenset(("width", "breadth", "depth", "thickness"))
_LEAST, _MOST = frozenset(("minimum", "min")), frozenset(("maximum", "max"))
# As of a sentence: the share of a range that a bin must hold to be stated, and to be stated plainly.
_STATED, _PLAIN, _LESS_PLAIN = 0.25, 0.6, 0.9


def millimetres(attribute: Attribute) -> float | None:
    """Return a length in millimetres; None for what is no length of the whole body, as weights and prosomes are.

    >>> size = Attribute("worms:1", 15, "Body size", "0.5", (("Unit", "cm"), ("Dimension", "length")), 0, "", "", "")
    >>> millimetres(size)
    5.0
    """
    number, unit = _NUMBER.fullmatch(attribute.value), attribute.detail("unit")
    if number is None or unit not in _MM or _dimension(attribute) not in _ALONG | _ACROSS:
        return None
    return float(attribute.value.replace(",", ".")) * _MM[unit] or None


def by_source(sizes: Iterable[Attribute]) -> Iterator[list[Attribute]]:
    """Yield the sizes of each taxon and stage from each source; widths only where it tells no length.

    Parameters
    ----------
    sizes
        Those of which `millimetres` is a number and the stage is known.
    """
    for _, group in groupby(sorted(sizes, key=_group), key=_group):
        found = list(group)
        yield [size for size in found if _dimension(size) in _ALONG] or found


def is_open(sizes: Iterable[Attribute]) -> bool:
    """Return whether one end of the range is not told."""
    kinds = {_kind(size) for size in sizes}
    return kinds <= _MOST or kinds <= _LEAST


def size_assertions(sizes: list[Attribute]) -> Iterator[Assertion]:
    """Yield the size bins of one taxon and stage from one source; the evidence is the largest size."""
    largest = max(sizes, key=lambda size: (millimetres(size) or 0.0, _kind(size)))
    for concept, share in _range(sizes).shares:
        polarity = Polarity.PRESENT if share >= _STATED else Polarity.VARIABLE
        yield assertion_of(largest, concept, polarity=polarity, factor=1.0 if share > _PLAIN else _LESS_PLAIN)


def _range(sizes: list[Attribute]) -> Quantity:
    """Return the range of sizes in mm; where only one end is told, the other is half or twice that, as in a text."""
    told = [(_kind(size), millimetres(size) or 0.0) for size in sizes]
    low, high = min(size for _, size in told), max(size for _, size in told)
    if all(kind in _MOST for kind, _ in told):
        low = low / 2
    if all(kind in _LEAST for kind, _ in told):
        high = high * 2
    return Quantity(0, 0, low, high, "mm")


def _group(size: Attribute) -> tuple[str, str, int, str, str]:
    return (size.about, stage_of(size) or "", size.source, size.reference, size.quality)


def _kind(size: Attribute) -> str:
    return size.detail("type")


def _dimension(size: Attribute) -> str:
    return size.detail("dimension").partition("(")[0].strip()
