"""What a sentence denies, doubts or says of others: a reading for each token."""

from dataclasses import dataclass

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.members import enumerated, goes_on, members_factor, varies_from
from seston.concepts.extract.parse import (
    ADV,
    CONJ,
    COP,
    DET,
    HAVE,
    NEG,
    NOMINAL,
    PREP,
    PUNCT,
    SUB,
    VERB,
    VERBAL,
    Clause,
    Noun,
    Parse,
)

_SEEING_BEFORE = frozenset(("be", "can", "could", "not", "clearly", "well"))
_DEFINITE = frozenset(("the", "its", "their", "this", "these", "his", "her"))
_SKIPPED_BY_NO = frozenset(("longer", "more", "less", "wider", "larger", "bigger", "shorter", "thicker", "doubt"))


@dataclass
class Scope:
    """Readings of the tokens of a sentence, one list entry a token.

    ``denied_noun`` and ``denied_quality`` say that a noun or an adjective there is denied; ``muted`` that it states
    nothing of the subject; ``factor`` multiplies the confidence; ``variable`` says that it holds at times,
    ``some`` that it holds for some members.
    """

    denied_noun: list[bool]
    denied_quality: list[bool]
    muted: list[bool]
    factor: list[float]
    variable: list[bool]
    some: list[bool]


def read_scope(parsed: Parse) -> Scope:
    """Read negation, hedges, similes and conditions of a parsed sentence.

    Parameters
    ----------
    parsed
        The sentence.

    Returns
    -------
    Scope
        (n_tokens,) readings.
    """
    n = len(parsed.tokens)
    scope = Scope([False] * n, [False] * n, [False] * n, [1.0] * n, [False] * n, [False] * n)
    for place in range(n):
        if parsed.classes[place] == NEG:
            _deny(parsed, scope, place)
        elif parsed.tokens[place].lemma in words.FREE and _next(parsed, place) == "of":
            _deny_nouns(parsed, scope, place + 1, articles=True)
    _mute(parsed, scope)
    _hedge(parsed, scope)
    for clause in parsed.clauses:
        _deny_subjects(parsed, scope, clause)
    return scope


def _next(parsed: Parse, place: int, steps: int = 1) -> str:
    return parsed.tokens[place + steps].text.lower() if place + steps < len(parsed.tokens) else ""


def _deny(parsed: Parse, scope: Scope, place: int) -> None:
    word = parsed.tokens[place].lemma
    following = parsed.tokens[place + 1].lemma if place + 1 < len(parsed.tokens) else ""
    if (word == "no" and following in _SKIPPED_BY_NO) or following == "only":
        return
    if word == "without" and following in ("the", "its", "their"):
        return
    if word == "none":
        _deny_rest(parsed, scope, place)
    elif word in ("not", "never", "cannot", "nor") and not (word == "nor" and _denies_noun(parsed, place)):
        _deny_predicate(parsed, scope, place)
    else:
        _deny_nouns(parsed, scope, place, articles=word in ("lack", "without"))


def _denies_noun(parsed: Parse, place: int) -> bool:
    return place + 1 < len(parsed.tokens) and parsed.classes[place + 1] not in VERBAL


def _deny_nouns(parsed: Parse, scope: Scope, place: int, articles: bool) -> None:
    """Deny the noun phrases that "no", "without" or "lack" governs, with those that "and" and "or" add."""
    for step in range(place + 1, len(parsed.tokens)):
        kind, token = parsed.classes[step], parsed.tokens[step]
        if kind in VERBAL and step > place + 1 and _is_whole(parsed, step - 1):
            _deny_rest(parsed, scope, step)  # "no animal has a frustule"
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
        elif low in _DEFINITE:
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
        near = near and (token.text.lower() not in _DEFINITE or parsed.classes[step - 1] == HAVE)
        scope.denied_noun[step] = near
        scope.denied_quality[step] = near or parsed.tokens[step - 1].lemma == "not"


