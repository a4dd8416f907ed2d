"""Whether a noun phrase is of some members of a group only: "flightless species", "not all beetles"."""

from collections.abc import Sequence

from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.word import ADJECTIVE, ADV, NOUN, NUMBER, QUALITY, VERB, Word

_RULES = vocabulary().rules
_LIMITING = frozenset(("not", "nearly", "almost", "virtually", "practically"))
_ADJECTIVAL = ("less", "ous", "ic", "ical", "ish", "ive", "ary", "water")
_WHOLE = frozenset(("all", "every", "each", "both"))


def is_members(phrase: Phrase, words: Sequence[Word]) -> bool:
    """Return whether a phrase names members: species, families, cases."""
    if phrase.sort != "noun" or phrase.head < 0 or words[phrase.head].lemma not in _RULES["members"]:
        return False
    return phrase.kind != "part" and words[phrase.begin].low not in ("these", "those", "this")


def is_part_of_members(phrase: Phrase, words: Sequence[Word]) -> bool:
    """Return whether a phrase is of some members only: by its adjective, its number or "a number of" before it."""
    if not is_members(phrase, words):
        return False
    front = words[phrase.begin : phrase.head]
    while front and front[0].tag == ADV and not phrase.some:
        front = front[1:]  # "only one genus"
    lows = [word.low for word in front]
    if phrase.some or any(low in _RULES["fractions"] for low in lows[:3]):
        return True
    if words[phrase.head].low != words[phrase.head].lemma or phrase.low in _RULES["invariant"]:
        after = words[phrase.end].low if phrase.end < len(words) else ""
        if phrase.low in _RULES["invariant"] and after in ("is", "has", "was", "lives"):
            return False  # "the pelagic species is"
        counted = not phrase.the and any(word.tag == NUMBER for word in front)
        return counted or any(_narrows(word) for word in front)
    return lows[:1] == ["one"] or any(word.tag == QUALITY and word.low.endswith("est") for word in front)


def _narrows(word: Word) -> bool:
    told = word.tag in (QUALITY, ADJECTIVE) or (word.tag == VERB and word.verb is not None and word.verb.form != "")
    told = told or (word.tag == NOUN and not word.kind and (word.low.endswith(_ADJECTIVAL) or "-" in word.low))
    return told and word.low not in _RULES["unlimiting"]


def is_limited(words: Sequence[Word], phrase: Phrase) -> bool:
    """Return whether "not all beetles" or "nearly all species" stands there."""
    begin = phrase.begin
    while begin < phrase.head and words[begin].tag == ADV:
        begin += 1
    front = words[begin - 1].low if begin else ""
    return words[begin].low in _WHOLE and front in _LIMITING


def is_fraction(amount: Phrase, whole: Phrase, words: Sequence[Word]) -> bool:
    """Return whether "half of the species" stands there: a part of the members, or of a taxon."""
    members = is_members(whole, words) or whole.kind in ("taxon", "name", "whole")
    if amount.sort == "quality" and is_members(whole, words):
        return words[amount.end - 1].tag == NUMBER  # "two of the species"
    return members and amount.sort == "noun" and amount.head >= 0 and words[amount.head].lemma in _RULES["fractions"]
