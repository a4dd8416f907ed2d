"""The dictionary as files for others: concepts, matrix, vectors, and a card with figures on coverage."""

from pathlib import Path
from typing import Any

import numpy as np

from seston.concepts import ConceptMatrix, Scheme, coverage, label_rows, read_assertions
from seston.concepts.artefact import (
    CARD,
    DICTIONARY,
    MATRIX,
    VECTORS,
    concept_vectors,
    taxa_of,
    write_card,
    write_matrix,
    write_vectors,
)
from seston.concepts.dictionary import dictionary
from seston.disk import write_text
from seston.graph.columnar.core import Core
from seston.pipeline import knowledge
from seston.pipeline.dictionary.schemes import mappings, scheme_of
from seston.pipeline.exploring.describing import TAXONOMY_CONCEPTS
from seston.pipeline.stages import Progress, bring_up_to_date
from seston.workspace import Workspace

SHARED_BY = 3


def publish_dictionary(workspace: Workspace, target: Path, progress: Progress) -> dict[str, Any]:
    """Write the dictionary of a workspace to a folder.

    Parameters
    ----------
    workspace
        Where; what is missing or stale is built first.
    target
        The folder.
    progress
        Told of the stages.

    Returns
    -------
    dict
        The card.
    """
    import json

    from seston.encode.text import TextEncoder

    bring_up_to_date(workspace, TAXONOMY_CONCEPTS, progress)
    core, scheme = Core.load(workspace.path(knowledge.CORE)), scheme_of(workspace)
    matrix = ConceptMatrix.load(workspace.path(knowledge.MATRIX))
    names = dict(zip(core.hierarchy.ids, core.hierarchy.names, strict=True))
    described = sorted({said.about for said in read_assertions(workspace.path(knowledge.ASSERTIONS))})
    told = sorted({*described, *(category.id for category in core.categories())})
    content = dictionary(scheme, matrix, mappings()) | {"taxa": taxa_of(matrix, names, told)}
    write_text(target / DICTIONARY, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    write_matrix(target / MATRIX, matrix, names)
    encoder = TextEncoder(cache=workspace.path(knowledge.VECTORS))
    write_vectors(target / VECTORS, scheme, concept_vectors(scheme, encoder), encoder.fingerprint)
    card = card_of(core, scheme, matrix, len(described)) | {"text_model": encoder.fingerprint}
    write_card(target / CARD, card)
    return card


def card_of(core: Core, scheme: Scheme, matrix: ConceptMatrix, described: int) -> dict[str, Any]:
    """Return figures on the scheme and on how far it is filled.

    Parameters
    ----------
    core, matrix
        All nodes.
    scheme
        The concepts, the columns of the matrix.
    described
        Nodes of which a text or a person says something.
    """
    taxa = matrix.take([i for i, kind in zip(core.hierarchy.ids, core.kind, strict=True) if kind != "group"])
    shown = (taxa.value == 1).sum(axis=0)
    living = [category for category in core.categories() if category.living]
    rows = label_rows(matrix, [category.id for category in living])
    per_label = np.isfinite(rows.value).sum(axis=1) if living else np.zeros(1, int)
    alike = coverage(rows, {category.id: category.of_taxon for category in living}).identical
    mapped = set(mappings()) & set(scheme.index)
    return {
        "version": scheme.version,
        "licence": "CC-BY-4.0",
        "concepts": len(scheme),
        "parts": len(scheme.parts),
        "facets": len(scheme.facets),
        "with_cue": sum(bool(c.cue) for c in scheme.concepts),
        "with_life_stage": sum(bool(c.stages) for c in scheme.concepts),
        "with_measure_and_bounds": sum(bool(c.measure) for c in scheme.concepts),
        "with_mapping": len(mapped),
        "nodes": len(taxa.rows),
        "described_nodes": described,
        "shown_by_three_or_more": int((shown >= SHARED_BY).sum()),
        "shown_by_none": [scheme.concepts[j].id for j in np.flatnonzero(shown == 0).tolist()],
        "living_labels": len(living),
        "known_per_living_label": {"least": int(per_label.min()), "median": float(np.median(per_label))},
        "living_siblings_alike": [list(group) for group in alike],
    }