def _is_head(parsed: Parse, place: int) -> bool:
    participle = parsed.tokens[place].lemma.endswith("ed")
    return not participle and any(noun.end - 1 == place for noun in parsed.nouns)


def _goes_on(parsed: Parse, place: int) -> bool:
    """Return whether a denied verb denies what follows a preposition: "does not live in a house"."""
    return parsed.tokens[place].lemma in ("of", "as", "by", "with") or _next(parsed, place) in ("a", "an", "any")


def _changes(parsed: Parse, place: int) -> bool:
    """Return whether a comma ends the scope of "not": "with", "a" or "the" follows."""
    return place < len(parsed.tokens) and parsed.classes[place] in (PREP, DET)


def _mute(parsed: Parse, scope: Scope) -> None:
    """Mute similes, comparisons and conditions up to the next comma, and deny what "rather than" rejects."""
    tokens = parsed.tokens
    matched = {p for match in (*parsed.qualities, *parsed.mentions) for p in range(match.begin, match.end)}
    for place, token in enumerate(tokens):
        before = tokens[place - 1].lemma if place else ""
        low = token.lemma
        if (low == "than" and before == "rather") or (low == "of" and before == "instead"):
            _until_comma(parsed, place, scope.denied_quality)
            _until_comma(parsed, place, scope.denied_noun)
        elif (
            (low == "like" and before not in ("look", "appear", "seem", "shape", "shaped", "be") and not token.tied)
            or low in ("unlike", "whether", "if")
            or (low == "than" and before in ("more", "less") and not _is_number(parsed, place + 1))
            or (low == "that" and before in ("than", "to", "like"))
        ) and place not in matched:
            _until_comma(parsed, place, scope.muted)
        if low == "eye" and before in ("the", "naked") and "to" in {t.lemma for t in tokens[max(0, place - 3) : place]}:
            scope.muted[place] = True
        plain = before != "rather" and place not in matched and not _is_number(parsed, place + 1)
        if (before, low) in words.AROUND and _next(parsed, place) not in _DEFINITE:
            scope.muted[place : parsed.clause_of(place).end] = [True] * (parsed.clause_of(place).end - place)
        compared = low == "than" and plain
        apart = low == "from" and _has_verb(parsed, place, words.APART)
        standard = {_next(parsed, place), _next(parsed, place, 2) if _next(parsed, place) in ("at", "on") else ""}
        if apart or (compared and not standard & _DEFINITE):
            _until_comma(parsed, place, scope.muted)
    for match in parsed.qualities:
        left = [token.lemma for token in tokens[max(0, match.begin - 2) : match.begin]]
        right = [token.lemma for token in tokens[match.end :]]
        counted = right[:1] in (["time"], ["mm"], ["cm"], ["µm"], ["m"])
        if left[1:] == ["than"] and left[0] in ("more", "less", "few", "fewer") and not counted:
            scope.muted[match.begin] = True
        # "Big enough to be seen", "long for a cyclopoid" and "short compared with Oithona" are no measures.
        others = right[1:2] == ["with"] and any(_is_other(parsed, match.end + step) for step in range(2, 6))
        if (
            right[:1] == ["enough"]
            or right[:2] in (["for", "a"], ["for", "an"])
            or (right[:1] == ["compared"] and others)
        ):
            scope.muted[match.begin] = True
        if left[-1:] in (["more"], ["less"], ["too"]) and match.key[0] != "than":
            scope.muted[match.begin] = True


def _has_verb(parsed: Parse, place: int, lemmas: frozenset[str]) -> bool:
    clause = parsed.clause_of(place)
    return any(parsed.tokens[step].lemma in lemmas for step in range(clause.begin, place))


def _is_other(parsed: Parse, place: int) -> bool:
    token = parsed.tokens[place] if place < len(parsed.tokens) else None
    return token is not None and (token.text[0].isupper() or token.lemma == "other")


