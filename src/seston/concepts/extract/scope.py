"""What a sentence denies, doubts or says of others: a reading for each token."""

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.comparison import mute
from seston.concepts.extract.denial import deny, deny_nouns, next_word
from seston.concepts.extract.existence import deny_subjects, is_seeing
from seston.concepts.extract.grammar import NEG, VERBAL, Parse
from seston.concepts.extract.members import enumerated, goes_on, members_factor, varies_from
from seston.concepts.extract.readings import Scope


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
            deny(parsed, scope, place)
        elif parsed.tokens[place].lemma in words.FREE and next_word(parsed, place) == "of":
            deny_nouns(parsed, scope, place + 1, articles=True)
    mute(parsed, scope)
    _hedge(parsed, scope)
    for clause in parsed.clauses:
        deny_subjects(parsed, scope, clause)
    return scope


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
            if low == "can" and not is_seeing(parsed, place + 1, clause.end):
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
    if following is None or not following.plural or following.begin > place + 3:
        return False
    return following.whole or following.name in words.PICTURES
