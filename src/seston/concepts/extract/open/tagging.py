"""Words of a sentence with their class."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.open.promote import promote
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

_TOKEN = re.compile(
    r"_(?P<name>[A-Z][^_\n]{1,60})_"
    r"|(?P<short>[A-Z]\.\s[a-z]{3,}(?=\W))"
    r"|(?P<skip>\[(?:\d[\d, ]*|general|[a-z]|(?:note|nb|citation)[^\]\[]{0,12})\]"
    r"|\([^()\n]{0,200}\)|\{\{[^{}]{0,400}\}\}|\[\[[^\]|\n]{0,60}\||\]\]s?\b|['‘’“”\"\[\]*`«»_]|<[^<>\n]{0,80}>)"
    r"|(?P<half>[^\W\d_]+-(?=\s(?:or|and|to)\s[^\W\d_]+-(?P<tail>[^\W\d_]+)))"
    r"|(?P<label>[^\W\d_]+(?:_[^\W_]+)+)"
    r"|(?P<word>(?:\d+-)?[^\W\d_]+(?:[-‐‑'’.][^\W\d_]+)*(?:['’](?=\s))?)"
    r"|(?P<number>\d+(?:[.,]\d+)*(?:\s?[–-]\s?\d+(?:[.,]\d+)*)?)"
    r"|(?P<sign>[^\s\w])"
)
_LATIN = re.compile(
    r".+(?:idae|inae|aceae|ales|oidea|acea|phyta|phyceae|mycota|zoa|poda|ptera|pterygii|formes|ida|ina|aria|phora"
    r"|[^o]us|opsis|ella|ium|ops|ii)$"
)
# common names made of Latin ones: "euglenids", "gymnosperms", "kinetoplastids"
_GROUP_NAME = re.compile(
    r".{3,}(?:zoans?|phytes?|mycetes?|[^u]pods?|procts?|[aeioulnrt]n?ids|monads?|ceans?|ferans?|pterans?)$"
)
_NO_GROUP = words_of("""
    lipids fluids solids acids carotenoids alkaloids steroids hybrids plastids peptides pyramids ocean oceans pseudopods
    tripods terpenoids ellipsoids spheroids colloids humanoids asteroids flavonoids periods grids liquids methods
    ovoids cuboids opioids nucleotides phospholipids glycolipids amyloids meteoroids gonads nomads
