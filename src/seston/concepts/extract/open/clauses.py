"""Phrases as clauses, each with its subject."""

from collections.abc import Sequence

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.subjects import find_subjects
from seston.concepts.extract.open.word import Word

_OPENING = frozenset((";", ":", ".", "—", "–", "!", "?"))


def clauses(found: Sequence[Phrase], words: Sequence[Word]) -> list[Clause]:
    """Cut phrases into clauses: at relatives, conjunctions, semicolons, and where a new subject has its verb."""
    cuts = _cuts(found)
    made: list[Clause] = []
    for number, (begin, kind) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(found)
        clause = Clause(begin, end, parent=len(made) - 1, relative=kind == "rel", shared=kind == "shared")
        clause.verb = next((n for n in range(begin, end) if _finite(found[n])), -1)
        find_subjects(clause, found, made, words)
        made.append(clause)
    _lend(made, found)
    return made


def _lend(made: Sequence[Clause], found: Sequence[Phrase]) -> None:
    """Let loose words before the first verb speak of its subject: "rod-shaped, though only 3 µm thick, the cell"."""
    first = next((one for one in made if one.verb >= 0 and not one.relative), None)
    for clause in made:
        if clause is first or first is None or clause.relative:
            return
        start = found[clause.begin]
        loose = start.sort == "quality" or (start.sort == "verb" and start.passive and not start.finite)
        if loose or not any(one.sort == "noun" for one in found[clause.begin : clause.end]):
            clause.subjects = first.subjects


def _finite(phrase: Phrase) -> bool:
    return phrase.sort == "verb" and phrase.finite


def _cuts(found: Sequence[Phrase]) -> list[tuple[int, str]]:
    cuts: list[tuple[int, str]] = [(0, "main")]
    has_verb = relative = False
    for place, phrase in enumerate(found):
        if place == 0:
            has_verb = _finite(phrase)
            continue
        kind = ""
        if phrase.low == "," and place + 1 < len(found) and found[place + 1].low == ",":
            continue  # a size stood between
        if phrase.sort == "rel":
            kind = "rel"
        elif (phrase.sort == "sub" and phrase.low != "as" and not _is_aside(found, place)) or (
            phrase.low in _OPENING and phrase.sort == "stop" and place + 1 < len(found)
        ):
            kind = "main"
        elif phrase.sort == "join" and phrase.low == "but":
            kind = "main" if _new_subject(found, place + 1) else "shared" if _verb_next(found, place + 1) else ""
        elif phrase.sort == "join" and has_verb and _new_subject(found, place + 1):
            kind = "main"
        elif phrase.sort == "join" and has_verb and _verb_next(found, place + 1):
            kind = "back" if relative and phrase.low == "," else "shared"
        if kind:
            cuts.append((place, kind))
            has_verb, relative = False, kind == "rel"
        has_verb = has_verb or _finite(phrase)
    return cuts


def _is_aside(found: Sequence[Phrase], place: int) -> bool:
    """Return whether "if present", "when alive" or "though not always" stands there between commas."""
    ends = [one.low for one in found[place + 1 : place + 4]]
    return (
        found[place].low in ("if", "when", "though", "although")
        and "," in ends
        and not any(one.sort == "verb" for one in found[place + 1 : place + 3])
    )


def _verb_next(found: Sequence[Phrase], place: int) -> bool:
    while place < len(found) and found[place].sort in ("adv", "neg", "join", "mark"):
        place += 1
    return place < len(found) and _finite(found[place])


def _new_subject(found: Sequence[Phrase], place: int) -> bool:
    """Return whether noun phrases with a finite verb behind them stand there."""
    noun = False
    while place < len(found):
        phrase = found[place]
        if phrase.sort == "noun":
            noun = True
        elif phrase.sort == "verb" and phrase.finite:
            return noun and _last_low(found, place) not in ("and", "or")
        elif phrase.sort == "verb":
            if not (noun and phrase.passive):
                return False
        elif (phrase.sort == "quality" and noun) or (phrase.low == "as" and found[place - 1].lemma == "use"):
            pass
        elif noun and phrase.low == "," and place + 1 < len(found) and found[place + 1].low in ("and", "but"):
            return False  # "horns or spines, and the plates are": the subject stands behind
        elif phrase.sort == "join" and phrase.low == "and" and noun and _is_prep(found, place + 1):
            return False
        elif (phrase.sort in ("join",) and phrase.low in ("and", "or", ",")) or phrase.sort in ("prep", "adv", "mark"):
            pass
        else:
            return False
        place += 1
    return False


def _last_low(found: Sequence[Phrase], place: int) -> str:
    while found[place - 1].sort in ("adv", "mark"):
        place -= 1
    return found[place - 1].low


def _is_prep(found: Sequence[Phrase], place: int) -> bool:
    return place < len(found) and found[place].sort == "prep"
