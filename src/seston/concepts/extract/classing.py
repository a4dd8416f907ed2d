"""The class of each word of a sentence."""

from collections.abc import Sequence

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.grammar import (
    ADV,
    CONJ,
    COP,
    DET,
    HAVE,
    MAKE,
    MODAL,
    NEG,
    NOMINAL,
    PREP,
    PRON,
    PUNCT,
    QUAL,
    SUB,
    VERB,
    WORD,
)
from seston.concepts.extract.phrases import is_plural
from seston.concepts.extract.tokens import Token
from seston.concepts.extract.wordings import Match

_CLASSES = (
    (words.NEGATORS, NEG),
    (words.COPULAS, COP),
    (words.HAVING, HAVE),
    (words.MAKING, MAKE),
    (words.MODALS, MODAL),
    (words.DETERMINERS, DET),
    (words.PRONOUNS, PRON),
    (words.CONJUNCTIONS, CONJ),
    (words.SUBORDINATORS, SUB),
    (words.PREPOSITIONS, PREP),
    (words.ADVERBS, ADV),
    (words.OTHER_VERBS, VERB),
)


def classify(
    tokens: Sequence[Token], qualities: Sequence[Match], mentions: Sequence[Match], shapes: frozenset[str]
) -> list[int]:
    """Return the class of each token, adjectives being what the scheme has as such."""
    classes = [_class_of(token, tokens[place - 1] if place else None) for place, token in enumerate(tokens)]
    for match in mentions:
        for place in range(match.begin, match.end):
            if classes[place] == VERB and tokens[place].lemma not in ("see", "view"):
                classes[place] = WORD
    for match in qualities:
        if match.end - match.begin == 1 and classes[match.begin] == HAVE:
            continue  # "carries a mass" is having, wherever "carries eggs" says how
        if match.end - match.begin == 1 and classes[match.begin] == VERB:
            before = classes[match.begin - 1] if match.begin else -1
            # "separates" is no "separate", and flakes that "stick" to a thread are no sticks.
            if is_plural(tokens[match.begin]) or (match.key[0] in shapes and before not in (DET, COP, QUAL, PREP)):
                continue
        if match.end - match.begin == 1 or any(classes[place] in NOMINAL for place in range(match.begin, match.end)):
            # "Ends in a point" keeps its verb.
            verb = match.end - match.begin > 1 and classes[match.begin] == VERB
            acts = verb and match.begin > 0 and classes[match.begin - 1] not in (COP, ADV, HAVE, PUNCT)
            first = match.begin + acts
            for place in range(first, match.end):
                if classes[place] not in (DET, NEG):
                    classes[place] = QUAL
    for place in range(len(tokens)):
        if classes[place] in (VERB, MAKE) and _is_noun(tokens, classes, place):
            classes[place] = WORD
    return classes


def _is_noun(tokens: Sequence[Token], classes: Sequence[int], place: int) -> bool:
    """Return whether a word like "line" or "ends" is a noun where it stands: after an adjective, or before a verb."""
    before = classes[place - 1] if place else -1
    after = classes[place + 1] if place + 1 < len(classes) else -1
    counted = place > 0 and tokens[place - 1].lemma in ("few", "many", "several", "most")
    return (
        (before == QUAL and not counted and not is_plural(tokens[place - 1]))
        or (place > 0 and tokens[place - 1].lemma in words.NUMBERS)
        or (after in (COP, HAVE, MODAL) and before not in (PRON, CONJ, PUNCT))
    )


def _class_of(token: Token, previous: Token | None) -> int:
    if not token.text[0].isalnum():
        return PUNCT
    if token.tied:
        return WORD
    low = token.text.lower()
    for members, kind in _CLASSES:
        if low in members or token.lemma in members:
            if kind in (VERB, MAKE) and previous is not None and _wants_noun(previous):
                return WORD
            return kind
    if low.endswith("ly") and len(low) > 4 and low not in words.NO_ADVERBS:
        return ADV
    return WORD


def _wants_noun(previous: Token) -> bool:
    """Return whether a word like "form" after `previous` is a noun rather than a verb."""
    return previous.lemma in words.DETERMINERS or previous.lemma in ("of", "in", "with", "neither")
