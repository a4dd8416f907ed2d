"""How a scheme grows by decisions: a merged phrase is a wording more, an accepted one a concept more."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from seston.concepts.curation.decisions import Decision
from seston.concepts.scheme import Scheme
from seston.errors import InvalidData
from seston.records import Concept


def grown(scheme: Scheme, decisions: Iterable[Decision]) -> Scheme:
    """Return the scheme with what was accepted and merged.

    Parameters
    ----------
    scheme
        The scheme as its file has it.
    decisions
        One at most for each phrase.

    Returns
    -------
    Scheme
        The same, with more wordings and concepts; an accepted concept stands last in its part.

    Raises
    ------
    InvalidData
        With every decision that names a part or a concept that there is not, or one that there is already.

    Examples
    --------
    >>> from seston.concepts.scheme import load_scheme
    >>> merged = Decision("whip-like feelers", "merge", "antennae/long", "A. Nyone", "2026-01-31")
    >>> "whip-like feelers" in grown(load_scheme(), [merged]).concept("antennae/long").wordings
    True
    """
    chosen = [decision for decision in decisions if decision.decision != "reject"]
    accepted = {d.concept: d for d in chosen if d.decision == "accept"}
    problems = list(_problems(scheme, chosen, set(accepted)))
    if problems:
        hint = "Correct curated/decisions.csv by hand."
        raise InvalidData(f"{len(problems)} decisions do not fit the scheme.", hint=hint, problems=problems)
    if not chosen:
        return scheme
    more: dict[str, list[str]] = {}
    for decision in chosen:
        more.setdefault(decision.concept, []).append(decision.phrase.lower())
    parts = tuple(
        replace(p, concepts=(*p.concepts, *(c for c in accepted if c.startswith(f"{p.id}/")))) for p in scheme.parts
    )
    known = {concept.id: concept for concept in scheme.concepts}
    known |= {d.concept: _concept(d, scheme) for d in accepted.values()}
    concepts = (known[key] for part in parts for key in part.concepts)
    return replace(scheme, parts=parts, concepts=tuple(_worded(concept, more) for concept in concepts))


def _problems(scheme: Scheme, decisions: Iterable[Decision], accepted: set[str]) -> Iterator[str]:
    parts = {part.id for part in scheme.parts}
    for decision in decisions:
        part = decision.concept.split("/")[0]
        if decision.decision == "accept" and part not in parts:
            yield f"'{decision.phrase}' is accepted into the part {part}, which the scheme lacks"
        elif decision.decision == "accept" and decision.concept in scheme.index:
            yield f"'{decision.phrase}' is accepted as {decision.concept}, which the scheme has; merge it"
        elif decision.decision == "merge" and decision.concept not in {*scheme.index, *accepted}:
            near = " or ".join(scheme.nearest(decision.concept))
            yield f"'{decision.phrase}' is merged into {decision.concept}, which the scheme lacks; did you mean {near}?"


def _concept(decision: Decision, scheme: Scheme) -> Concept:
    part = next(part for part in scheme.parts if part.id == decision.concept.split("/")[0])
    sample = scheme.concept(part.concepts[0]) if part.concepts else None
    instruments = sample.instruments if sample else ()
    return Concept(
        decision.concept,
        decision.phrase,
        decision.definition,
        part.id,
        exclusive=part.exclusive,
        instruments=instruments,
    )


def _worded(concept: Concept, more: dict[str, list[str]]) -> Concept:
    return replace(concept, wordings=tuple(dict.fromkeys((*concept.wordings, *more.get(concept.id, ())))))
