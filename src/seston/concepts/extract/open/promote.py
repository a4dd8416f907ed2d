"""Where a word that may be two things is which: noun or verb, preposition or adverb, participle or finite."""

import re
from collections.abc import Sequence

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.open.shades import HUES
from seston.concepts.extract.open.vocabulary import vocabulary
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

_OBJECT = (DET, NUMBER, ADV, PRON)
_PLURAL = re.compile(r".*(?:[^siu]s|ae|[^aeiou]i|ia)$")
_ALONE = words_of(
    "above below behind beneath underneath within inside outside across around beyond along over in on off through near"
)
_SHADES = words_of("deep bright pale dark light dull rich vivid")
_COLOURS = words_of(
    "red orange yellow green blue violet purple pink brown black white grey gray golden reddish yellowish greenish "
    "bluish brownish purplish pinkish whitish greyish crimson scarlet"
)
_REGIONS = words_of("inside outside interior exterior posterior anterior underside rear front top")
_BEHIND = words_of("in at with on towards toward than below above behind")
_NO_FORM = ("vorous", "genic", "able", "ible", "trophic", "ory", "ant", "ful", "philic")
_OUT = words_of("out up down off away back")


def promote(found: Sequence[Word]) -> None:
    """Turn nouns into the verbs they are here, and prepositions without a noun into adverbs."""
    open_ = True
    head: Word | None = None
    for place, word in enumerate(found):
        before = found[place - 1] if place else None
        after = found[place + 1] if place + 1 < len(found) else None
        if word.tag in (SIGN, CONJ, SUB, REL):
            open_, head = True, None
        elif word.tag == VERB and word.verb and word.verb.form in ("", "s"):
            open_ = False
        elif word.tag == NOUN and word.verb and before and _is_verb(word, before, after, open_, head):
            word.tag, word.kind, open_ = VERB, "", False
        elif word.tag == PREP and before and before.tag == NOUN:
            head = head or before
        _adverb(word, before, after)
        if word.low == "once" and after and after.verb and after.verb.form == "ed":
            word.tag = ADV  # "once called"
        if word.low == "so" and after and after.tag in (QUALITY, ADJECTIVE, ADV, NUMBER):
            word.tag = ADV
        if before and before.tag == DET and word.low in _REGIONS and after and (after.tag == VERB or after.low == "of"):
            word.tag, word.kind = NOUN, "part"
        if word.tag == ADJECTIVE and before and _is_told(found, place, after):
            word.tag, word.kind = QUALITY, "told"
        if (
            word.low == "that"
            and before
            and before.tag in (QUALITY, ADJECTIVE)
            and any(w.low == "so" for w in found[:place])
        ):
            word.tag = SUB


def _is_told(found: Sequence[Word], place: int, after: Word | None) -> bool:
    """Return whether an adjective that no list of form has stands behind a verb of being: "the fin is adipose"."""
    word, at = found[place], place - 1
    if word.low in vocabulary().rules["not-of-form"] or word.low.endswith(_NO_FORM):
        return False
    if after is not None and not (after.tag in (CONJ, SUB, ADV) or after.text in ".,;:" or after.low in _BEHIND):
        return False
    if at >= 0 and found[at].kind == "part" and after is not None and after.text in ",;.":
        return (
            all(one.tag in (NOUN, ADJECTIVE) for one in found[max(0, at - 2) : at]) and at < 3
        )  # "Raphe central, fine"
    while at >= 0 and (found[at].tag in (ADV, NEG, CONJ) or found[at].text == "," or found[at].tag == QUALITY):
        at -= 1
    verb = found[at].verb if at >= 0 else None
    return verb is not None and found[at].tag == VERB and verb.group == "be"


def _adverb(word: Word, before: Word | None, after: Word | None) -> None:
    """Turn a preposition without a noun, a shade before a colour, and "out" behind a verb into adverbs."""
    alone = word.tag == PREP and word.low in _ALONE and (after is None or _ends(after))
    shade = (
        after is not None
        and after.tag == QUALITY
        and (word.low in _SHADES or (word.tag == QUALITY and word.low in HUES))
    )
    shade = shade and after is not None and after.low.rpartition("-")[2] in _COLOURS
    if alone or shade:
        word.tag = ADV
    elif word.low in _OUT and before:
        bent = before.verb is not None and before.tag == QUALITY and not _nominal(after)
        if before.tag == VERB or bent:
            word.tag, word.kind = ADV, ""


def _nominal(after: Word | None) -> bool:
    return after is not None and after.tag in (NOUN, ADJECTIVE, QUALITY)


def _ends(after: Word) -> bool:
    return after.tag in (CONJ, VERB, SUB) or (after.tag == SIGN and after.text in ",.;:")


def _is_verb(word: Word, before: Word, after: Word | None, open_: bool, head: Word | None) -> bool:
    verb = word.verb
    if verb is None:
        return False
    if before.tag == VERB and before.verb and before.verb.group == "modal":
        return verb.form == ""
    if not open_ or after is None or before.tag not in (NOUN, PRON, REL, ADV) or before.kind == "name":
        return False
    plural = before.low in ("they", "which", "that", "who") or bool(_PLURAL.match(before.low))
    if before.tag == ADV and before.low not in _ALONE and not before.low.endswith("ly"):
        return False
    singular = before.tag != NOUN or not _PLURAL.match(before.low)
    if head is not None:
        plural |= bool(_PLURAL.match(head.low))
        singular |= not _PLURAL.match(head.low)
    agrees = singular if verb.form == "s" else plural
    goes_on = after.tag in _OBJECT or (after.tag == PREP and after.low != "of")
    goes_on |= before.kind == "part" and plural and after.tag == NOUN and bool(_PLURAL.match(after.low))
    goes_on |= before.kind == "taxon" and plural and after.tag == NOUN  # "snails filter food"
    return agrees and (goes_on or (verb.form == "s" and after.text == "." and not word.kind))