def _is_number(parsed: Parse, place: int) -> bool:
    if place >= len(parsed.tokens):
        return False
    token = parsed.tokens[place]
    return token.text[0].isdigit() or token.lemma in words.NUMBERS


def _until_comma(parsed: Parse, place: int, flags: list[bool]) -> None:
    for step in range(place, parsed.clause_of(place).end):
        if step > place and (parsed.classes[step] == PUNCT or parsed.classes[step] == SUB):
            return
        flags[step] = True


def _hedge(parsed: Parse, scope: Scope) -> None:
    carried = False
    for clause in parsed.clauses:
        factor = members_factor(parsed, clause)
        begins = varies_from(parsed, clause)
        begins = clause.begin if begins is None and carried and goes_on(parsed, clause) else begins
        carried = begins is not None
        begins = clause.begin if parsed.tokens[clause.begin].text.lower() == "or" else begins
        variable = False
        for place in range(clause.begin, clause.end):
            low = parsed.tokens[place].text.lower()
            if low in words.HEDGES:
                factor = min(factor, words.HEDGES[low])
            variable = variable or low in words.VARIABLES or low == "either"
            some = begins is not None and place >= begins
            scope.some[place] = some or _after_some(parsed, clause.begin, place)
            if low == "can" and not _is_seeing(parsed, place + 1, clause.end):
                factor = min(factor, 0.85)
            scope.factor[place] = factor
            scope.variable[place] = variable
    for place in enumerated(parsed):
        scope.some[place] = True
        scope.factor[place] *= 0.8


def _after_some(parsed: Parse, begin: int, place: int) -> bool:
    """Return whether "some individuals" stands before a token: the individuals themselves are not in doubt."""
    for step in range(begin, place):
        if _some_members(parsed, step):
            noun = next((noun for noun in parsed.nouns if noun.begin >= step), None)
            return noun is None or parsed.classes[step + 1] in VERBAL or place >= noun.end
    return False


def _some_members(parsed: Parse, place: int) -> bool:
    """Return whether "some" or "few" there means some of the members."""
    if parsed.tokens[place].text.lower() not in ("some", "few", "others") or place + 1 == len(parsed.tokens):
        return False
    if parsed.tokens[place].text.lower() == "few" and place and parsed.tokens[place - 1].lemma == "a":
        return parsed.classes[place + 1] in VERBAL
    following = next((noun for noun in parsed.nouns if noun.begin >= place), None)
    if parsed.classes[place + 1] in VERBAL or parsed.tokens[place + 1].lemma == "of":
        return True
    return following is not None and following.plural and following.whole and following.begin <= place + 3


def _is_seeing(parsed: Parse, place: int, end: int) -> bool:
    """Return whether the predicate says no more than that something can be seen."""
    for step in range(place, min(end, place + 4)):
        token = parsed.tokens[step]
        if token.text.lower() in words.SEEING or token.lemma == "see":
            return step + 1 >= end or parsed.tokens[step + 1].lemma != "from"
        if token.lemma not in _SEEING_BEFORE and parsed.classes[step] != ADV:
            return False
    return False


