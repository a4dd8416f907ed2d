"""What the scheme lacks: ranked phrases, and the decisions of a person on them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from seston.concepts import Extractor, find_candidates
from seston.concepts.curation import Decision, grown, read_decisions, write_decisions
from seston.concepts.merge import merge_candidates, scheme_duplicates
from seston.concepts.scheme import load_scheme
from seston.concepts.search import Encoder
from seston.errors import InvalidData
from seston.explain.sentences import page_text, sentence_at
from seston.graph.columnar.core import Core
from seston.pipeline.dictionary.schemes import DECISIONS, same_terms
from seston.records import Evidence, Passage
from seston.workspace import Workspace

N_CANDIDATES = 200


def candidate_content(
    extractor: Extractor, passages: Sequence[Passage], encoder: Encoder, core: Core
) -> dict[str, list[dict[str, Any]]]:
    """Return ``concepts/candidates.json``: candidates by rank, and what may say the same, by wording and by mapping."""
    tree = core.hierarchy
    parents = {node: tree.ids[place] for node, place in zip(tree.ids, tree.parent.tolist(), strict=True) if place >= 0}
    found = find_candidates(extractor, passages, encoder, parents=parents)
    candidates = merge_candidates(found[: 2 * N_CANDIDATES], encoder)[:N_CANDIDATES]
    twins = scheme_duplicates(extractor.scheme, encoder)
    return {
        "candidates": [
            {
                "phrase": c.phrase,
                "support": c.support,
                "novelty": round(c.novelty, 4),
                "distinct": round(c.distinct, 4),
                "nearest": c.nearest,
                "merged": list(c.merged),
                "nodes": list(c.nodes),
                "sentence": _sentence(c.evidence),
            }
            for c in candidates
        ],
        "near_duplicates": [{"first": t.first, "second": t.second, "cosine": round(t.cosine, 4)} for t in twins],
        "same_terms": [{"term": term, "concepts": concepts} for term, concepts in same_terms().items()],
    }


def _sentence(evidence: Evidence) -> str:
    return sentence_at(page_text(evidence.page), evidence.start)


def open_candidates(workspace: Workspace, path: str, *, everything: bool = False) -> list[dict[str, Any]]:
    """Return the candidates by rank that no decision is kept on; with `everything` also the others, with theirs."""
    decided = {d.phrase.lower(): d for d in read_decisions(workspace.path(DECISIONS))}
    found: list[dict[str, Any]] = json.loads(workspace.path(path).read_text())["candidates"]
    kept = [entry for entry in found if everything or entry["phrase"] not in decided]
    return [entry | _decision(decided.get(entry["phrase"])) for entry in kept]


def _decision(decision: Decision | None) -> dict[str, Any]:
    if decision is None:
        return {"decision": ""}
    return {"decision": decision.decision, "concept": decision.concept, "by": decision.by, "date": decision.date}


def decide(workspace: Workspace, decision: Decision) -> None:
    """Keep a decision in ``curated/decisions.csv``; nothing is written when it does not fit the scheme.

    Raises
    ------
    InvalidData
        If it names a part or a concept that there is not, or accepts one that there is.
    """
    kept = [d for d in read_decisions(workspace.path(DECISIONS)) if d.phrase.lower() != decision.phrase.lower()]
    all_of_them = [*kept, replace(decision, phrase=decision.phrase.strip())]
    try:
        grown(load_scheme(), all_of_them)
    except InvalidData as error:
        told = error.problems[0] if error.problems else error.message
        raise InvalidData(f"The decision does not fit: {told}.", hint="Nothing was kept.") from error
    write_decisions(workspace.path(DECISIONS), all_of_them)
