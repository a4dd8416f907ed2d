"""What of a text is English prose: no list of references, no table, no other language."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.open.word import Word

_BACK_MATTER = re.compile(
    r"^[=#* ]{0,8}(?:References|Bibliography|External links|Further reading|See also"
    r"|Notes|Citations|Literature cited)[=: ]{0,8}$",
    re.M,
)
_REFERENCE = re.compile(
    r"^[ \t]{0,4}(?:[*#^\[\]\d.]{1,8}[ \t])?[A-Z][\w'’-]{1,30},? (?:[A-Z]\.[ -]?){1,4}"
    r"[^\n]{0,300}?\b(?:1[789]|20)\d\d\b[^\n]*$",
    re.M,
)
_ENGLISH = words_of("the of is are and with has have it its by from they which this that has in to as not or be there")
_FOREIGN = words_of("""
    der die das und ist mit ein eine von den dem sind nicht im les des est et une dans avec sont du le la aux qui pas
    los las del con una el y es por que il della dei che gli di sono alla os um uma com dos não são med och av en het
    van een zijn met de og er som ett quod cum sunt pl
""")


class Prose:
    """Where a text is no prose: from the heading of its references on, and on lines that are references."""

    def __init__(self, text: str) -> None:
        back = _BACK_MATTER.search(text)
        self._end = back.start() if back else len(text)
        spans = [match.span() for match in _REFERENCE.finditer(text)]
        self._starts, self._ends = [begin for begin, _ in spans], [end for _, end in spans]

    def holds(self, place: int) -> bool:
        r"""Return whether the text is prose at a character.

        >>> text = "It is red.\nSmith, J. (1990). Red copepods. Journal 1: 2."
        >>> Prose(text).holds(0), Prose(text).holds(20)
        (True, False)
        """
        if place >= self._end:
            return False
        before = bisect_right(self._starts, place) - 1
        return before < 0 or place >= self._ends[before]


def is_english(words: Sequence[Word]) -> bool:
    """Return whether the small words of a sentence are not another language's."""
    lows = {word.low for word in words}
    foreign = len(lows & _FOREIGN)
    english = len(lows & _ENGLISH) if foreign else 0
    return foreign < 1 or english > foreign or (foreign == 1 and english == 1)


def is_table(text: str) -> bool:
    """Return whether a sentence is a row of a table or the caption of a file."""
    return "|" in text or text.count("\t") > 1 or text.startswith(("File:", "Image:", "!"))
