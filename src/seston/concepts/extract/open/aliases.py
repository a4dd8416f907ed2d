"""The common names by which a text calls its own taxon."""

import re

from seston.concepts.extract.open.vocabulary import singular, vocabulary

_NAME = r"(?:the\s)?(?P<name>[A-Za-z]['’A-Za-z-]+(?:\s[A-Za-z]['’A-Za-z-]+){0,2}?)"
_ADVERB = r"(?:(?:commonly|collectively|also|simply|popularly|often)\s)?"
_CALLED = re.compile(
    rf"\b(?:called\s{_ADVERB}|(?:known|referred to)\s{_ADVERB}as\s){_NAME}"
    r"(?=[,;.)]|\s(?:or|and|is|are|because|due|has|have|which|that|in|from|belongs?)\b)",
    re.I,
)
_BEFORE = re.compile(rf"^\W*(?:(?:The|An?)\s)?{_NAME},?\s(?:or\s)?[(_]*$", re.I)
_BEHIND = re.compile(rf"_?,?\s(?:or|\(|the)\s?{_NAME}(?=[,)]|\s(?:is|are)\b)", re.I)
_OPENING = 400


def aliases(text: str, taxon: str) -> frozenset[str]:
    """Return the singular names that the opening of a text gives its taxon.

    >>> sorted(aliases("Sagittidae, commonly known as arrow worms, are predators.", "Sagittidae"))
    ['arrow worm']
    >>> sorted(aliases("The soft eelpout, Aus bus, lives deep.", "Aus bus"))
    ['soft eelpout']
    """
    opening, own = text[:_OPENING], taxon.replace("_", " ").lower()
    names = {_single(match["name"]) for match in _CALLED.finditer(opening)}
    names |= vocabulary().names.get(own, frozenset())
    at = opening.lower().find(own) if own else -1
    if at >= 0:
        end = at + len(own)
        marked = opening[at].isupper() or opening[:at].rstrip().endswith((",", "(", "_", " or"))
        before = _BEFORE.match(opening[:at]) if at < 60 and marked else None
        first = opening[:at].strip(" _*'\"(").lower() in ("", "the")  # not "the largest algae, the kelps,"
        behind = _BEHIND.match(opening, end) if first or before else None
        names |= {_single(match["name"]) for match in (before, behind) if match}
    return frozenset(name for name in names if name and name != own)


def _single(name: str) -> str:
    *front, last = name.lower().split()
    return " ".join([*front, singular(last)])
