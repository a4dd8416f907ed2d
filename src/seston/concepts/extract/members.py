"""Of how many members of a group a clause speaks.

What is said of some members varies; what is said of many, or of females, is less sure; the rest is said of all. The
words for it are "some", "in several genera", "a few species", "older colonies", "in males", or another taxon's name.
"""

from itertools import pairwise

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.grammar import CONJ, COP, DET, NOMINAL, PREP, PUNCT, QUAL, SUB, VERBAL, Clause, Noun, Parse
from seston.concepts.extract.phrases import is_self
from seston.concepts.extract.tokens import Token

_SOME = frozenset(("some", "few", "several", "others", "certain", "various", "one"))
_QUANTIFIERS = frozenset((*_SOME, "many", "numerous", "other"))
_ENDS = frozenset((PUNCT, CONJ, SUB, PREP, *VERBAL))
MANY, MANY_KINDS, FEMALE = 0.85, 0.7, 0.8


def varies_from(parsed: Parse, clause: Clause) -> int | None:
    """Return the token from which on a clause speaks of some members only; None when it speaks of all."""
    place = next((p for p in range(clause.begin, clause.end - 1) if _in_some(parsed, p, clause.end)), None)
    if place is not None:
        return _stretch(parsed, clause, place)
    noun = _subject(clause)
    if noun is not None and (_is_named_form(parsed, clause, noun) or _turns_to(parsed, clause, noun)):
        return noun.end
    if noun is not None and (_is_narrowed(parsed, noun) or _is_another(parsed, clause, noun)):
        return noun.end
    return None


def goes_on(parsed: Parse, clause: Clause) -> bool:
    """Return whether a clause speaks of the same members as the one before it: "and sits", "so its body"."""
    first = {token.text.lower() for token in parsed.tokens[clause.begin : clause.begin + 3]}
    own = any(clause.begin <= noun.begin < clause.verb for noun in clause.subjects)
    return bool(first & {"its", "their", "it", "they"}) or (not own and clause.verb < clause.end and "but" not in first)


def members_factor(parsed: Parse, clause: Clause) -> float:
    """Return how sure it is of a member what a clause says of many or of the females."""
    begin = next((p for p in range(clause.begin, clause.end) if parsed.classes[p] not in (CONJ, PUNCT)), clause.begin)
    low = [token.text.lower() for token in parsed.tokens[begin : clause.end]]
    if low[:1] == ["many"] and clause.verb == begin + 1:
        return MANY_KINDS
    noun = _subject(clause)
    fellows = noun is not None and _is_fellow(noun)
    if (low[:1] == ["many"] and fellows) or any(pair == ("in", "many") for pair in pairwise(low)):
        return MANY
    return FEMALE if noun is not None and noun.name.split()[-1] == "female" else 1.0


def enumerated(parsed: Parse) -> set[int]:
    """Return the tokens of lists of different kinds of animals, each of which is a member: "medusae and colonies"."""
    found: set[int] = set()
    whole = [noun for noun in parsed.nouns if noun.whole and noun.plural and not noun.shape]
    for first, second in pairwise(whole):
        between = range(first.end, second.begin)
        joined = any(parsed.tokens[place].text.lower() in ("and", "or", ",") for place in between)
        plain = all(parsed.classes[p] in (*NOMINAL, CONJ, DET) or parsed.tokens[p].text == "," for p in between)
        if plain and joined and between and first.name != second.name:
            found |= set(range(_phrase_begin(parsed, first), second.end))
    return found


def _stretch(parsed: Parse, clause: Clause, place: int) -> int:
    """Return where begins what holds "in some": at the comma before, or at "and" where "in" others came before it."""
    other = any(parsed.tokens[step].text.lower() == "in" for step in range(clause.begin, place))
    for step in range(place - 1, clause.begin, -1):
        if parsed.classes[step] in VERBAL:
            return clause.begin
        if parsed.tokens[step].text == "," or (other and parsed.classes[step] == CONJ):
            return step
    return clause.begin


def _subject(clause: Clause) -> Noun | None:
    noun = clause.subjects[0] if clause.subjects else None
    return noun if noun and not noun.pronoun and clause.begin <= noun.begin < clause.verb < clause.end else None


