"""Ranges of counts, "8 to 36 tentacles": one number is a wording of the scheme, a range falls into its bins."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from seston.concepts.extract.lexicon import NUMBERS

Bins = tuple[tuple[str, float, float], ...]
_BINS: dict[str, Bins] = {
    "tentacles": (("tentacles/two", 2, 2), ("tentacles/few", 3, 8), ("tentacles/many", 9, math.inf)),
    "arms": (("arms/few", 2, 4), ("arms/many", 6, math.inf)),
}
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "eighty": 80, "hundred": 100, "fourteen": 14}
_WORDS = {word: value for word, value in {**NUMBERS, **_TENS}.items() if word != "several"}
_NUMBER = rf"(?:\d+|{'|'.join(sorted(_WORDS, key=lambda word: (-len(word), word)))})"
_RANGE = rf"\b(?P<low>{_NUMBER})(?:\s*(?:to|or|and|–|-)\s*(?:about\s+)?(?P<high>{_NUMBER})|(?P<more>\s+or\s+more))"
_BETWEEN = r"(?:(?!(?:mm|cm|with|of|and|or|times|the|pairs)\b)[a-z-]+,?\s+){0,3}?"
_BEFORE = re.compile(rf"{_RANGE}\s+(?P<pairs>pairs\s+of\s+)?{_BETWEEN}(?P<what>tentacles|arms)\b")
_AFTER = re.compile(rf"\bnumber of (?P<what>tentacles|arms)\b[^.;,]{{0,30}}?{_RANGE}")
_MANY = re.compile(rf"\b(?P<low>\d{{2,}})(?P<high>)(?P<more>)\s+(?P<pairs>){_BETWEEN}(?P<what>tentacles|arms)\b")
# A share of the range below this holds for some only.
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Count:
    """A range of counts at ``start``:``end`` of a sentence, with the concepts it meets and whether each is sure."""

    start: int
    end: int
    what: str
    concepts: tuple[tuple[str, bool], ...]


def find_counts(text: str) -> Iterator[Count]:
    """Find ranges of counts of tentacles and arms in a sentence.

    Parameters
    ----------
    text
        The sentence.

    Yields
    ------
    Count
        From left to right for each way to write them; a number alone only from 13 on, which no wording has.

    Examples
    --------
    >>> [c.concepts for c in find_counts("There are 8 to 36 tentacles.")]
    [(('tentacles/few', False), ('tentacles/many', True))]
    """
    done: list[range] = []
    for pattern in (_BEFORE, _AFTER, _MANY):
        for match in pattern.finditer(text):
            if any(match.start("low") in span for span in done):
                continue
            groups = match.groupdict()
            factor = 2 if groups.get("pairs") else 1
            low = _value(groups["low"]) * factor
            high = _value(groups["high"]) * factor if groups["high"] else low * (2 if groups["more"] else 1)
            found = tuple(_shares(min(low, high), max(low, high), _BINS[groups["what"]]))
            if pattern is not _MANY or low > 12:
                done.append(range(match.start("low"), match.end()))
                yield Count(match.start("low"), match.end(), groups["what"], found)


def _value(text: str) -> int:
    return _WORDS.get(text.lower()) or int(text)


def _shares(low: int, high: int, bins: Bins) -> Iterator[tuple[str, bool]]:
    for name, begin, end in bins:
        within = sum(1 for n in range(low, high + 1) if begin <= n <= end)
        if within:
            yield name, within >= _SURE * (high - low + 1)
