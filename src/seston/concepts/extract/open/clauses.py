"""Phrases as clauses, each with its subject."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from seston.concepts.extract.open.phrases import Phrase
from seston.concepts.extract.open.tagging import Word

_OPENING = frozenset((";", ":", ".", "—", "–", "!", "?"))


@dataclass(slots=True)
class Clause:
    """Phrases ``begin``:``end`` of a sentence. ``subjects`` are noun phrases, ``verb`` the place of its finite verb.

    ``parent`` is the clause whose subject it shares, or whose noun a relative clause describes (``relative``).
    """

    begin: int
    end: int
    subjects: list[Phrase] = field(default_factory=list)
    verb: int = -1
    parent: int = -1
    relative: bool = False
    shared: bool = False


def clauses(found: Sequence[Phrase], words: Sequence[Word]) -> list[Clause]:
    """Cut phrases into clauses: at relatives, conjunctions, semicolons, and where a new subject has its verb."""
    cuts = _cuts(found)
    made: list[Clause] = []
    for number, (begin, kind) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(found)
        clause = Clause(begin, end, parent=len(made) - 1, relative=kind == "rel", shared=kind == "shared")
        clause.verb = next((n for n in range(begin, end) if _finite(found[n])), -1)
        _subjects(clause, found, made)
        made.append(clause)
    return made


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
        if phrase.sort == "rel":
            kind = "rel"
        elif (phrase.sort == "sub" and phrase.low != "as") or (
            phrase.low in _OPENING and phrase.sort == "stop" and place + 1 < len(found)
        ):
            kind = "main"
        elif phrase.sort == "join" and phrase.low == "but":
            kind = "main" if _new_subject(found, place + 1) else "shared"
        elif phrase.sort == "join" and has_verb and _new_subject(found, place + 1):
            kind = "main"
        elif phrase.sort == "join" and has_verb and _verb_next(found, place + 1):
            kind = "back" if relative and phrase.low == "," else "shared"
        if kind:
            cuts.append((place, kind))
            has_verb, relative = False, kind == "rel"
        has_verb = has_verb or _finite(phrase)
    return cuts


def _verb_next(found: Sequence[Phrase], place: int) -> bool:
    while place < len(found) and found[place].sort in ("adv", "neg", "join"):
        place += 1
    return place < len(found) and _finite(found[place])


def _new_subject(found: Sequence[Phrase], place: int) -> bool:
    """Return whether noun phrases with a finite verb behind them stand there."""
    noun = False
    while place < len(found):
        phrase = found[place]
        if phrase.sort == "noun":
            noun = True
        elif phrase.sort == "verb":
            return noun and phrase.finite
        elif phrase.sort == "join" and phrase.low == "and" and noun and _is_prep(found, place + 1):
            return False
        elif (phrase.sort in ("join",) and phrase.low in ("and", "or", ",")) or phrase.sort in ("prep", "adv", "mark"):
            pass
        else:
            return False
        place += 1
    return False


def _is_prep(found: Sequence[Phrase], place: int) -> bool:
    return place < len(found) and found[place].sort == "prep"


def _subjects(clause: Clause, found: Sequence[Phrase], made: Sequence[Clause]) -> None:
    stop = clause.verb if clause.verb >= 0 else clause.end
    if clause.relative:
        nouns = [found[n] for n in range(clause.begin) if found[n].sort == "noun"][-2:]
        known = [one for one in nouns if one.kind]
        clause.subjects = known[-1:] or nouns[-1:]
        return
    own: list[Phrase] = []
    governed = False
    before = ""
    for phrase in found[clause.begin : stop]:
        if phrase.sort == "noun" and before == "noun":
            governed = False
        before = phrase.sort
        if phrase.sort == "prep" or phrase.sort == "verb":
            governed = True
        elif phrase.sort == "noun" and not governed:
            own.append(phrase)
        elif (phrase.sort == "join" and phrase.low == "," and not own) or (
            phrase.sort == "join" and own and phrase.low == "and"
        ):
            governed = False
    if own and clause.verb >= 0:
        clause.subjects = own
    elif made and clause.verb >= 0:
        clause.subjects = _main_subjects(made)
    elif made:
        clause.subjects = made[-1].subjects
    else:
        clause.subjects = own[:1]


def _main_subjects(made: Sequence[Clause]) -> list[Phrase]:
    for clause in reversed(made):
        if not clause.relative and clause.subjects:
            return clause.subjects
    return made[-1].subjects
