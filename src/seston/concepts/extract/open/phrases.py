"""Noun phrases, verb groups and loose adjectives of a sentence, from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from seston.concepts.extract.open.tagging import (
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
from seston.concepts.extract.open.vocabulary import NUMBERS, vocabulary

_NOMINAL = frozenset((NOUN, ADJECTIVE, QUALITY, NUMBER))
_JOINING = frozenset(("and", "or", ",", "to", "but", "/", "nor"))
_LIMITS = frozenset(("up", "about", "over", "at", "least", "more", "than", "only", "around", "just", "or"))
_SHADES = ("deep", "bright", "pale", "dark", "light", "dull", "rich", "vivid")
_JOINT = -1


@dataclass(slots=True)
class Quality:
    """An adjective of form, words ``begin``:``end``; ``either`` says that it is one of several alternatives."""

    text: str
    begin: int
    end: int
    either: bool = False
    denied: bool = False


@dataclass(slots=True, eq=False)
class Phrase:
    """Words ``begin``:``end``. ``sort`` is "noun", "verb", "quality", "prep", "join", "sub", "rel" or "stop".

    Of a noun phrase, ``head`` is the place of its head, ``kind`` the head's, ``name`` its words without article,
    number and qualities; ``some``, ``none`` and ``the`` are what its article says.
    """

    sort: str
    begin: int
    end: int
    head: int = -1
    kind: str = ""
    name: str = ""
    low: str = ""
    qualities: list[Quality] = field(default_factory=list)
    number: Quality | None = None
    some: bool = False
    none: bool = False
    the: bool = False
    indefinite: bool = False
    own: bool = False
    group: str = ""
    lemma: str = ""
    denied: bool = False
    modal: bool = False
    finite: bool = True
    passive: bool = False
    aspect: bool = False
    sortof: bool = False


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
            phrase.sort = "join" if after == QUALITY else "prep"
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
            "to", "or", *NUMBERS,
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
        while at < len(found) and found[at].sort in ("mark", "adv"):
            at += 1
        names = at < len(found) and found[at].sort == "verb" and found[at].lemma in ("call", "name", "term", "know")
        if (
            phrase.sort == "noun"
            and phrase.kind in ("", "part")
            and phrase.qualities
            and names
            and not found[at].finite
        ):
            after = next((n for n in range(at + 1, len(found)) if found[n].sort == "noun"), -1)
            if 0 < after <= at + 3 and found[after].kind in ("", "part"):
                phrase.name, phrase.kind, place = found[after].name, "part", after
        kept.append(phrase)
        place += 1
    return kept


def _phrase(words: Sequence[Word], place: int) -> Phrase:
    word = words[place]
    if word.tag in (DET, NEG, NUMBER, NOUN, ADJECTIVE, QUALITY, ADV):
        noun = _noun_phrase(words, place)
        if noun:
            return noun
    if word.tag == VERB:
        return _verb_group(words, place)
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


_POINTING = frozenset(("the", "those", "these", "this", "another", "either", "each", "both", "all"))
_FLOATING = frozenset(("each", "both", "all", "either"))


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
    start = place - 1 if place and words[place - 1].tag == ADV and words[place - 1].low in _SHADES else start
    phrase.qualities.append(Quality(_wording(words, place), start, place + 1))
    return phrase


def _wording(words: Sequence[Word], place: int) -> str:
    """Return the adjective with its adverb of degree: "slightly curved", and its noun: "ribbon shaped"."""
    text = words[place].text if words[place].text[:1] == "U" and "-" in words[place].text else words[place].low
    before = words[place - 1] if place else None
    if words[place].low == "shaped" and before:
        return f"{before.low} shaped"
    if before and before.tag == ADV and before.low in _SHADES:
        return f"{before.low} {text}"
    if before and before.tag == ADV and before.low.endswith("ly") and before.low not in vocabulary().grammar["some"]:
        return (
            f"{before.low} {text}"
            if before.low
            not in ("probably", "roughly", "only", "possibly", "likely", "especially", "particularly", "usually")
            else text
        )
    return text


def _noun_phrase(words: Sequence[Word], place: int) -> Phrase | None:
    """Read articles, numbers, adjectives and nouns; nothing where no noun ends them."""
    begin, at = place, place
    phrase = Phrase("noun", begin, begin)
    alternatives: list[int] = []
    parts: list[int] = []
    head = -1
    while at < len(words):
        word = words[at]
        if word.tag in (DET, NEG) and head < 0 and not parts and not phrase.qualities and phrase.number is None:
            if word.tag == NEG and word.low not in ("no", "neither", "nor"):
                break
            phrase.none |= word.low in ("no", "neither", "nor")
            phrase.some |= word.low in ("some", "most", "certain", "various", "few")
            phrase.own |= word.low in ("its", "their")
            phrase.indefinite |= word.low in ("a", "an")
            phrase.the |= word.low in ("the", "its", "their", "this", "these", "those", "his", "her")
        elif word.low in ("or", "to") and phrase.number and phrase.number.end == at and _more(words, at + 1):
            text = f"{phrase.number.text} {word.low} {words[at + 1].low}"
            phrase.number = Quality(text, phrase.number.begin, at + 2)
            at += 1
        elif word.tag == NUMBER and head < 0:
            phrase.number = _number(words, begin, at, phrase.number)
        elif word.tag == ADV and head < 0 and at + 1 < len(words) and words[at + 1].tag in (*_NOMINAL, ADV, DET):
            if word.low in ("some", "most", "certain", "various") and (at == begin or words[at - 1].tag in (DET, PREP)):
                phrase.some = True
        elif word.tag == QUALITY and not (head >= 0 and words[head].tag == NOUN and not _goes_on(words, at)):
            degree = at > begin and words[at - 1].tag == ADV and words[at - 1].low.endswith(("ly", *_SHADES))
            start = at - 1 if degree else at
            phrase.qualities.append(Quality(_wording(words, at), start, at + 1))
            if word.low == "shaped" and parts:
                parts.pop()
                head = -1
        elif word.tag == ADJECTIVE:
            if head >= 0 and not _goes_on(words, at):
                break
            parts.append(at)
        elif word.tag == NOUN and word.low.endswith(("'", "’", "'s", "’s")):
            pass
        elif word.tag == NOUN:
            if (
                head >= 0
                and not word.kind
                and words[head].kind not in ("", "name")
                and words[head].low != words[head].lemma
            ):
                break  # "tentacles strains": a plural does not stand before a noun
            parts.append(at)
            head = at
        elif word.low in _JOINING and head < 0 and phrase.qualities and _adjective_then_noun(words, at + 1):
            if word.low in ("or", "to"):
                alternatives.append(at)
        elif word.low in ("and", ",", "or") and parts and head < 0 and _adjective_then_noun(words, at + 1):
            parts.append(_JOINT)
        elif word.low in ("'", "“", "”", '"', "_", "‘", "’") and at + 1 < len(words) and words[at + 1].tag in _NOMINAL:
            if head >= 0:
                break
        else:
            break
        at += 1
    if head < 0:
        return None
    at = head + 1
    phrase.qualities = [one for one in phrase.qualities if one.end <= at]
    _alternatives(words, phrase.qualities, alternatives)
    phrase.end, phrase.head, phrase.kind = at, head, words[head].kind
    parts = [one for one in parts if one <= head]
    phrase.low = words[head].low
    phrase.name = _named(words, parts)
    if phrase.low in ("one", "ones"):
        phrase.kind, phrase.name = "pron", "~"
    _quantity_of(words, phrase)
    phrase.aspect = phrase.kind != "part" and words[phrase.head].lemma in vocabulary().grammar["aspect"]
    return phrase


def _more(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and (words[at].tag == NUMBER or words[at].low in ("more", "fewer", "less"))


def _alternatives(words: Sequence[Word], qualities: Sequence[Quality], joints: Sequence[int]) -> None:
    """Mark the adjectives that "or" joins: in "thin dark or grey bar" the last two."""
    for joint in joints:
        for number, one in enumerate(qualities):
            if one.begin == joint + 1 or (one.end == joint and number + 1 < len(qualities)):
                one.either = True
                at = number - 1
                while one.end == joint and at >= 0 and words[qualities[at].end].low == ",":
                    qualities[at].either = True
                    at -= 1


def _number(words: Sequence[Word], begin: int, at: int, before: Quality | None) -> Quality:
    start = before.begin if before else at
    while start > begin and words[start - 1].low in _LIMITS:
        start -= 1
    return Quality(" ".join(word.low for word in words[start : at + 1]), start, at + 1)


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Return whether a noun follows directly: then an adjective behind a noun is within its phrase."""
    return at + 1 < len(words) and words[at + 1].tag == NOUN


