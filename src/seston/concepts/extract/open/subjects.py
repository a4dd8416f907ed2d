"""Whom or what the verb of a clause is said of."""

from collections.abc import Sequence

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.vocabulary import singular, vocabulary
from seston.concepts.extract.open.word import Word

_RULES = vocabulary().rules


def find_subjects(clause: Clause, found: Sequence[Phrase], made: Sequence[Clause], words: Sequence[Word]) -> None:
    """Find the subjects of a clause: its own, before or behind its verb, or those of a clause before."""
    if clause.relative:
        clause.subjects = _of_relative(clause, found, made, words)
        return
    own = _own(clause, found)
    if clause.verb < 0:
        clause.subjects = made[-1].subjects if made else own[:1]
    elif own:
        clause.subjects = [_all_of(own[0], found) or own[0], *own[1:]]
        _apposition(clause, found)
        if own[0].low == "there" and found[clause.verb].group not in ("be", "have"):
            at = clause.verb + 1
            clause.subjects = [found[at]] if at < clause.end and found[at].sort == "noun" else own
            clause.inverted = clause.subjects is not own
    elif turned := _behind(clause, found):
        clause.subjects, clause.inverted = turned, True
    elif made:
        clause.within = made[-1].relative and clause.shared and _goes_within(clause, found, made, words)
        clause.subjects = made[-1].subjects if clause.within else _main_subjects(made)
    if not own and clause.verb >= 0 and not clause.shared:
        clause.subjects = _counted(clause, found) or clause.subjects


def _of_relative(
    clause: Clause, found: Sequence[Phrase], made: Sequence[Clause], words: Sequence[Word]
) -> list[Phrase]:
    """Return the noun that a relative clause describes, or the one that stands in it before its verb."""
    if found[clause.begin - 1].low in ("and", "or") and made and made[-1].relative:
        return made[-1].subjects
    inner = clause.begin + 1
    if inner < clause.verb and found[inner].sort == "noun" and not found[inner].aspect:
        return [found[inner]]
    nouns = [found[n] for n in range(clause.begin) if found[n].sort == "noun"][-2:]
    plural = asks_plural(found[clause.verb], words) if clause.verb >= 0 else None
    if plural is not None and found[clause.begin].low in ("which", "that") and inner == clause.verb:
        nouns = [one for one in nouns if one.kind == "pron" or is_plural(one) == plural] or nouns
    owned = found[clause.begin - 2].low == "of" or any(one.low in ("pair", "one", "ones") for one in nouns[-1:])
    known = [one for one in nouns if one.kind] if owned else nouns
    return known[-1:] or nouns[-1:]


def asks_plural(verb: Phrase, words: Sequence[Word]) -> bool | None:
    """Return whether a verb wants a plural subject; nothing where its form does not tell."""
    first = words[verb.begin]
    if first.low in ("is", "has", "was", "does"):
        return False
    if first.low in ("are", "were"):
        return True
    form = first.verb.form if first.verb is not None and first.verb.group != "modal" else "ed"
    return {"s": False, "": True}.get(form)


def _goes_within(clause: Clause, found: Sequence[Phrase], made: Sequence[Clause], words: Sequence[Word]) -> bool:
    """Return whether "and becomes" behind a relative clause goes on with it, by number or for want of a comma."""
    wants = asks_plural(found[clause.verb], words) if clause.verb >= 0 else None
    inner, outer = made[-1].subjects[-1:], _main_subjects(made)[:1]
    if wants is not None and inner and outer and is_plural(inner[0]) != is_plural(outer[0]):
        return is_plural(inner[0]) == wants
    return found[clause.begin].low != ","


def is_plural(phrase: Phrase) -> bool:
    """Return whether the head of a noun phrase is a plural."""
    return singular(phrase.low) != phrase.low or phrase.low in ("they", "those", "these")


def _own(clause: Clause, found: Sequence[Phrase]) -> list[Phrase]:
    """Return the noun phrases before the verb that no preposition governs."""
    own: list[Phrase] = []
    governed = False
    before, between, last = "", 0, None
    for phrase in found[_behind_comparison(clause, found) : clause.verb if clause.verb >= 0 else clause.end]:
        held = governed and phrase.low in ("it", "they")  # "in _Aus_ it is red"
        governed = governed and not (phrase.sort == "noun" and before == "noun")
        before_was_noun = before == "noun"
        before = phrase.sort
        if phrase.sort in ("prep", "verb") or phrase.low in ("as", "than", "without"):
            governed = True
        elif phrase.kind == "pron" and before_was_noun and phrase.name != "~" and not held:
            governed = True  # "the light it ejects"
        elif phrase.sort == "noun" and not governed:
            if not (own and _is_bare_side(phrase)) and not _explains(phrase, last):
                own.append(phrase)
        elif phrase.sort == "join" and phrase.low == ("and" if own else ",") and not between:
            governed = False
        last = (phrase if governed else None) if phrase.sort == "noun" else last
        between = 2 if phrase.low == "between" else between - (phrase.sort == "join" and between > 0)
    return own


def _behind_comparison(clause: Clause, found: Sequence[Phrase]) -> int:
    """Return where the subject may begin: behind "like crabs, shrimps and prawns,"."""
    begin = clause.begin
    while begin < clause.verb and found[begin].sort in ("join", "stop", "sub"):
        begin += 1
    if clause.verb < 0 or found[begin].sort != "prep" or found[begin].low not in ("like", "unlike"):
        return clause.begin
    commas = [n for n in range(begin, clause.verb) if found[n].low == "," and found[n + 1].sort == "noun"]
    return commas[-1] if commas else clause.begin


def _all_of(first: Phrase, found: Sequence[Phrase]) -> Phrase | None:
    """Return the limbs of "all of the limbs are long"."""
    at = found.index(first) + 1
    whole = first.name == "~" and first.low in ("all", "both", "each", "either")
    if not whole or at + 1 >= len(found) or found[at].low != "of" or found[at + 1].kind != "part":
        return None
    return found[at + 1]


def _explains(phrase: Phrase, before: Phrase | None) -> bool:
    """Return whether "a genus" and a name explain each other: "in _Aus_, a genus of worms, the"."""
    if before is None:
        return False
    if before.kind in ("name", "taxon"):
        return (phrase.indefinite or phrase.the) and singular(phrase.low) in _RULES["ranks"]
    return phrase.kind == "name" and singular(before.low) in _RULES["ranks"]


def _is_bare_side(phrase: Phrase) -> bool:
    """Return whether "back" stands there alone, behind "the segments at the front and"."""
    return phrase.end - phrase.begin == 1 and phrase.low in _RULES["sides"]


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
        or not (first.sort in ("prep", "adv") or (first.passive and not first.finite and first is found[clause.begin]))
        or verb.passive
        or verb.group in ("have", "lack")
    ):
        return []
    lies = verb.group == "be" or verb.lemma in _RULES["lying"] or verb.lemma in _RULES["standing"]
    turned = verb.group == "be" and first.low in ("only", "rarely")  # "rarely is the tail forked"
    if not lies or (first.sort == "adv" and first.low.endswith("ly") and not turned):
        return []
    at = clause.verb + 1
    return [found[at]] if at < clause.end and found[at].sort == "noun" and found[at].kind != "pron" else []


def _main_subjects(made: Sequence[Clause]) -> list[Phrase]:
    for clause in reversed(made):
        if not clause.relative and not clause.within and clause.subjects:
            return clause.subjects
    return made[-1].subjects
