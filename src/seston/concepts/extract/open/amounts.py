"""What "a pair of", "three rows of" and "a ring of" make of the noun behind them."""

from collections.abc import Sequence

from seston.concepts.extract.open.phrase import Phrase, Quality
from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.word import Word

# "a ring of plates": how the plates stand
GATHERED = (
    "ring",
    "row",
    "crown",
    "fringe",
    "whorl",
    "crowd",
    "wreath",
    "circle",
    "tuft",
    "cluster",
    "bunch",
    "bundle",
)

MULTITUDES = frozenset({"dozens", "hundreds", "thousands", "millions", "scores"})


def count(words: Sequence[Word], phrase: Phrase, inner: Phrase) -> None:
    """Let "a pair of antennae" be antennae, a pair: the noun after "of" is the head."""
    what = words[phrase.head].lemma
    several = any(one.text in vocabulary().rules["amounts"] for one in phrase.qualities)
    if what in ("pair", "couple") and not phrase.the and not several and phrase.number is None and inner.number is None:
        phrase.number = Quality(what, phrase.head, phrase.head + 1)
    elif words[phrase.head].low in MULTITUDES and not phrase.the:
        phrase.number = Quality(words[phrase.head].low, phrase.head, phrase.head + 1)
    elif phrase.number is not None:
        phrase.number = Quality(f"{phrase.number.text} {words[phrase.head].low}", phrase.number.begin, phrase.head + 1)
    else:
        phrase.number = inner.number
    if what in GATHERED and phrase.number is None:
        begin = next((one.begin for one in phrase.qualities if one.text in ("single", "double")), phrase.head)
        phrase.number = Quality(" ".join(word.low for word in words[begin : phrase.head + 1]), begin, phrase.head + 1)
        phrase.qualities = [one for one in phrase.qualities if one.begin != begin]
    phrase.qualities = [
        *(phrase.qualities if what in ("pair", "row", "ring", "crown", "tuft", "whorl") else []),
        *inner.qualities,
    ]
    if words[phrase.begin].low in ("both", "each", "either") and inner.number is None:
        phrase.number = None
    if what in ("group", "kind", "type", "sort", "form", "series", "set", "number") and phrase.number:
        phrase.number = None if what != "set" else phrase.number
    phrase.sortof = what in ("kind", "type", "sort", "form")
    phrase.end, phrase.head, phrase.kind, phrase.name = inner.end, inner.head, inner.kind, inner.name
    phrase.low, phrase.the, phrase.some = inner.low, phrase.the and inner.the, phrase.some or inner.some


def counts(words: Sequence[Word], phrase: Phrase) -> bool:
    """Return whether a noun of amount ends a phrase, and "of" stands behind it."""
    lists, head, at = vocabulary().grammar["ofquantity"], words[phrase.head], phrase.end
    return (head.lemma in lists or head.low in lists) and at + 1 < len(words) and words[at].low == "of"
