"""Words that belong together: "about five", "for example", "up to", "gives rise to"."""

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.open.vocabulary import Verb
from seston.concepts.extract.open.word import (
    ADJECTIVE,
    ADV,
    CONJ,
    DET,
    NEG,
    NOUN,
    NUMBER,
    PREP,
    QUALITY,
    SIGN,
    VERB,
    Word,
)

_LIMITING = frozenset(
    (("more", "than"), ("fewer", "than"), ("less", "than"), ("at", "least"), ("at", "most"), ("up", "to"))
)
# the words that `pair` and `fixed` begin with
OPENERS = words_of("""
    more as between bivalve even whole about over around under some more fewer less at up
    compound contractile for by no including such round little as give gives giving characteristic
""")


def pair(word: Word, before: Word | None, after: Word, third: Word | None) -> None:
    """Settle two words that belong together: "about five", "for example", "by far", "up to", "such as"."""
    low, next_ = word.low, after.low
    noun = before is not None and before.tag in (DET, PREP) and after.tag in (NOUN, CONJ)
    said = before is not None and before.verb is not None and before.verb.group == "be" and after.tag in (SIGN, CONJ)
    if low == "even" and (noun or said):
        word.tag = QUALITY
    elif low == "bivalve" and after.kind == "part":
        word.tag, word.kind = QUALITY, ""
    elif low == "between" and after.tag == NUMBER and third is not None and third.low == "and":
        word.tag = NUMBER
        third.tag, third.low = CONJ, "to"
    elif low == "whole" and after.tag == VERB and before is not None and before.tag == DET:
        word.tag, word.kind = NOUN, "whole"
    elif low in ("about", "over", "around", "under", "some") and after.tag == NUMBER:
        word.tag = ADV
    elif (low, next_) in _LIMITING and third is not None and third.tag == NUMBER:
        word.tag = after.tag = NUMBER
    elif (low == "compound" and next_ in ("eye", "eyes")) or (low == "contractile" and next_.startswith("vacuole")):
        word.tag = ADJECTIVE
    elif (low, next_) == ("more", "or") and third is not None and third.low == "less":
        word.tag = after.tag = third.tag = ADV
    elif (low, next_) in (
        ("at", "first"),
        ("at", "last"),
        ("for", "example"),
        ("for", "instance"),
        ("by", "far"),
        ("up", "to"),
    ):
        word.tag = after.tag = ADV
    elif (low, next_) == ("no", "longer"):
        word.tag, word.low, after.tag = NEG, "not", ADV
    elif low in ("give", "gives", "giving") and next_ == "rise" and third is not None and third.low == "to":
        word.verb, after.tag, third.tag = Verb("produce", "have", word.low[4:]), ADV, ADV
    elif low == "characteristic" and next_ in ("of", "is") and before is not None and before.tag in (DET, ADJECTIVE):
        word.tag = NOUN  # "a characteristic of the group is a long tail"
    elif (low, next_) == ("up", "of"):
        word.tag = ADV
    elif low == "including" or (low, next_) == ("such", "as"):
        word.tag, word.low, word.verb = CONJ, ",", None
        if next_ == "as":
            after.tag, after.low = CONJ, ","


def fixed(word: Word, before: Word | None, after: Word, third: Word | None) -> None:
    """Settle "round the mouth", "a little longer" and "as well as"."""
    if word.low == "round" and before and before.tag in (NOUN, VERB) and after.tag == DET:
        word.tag = PREP
    elif word.low == "little" and before and before.low == "a" and after.low.endswith("er"):
        word.tag = before.tag = ADV
    elif word.low == "as" and after.low in ("many", "few") and third is not None and third.low == "as":
        word.tag = after.tag = third.tag = NUMBER
    elif word.low == "as" and after.low == "well" and third is not None and third.low == "as":
        word.tag, word.low, after.tag, third.tag = CONJ, "and", ADV, ADV
