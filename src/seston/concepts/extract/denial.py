"""What "no", "not" and their like deny."""

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.grammar import (
    ADV,
    CONJ,
    DET,
    HAVE,
    NEG,
    NOMINAL,
    PREP,
    PUNCT,
    SUB,
    VERB,
    VERBAL,
    Noun,
    Parse,
)
from seston.concepts.extract.readings import Scope

DEFINITE = frozenset(("the", "its", "their", "this", "these", "his", "her"))
_SKIPPED_BY_NO = frozenset(("longer", "more", "less", "wider", "larger", "bigger", "shorter", "thicker", "doubt"))


def deny(parsed: Parse, scope: Scope, place: int) -> None:
    """Deny what the negator at a token governs."""
    word = parsed.tokens[place].lemma
    following = parsed.tokens[place + 1].lemma if place + 1 < len(parsed.tokens) else ""
    if (word == "no" and following in _SKIPPED_BY_NO) or following == "only":
        return
    if word == "without" and following in ("the", "its", "their"):
        return
    if word == "neither" and (verb := _predicate_of(parsed, place)):
        _deny_rest(parsed, scope, verb)
    elif word == "none":
        _deny_rest(parsed, scope, place)
    elif word in ("not", "never", "cannot", "nor") and not (word == "nor" and _denies_noun(parsed, place)):
        _deny_predicate(parsed, scope, place)
    else:
        deny_nouns(parsed, scope, place, articles=word in ("lack", "without"))


def _predicate_of(parsed: Parse, place: int) -> int:
    """Return the verb of "neither end is pointed"; 0 where "neither" joins nouns."""
    step = place + 1
    while step < len(parsed.tokens) and parsed.classes[step] in NOMINAL:
        step += 1
    return step if step < len(parsed.tokens) and step > place + 1 and parsed.classes[step] in VERBAL else 0


def _denies_noun(parsed: Parse, place: int) -> bool:
    return place + 1 < len(parsed.tokens) and parsed.classes[place + 1] not in VERBAL


def deny_nouns(parsed: Parse, scope: Scope, place: int, articles: bool) -> None:
    """Deny the noun phrases that "no", "without" or "lack" governs, with those that "and" and "or" add."""
    for step in range(place + 1, len(parsed.tokens)):
        kind, token = parsed.classes[step], parsed.tokens[step]
        any_part = parsed.tokens[step - 1].lemma == "part"
        if kind in VERBAL and step > place + 1 and (any_part or _is_whole(parsed, step - 1)):
            _deny_rest(parsed, scope, step)  # "no animal has a frustule"
            return
        if kind == VERB and step > place + 1 and token.lemma in words.STANDING:
            _deny_where(parsed, scope, place, step)
            return
        if kind == VERB and step > place + 1 and token.text.lower() not in words.SEEING:
            # "No leg ends in a claw" denies neither the legs nor, plainly, anything else.
            _leave_open(parsed, scope, place, step)
            return
        if kind == PREP and token.lemma == "with" and _is_whole(parsed, step - 1):
            continue  # "no body with head or limbs"
        if kind == PREP and token.lemma != "of" and kind not in (SUB, NEG):
            _mute_indefinite(parsed, scope, step)
            return
        if kind in (SUB, NEG) or (kind in VERBAL and step > place + 1):
            return
        if kind == PUNCT and token.text != ",":
            return
        if kind == CONJ and token.lemma in ("but", "so", "yet"):
            return
        if kind == DET and not articles and parsed.tokens[step - 1].text.lower() in ("and", ","):
            return
        scope.denied_noun[step] = scope.denied_quality[step] = True


def _deny_where(parsed: Parse, scope: Scope, place: int, verb: int) -> None:
    """Deny that the subject is where the verb puts it, when the scheme has that; else the subject stays denied."""
    where = next((m for m in parsed.qualities if m.begin >= verb and m.end > verb + 1), None)
    between = range(verb + 1, where.begin) if where else ()
    if where is None or any(parsed.classes[step] not in (ADV, DET) for step in between):
        return
    for step in range(where.begin, where.end):
        scope.denied_quality[step] = True
    for step in range(place, verb):
        scope.denied_noun[step] = scope.denied_quality[step] = False
        scope.muted[step] = True