def _in_some(parsed: Parse, place: int, end: int) -> bool:
    """Return whether "in some species", "in males", "in Calanus", "in others" begins at a token."""
    before = parsed.tokens[place - 1].lemma if place else ""
    if parsed.tokens[place].text.lower() != "in" or before in ("than", "as"):
        return False
    begin = place + 1
    low = [token.text.lower() for token in parsed.tokens[begin:end]]
    if low[:2] == ["the", "others"]:
        return True
    begin += low[:2] == ["a", "few"]
    first = parsed.tokens[begin]
    noun = next((noun for noun in parsed.nouns if begin <= noun.end - 1 <= begin + 3), None)
    if _is_foreign(first, parsed):
        return True
    if first.text.lower() in _SOME:
        after = begin + 1
        return after >= end or parsed.classes[after] in _ENDS or (noun is not None and _is_fellow(noun))
    if noun is None or parsed.classes[begin] == DET or any(p in _ENDS for p in parsed.classes[begin : noun.end]):
        return False
    head = noun.name.split()[-1]
    if head in words.SEXES or first.lemma in words.SEXES:
        return True
    narrowed = noun.begin > begin and first.lemma not in (*words.NEUTRAL, "many")
    return noun.plural and ((head in words.GROUPS and narrowed) or (first.lemma in words.FOLK and noun.begin == begin))


def _is_fellow(noun: Noun) -> bool:
    head = noun.name.split()[-1]
    return noun.whole or head in words.FELLOWS or head in words.FOLK


def _is_narrowed(parsed: Parse, noun: Noun) -> bool:
    """Return whether an adjective or a quantifier picks some of the members: "tropical species", "a few genera"."""
    head = noun.name.split()[-1]
    begin = _phrase_begin(parsed, noun)
    before = [parsed.tokens[place].lemma for place in range(begin, noun.begin)]
    if head == "male":
        return True
    if head not in words.GROUPS or any(word in ("most", "all", "these", "both", "label") for word in before):
        return False
    return any(
        parsed.tokens[place].lemma in _QUANTIFIERS
        or (parsed.classes[place] in NOMINAL and parsed.tokens[place].lemma not in words.NEUTRAL)
        for place in range(begin, noun.begin)
    )


def _is_another(parsed: Parse, clause: Clause, noun: Noun) -> bool:
    """Return whether the subject is a taxon of another name, or of one: "Velamen reaches", "females of Eurytemora"."""
    for place in range(clause.begin, clause.verb - 1):
        if parsed.tokens[place].lemma == "of" and _is_foreign(parsed.tokens[place + 1], parsed):
            return True
    first = parsed.tokens[noun.begin]
    named = noun.begin == 0 and not noun.known and not noun.whole and first.text.endswith(words.LATIN)
    verb = parsed.tokens[clause.verb].text.lower()
    singular = verb.endswith("s") and verb != "is" and not noun.plural
    return named and singular and clause.verb == noun.end and not is_self(first, parsed.names)


def _is_named_form(parsed: Parse, clause: Clause, noun: Noun) -> bool:
    """Return whether the subject is a form that the text itself names: "a puff is", "puffs are"."""
    if (
        parsed.label
        or noun.known
        or noun.whole
        or noun.shape
        or parsed.classes[clause.verb] != COP
        or clause.verb != noun.end
    ):
        return False
    before = parsed.tokens[noun.begin - 1].text.lower() if noun.begin > clause.begin else ""
    return before in ("a", "an") or (
        before == "" and noun.plural and not is_self(parsed.tokens[noun.begin], parsed.names)
    )


def _turns_to(parsed: Parse, clause: Clause, noun: Noun) -> bool:
    """Return whether a further clause speaks of a group of another name."""
    first = parsed.clauses[0] is clause
    token = parsed.tokens[noun.end - 1]
    return not first and noun.plural and token.lemma in words.KINDS and not is_self(token, parsed.names)


def _is_foreign(token: Token, parsed: Parse) -> bool:
    capital = len(token.text) > 3 and token.text[0].isupper() and token.start > 0
    return capital and token.text.lower() not in parsed.names


def _phrase_begin(parsed: Parse, noun: Noun) -> int:
    place = noun.begin
    while place > 0 and parsed.classes[place - 1] in (*NOMINAL, DET, QUAL):
        place -= 1
    return place