def _adjective_then_noun(words: Sequence[Word], at: int) -> bool:
    """Return whether adjectives stand there, and a noun behind them."""
    start = at
    while at < len(words) and (
        words[at].tag in (QUALITY, ADJECTIVE, ADV) or (at > start and words[at].low in ("and", "or", ",", "to"))
    ):
        at += 1
    if at < len(words) and at > start and words[at].tag == NOUN:
        return words[at - 1].tag in (QUALITY, ADJECTIVE)
    return False


def _is_proper(word: Word) -> bool:
    return word.kind == "name" or (word.kind == "taxon" and word.text[0].isupper())


def _named(words: Sequence[Word], parts: Sequence[int]) -> str:
    if not parts:
        return ""
    front = [
        "&" if one == _JOINT else words[one].low for one in parts[:-1] if one == _JOINT or not _is_proper(words[one])
    ]
    front = [word for word in front if word not in ("other", "different", "certain", "same")]
    last = words[parts[-1]]
    return " ".join([*front, last.text if last.kind == "name" else last.lemma]).replace("'s", "")


def _quantity_of(words: Sequence[Word], phrase: Phrase) -> None:
    """Let "a pair of antennae" be antennae, a pair: the noun after "of" is the head."""
    lists = vocabulary().grammar
    counting = words[phrase.head].lemma in lists["ofquantity"] or words[phrase.head].low in lists["ofquantity"]
    at = phrase.end
    if not counting or at + 1 >= len(words) or words[at].low != "of":
        return
    inner = _noun_phrase(words, at + 1)
    if inner is None or inner.head < 0:
        return
    what = words[phrase.head].lemma
    if what in ("pair", "couple") and not phrase.the and phrase.number is None and inner.number is None:
        phrase.number = Quality(what, phrase.head, phrase.head + 1)
    elif phrase.number is not None:
        phrase.number = Quality(f"{phrase.number.text} {words[phrase.head].low}", phrase.number.begin, phrase.head + 1)
    else:
        phrase.number = inner.number
    phrase.qualities = [
        *(phrase.qualities if what in ("pair", "row", "ring", "crown", "tuft", "whorl") else []),
        *inner.qualities,
    ]
    if what in ("group", "kind", "type", "sort", "form", "series", "set", "number") and phrase.number:
        phrase.number = None if what != "set" else phrase.number
    phrase.sortof = what in ("kind", "type", "sort", "form")
    phrase.end, phrase.head, phrase.kind, phrase.name = inner.end, inner.head, inner.kind, inner.name
    phrase.low, phrase.the, phrase.some = inner.low, phrase.the and inner.the, phrase.some or inner.some


