"""Predicates that say whether the subject is there: "is absent", "cannot be seen", "may be present"."""

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.denial import next_word
from seston.concepts.extract.grammar import ADV, COP, DET, NOMINAL, VERBAL, Clause, Noun, Parse
from seston.concepts.extract.readings import Scope

_SEEING_BEFORE = frozenset(("be", "can", "could", "not", "clearly", "well"))


def deny_subjects(parsed: Parse, scope: Scope, clause: Clause) -> None:
    """Carry "is absent", "cannot be seen", "may be present" over to the subjects."""
    if clause.verb == clause.end:
        return
    after = range(clause.verb, clause.end)
    lemmas = [parsed.tokens[place].text.lower() for place in after]
    first = next((place for place in after if parsed.classes[place] in VERBAL), clause.verb)
    gone = next((place for place in after if _is_missing(parsed, place)), None)
    missing = gone is not None and not {"not", "never"} & set(lemmas)
    negated = next((p for p in after if parsed.tokens[p].lemma in ("not", "cannot", "never")), None)
    unseen = negated is not None and is_seeing(parsed, negated + 1, clause.end)
    rarely = next((p for p in after if parsed.tokens[p].lemma in words.RARELY), None)
    scarce = rarely is not None and is_seeing(parsed, rarely + 1, clause.end)
    seen = is_seeing(parsed, first + 1, clause.end) or any(
        word in ("present", "occur", "show", "appear", "exist") for word in lemmas
    )
    either = ("absent" in lemmas and "present" in lemmas) or (missing and any(word in words.OFTEN for word in lemmas))
    either = either or any(word in words.RARE for word in lemmas) or _is_weak(parsed, first, clause.end)
    # "Absent or very small", "reduced or absent".
    either = either or ("lost" in lemmas and lemmas[lemmas.index("lost") + 1 :][:1] not in (["in"], ["by"]))
    either = either or (gone is not None and "or" in (next_word(parsed, gone), parsed.tokens[gone - 1].lemma))
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
                # On a label's page "long chains may be cut" doubts that they are long, not the chain.
                _doubt_phrase(parsed, scope, place - (parsed.label and noun.whole))
            elif seen:
                if doubted:
                    _doubt_phrase(parsed, scope, place)
                scope.factor[place] = min(scope.factor[place], scope.factor[last])


def is_seeing(parsed: Parse, place: int, end: int) -> bool:
    """Return whether the predicate says no more than that something can be seen."""
    for step in range(place, min(end, place + 4)):
        token = parsed.tokens[step]
        if token.text.lower() in words.SEEING or token.lemma == "see":
            return step + 1 >= end or parsed.tokens[step + 1].lemma != "from"
        if token.lemma not in _SEEING_BEFORE and parsed.classes[step] != ADV:
            return False
    return False


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
