"""Noun phrases, verb groups and loose adjectives of a sentence, from left to right."""

from collections.abc import Sequence

from seston.concepts.extract.open.groups import verb_group
from seston.concepts.extract.open.nouns import LEADING_TO, noun_phrase
from seston.concepts.extract.open.phrase import Phrase, Quality
from seston.concepts.extract.open.shades import SHADED, wording
from seston.concepts.extract.open.vocabulary import NUMBERS, vocabulary
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

_POINTING = frozenset(("the", "that", "those", "these", "this", "another", "either", "each", "both", "all"))
_FLOATING = frozenset(("each", "both", "all", "either"))
_KINDS = vocabulary().rules["kinds-of-part"]


def phrases(words: Sequence[Word]) -> list[Phrase]:
    """Cut a sentence into phrases."""
    found: list[Phrase] = []
    place = 0
    while place < len(words):
        phrase = _phrase(words, place)
        if phrase.sort == "other" or (phrase.low == "none" and (not found or found[-1].sort in ("stop", "join"))):
            phrase = _headless(words, place, found[-1] if found else None) or phrase
        if phrase.low == "to" and phrase.sort == "prep" and found and found[-1].sort == "quality":
            after = next((word.tag for word in words[place + 1 : place + 3] if word.tag != ADV), -1)
            phrase.sort = "join" if after == QUALITY and found[-1].low not in LEADING_TO else "prep"
        if phrase.sort == "verb" and found and found[-1].low == "to":
            phrase.finite = False
        if phrase.sort == "verb" and phrase.low in ("being", "having") and _absolute(found):
            phrase.finite = True  # "the left being longer"
        found.append(phrase)
        place = max(phrase.end, place + 1)
        _count(found, words)
    return found


def _count(found: list[Phrase], words: Sequence[Word]) -> None:
    """Let "two of these plates" be plates, two."""
    if len(found) < 3 or found[-1].sort != "noun" or found[-2].low != "of" or found[-3].sort != "quality":
        return
    number, noun = found[-3], found[-1]
    if words[number.end - 1].tag == NUMBER and noun.number is None and noun.the and noun.kind == "part":
        at = number.begin
        while len(found) > 3 and found[-4].sort in ("quality", "join", "prep") and words[found[-4].end - 1].low in (
            "to", "or", "up", "at", "least", "most", "more", "fewer", "than", *NUMBERS,
        ):  # fmt: skip
            at = found.pop(-4).begin
        noun.number = Quality(" ".join(word.low for word in words[at : number.end]), at, number.end)
        noun.begin = at
        del found[-3:-1]


def renamed(found: list[Phrase]) -> list[Phrase]:
    """Let "small segments called tarsi" be small tarsi."""
    kept: list[Phrase] = []
    place = 0
    while place < len(found):
        phrase = found[place]
        at = place + 1
        while at < len(found) and (found[at].sort in ("mark", "adv") or found[at].low == ","):
            at += 1
        names = at < len(found) and found[at].sort == "verb" and found[at].lemma in ("call", "name", "term", "know")
        plain = phrase.sort == "noun" and (phrase.kind == "part" or (phrase.kind == "" and phrase.qualities))
        if plain and names and not found[at].finite:
            after = next((n for n in range(at + 1, len(found)) if found[n].sort == "noun"), -1)
            parts = "part" in (phrase.kind, found[after].kind)
            if 0 < after <= at + 3 and found[after].kind in ("", "part") and parts:
                phrase.name, phrase.kind, place = found[after].name, "part", after
                if not phrase.qualities:
                    phrase.end, phrase.head = found[after].end, found[after].head
        elif phrase.sort == "noun" and phrase.name.rpartition(" ")[2] in _KINDS and _is_named_behind(found, place):
            phrase.name, phrase.kind = found[place + 2].name, "part"
            phrase.number = None if "&" in phrase.name else phrase.number
            place += 3 if place + 4 < len(found) and found[place + 4].sort == "verb" else 2
        kept.append(phrase)
        place += 1
    return kept


def _is_named_behind(found: Sequence[Phrase], place: int) -> bool:
    """Return whether the name of a kind of part follows: "two small appendages, the cerci"."""
    if place + 3 >= len(found) or found[place].the or found[place + 1].low != ",":
        return False
    name, after = found[place + 2], found[place + 3]
    named = name.sort == "noun" and name.the and name.kind == "part" and not name.qualities and name.number is None
    ends = after.sort == "stop" or (after.low == "," and place + 4 < len(found) and found[place + 4].sort == "verb")
    return named and ends


def _phrase(words: Sequence[Word], place: int) -> Phrase:
    word = words[place]
    if word.tag in (DET, NEG, NUMBER, NOUN, ADJECTIVE, QUALITY, ADV):
        noun = noun_phrase(words, place)
        if noun:
            return noun
    if word.tag == VERB:
        return verb_group(words, place)
    if word.tag == PRON:
        return Phrase("noun", place, place + 1, place, "pron", word.low, word.low)
    if word.tag in (QUALITY, NUMBER):
        return _loose(words, place)
    if word.tag == ADV and place + 1 < len(words) and words[place + 1].tag == QUALITY:
        return _loose(words, place + 1, place)
    sorts = {PREP: "prep", CONJ: "join", SUB: "sub", REL: "rel", NEG: "neg", ADV: "adv", SIGN: "stop"}
    sort = "join" if word.text in (",", "/") else sorts.get(word.tag, "other")
    if sort == "stop" and word.text in "\"'“”‘’_*´`«»":
        sort = "mark"
    return Phrase(sort, place, place + 1, low=word.low)


def _absolute(found: Sequence[Phrase]) -> bool:
    """Return whether a noun stands before, or a noun and what a pair of commas holds."""
    if not found or found[-1].sort == "noun":
        return bool(found)
    return found[-1].low == "," and any(one.low == "," for one in found[-5:-1])


def _headless(words: Sequence[Word], place: int, before: Phrase | None) -> Phrase | None:
    """Read an article without a noun: "the first", "those", "the innermost", which stands for the noun before."""
    word = words[place]
    if word.low == "none":
        return Phrase("noun", place, place + 1, place, "pron", "~", "none", none=True)
    if word.tag == QUALITY or word.low not in _POINTING:
        return None
    if word.low in _FLOATING and before is not None and before.sort not in ("join", "stop", "sub"):
        return Phrase("adv", place, place + 1, low=word.low)
    end = place + 1
    while end < len(words) and (words[end].tag in (ADJECTIVE, NUMBER) or words[end].low == "remaining"):
        end += 1
    if word.low == "the" and end == place + 1:
        superlative = end < len(words) and words[end].tag == QUALITY
        return Phrase("adv", place, end, low="the") if superlative else None
    low = " ".join(w.low for w in words[place + 1 : end]) or word.low
    return Phrase("noun", place, end, end - 1, "pron", "~", low)


def _loose(words: Sequence[Word], place: int, begin: int | None = None) -> Phrase:
    start = place if begin is None else begin
    phrase = Phrase("quality", start, place + 1, low=words[place].low)
    start = place - 1 if place and words[place - 1].tag == ADV and words[place - 1].low in SHADED else start
    phrase.qualities.append(Quality(wording(words, place), start, place + 1))
    return phrase
