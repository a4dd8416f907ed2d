"""The scheme of a workspace: the bundled one, grown by the decisions that the workspace keeps."""

import csv

from seston.bundled import folder
from seston.concepts import Scheme, load_scheme
from seston.concepts.curation import grown, read_decisions
from seston.workspace import Workspace

DECISIONS = "curated/decisions.csv"


def scheme_of(workspace: Workspace) -> Scheme:
    """Return the scheme of a workspace.

    Raises
    ------
    InvalidData
        If a decision cannot be read, or does not fit the scheme; `problems` names all of them.
    """
    return grown(load_scheme(), read_decisions(workspace.path(DECISIONS)))


def mappings() -> dict[str, list[str]]:
    """Return, for each concept, the terms of other vocabularies with how they match: "skos:closeMatch PATO:1"."""
    lines = (folder("ontology") / "mappings.sssom.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    found: dict[str, list[str]] = {}
    for row in rows:
        concept = row["subject_id"].removeprefix("morphology:")
        found.setdefault(concept, []).append(f"{row['predicate_id']} {row['object_id']}")
    return found


def same_terms() -> dict[str, list[str]]:
    """Return the terms of other vocabularies that several concepts match closely: they may say the same."""
    found: dict[str, list[str]] = {}
    for concept, matches in mappings().items():
        for predicate, _, term in (match.partition(" ") for match in matches):
            if predicate in ("skos:exactMatch", "skos:closeMatch"):
                found.setdefault(term, []).append(concept)
    return {term: concepts for term, concepts in sorted(found.items()) if len(concepts) > 1}