def _mute_indefinite(parsed: Parse, scope: Scope, place: int) -> None:
    """Mute what a denied noun is denied to have: "no stem with nectophores" has no nectophores, or others.

    What "the" or "its" introduces is there: "no stem outside the bell".
    """
    definite = False
    for step in range(place, parsed.clause_of(place).end):
        kind, low = parsed.classes[step], parsed.tokens[step].text.lower()
        if kind in VERBAL or (kind == PUNCT and low != ",") or (kind == CONJ and low == "but") or kind in (SUB, NEG):
            return
        if kind in (PREP, CONJ, PUNCT):
            definite = False
        elif low in DEFINITE:
            definite = True
        scope.muted[step] = scope.muted[step] or (not definite and kind in NOMINAL)


def _is_whole(parsed: Parse, place: int) -> bool:
    return any(noun.whole and noun.end - 1 == place for noun in parsed.nouns)


def _deny_rest(parsed: Parse, scope: Scope, place: int) -> None:
    """Deny all that "none" has in its clause: "none ends in a claw"."""
    for step in range(place + 1, parsed.clause_of(place).end):
        scope.denied_noun[step] = scope.denied_quality[step] = True


def _leave_open(parsed: Parse, scope: Scope, place: int, verb: int) -> None:
    for step in range(place, parsed.clause_of(place).end):
        scope.denied_noun[step] = scope.denied_quality[step] = False
        scope.muted[step] = True


def _deny_predicate(parsed: Parse, scope: Scope, place: int) -> None:
    """Deny what follows "not" in its clause; a noun only up to the first preposition after it."""
    clause = parsed.clause_of(place)
    near = True
    for step in range(place + 1, clause.end):
        kind, token = parsed.classes[step], parsed.tokens[step]
        if kind == PUNCT and token.text == "," and _changes(parsed, step + 1):
            return
        if kind == PREP and _is_head(parsed, step - 1) and token.lemma != "of":
            _mute_indefinite(parsed, scope, step)
            near = False
        elif kind == PREP and step > place + 1 and not _goes_on(parsed, step):
            near = False
        # "Does not fringe the antennae" takes the antennae for granted; "does not have the arms of" does not.
        near = near and (token.text.lower() not in DEFINITE or parsed.classes[step - 1] == HAVE)
        scope.denied_noun[step] = near
        scope.denied_quality[step] = near or parsed.tokens[step - 1].lemma == "not"


def _is_head(parsed: Parse, place: int) -> bool:
    participle = parsed.tokens[place].lemma.endswith("ed")
    return not participle and any(noun.end - 1 == place for noun in parsed.nouns)


def _goes_on(parsed: Parse, place: int) -> bool:
    """Return whether a denied verb denies what follows a preposition: "does not live in a house"."""
    return parsed.tokens[place].lemma in ("of", "as", "by", "with") or next_word(parsed, place) in ("a", "an", "any")


def _changes(parsed: Parse, place: int) -> bool:
    """Return whether a comma ends the scope of "not": "with", "a" or "the" follows."""
    return place < len(parsed.tokens) and parsed.classes[place] in (PREP, DET)


def next_word(parsed: Parse, place: int, steps: int = 1) -> str:
    """Return the word some steps on, in lower case; nothing behind the end."""
    return parsed.tokens[place + steps].text.lower() if place + steps < len(parsed.tokens) else ""


def plain_noun(parsed: Parse, noun: Noun) -> bool:
    """Return whether nothing but plain adjectives, numbers and articles narrows a noun: then "no" denies the noun."""
    for place in range(noun.begin - 1, -1, -1):
        token = parsed.tokens[place]
        if parsed.classes[place] in (NEG, DET, PREP, PUNCT, CONJ, *VERBAL, SUB, ADV):
            return True
        if token.lemma not in words.PLAIN:
            return False
    return True
