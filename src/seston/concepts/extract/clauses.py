"""The clauses of a sentence, and what each is about."""

from collections.abc import Sequence
from dataclasses import replace

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.grammar import (
    ADV,
    BODY,
    CONJ,
    COP,
    DET,
    NEG,
    PREP,
    PRON,
    PUNCT,
    QUAL,
    SUB,
    VERB,
    VERBAL,
    WORD,
    Before,
    Clause,
    Noun,
    Parse,
)
from seston.concepts.extract.tokens import Token

_MEMBERS = frozenset(("most", "all", "many", "some", "few", "a", "other", "both"))


def add_clauses(parsed: Parse, before: Before) -> None:
    """Add the clauses of a sentence, with their subjects."""
    begin = 0
    for place in [*_boundaries(parsed), len(parsed.tokens)]:
        if place > begin:
            _add_clause(parsed, begin, place, before)
        begin = place


def _boundaries(parsed: Parse) -> list[int]:
    """Return where clauses begin: after ; : and brackets, at subordinators, and at "and" or a comma before a verb."""
    found = []
    verb = parsed.classes[:1] in ([VERB], [COP])
    for place, token in enumerate(parsed.tokens):
        kind = parsed.classes[place]
        if place and (
            (token.text in ";:()–—" or kind == SUB or token.lemma == "but")
            or (verb and (kind == CONJ or token.text == ",") and _verb_follows(parsed, place + 1))
        ):
            found.append(place)
            verb = False
        verb = verb or kind in VERBAL
    return found


def _verb_follows(parsed: Parse, place: int) -> bool:
    """Return whether a new clause begins: a verb at once, or a subject and then a verb before any comma."""
    classes, tokens = parsed.classes, parsed.tokens
    while place < len(tokens) and classes[place] in (ADV, CONJ):
        place += 1
    if place < len(tokens) and classes[place] in VERBAL and tokens[place].text.lower() not in ("being",):
        return not tokens[place].text.lower().endswith(("ing", "ed"))
    if place == len(tokens) or classes[place] not in (DET, PRON, NEG, WORD, QUAL):
        return False
    steps = 0
    while place < len(tokens) and steps < 9:
        if classes[place] in VERBAL:
            return classes[place] != VERB or not tokens[place].text.lower().endswith(("ing", "ed"))
        if classes[place] in (SUB, PUNCT, CONJ):
            return False
        place += 1
        steps += 1
    return False


def _add_clause(parsed: Parse, begin: int, end: int, before: Before) -> None:
    classes, tokens = parsed.classes, parsed.tokens
    verb = next((place for place in range(begin, end) if classes[place] in VERBAL), end)
    relative = tokens[begin].lemma in ("that", "which", "who", "whose")
    clause = Clause(begin, end, verb, relative=relative)
    clause.subjects = tuple(_as_whole(parsed, noun) for noun in _subjects(parsed, clause, before))
    parsed.clauses.append(clause)


def _as_whole(parsed: Parse, noun: Noun) -> Noun:
    """Return "the line" as the whole where the text calls its object a line."""
    known = noun.name in parsed.figures and noun.begin > 0
    definite = known and any(t.text.lower() in ("the", "this", "these") for t in parsed.tokens[: noun.begin][-2:])
    return replace(noun, whole=True) if definite else noun


def _are_pictures(clause: Clause) -> bool:
    return bool(clause.subjects) and all(noun.name in words.PICTURES for noun in clause.subjects)


def figures_of(parsed: Parse) -> frozenset[str]:
    """Return the nouns by which a sentence calls the whole object: "it is a thin line", "it consists of tentacles"."""
    found = set()
    for clause in parsed.clauses:
        lemma = parsed.tokens[clause.verb].lemma if clause.verb < clause.end else ""
        says = lemma in ("consist", "form") or (lemma and parsed.classes[clause.verb] == COP)
        shows = lemma in ("show", "hold", "contain") and _are_pictures(clause)
        if (says and clause.subjects and all(noun.whole for noun in clause.subjects)) or shows:
            after = [noun for noun in parsed.nouns if clause.verb < noun.begin < clause.end][:1]
            between = range(clause.verb + 1, after[0].begin) if after else ()
            if not any(parsed.classes[place] == NEG for place in between):
                found |= {noun.name for noun in after if noun.name in words.FIGURES}
    return frozenset(found)


def _subjects(parsed: Parse, clause: Clause, before: Before) -> tuple[Noun, ...]:
    """Return what the clause's predicate is about."""
    own = _leading_nouns(parsed, clause) if clause.verb < clause.end else ()
    if own:
        return own
    earlier = parsed.clauses[-1] if parsed.clauses else None
    leading = [parsed.tokens[place].lemma for place in range(clause.begin, clause.verb)]
    if "it" in leading or "they" in leading or "them" in leading:
        nouns = earlier.subjects if earlier else before.subjects
        return _antecedent(nouns, before.plurals, plural="it" not in leading)
    if leading and set(leading) <= _MEMBERS:
        return (Noun(BODY, 0, 0, whole=True, plural=True),)
    if "there" in leading:
        return tuple(noun for noun in parsed.nouns if clause.verb < noun.begin < clause.end)[:1]
    if clause.relative:
        left = [noun for noun in parsed.nouns if noun.end <= clause.begin]
        return tuple(left[-1:])
    if earlier is None:
        return ()
    return earlier.subjects


def _antecedent(subjects: Sequence[Noun], plurals: Sequence[Noun], plural: bool) -> tuple[Noun, ...]:
    """Return what "it" or "they" stands for: the subject before, the plural noun before, or the whole."""
    fitting = tuple(noun for noun in subjects if noun.plural == plural or (noun.whole and not plurals))
    if plural and not fitting:
        fitting = tuple(plurals)
    if not plural and not fitting:
        fitting = tuple(noun for noun in subjects if noun.whole)
    return tuple(replace(noun, pronoun=True) for noun in fitting) or (Noun(BODY, 0, 0, whole=True, plural=plural),)


def _leading_nouns(parsed: Parse, clause: Clause) -> tuple[Noun, ...]:
    """Return the nouns before the verb that no preposition governs; "a pair of antennae" stands for the antennae."""
    found: list[Noun] = []
    governed = False
    for place in range(clause.begin, clause.verb):
        kind = parsed.classes[place]
        if kind == PREP:
            quantity = found and parsed.tokens[place].lemma == "of" and _is_quantity(parsed.tokens[found[-1].end - 1])
            governed = not quantity
            if quantity and parsed.tokens[found[-1].end - 1].lemma not in words.ASPECTS:
                found.pop()
        elif kind == DET or (kind == PUNCT and parsed.tokens[place].text == ","):
            governed = governed and parsed.tokens[place - 1].lemma in words.PREPOSITIONS if kind == DET else False
        for noun in parsed.nouns:
            if noun.end - 1 == place and not governed:
                found.append(noun)
            elif noun.end - 1 == place:
                governed = parsed.tokens[place].lemma in ("",)
    return tuple(found)


def _is_quantity(token: Token) -> bool:
    return token.lemma in words.QUANTIFIERS or token.lemma in words.ASPECTS
