"""Words of a sentence with their class."""

import re
from functools import lru_cache

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.open.promote import promote
from seston.concepts.extract.open.settling import settle
from seston.concepts.extract.open.vocabulary import (
    NUMBERS,
    Verb,
    base_of,
    is_adjective,
    is_part,
    is_quality,
    singular,
    vocabulary,
)
from seston.concepts.extract.open.word import (
    ADJECTIVE,
    ADV,
    CONJ,
    DET,
    NEG,
    NOUN,
    NUMBER,
    PREP,
    PRON,
    QUALITY,
    REL,
    SIGN,
    SUB,
    VERB,
    Word,
)

_TOKEN = re.compile(
    r"(?P<plain>(?>(?:[^\W\d_]{2,}|a\b)(?:[-‐‑'’.][^\W\d_]+)*(?:['’](?=\s))?)(?![_-]))"  # most words, tried first
    r"|_(?P<name>[A-Z][^_\n]{1,60})_"
    r"|(?P<short>[A-Z]\.\s[a-z]{3,}(?=\W))"
    r"|(?P<skip>\[(?:\d[\d, ]*|general|[a-z]|(?:note|nb|citation)[^\]\[]{0,12})\]"
    r"|\([^()\n]{0,200}\)|\{\{[^{}]{0,400}\}\}|\[\[[^\]|\n]{0,60}\||\]\]s?\b|['‘’“”\"\[\]*`«»_]|<[^<>\n]{0,80}>)"
    r"|(?P<half>[^\W\d_]+-(?=\s(?:or|and|to)\s[^\W\d_]+-(?P<tail>[^\W\d_]+)))"
    r"|(?P<label>[^\W\d_]+(?:_[^\W_]+)+)"
    r"|(?P<word>\d+(?:st|nd|rd|th)\b|(?:\d+-)?[^\W\d_]+(?:[-‐‑'’.][^\W\d_]+)*(?:['’](?=\s))?)"
    r"|(?P<number>\d+(?:[.,]\d+)*(?:\s?[–-]\s?\d+(?:[.,]\d+)*)?)"
    r"|(?P<sign>[^\s\w])"
)
# common names made of Latin ones: "euglenids", "gymnosperms", "kinetoplastids"
_GROUP_NAME = re.compile(
    r".{3,}(?:zoans?|phytes?|mycetes?|[^u]pods?|procts?|[aeioulnrt]n?ids|monads?|philes?|trophs?|ceans?|ferans?|pterans?)$"
)
_NO_GROUP = words_of("""
    lipids fluids solids acids carotenoids alkaloids steroids hybrids plastids peptides pyramids ocean oceans pseudopods
    tripods terpenoids ellipsoids spheroids colloids humanoids asteroids flavonoids periods grids liquids methods
    ovoids cuboids opioids nucleotides phospholipids glycolipids amyloids meteoroids gonads nomads
""")
_CLOSED = (("neg", NEG), ("rel", REL), ("conj", CONJ), ("sub", SUB), ("pron", PRON), ("det", DET), ("prep", PREP))
_AMOUNTS = frozenset(("several", "many", "numerous", "few", "fewer"))
_Class = tuple[int, str, Verb | None]


@lru_cache(maxsize=65536)
def _class_of(low: str) -> _Class:
    """Return the class that a word has when nothing around it tells otherwise."""
    words = vocabulary()
    grammar, verb = words.grammar, words.verbs.get(low)
    for name, tag_ in _CLOSED:
        if low in grammar[name]:
            return tag_, "", None
    if _GROUP_NAME.match(low) and not is_part(singular(low)) and low not in _NO_GROUP:
        return NOUN, "taxon", None
    if low in NUMBERS or low in _AMOUNTS:
        return NUMBER, "", None
    if low in grammar["adv"] or (low in grammar["some"] and not verb):
        return ADV, "", None
    if is_quality(low):
        return QUALITY, "", verb
    kind = _kind_of(low)
    if verb:
        return VERB, kind, verb
    return (NOUN, kind, words.either.get(low)) if kind else _by_ending(low)


def _kind_of(low: str) -> str:
    words, noun = vocabulary(), singular(low)
    if is_part(noun) or low in ("structures", "pectorals", "pelvics", "ventrals", "dorsals", "anals", "endings"):
        return "part"
    if noun in words.taxa or low in words.taxa or noun.rpartition("-")[2] in words.taxa:
        return "taxon"
    return "whole" if noun in words.grammar["whole"] else ""


def _by_ending(low: str) -> _Class:
    """Return the class of a word that is in no list."""
    if low.endswith("ly") and len(low) > 4:
        return ADV, "", None
    either = vocabulary().either.get(low)
    if len(low) > 5 and low.endswith(("ed", "ing")) and "-" not in low and either is None:
        return VERB, "", Verb(base_of(low), "other", "ed" if low.endswith("ed") else "ing")
    return (ADJECTIVE if is_adjective(low) else NOUN), "", either


@lru_cache(maxsize=65536)
def _of_text(piece: str) -> tuple[str, int, str, Verb | None, str]:
    low = piece.lower()
    return (low, *_class_of(low), singular(piece))


def tag(text: str) -> list[Word]:
    """Split a sentence into words with classes; references and what stands in brackets are passed over.

    >>> [(w.text, w.tag) for w in tag("The bell-shaped body [1] is red.")][:3]
    [('The', 0), ('bell-shaped', 9), ('body', 12)]
    """
    found: list[Word] = []
    denying = "n't" in text or "n’t" in text
    for match in _TOKEN.finditer(text):
        group = match.lastgroup
        if group == "plain" or group == "word":
            piece = match[0]
            start, end = match.span()
            if denying and piece.endswith(("n't", "n’t")):
                verb_ = {"ca": "can", "wo": "will"}.get(piece[:-3], piece[:-3])
                low, sort, kind, verb, lemma = _of_text(verb_)
                found.append(Word(verb_, low, start, end, sort, kind, verb, lemma))
                piece = "not"
            low, sort, kind, verb, lemma = _of_text(piece)
            found.append(Word(piece, low, start, end, sort, kind, verb, lemma))
        elif match["half"]:
            start, end = match.span("half")
            low, sort, kind, verb, lemma = _of_text(match["half"] + match["tail"])
            found.append(Word(match["half"] + match["tail"], low, start, end, sort, kind, verb, lemma))
        elif group != "skip":
            piece = match[group or 0]
            start, end = match.span(group or 0)
            kind = "name" if group in ("name", "label", "short") else ""
            sort = NOUN if kind else NUMBER if group == "number" else SIGN
            found.append(Word(piece, piece.lower(), start, end, sort, kind, None, singular(piece)))
    settle(found)
    promote(found)
    return found
