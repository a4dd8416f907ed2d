"""All that is asserted of a node and a concept, resolved to one statement; then what follows from it.

Our own words go before those of an encyclopedia, which only fills what they leave open. Among the same kind of text the
surer assertion wins; of two equally sure ones that contradict, none: the concept varies there, and the conflict is
reported. A concept implies others (long antennae are antennae), and what lacks the implied one lacks it. In an
exclusive part the values that are neither stated nor near a stated one are absent, with lower confidence, and the near
ones are open: an ancestor's value for the part no longer reaches the node. A value that is stated far from a surer one
of a graded part ("tiny", and "a big dinoflagellate") is open too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from seston.concepts.extract.encyclopedia import SOURCE as ENCYCLOPEDIA
from seston.concepts.scheme import Scheme
from seston.errors import UnknownConcept
from seston.records import Assertion, Polarity

Key = tuple[str, str]
ByConcept = Mapping[str, list[Assertion]]
IMPLIED, EXCLUSIVE = "implied", "exclusive"
# Less certain than a plain statement: a person who writes "oval" may not mean to deny "flattened".
EXCLUSIVE_FACTOR = 0.6
_MARGIN = 0.05
# Parts whose values follow one another: a body has one, or a run of them.
GRADED = frozenset(("size", "elongation", "opacity"))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Contradicting assertions of one node, concept and stage, and what became of them."""

    about: str
    stage: str
    concept: str
    present: Assertion
    absent: Assertion
    outcome: Polarity


@dataclass(frozen=True, slots=True)
class Consolidated:
    """One assertion at most for each node, stage and concept, sorted by them; and the conflicts met on the way."""

    assertions: tuple[Assertion, ...]
    conflicts: tuple[Conflict, ...]


def consolidate(assertions: Iterable[Assertion], scheme: Scheme) -> Consolidated:
    """Resolve assertions and add what they imply and exclude.

    Parameters
    ----------
    assertions
        All of them, in any order.
    scheme
        Implications and exclusive parts.

    Returns
    -------
    Consolidated
        Derived assertions have the evidence of those that they follow from, with method "implied" or "exclusive".

    Raises
    ------
    UnknownConcept
        If an assertion names a concept that the scheme lacks.
    """
    groups: dict[Key, dict[str, list[Assertion]]] = {}
    for assertion in assertions:
        if assertion.concept not in scheme.index:
            raise UnknownConcept(assertion.concept, nearest=scheme.nearest(assertion.concept))
        key = (assertion.about, assertion.stage)
        groups.setdefault(key, {}).setdefault(assertion.concept, []).append(assertion)
    kept: list[Assertion] = []
    conflicts: list[Conflict] = []
    for key in sorted(groups):
        own, others = _parted(groups[key])
        settled = _settled(own, scheme, conflicts)
        conflicts += _overruled(settled, others)
        further = {concept: said for concept, said in others.items() if concept not in settled}
        kept += (_filling(_settled(further, scheme, conflicts)) | settled).values()
    return Consolidated(tuple(sorted(kept, key=order)), tuple(conflicts))


def order(assertion: Assertion) -> tuple[str, str, str, str, int, int]:
    """Return the sorting key of assertions: node, stage, concept, then place of the evidence."""
    found = assertion.evidence
    return (assertion.about, assertion.stage, assertion.concept, found.page, found.start, found.end)


def _parted(by_concept: ByConcept) -> tuple[ByConcept, ByConcept]:
    """Part what our own words say from what an encyclopedia says."""
    parted: tuple[dict[str, list[Assertion]], dict[str, list[Assertion]]] = ({}, {})
    for concept, assertions in by_concept.items():
        for assertion in assertions:
            parted[assertion.evidence.source == ENCYCLOPEDIA].setdefault(concept, []).append(assertion)
    return parted


def _settled(by_concept: ByConcept, scheme: Scheme, conflicts: list[Conflict]) -> dict[str, Assertion]:
    """Return what assertions of one kind of text come to, with what follows."""
    if not by_concept:
        return {}
    own, met = _resolve_all(by_concept)
    conflicts += met
    own = _with_implied(_without_strays(own, scheme), scheme, conflicts)
    return own | _excluded(own, scheme)


def _filling(others: Mapping[str, Assertion]) -> dict[str, Assertion]:
    """Return what an encyclopedia fills in: that some members differ takes nothing back that our words say above."""
    return {concept: said for concept, said in others.items() if said.polarity is not Polarity.VARIABLE}


def _overruled(settled: Mapping[str, Assertion], others: ByConcept) -> Iterator[Conflict]:
    """Yield the conflicts in which our own words hold against an encyclopedia's."""
    for concept in sorted(settled.keys() & others.keys()):
        ours, theirs = settled[concept], _resolve(others[concept])[0]
        if {ours.polarity, theirs.polarity} == {Polarity.PRESENT, Polarity.ABSENT}:
            present, absent = (ours, theirs) if ours.polarity is Polarity.PRESENT else (theirs, ours)
            yield Conflict(ours.about, ours.stage, concept, present, absent, ours.polarity)


def _resolve_all(by_concept: ByConcept) -> tuple[dict[str, Assertion], list[Conflict]]:
    own: dict[str, Assertion] = {}
    conflicts: list[Conflict] = []
    for concept in sorted(by_concept):
        own[concept], conflict = _resolve(by_concept[concept])
        conflicts += [conflict] if conflict else []
    return own, conflicts