def _verb_group(words: Sequence[Word], place: int) -> Phrase:
    """Read auxiliaries, adverbs and the verb that carries the meaning."""
    phrase = Phrase("verb", place, place + 1)
    at = place
    last = words[place]
    while at < len(words):
        word = words[at]
        if word.tag == VERB and word.verb:
            if at > place and not _continues(last, word):
                break
            phrase.modal |= word.verb.group == "modal" and word.low not in ("do", "does", "did", "will", "cannot")
            phrase.denied |= word.low == "cannot"
            phrase.passive = word.verb.form == "ed" and last.verb is not None and last.verb.group == "be" and at > place
            last, phrase.end = word, at + 1
        elif word.tag == NEG and word.low in ("not", "never"):
            phrase.denied, phrase.end = True, at + 1
        elif word.tag == ADV and at + 1 < len(words) and words[at + 1].tag in (VERB, ADV, NEG):
            phrase.end = at + 1
        elif word.tag == ADV and last.verb is not None and last.verb.group == "be":
            if at + 1 < len(words) and words[at + 1].tag not in (SIGN, CONJ):
                break
            phrase.end = at + 1
        else:
            break
        at += 1
    verb = last.verb
    if verb is not None:
        phrase.group, phrase.lemma = verb.group, verb.lemma
        alone = phrase.end - place == 1 or not phrase.passive
        phrase.finite = verb.form in ("", "s") or phrase.passive or words[place].verb is not last.verb
        if alone and verb.form == "ed" and words[place] is last:
            phrase.finite = verb.group in ("be",) or verb.lemma in ("have", "lack") or _has_object(words, phrase.end)
            phrase.passive = not phrase.finite
    phrase.low = words[place].low
    return phrase


def _has_object(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].tag in (DET, NUMBER)


def _continues(last: Word, word: Word) -> bool:
    """Return whether a verb behind a verb belongs to it: "is covered", "may have", "has been"."""
    if last.verb is None or word.verb is None:
        return False
    if last.verb.group == "modal":
        return word.verb.form == "" or word.low == "be"
    if last.verb.group == "be":
        return word.verb.form in ("ed", "ing")
    if last.verb.lemma == "have":
        return word.verb.form == "ed"
    return False
