"""Verb groups: auxiliaries, adverbs and the verb that carries the meaning."""

from collections.abc import Sequence

from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.word import ADV, CONJ, DET, NEG, NUMBER, SIGN, VERB, Word


def verb_group(words: Sequence[Word], place: int) -> Phrase:
    """Read auxiliaries, adverbs and the verb that carries the meaning."""
    phrase = Phrase("verb", place, place + 1, low=words[place].low)
    at, last = place, words[place]
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
        elif _goes_with(words, at, last):
            phrase.end = at + 1
        else:
            break
        at += 1
    _finished(phrase, words, last)
    return phrase


def _goes_with(words: Sequence[Word], at: int, last: Word) -> bool:
    """Return whether an adverb belongs to the verbs around it, not to the adjective behind it."""
    after = words[at + 1].tag if at + 1 < len(words) else -1
    if words[at].tag != ADV:
        return False
    if after in (VERB, ADV, NEG):
        return True
    return last.verb is not None and last.verb.group == "be" and after in (-1, SIGN, CONJ)


def _finished(phrase: Phrase, words: Sequence[Word], last: Word) -> None:
    """Settle whether the group is finite and whether it is passive."""
    verb, first = last.verb, words[phrase.begin]
    if verb is None:
        return
    phrase.group, phrase.lemma = verb.group, verb.lemma
    alone = phrase.end - phrase.begin == 1 or not phrase.passive
    phrase.finite = verb.form in ("", "s") or phrase.passive or first.verb is not verb
    if alone and verb.form == "ed" and first is last:
        phrase.finite = verb.group == "be" or verb.lemma in ("have", "lack") or _has_object(words, phrase.end)
        phrase.passive = not phrase.finite


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
