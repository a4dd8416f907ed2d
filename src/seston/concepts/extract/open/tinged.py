"""Colours behind "with": "tipped with yellow", "spotted with orange"."""

from collections.abc import Sequence

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.open.phrase import Phrase, Quality
from seston.concepts.extract.open.shades import HUES
from seston.concepts.extract.open.word import Word

_COLOURS = HUES | words_of(
    "red green blue violet purple pink brown black white grey gray gold silver crimson scarlet pale dark"
)
# "tinged with blue or pink" says that it is blue or pink
_OTHERWISE = words_of("tinged tinted flushed stained coloured colored suffused")


def tinged(found: Sequence[Phrase], words: Sequence[Word], place: int) -> Quality | None:
    """Return the words from a participle at a place to the colour that "with" brings; nothing if it brings none."""
    if place + 2 >= len(found) or found[place + 1].low != "with" or found[place + 2].sort != "quality":
        return None
    colour = found[place + 2].qualities[0]
    if colour.text.split()[-1] not in _COLOURS:
        return None
    begin = found[place].end - 1
    if words[begin].low in _OTHERWISE:
        return None
    return Quality(f"{words[begin].low} with {colour.text}", begin, colour.end)
