"""The stages from taxonomy and text to graph, dictionary and vectors."""

import json
from collections.abc import Mapping
from typing import Any

from seston.bundled import folder
from seston.concepts import (
    Extractor,
    concept_matrix,
    consolidate,
    find_candidates,
    load_scheme,
    read_assertions,
    write_assertions,
    write_dictionary,
)
from seston.concepts.merge import merge_candidates, scheme_duplicates
from seston.disk import write_text
from seston.explain.sentences import page_text, sentence_at
from seston.graph.core import Core
from seston.graph.rdf import write_nquads
from seston.pipeline.stages import Progress, Stage
from seston.pipeline.taxonomies import DEFECTS, REGISTERS, taxonomy_core
from seston.sources.descriptions import Article, read_descriptions
from seston.workspace import Workspace

CORE = "graph/core"
CORE_FILES = ("graph/core/nodes.parquet", "graph/core/names.parquet")
ASSERTIONS = "concepts/assertions.parquet"
MATRIX = "concepts/matrix.safetensors"
DICTIONARY = "concepts/dictionary.json"
CONFLICTS = "concepts/conflicts.json"
QUADS = "graph/seston.nq"
VECTORS = "concepts/vectors.safetensors"
CANDIDATES = "concepts/candidates.json"
N_CANDIDATES = 200


def build_taxonomy(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Read taxa and labels, bundled and imported, into the columnar core."""
    taxonomy_core(workspace, progress).save(workspace.path(CORE))
    return {}


def build_concepts(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Read what the descriptions state of form, and fill the taxon-concept matrix."""
    core, scheme = Core.load(workspace.path(CORE)), load_scheme()
    articles = read_articles(core)
    passages = [passage for article in articles for passage in article.passages]
    said = consolidate(Extractor(scheme, _names(core, articles)).assertions(passages), scheme)
    matrix = concept_matrix(core, said.assertions, [concept.id for concept in scheme.concepts])
    write_assertions(workspace.path(ASSERTIONS), said.assertions)
    matrix.save(workspace.path(MATRIX))
    write_dictionary(workspace.path(DICTIONARY), scheme, matrix)
    conflicts = [{"about": conflict.about, "concept": conflict.concept} for conflict in said.conflicts]
    write_text(workspace.path(CONFLICTS), json.dumps(conflicts, indent=1) + "\n")
    progress.note(f"{len(said.assertions)} assertions, {len(conflicts)} contradictions settled as variable")
    return {}


def build_graph(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Write the graph as N-Quads."""
    core, scheme = Core.load(workspace.path(CORE)), load_scheme()
    assertions = read_assertions(workspace.path(ASSERTIONS))
    sentences = {
        assertion.evidence: sentence_at(page_text(assertion.evidence.page), assertion.evidence.start)
        for assertion in assertions
    }
    write_nquads(workspace.path(QUADS), core, scheme.concepts, assertions, sentences)
    return {}


def build_vectors(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Embed the wordings, and rank what the scheme lacks by support and novelty."""
    from seston.encode.text import TextEncoder

    core, scheme = Core.load(workspace.path(CORE)), load_scheme()
    articles = read_articles(core)
    encoder = TextEncoder(cache=workspace.path(VECTORS))
    twins = scheme_duplicates(scheme, encoder)
    extractor = Extractor(scheme, _names(core, articles))
    found = find_candidates(extractor, [p for article in articles for p in article.passages], encoder)
    candidates = merge_candidates(found[: 2 * N_CANDIDATES], encoder)[:N_CANDIDATES]
    content = {
        "candidates": [
            {"phrase": c.phrase, "support": c.support, "novelty": round(c.novelty, 4), "nearest": c.nearest}
            for c in candidates
        ],
        "near_duplicates": [{"first": t.first, "second": t.second, "cosine": round(t.cosine, 4)} for t in twins],
    }
    write_text(workspace.path(CANDIDATES), json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    return {"model": encoder.fingerprint}


def read_articles(core: Core) -> list[Article]:
    """Return the bundled articles about nodes of the core."""
    articles = read_descriptions(folder("data") / "descriptions", core.categories())
    return [article for article in articles if article.id in core.hierarchy]


def _names(core: Core, articles: list[Article]) -> dict[str, tuple[str, ...]]:
    titles = {article.id: article.title for article in articles}
    pairs = zip(core.hierarchy.ids, core.hierarchy.names, strict=True)
    return {node: (name, *([titles[node]] if node in titles else [])) for node, name in pairs}


_TAXONOMY_FILES = ("data/taxa.csv", "data/labels.csv")
_TEXT = ("ontology/morphology.ttl", "data/descriptions")
KNOWLEDGE = (
    Stage(
        "taxonomy",
        "taxa and labels to the columnar core",
        _TAXONOMY_FILES,
        (),
        (*CORE_FILES, DEFECTS),
        build_taxonomy,
        optional=(REGISTERS,),
    ),
    Stage(
        "concepts",
        "descriptions to assertions, the taxon-concept matrix and the dictionary",
        _TEXT,
        CORE_FILES,
        (ASSERTIONS, MATRIX, DICTIONARY, CONFLICTS),
        build_concepts,
    ),
    Stage(
        "graph",
        "everything to RDF, with evidence and inheritance",
        _TEXT,
        (*CORE_FILES, ASSERTIONS),
        (QUADS,),
        build_graph,
    ),
    Stage(
        "vectors",
        "wordings to text embeddings; what the scheme lacks",
        _TEXT,
        CORE_FILES,
        (VECTORS, CANDIDATES),
        build_vectors,
    ),
)