def _deny_subjects(parsed: Parse, scope: Scope, clause: Clause) -> None:
    """Carry "is absent", "cannot be seen", "may be present" over to the subjects."""
    if clause.verb == clause.end:
        return
    after = range(clause.verb, clause.end)
    lemmas = [parsed.tokens[place].text.lower() for place in after]
    first = next((place for place in after if parsed.classes[place] in VERBAL), clause.verb)
    gone = next((place for place in after if _is_missing(parsed, place)), None)
    missing = gone is not None and not {"not", "never"} & set(lemmas)
    negated = next((p for p in after if parsed.tokens[p].lemma in ("not", "cannot", "never")), None)
    unseen = negated is not None and _is_seeing(parsed, negated + 1, clause.end)
    rarely = next((p for p in after if parsed.tokens[p].lemma in words.RARELY), None)
    scarce = rarely is not None and _is_seeing(parsed, rarely + 1, clause.end)
    seen = _is_seeing(parsed, first + 1, clause.end) or any(
        word in ("present", "occur", "show", "appear", "exist") for word in lemmas
    )
    either = ("absent" in lemmas and "present" in lemmas) or (missing and any(word in words.OFTEN for word in lemmas))
    either = either or any(word in words.RARE for word in lemmas) or _is_weak(parsed, first, clause.end)
    # "Absent or very small", "reduced or absent".
    either = either or ("lost" in lemmas and lemmas[lemmas.index("lost") + 1 :][:1] not in (["in"], ["by"]))
    either = either or (gone is not None and "or" in (_next(parsed, gone), parsed.tokens[gone - 1].lemma))
    doubted = any(scope.variable[place] or scope.some[place] for place in after)
    last = clause.end - 1
    for noun in clause.subjects:
        for place in range(noun.begin, min(noun.end, len(parsed.tokens))):
            if place >= clause.verb or not noun.end:
                continue
            if either or (missing and doubted):
                _doubt_phrase(parsed, scope, place)
            elif missing or unseen or scarce or _never_occurs(parsed, clause):
                _deny_phrase(parsed, scope, place)
                scope.factor[place] *= 0.7 if scarce else 0.9 if unseen else 1.0
            elif doubted and _is_indefinite(parsed, noun) and _has_modal(parsed, clause):
                _doubt_phrase(parsed, scope, place)
            elif seen:
                scope.variable[place] |= doubted
                scope.factor[place] = min(scope.factor[place], scope.factor[last])


def _has_modal(parsed: Parse, clause: Clause) -> bool:
    return any(parsed.tokens[place].lemma in ("may", "might") for place in range(clause.verb, clause.end))


def _is_indefinite(parsed: Parse, noun: Noun) -> bool:
    """Return whether a noun is new to the text: "stripes may run", "a ring may show"."""
    place = noun.begin - 1
    while place >= 0 and parsed.classes[place] in (*NOMINAL, ADV):
        place -= 1
    return place < 0 or parsed.tokens[place].text.lower() not in ("the", "its", "their", "this", "these")


def _deny_phrase(parsed: Parse, scope: Scope, place: int) -> None:
    """Deny a noun and the adjectives before it: "long antennae are absent" denies long ones."""
    scope.denied_noun[place] = True
    while place >= 0 and parsed.classes[place] in (*NOMINAL, ADV):
        scope.denied_quality[place] = True
        place -= 1


def _doubt_phrase(parsed: Parse, scope: Scope, place: int) -> None:
    while place >= 0 and parsed.classes[place] in (*NOMINAL, ADV):
        scope.variable[place] = True
        place -= 1


def _is_missing(parsed: Parse, place: int) -> bool:
    return parsed.tokens[place].text.lower() in words.MISSING


def _is_weak(parsed: Parse, verb: int, end: int) -> bool:
    """Return whether the predicate makes the subject hard to see: "is reduced", "is a minor spot"."""
    if parsed.classes[verb] != COP:
        return False
    for place in range(verb + 1, end):
        if parsed.tokens[place].lemma in words.WEAK:
            return True
        if parsed.classes[place] not in (*NOMINAL, ADV, DET):
            return False
    return False


def _never_occurs(parsed: Parse, clause: Clause) -> bool:
    lemmas = [parsed.tokens[place].lemma for place in range(clause.verb, clause.end)]
    return lemmas[:3] in (["do", "not", "occur"], ["do", "not", "exist"], ["do", "not", "show"])


def plain_noun(parsed: Parse, noun: Noun) -> bool:
    """Return whether nothing but plain adjectives, numbers and articles narrows a noun: then "no" denies the noun."""
    for place in range(noun.begin - 1, -1, -1):
        token = parsed.tokens[place]
        if parsed.classes[place] in (NEG, DET, PREP, PUNCT, CONJ, *VERBAL, SUB, ADV):
            return True
        if token.lemma not in words.PLAIN:
            return False
    return True
