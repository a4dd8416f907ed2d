"""What a word's neighbours decide where the word alone cannot tell."""

from collections.abc import Sequence

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.open.naming import binomial, name
from seston.concepts.extract.open.pairs import OPENERS, fixed, pair
from seston.concepts.extract.open.vocabulary import Verb, vocabulary
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

_FIXED = ("have", "call", "name", "know", "use", "term")
# participles that say nothing of form before a noun
_UNSAID = words_of("attached placed set connected fixed raised directed opposed marked reflected exposed linked scored")
_ONES = frozenset(("one", "ones"))
_POWERS = frozenset(("hundred", "thousand", "million"))
_OPEN = frozenset((QUALITY, VERB))
_TOLD_BY_NEIGHBOURS = frozenset(("shaped", "that", "like"))
_BEFORE_ADVERB = frozenset((DET, NUMBER, PREP))
_BEFORE_A_NOUN = frozenset((DET, QUALITY, ADJECTIVE, NUMBER))
_BEHIND_A_VERB = frozenset((DET, NUMBER, QUALITY, ADJECTIVE, ADV, PREP, NOUN))


def settle(found: list[Word]) -> None:
    """Let the neighbours decide: names, fixed phrases, and nouns that are verbs too."""
    for place, word in enumerate(found):
        before = found[place - 1] if place else None
        after = found[place + 1] if place + 1 < len(found) else None
        if word.tag in (NOUN, ADJECTIVE) and word.kind != "name" and word.text[0].isupper():
            name(word, before, after)
            binomial(word, after)
        if after is not None and word.low in OPENERS:
            third = found[place + 2] if place + 2 < len(found) else None
            pair(word, before, after, third)
            fixed(word, before, after, third)
        if word.low in _ONES and before is not None and before.low == "middle":
            before.tag, before.kind = ADJECTIVE, ""  # "the middle one"
        if word.low in _ONES and before is not None and before.tag in (QUALITY, ADJECTIVE, VERB):
            nominal = after is not None and after.tag in (NOUN, ADJECTIVE, QUALITY)
            verbal = before.verb is not None and before.verb.form != "ing"
            if not nominal and not verbal and before.low != "only":
                word.tag = NOUN
        if word.low in _POWERS and before is not None and before.tag == NUMBER:
            word.tag, word.kind = NUMBER, ""  # "up to fifty thousand cells"
        if word.tag in _OPEN or word.low in _TOLD_BY_NEIGHBOURS:
            _class_here(word, before, after, found, place)


def _class_here(word: Word, before: Word | None, after: Word | None, found: Sequence[Word], place: int) -> None:
    nominal = after is not None and (after.tag in (NOUN, ADJECTIVE) or (after.tag == VERB and bool(after.kind)))
    if word.tag == QUALITY and nominal and word.low in vocabulary().grammar["adjective"]:
        word.tag = ADJECTIVE
    if word.low == "shaped" and before and before.tag == NOUN:
        word.tag = QUALITY
    elif word.low == "like" and before and before.tag == NOUN and before.kind != "part" and place > 1:
        fronted = found[place - 2].tag in (DET, SIGN, QUALITY, ADJECTIVE) and after is not None and after.kind == "part"
        word.tag = QUALITY if fronted and found[place - 2].low != ";" else word.tag  # "long, shrimp like legs"
    elif word.tag == VERB and word.verb:
        _verb(word, before, after, found, place)
    elif word.tag == QUALITY and word.verb and before and after and _is_verb_here(word, before, after):
        word.tag = VERB
    elif word.low == "that" and after is not None and after.low == "of":
        word.tag = DET  # "that of the female"
    elif word.low == "that" and before and before.tag in (VERB, SIGN, CONJ, PREP):
        goes_on = before.tag == CONJ and any(w.tag == REL for w in found[:place])
        goes_on |= before.low == "," and after is not None and after.tag == VERB and place > 1
        word.tag = word.tag if goes_on else SUB
    elif word.low == "like" and before and before.verb and before.verb.lemma in ("look", "shape"):
        word.tag = PREP


def _verb(word: Word, before: Word | None, after: Word | None, found: Sequence[Word], place: int) -> None:
    """Decide whether what may be a verb is one; if not it is a noun or, with -ed and -ing, an adjective."""
    verb = word.verb
    if verb is None or verb.group in ("be", "modal"):
        return
    titled = before is not None and before.tag in (DET, ADJECTIVE) and word.low in ("name", "names", "term", "terms")
    if verb.lemma in _FIXED and not titled:
        return
    denied = before is not None and before.low in ("no", "neither", "nor", "without", "some", "most")
    if before is not None and before.low in ("some", "most", "others") and verb.group in ("have", "lack"):
        return  # "some bear fine branches"
    if before is not None and before.low == "each" and place > 1 and found[place - 2].tag in (NOUN, PRON):
        return  # "the segments each bear a hook"
    attributive = before is None or denied or before.tag in _BEFORE_A_NOUN
    if verb.form in ("ed", "ing"):
        _participle(word, before, after, attributive, found, place)
        return
    noun = attributive and (before is None or before.low != "that")
    if before is not None and not noun:
        noun = _is_noun_behind(word, before, after) or (bool(word.kind) and _is_noun(found, place))
    word.tag = NOUN if noun else VERB