def _resolve(assertions: list[Assertion]) -> tuple[Assertion, Conflict | None]:
    """Return the one that holds, and the conflict if present and absent were both stated."""
    if len(assertions) == 1:
        return assertions[0], None
    best: dict[Polarity, Assertion] = {}
    for assertion in sorted(assertions, key=order):
        held = best.get(assertion.polarity)
        if held is None or assertion.confidence > held.confidence:
            best[assertion.polarity] = assertion
    ranked = sorted(best.values(), key=lambda a: (-a.confidence, a.polarity))
    winner = ranked[0]
    if len(ranked) > 1 and ranked[0].confidence - ranked[1].confidence < _MARGIN:
        winner = best.get(Polarity.VARIABLE) or replace(ranked[0], polarity=Polarity.VARIABLE)
    present, absent = best.get(Polarity.PRESENT), best.get(Polarity.ABSENT)
    if present is None or absent is None:
        return winner, None
    return winner, Conflict(winner.about, winner.stage, winner.concept, present, absent, winner.polarity)


def _without_strays(own: dict[str, Assertion], scheme: Scheme) -> dict[str, Assertion]:
    """Open the values of graded parts that lie apart from the surest one and those that reach to it."""
    found = dict(own)
    for part in scheme.parts:
        if not part.exclusive or part.id not in GRADED:
            continue
        present = [c for c in part.concepts if c in own and own[c].polarity is Polarity.PRESENT]
        if len(present) < 2:
            continue
        surest = part.concepts.index(max(present, key=lambda c: own[c].confidence))
        for concept in present:
            between = sorted((surest, part.concepts.index(concept)))
            surer = own[part.concepts[surest]].confidence - own[concept].confidence >= _MARGIN
            if surer and any(c not in present for c in part.concepts[between[0] : between[1]]):
                found[concept] = replace(own[concept], polarity=Polarity.VARIABLE)
    return found


def _with_implied(own: dict[str, Assertion], scheme: Scheme, conflicts: list[Conflict]) -> dict[str, Assertion]:
    """Add implied presences, and absences of what would imply something absent."""
    found = dict(own)
    for concept, assertion in own.items():
        if assertion.polarity is Polarity.PRESENT:
            for target in scheme.implies.get(concept, ()):
                _add_implied(found, own, target, assertion, conflicts)
    open_or_absent = [concept for concept, said in found.items() if said.polarity is not Polarity.PRESENT]
    for concept in dict.fromkeys(c for target in open_or_absent for c in scheme.implied_by.get(target, ())):
        targets = scheme.implies[concept]
        lacking = [found[t] for t in targets if t in found and found[t].polarity is Polarity.ABSENT]
        if lacking and concept not in found:
            found[concept] = _derived(max(lacking, key=lambda a: a.confidence), concept, Polarity.ABSENT, IMPLIED, 1.0)
        # Where a shell varies, no ancestor's coiled shell is sure.
        varying = [found[t] for t in targets if t in found and found[t].polarity is Polarity.VARIABLE]
        if varying and concept not in found:
            found[concept] = _derived(varying[0], concept, Polarity.VARIABLE, IMPLIED, 1.0)
    return found


def _add_implied(
    found: dict[str, Assertion],
    own: Mapping[str, Assertion],
    target: str,
    because: Assertion,
    conflicts: list[Conflict],
) -> None:
    stated = own.get(target)
    if stated is None:
        held = found.get(target)
        if held is None or held.confidence < because.confidence:
            found[target] = _derived(because, target, Polarity.PRESENT, IMPLIED, 1.0)
    elif stated.polarity is Polarity.ABSENT:
        found[target] = replace(stated, polarity=Polarity.VARIABLE)
        conflict = Conflict(stated.about, stated.stage, target, because, stated, Polarity.VARIABLE)
        conflicts.append(conflict)


def _excluded(own: Mapping[str, Assertion], scheme: Scheme) -> dict[str, Assertion]:
    """Return the values of exclusive parts that the stated ones rule out or leave open."""
    derived: dict[str, Assertion] = {}
    shown = [c for c, a in own.items() if a.polarity is Polarity.PRESENT and c in scheme.excludes]
    for part in dict.fromkeys(scheme.part_of[concept] for concept in shown):
        stated = [own[c] for c in part.concepts if c in shown]
        surest = max(stated, key=lambda a: a.confidence)
        pattern = _derived(surest, "", Polarity.ABSENT, EXCLUSIVE, EXCLUSIVE_FACTOR)
        for value in part.concepts:
            if value in own or value in scheme.independent:
                continue
            out = all(value in scheme.excludes[assertion.concept] for assertion in stated)
            polarity = Polarity.ABSENT if out else Polarity.VARIABLE
            derived[value] = _of(pattern, value, polarity)
    return derived


def _of(pattern: Assertion, concept: str, polarity: Polarity) -> Assertion:
    """Return the pattern in another concept; half the time of `replace`, and there are many."""
    return Assertion(pattern.about, concept, polarity, pattern.confidence, pattern.evidence, pattern.stage)


def _derived(because: Assertion, concept: str, polarity: Polarity, method: str, factor: float) -> Assertion:
    evidence = replace(because.evidence, method=method)
    sure = round(because.confidence * factor, 4)
    return replace(because, concept=concept, polarity=polarity, confidence=sure, evidence=evidence)


def conflict_lines(conflicts: Iterable[Conflict]) -> Iterator[str]:
    """Yield one line a conflict: node, stage, concept, both places, outcome."""
    for c in conflicts:
        stage = f" ({c.stage})" if c.stage else ""
        there = f"{c.present.evidence.page}:{c.present.evidence.start}"
        places = f"present at {there}, absent at {c.absent.evidence.start}"
        yield f"{c.about}{stage} {c.concept}: {places}; kept {c.outcome.value}"
