"""Sentences of a passage, with the marks that follow them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(
    r"""(?<![.!?])[.!?]++["')]?(?:(?P<marks>(?:\s*\[(?:general|\d+)\])+)|(?=\s|$))|\n\s*\n|\n(?=\s*[#|*\-])"""
)
_MARK = re.compile(r"\[(general|\d+)\]")
_LAST_WORD = re.compile(r"(\S+)$")
_ABBREVIATIONS = """
    sp spp ssp subsp var cf ca e.g i.e etc al approx fig figs no vs aff gen nov juv ad dia diam max min resp viz syn
    st dr prof vol pp p ed eds incl excl esp c
"""
_LONGEST = 2000
_LONGEST_WORD = 80
_KNOWN = frozenset(_ABBREVIATIONS.split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: ``text`` begins at ``start`` of its passage; ``source`` is what its mark cites."""

    text: str
    start: int
    source: str


def split_sentences(text: str) -> Iterator[Sentence]:
    """Split a text into sentences, aware of taxonomic abbreviations and of trailing marks.

    Parameters
    ----------
    text
        Any text.

    Yields
    ------
    Sentence
        Without its mark; ``source`` is "general" where there is none, else the marks joined by ";".

    Examples
    --------
    >>> [(s.text, s.source) for s in split_sentences("C. finmarchicus is small. [1] It has ca. 5 legs. [general]")]
    [('C. finmarchicus is small.', '1'), ('It has ca. 5 legs.', 'general')]
    """
    begin = 0
    for match in _END.finditer(text):
        marks = match.group("marks") or ""
        if not marks and match.group().startswith(".") and _goes_on(text, begin, match):
            continue
        yield from _sentence(text, begin, match.end() - len(marks), marks)
        begin = match.end()
    yield from _sentence(text, begin, len(text), "")


def _goes_on(text: str, begin: int, match: re.Match[str]) -> bool:
    """Return whether a full stop ends an abbreviation rather than a sentence."""
    word = _LAST_WORD.search(text, max(begin, match.start() - _LONGEST_WORD), match.start())
    last = word.group(1).strip("(\"'") if word else ""
    following = text[match.end() : match.end() + _LONGEST_WORD].lstrip()[:1]
    if not following:
        return False
    return following.islower() or last.lower() in _KNOWN or (len(last) == 1 and last.isupper())


def _sentence(text: str, begin: int, end: int, marks: str) -> Iterator[Sentence]:
    piece = text[begin:end]
    stripped = piece.strip()
    start = begin + len(piece) - len(piece.lstrip())
    source = ";".join(_MARK.findall(marks)) or "general"
    for low, high in _portions(stripped):
        if any(c.isalpha() for c in stripped[low:high]):
            yield Sentence(stripped[low:high], start + low, source)


def _portions(text: str) -> Iterator[tuple[int, int]]:
    """Cut what no full stop cuts, such as a table on one line: no sentence is longer than `_LONGEST`."""
    low = 0
    while len(text) - low > _LONGEST:
        space = text.rfind(" ", low + 1, low + _LONGEST)
        high = space if space > 0 else low + _LONGEST
        yield low, high
        low = high + (space > 0)
    yield low, len(text)