""")
DET, PRON, REL, CONJ, SUB, PREP, NEG, ADV, VERB, QUALITY, ADJECTIVE, NUMBER, NOUN, SIGN = range(14)


@dataclass(slots=True)
class Word:
    """A word, number or sign at ``start``:``end`` of its sentence.

    ``kind`` of a noun is "part", "whole", "taxon", "name" or "" (any other).
    """

    text: str
    low: str
    start: int
    end: int
    tag: int
    kind: str = ""
    verb: Verb | None = None

    @property
    def lemma(self) -> str:
        """The singular, in lower case."""
        return singular(self.text)


@lru_cache(maxsize=65536)
def _class_of(low: str) -> tuple[int, str, Verb | None]:
    """Return the class that a word has when nothing around it tells otherwise."""
    words = vocabulary()
    grammar, verb = words.grammar, words.verbs.get(low)
    for name, tag in (("neg", NEG), ("rel", REL), ("conj", CONJ), ("sub", SUB), ("pron", PRON), ("det", DET)):
        if low in grammar[name]:
            return tag, "", None
    if low in grammar["prep"]:
        return PREP, "", None
    if _GROUP_NAME.match(low) and not is_part(singular(low)) and low not in _NO_GROUP:
        return NOUN, "taxon", None
    if low in NUMBERS:
        return NUMBER, "", None
    if low in ("several", "many", "numerous", "few", "fewer"):
        return NUMBER, "", None
    if low in grammar["adv"] or (low in grammar["some"] and not verb):
        return ADV, "", None
    if is_quality(low):
        return QUALITY, "", verb
    noun = singular(low)
    kind = (
        "part" if is_part(noun) or low == "structures" else "taxon" if noun in words.taxa or low in words.taxa else ""
    )
    kind = kind or ("whole" if noun in grammar["whole"] else "")
    if verb:
        return VERB, kind, verb
    if kind:
        return NOUN, kind, words.either.get(low)
    if low.endswith("ly") and len(low) > 4:
        return ADV, "", None
    if len(low) > 5 and low.endswith(("ed", "ing")) and "-" not in low and low not in words.either:
        return VERB, "", Verb(base_of(low), "other", "ed" if low.endswith("ed") else "ing")
    return (ADJECTIVE if is_adjective(low) else NOUN), "", words.either.get(low)


@lru_cache(maxsize=65536)
def _of_text(piece: str) -> tuple[str, int, str, Verb | None]:
    low = piece.lower()
    return (low, *_class_of(low))


def tag(text: str) -> list[Word]:
    """Split a sentence into words with classes; references and what stands in brackets are passed over.

    >>> [(w.text, w.tag) for w in tag("The bell-shaped body [1] is red.")][:3]
    [('The', 0), ('bell-shaped', 9), ('body', 12)]
    """
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        group = match.lastgroup
        if group == "word":
            piece = match[0]
            start, end = match.span()
            low, sort, kind, verb = _of_text(piece)
            found.append(Word(piece, low, start, end, sort, kind, verb))
        elif match["half"]:
            start, end = match.span("half")
            low, sort, kind, verb = _of_text(match["half"] + match["tail"])
            found.append(Word(match["half"] + match["tail"], low, start, end, sort, kind, verb))
        elif group != "skip":
            piece = match[group or 0]
            start, end = match.span(group or 0)
            kind = "name" if group in ("name", "label", "short") else ""
            sort = NOUN if kind else NUMBER if group == "number" else SIGN
            found.append(Word(piece, piece.lower(), start, end, sort, kind))
    _settle(found)
    promote(found)
    return found


def _settle(found: list[Word]) -> None:
    """Let the neighbours decide where a word alone cannot tell: names, and nouns that are verbs too."""
    for place, word in enumerate(found):
        before = found[place - 1] if place else None
        after = found[place + 1] if place + 1 < len(found) else None
        if word.tag in (NOUN, ADJECTIVE) and word.kind != "name" and word.text[0].isupper():
            _name(word, before, after)
        if word.low in ("about", "over", "around", "under") and after and after.tag == NUMBER:
            word.tag = ADV
        if word.low == "round" and before and after and before.tag in (NOUN, VERB) and after.tag == DET:
            word.tag = PREP
        if word.low == "for" and after and after.low in ("example", "instance"):
            word.tag, after.tag = ADV, ADV
        if word.low == "some" and after and after.tag == NUMBER:
            word.tag = ADV
        if word.low == "compound" and after and after.low in ("eye", "eyes"):
            word.tag = ADJECTIVE
        if word.low == "little" and before and before.low == "a" and after and after.low.endswith("er"):
            word.tag, before.tag = ADV, ADV
        if word.low == "by" and after and after.low == "far":
            word.tag, after.tag = ADV, ADV
        if (
            word.low == "as"
            and after
            and after.low == "well"
            and place + 2 < len(found)
            and found[place + 2].low == "as"
        ):
            word.tag, word.low, after.tag, found[place + 2].tag = CONJ, "and", ADV, ADV
        if (
            word.low in ("one", "ones")
            and before
            and before.tag in (QUALITY, ADJECTIVE, VERB)
            and before.low not in ("only", "be", "is", "has", "have")
        ):
            word.tag = NOUN
        if word.low == "no" and after and after.low == "longer":
            word.tag, after.tag = ADV, ADV
        if word.low == "up" and after and (after.low in ("to", "of")):
            word.tag = ADV
            after.tag = ADV if after.low == "to" else after.tag
        if word.low in ("such", "including") and after and (after.low == "as" or word.low == "including"):
            word.tag, word.low, word.verb = CONJ, ",", None
            if after.low == "as":
                after.tag, after.low = CONJ, ","
        nominal = after is not None and (after.tag == NOUN or (after.tag == VERB and bool(after.kind)))
        if word.tag == QUALITY and nominal and word.low in vocabulary().grammar["adjective"]:
            word.tag = ADJECTIVE
        if word.low == "shaped" and before and before.tag == NOUN:
            word.tag = QUALITY
        elif word.tag == VERB and word.verb:
            _verb(word, before, after, found, place)
        elif word.tag == QUALITY and word.verb and before and after and _is_verb_here(word, before, after):
            word.tag = VERB
        elif word.low == "that" and before and before.tag == CONJ and any(w.tag == REL for w in found[:place]):
            pass
        elif word.low in ("that",) and before and before.tag in (VERB, SIGN, CONJ, PREP):
            word.tag = SUB
        elif word.low == "like" and before and before.verb and before.verb.lemma in ("look", "shape"):
            word.tag = PREP


def _name(word: Word, before: Word | None, after: Word | None) -> None:
    opens = before is None or before.text in "\"'“‘:"
    common = word.kind in ("part", "whole", "taxon")
    if (not opens and len(word.text) > 2 and not word.text.isupper()) or (word.text.isupper() and len(word.text) > 5):
        word.tag, word.kind = NOUN, word.kind if common else "name"
    elif opens and not common and (_LATIN.match(word.low) or (word.tag == NOUN and not _opens_phrase(word, after))):
        word.tag, word.kind = NOUN, "name"


def _opens_phrase(word: Word, after: Word | None) -> bool:
    """Return whether a capital only opens the sentence: a noun follows, or the word is a plural."""
    return after is None or after.tag in (NOUN, ADJECTIVE, QUALITY) or word.low.endswith("s") or len(word.text) < 4


def _verb(word: Word, before: Word | None, after: Word | None, found: Sequence[Word], place: int) -> None:
    """Decide whether what may be a verb is one; if not it is a noun or, with -ed and -ing, an adjective."""
    verb = word.verb
    if verb is None or verb.group in ("be", "modal") or verb.lemma in ("have", "call", "name", "know", "use", "term"):
        return
    attributive = (
        before is None
        or before.low in ("no", "neither", "nor", "without")
        or before.tag in (DET, QUALITY, ADJECTIVE, NUMBER)
    )
    nominal_after = (after is not None and after.tag in (NOUN, ADJECTIVE, QUALITY)) or (
        after is not None and after.tag == VERB and (bool(after.kind) or _is_plain(before, after))
    )
    if verb.form in ("ed", "ing"):
        if verb.form == "ed" and before is not None and before.tag == DET and not nominal_after:
            word.tag = ADJECTIVE  # "the left being longer"
            return
        if verb.form == "ing" and word.kind == "part" and attributive and not nominal_after:
            word.tag = NOUN
            return
        if (attributive and nominal_after and not (before is not None and before.low == "that")) or (
            (
                before is not None
                and before.tag in (PREP, CONJ, ADV, SIGN)
                and nominal_after
                and after
                and after.tag == NOUN
            )
            and verb.group not in ("have", "lack")
            and not _is_object(found, place)
        ):
            word.tag = ADJECTIVE
        return
    if attributive and not (before is not None and before.low == "that"):
        word.tag = NOUN
        return
    follows = before is not None and before.verb is not None and before.tag == VERB and before.verb.group != "modal"
    if follows and verb.form == "" and after is not None and after.tag == NOUN and before and before.low != "help":
        word.tag = NOUN  # "have swim bladders"
        return
    if before is not None and before.tag == PREP and before.low != "to":
        word.tag = NOUN
        return
    if word.kind and before is not None:
        finite = any(w.tag == VERB and w.verb and w.verb.form in ("", "s") for w in found[max(0, place - 6) : place])
        goes_on = after is not None and after.tag in (DET, NUMBER, QUALITY, ADJECTIVE, ADV, PREP, NOUN)
        joined = (
            goes_on and before.tag == CONJ and any(w.tag == VERB and w.verb for w in found[max(0, place - 14) : place])
        )
        joined |= before.low == "," and after is not None and after.tag in (DET, NUMBER, NEG)
        subject = joined or before.tag in (NOUN, PRON, REL, ADV) or before.low in ("to", ")")
        modal = before.verb is not None and before.verb.group == "modal"
        agrees = before.tag != NOUN or (verb.form == "s") != before.low.endswith(("s", "ae", "a", "i"))
        if (not modal and not (subject and agrees and not (finite and before.tag == NOUN))) or (
            not modal and before.tag == NOUN and (after is None or after.tag in (VERB, SIGN))
        ):
            word.tag = NOUN


def _is_plain(before: Word | None, after: Word) -> bool:
    """Return whether, behind an article and a participle, what may be a verb is a noun: "a ruffled sail"."""
    return before is not None and before.tag == DET and after.verb is not None and after.verb.form in ("", "s")


def _is_object(found: Sequence[Word], place: int) -> bool:
    """Return whether what follows an -ing form is its object: an article stands between or nothing does."""
    return found[place + 1].tag == DET


def _is_verb_here(word: Word, before: Word, after: Word) -> bool:
    verb = word.verb
    if verb is None or verb.form == "ed":
        return False
    if verb.form == "ing":
        return False
    return before.tag in (NOUN, PRON, REL) and after.tag in (DET, PREP, ADV, SIGN)