def _participle(
    word: Word, before: Word | None, after: Word | None, attributive: bool, found: Sequence[Word], place: int
) -> None:
    """Decide whether a form in -ed or -ing is an adjective or a noun."""
    verb, nominal = word.verb, after is not None and _is_nominal(before, after)
    if verb is None:
        return
    if verb.form == "ing" and before is not None and before.low in ("each", "both", "all", "one") and not nominal:
        return  # "each ending in a claw", "one trailing"
    if verb.form == "ed" and before is not None and before.tag == DET and not nominal:
        formed = verb.lemma in vocabulary().rules["forming"] and before.low in ("a", "an") and word.low not in _UNSAID
        word.tag = QUALITY if formed else ADJECTIVE  # "a hinged, double shell", "the left being longer"
    elif verb.form == "ing" and word.kind == "part" and attributive and not nominal:
        word.tag = NOUN
    elif attributive and nominal and not (before is not None and before.low == "that"):
        formed = verb.form == "ed" and verb.lemma in vocabulary().rules["forming"]
        word.tag = QUALITY if formed and word.low not in _UNSAID else ADJECTIVE
    elif before is not None and before.tag == ADV and nominal and place > 1 and found[place - 2].tag in _BEFORE_ADVERB:
        told = verb.lemma in vocabulary().rules["forming"] | vocabulary().rules["placed"]
        word.tag = QUALITY if told else ADJECTIVE  # "a backwardly directed spine"
    elif before is not None and before.tag == VERB and nominal and _brings(before, verb):
        word.tag = ADJECTIVE  # "has trailing tentacles"
    elif before is not None and before.tag in (PREP, CONJ, ADV, SIGN) and after is not None and after.tag == NOUN:
        had = verb.group in ("have", "lack") or _is_object(found, place)
        word.tag = word.tag if had else ADJECTIVE


def _brings(before: Word, verb: Verb) -> bool:
    """Return whether a verb of having before a participle makes it an adjective; "has lost" is no such."""
    having = before.verb is not None and before.verb.group in ("have", "lack")
    return having and before.verb is not None and (verb.form == "ing" or before.verb.lemma != "have")


def _is_nominal(before: Word | None, after: Word) -> bool:
    if after.tag in (NOUN, ADJECTIVE, QUALITY):
        return True
    return after.tag == VERB and (bool(after.kind) or _is_plain(before, after))


def _is_noun_behind(word: Word, before: Word, after: Word | None) -> bool:
    """Return whether a verb or a preposition makes the word a noun: "have swim bladders", "in use"."""
    follows = before.verb is not None and before.tag == VERB and before.verb.group != "modal"
    plain = word.verb is not None and word.verb.form == ""
    if follows and plain and after is not None and after.tag == NOUN and before.low != "help":
        return True
    had = follows and before.verb is not None and before.verb.group == "have"
    if had and plain and after is not None and after.kind:
        return True
    counted = after is not None and (after.tag == NUMBER or after.low in ("a", "an"))
    fronted = word.verb is not None and word.verb.form in ("", "s") and before.text[:1].isupper() and counted
    return before.tag == PREP and before.low != "to" and not fronted


def _is_noun(found: Sequence[Word], place: int) -> bool:
    """Return whether a word that is a part or a verb is a part here."""
    word, before = found[place], found[place - 1]
    after = found[place + 1] if place + 1 < len(found) else None
    front = found[place - 2] if before.tag == NEG and place > 1 else before  # "do not form"
    if front.verb is not None and front.verb.group == "modal":
        return False
    finite = any(w.tag == VERB and w.verb and w.verb.form in ("", "s") for w in found[max(0, place - 6) : place])
    verbal = before.tag == CONJ and any(w.tag == VERB and w.verb for w in found[max(0, place - 14) : place])
    joined = verbal and after is not None and after.tag in _BEHIND_A_VERB
    joined |= before.low == "," and after is not None and after.tag in (DET, NUMBER, NEG)
    subject = joined or before.tag in (NOUN, PRON, REL, ADV) or before.low in ("to", ")")
    third = word.verb is not None and word.verb.form == "s"
    agrees = before.tag != NOUN or third != before.low.endswith(("s", "ae", "a", "i"))
    if not (subject and agrees and not (finite and before.tag == NOUN)):
        return True
    return before.tag == NOUN and (after is None or after.tag in (VERB, SIGN))


def _is_plain(before: Word | None, after: Word) -> bool:
    """Return whether, behind an article and a participle, what may be a verb is a noun: "a ruffled sail"."""
    return before is not None and before.tag == DET and after.verb is not None and after.verb.form in ("", "s")


def _is_object(found: Sequence[Word], place: int) -> bool:
    """Return whether what follows an -ing form is its object: an article stands between or nothing does."""
    return found[place + 1].tag == DET


def _is_verb_here(word: Word, before: Word, after: Word) -> bool:
    verb = word.verb
    if verb is None:
        return False
    if verb.form == "ed":
        return before.tag in (NOUN, PRON, REL) and after.tag == DET and after.low != "all"
    if verb.form == "ing":
        return False
    return before.tag in (NOUN, PRON, REL) and after.tag in (DET, PREP, ADV, SIGN)
