"""Lengths and proportions written as numbers: "1 to 2 mm long", "up to 20 cm", "three times as long as wide"."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from seston.concepts.extract.lexicon import NUMBERS

_MM = {"µm": 1e-3, "μm": 1e-3, "um": 1e-3, "micrometres": 1e-3, "micrometers": 1e-3, "microns": 1e-3, "mm": 1.0}
_MM |= {"millimetre": 1.0, "millimetres": 1.0, "millimeter": 1.0, "millimeters": 1.0, "cm": 10.0, "centimetre": 10.0}
_MM |= {"centimetres": 10.0, "centimeter": 10.0, "centimeters": 10.0, "m": 1000.0, "metre": 1000.0, "metres": 1000.0}
_MM |= {"meter": 1000.0, "meters": 1000.0, "micrometre": 1e-3, "micron": 1e-3}
_WORDS = {word: float(value) for word, value in NUMBERS.items()}
_NUMBER = rf"(?:\d+(?:[.,]\d+)?|{'|'.join(_WORDS)})"
_UNIT = "|".join(sorted(_MM, key=lambda unit: (-len(unit), unit)))
_LENGTH = re.compile(
    rf"(?P<bound>up to|under|below|less than|over|above|more than|at most|at least|nearly|exceeding)?\s*"
    rf"\b(?P<low>{_NUMBER})\s*"
    rf"(?:(?P<unit1>{_UNIT})?\s*(?:to over|to nearly|to about|to well over|to|–|-|or|and)\s*(?P<high>{_NUMBER}))?\s*"
    rf"(?P<unit>{_UNIT})\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"(?P<bound>more than|over|at least|up to|less than)?\s*\b(?P<low>{_NUMBER})\s*"
    rf"(?:(?:to|–|-|or)\s*(?P<high>{_NUMBER})\s*)?"
    r"times\s+(?:as\s+(?:long|high|tall)\s+as|(?:longer|higher|taller)\s+than)\s+(?:it is |they are )?(?:wide|broad)\b",
    re.IGNORECASE,
)
_UPPER = frozenset(("up to", "under", "below", "less than", "at most", "nearly"))
_LOWER = frozenset(("over", "above", "more than", "at least", "exceeding"))
Bins = tuple[tuple[str, float, float], ...]
SIZES: Bins = (("size/tiny", 0.0, 1.0), ("size/small", 1.0, 3.0), ("size/medium", 3.0, 8.0), ("size/large", 8.0, 25.0))
SIZES += (("size/huge", 25.0, math.inf),)
RATIOS: Bins = (("elongation/one", 0.0, 1.5), ("elongation/two", 1.5, 2.5), ("elongation/four", 2.5, 6.0))
RATIOS += (("elongation/many", 6.0, math.inf),)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range at ``start``:``end`` of a sentence, in millimetres or, with unit "ratio", length over width."""

    start: int
    end: int
    low: float
    high: float
    unit: str

    @property
    def shares(self) -> tuple[tuple[str, float], ...]:
        """Return the concepts whose bins the range meets, with the share of the range (on a log scale) in each."""
        return _shares(self.low, self.high, RATIOS if self.unit == "ratio" else SIZES)


def find_quantities(text: str) -> Iterator[Quantity]:
    """Find lengths and proportions in a sentence.

    Parameters
    ----------
    text
        The sentence.

    Yields
    ------
    Quantity
        From left to right, proportions first.

    Examples
    --------
    >>> [(q.low, q.high, q.unit) for q in find_quantities("about 1 to 2 mm long, up to 2 cm")]
    [(1.0, 2.0, 'mm'), (10.0, 20.0, 'mm')]
    >>> next(find_quantities("three times as long as wide")).shares
    (('elongation/four', 1.0),)
    """
    for match in _TIMES.finditer(text):
        low, high = _range(match, 1.0, 1.0)
        yield Quantity(match.start("low"), match.end(), low, high, "ratio")
    for match in _LENGTH.finditer(text):
        unit = _MM[match["unit"].lower()]
        low, high = _range(match, _MM[match["unit1"].lower()] if match["unit1"] else unit, unit)
        yield Quantity(match.start("low"), match.end(), low, high, "mm")


def _range(match: re.Match[str], low_unit: float, high_unit: float) -> tuple[float, float]:
    bound = (match["bound"] or "").lower()
    if not match["high"]:
        value = _value(match["low"]) * high_unit
        low, high = (value / 2, value) if bound in _UPPER else (value, value * 2) if bound in _LOWER else (value, value)
    else:
        low, high = _value(match["low"]) * low_unit, _value(match["high"]) * high_unit
    return (low, high) if low <= high else (high, low)


def _value(text: str) -> float:
    return _WORDS.get(text.lower(), 0.0) or float(text.replace(",", "."))


def _shares(low: float, high: float, bins: Bins) -> tuple[tuple[str, float], ...]:
    if high <= low:
        return tuple((name, 1.0) for name, begin, end in bins if begin <= low < end)
    low = max(low, high / 1e6)
    whole = math.log(high / low)
    found = []
    for name, begin, end in bins:
        meeting = min(high, end), max(low, begin)
        if meeting[0] > meeting[1]:
            found.append((name, math.log(meeting[0] / meeting[1]) / whole))
    return tuple(found)
