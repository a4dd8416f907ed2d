"""Phrases as clauses, each with its subject."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.word import Word

_RULES = vocabulary().rules
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
    inverted: bool = False
    within: bool = False
    fronted: Phrase | None = None


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
    """Return whether "if present" or "when alive" stands there between commas."""
    ends = [one.low for one in found[place + 1 : place + 4]]
    return (
        found[place].low in ("if", "when")
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
        elif phrase.sort == "quality" and noun:
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


def _subjects(clause: Clause, found: Sequence[Phrase], made: Sequence[Clause]) -> None:
    """Find the subjects of a clause: its own, before or behind its verb, or those of a clause before."""
    if clause.relative:
        clause.subjects = _of_relative(clause, found, made)
        return
    own = _own(clause, found)
    if clause.verb < 0:
        clause.subjects = made[-1].subjects if made else own[:1]
    elif own:
        clause.subjects = own
        _apposition(clause, found)
        if own[0].low == "there" and found[clause.verb].group not in ("be", "have"):
            at = clause.verb + 1
            clause.subjects = [found[at]] if at < clause.end and found[at].sort == "noun" else own
            clause.inverted = clause.subjects is not own
    elif turned := _behind(clause, found):
        clause.subjects, clause.inverted = turned, True
    elif made:
        clause.within = made[-1].relative and clause.shared and found[clause.begin].low != ","
        clause.subjects = made[-1].subjects if clause.within else _main_subjects(made)
    if not own and clause.verb >= 0 and not clause.shared:
        clause.subjects = _counted(clause, found) or clause.subjects


def _of_relative(clause: Clause, found: Sequence[Phrase], made: Sequence[Clause]) -> list[Phrase]:
    """Return the noun that a relative clause describes, or the one that stands in it before its verb."""
    if found[clause.begin - 1].low in ("and", "or") and made and made[-1].relative:
        return made[-1].subjects
    inner = clause.begin + 1
    if inner < clause.verb and found[inner].sort == "noun" and not found[inner].aspect:
        return [found[inner]]
    nouns = [found[n] for n in range(clause.begin) if found[n].sort == "noun"][-2:]
    known = [one for one in nouns if one.kind]
    return known[-1:] or nouns[-1:]


def _own(clause: Clause, found: Sequence[Phrase]) -> list[Phrase]:
    """Return the noun phrases before the verb that no preposition governs."""
    own: list[Phrase] = []
    governed = False
    before = ""
    for phrase in found[clause.begin : clause.verb if clause.verb >= 0 else clause.end]:
        governed = governed and not (phrase.sort == "noun" and before == "noun")
        before = phrase.sort
        if phrase.sort in ("prep", "verb") or phrase.low in ("as", "than", "without"):
            governed = True
        elif phrase.sort == "noun" and not governed:
            own.append(phrase)
        elif phrase.sort == "join" and phrase.low == ("and" if own else ","):
            governed = False
    return own


def _counted(clause: Clause, found: Sequence[Phrase]) -> list[Phrase]:
    """Return the horns of "two of the three horns bend"."""
    at = clause.begin
    while at < clause.verb and found[at].sort in ("join", "sub", "adv", "stop"):
        at += 1
    if (
        at + 2 < clause.verb
        and found[at].sort == "quality"
        and found[at + 1].low == "of"
        and found[at + 2].sort == "noun"
    ):
        return [found[at + 2]]
    return []


def _apposition(clause: Clause, found: Sequence[Phrase]) -> None:
    """Take "a slender predator, the female" for what it is: the first phrase says something of the second."""
    first, *rest = clause.subjects
    place = found.index(first)
    if not rest or place + 1 >= len(found) or first.indefinite is False:
        return
    between = [one.low for one in found[place + 1 : found.index(rest[0])]]
    if "," in between and not {"and", "or"} & set(between[-2:]):
        clause.subjects, clause.fronted = rest, first


def _behind(clause: Clause, found: Sequence[Phrase]) -> list[Phrase]:
    """Return the subject behind the verb: "beneath hang one polyp", "from each corner springs a bristle"."""
    first = next(
        (one for one in found[clause.begin : clause.verb] if one.sort not in ("join", "mark", "sub", "stop")), None
    )
    verb = found[clause.verb]
    if (
        clause.shared
        or first is None
        or first.sort not in ("prep", "adv")
        or verb.passive
        or verb.group in ("have", "lack")
    ):
        return []
    lies = verb.group == "be" or verb.lemma in _RULES["lying"] or verb.lemma in _RULES["standing"]
    if not lies or (first.sort == "adv" and first.low.endswith("ly")):
        return []
    at = clause.verb + 1
    return [found[at]] if at < clause.end and found[at].sort == "noun" and found[at].kind != "pron" else []


def _main_subjects(made: Sequence[Clause]) -> list[Phrase]:
    for clause in reversed(made):
        if not clause.relative and not clause.within and clause.subjects:
            return clause.subjects
    return made[-1].subjects
