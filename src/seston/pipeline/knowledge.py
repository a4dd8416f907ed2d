"""The stages from taxonomy and text to graph, dictionary and vectors."""

import json
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any
from urllib.parse import unquote

from seston.bundled import folder
from seston.concepts import (
    ConceptMatrix,
    Extractor,
    concept_matrix,
    consolidate,
    read_assertions,
    write_assertions,
    write_dictionary,
)
from seston.concepts.consolidate import Conflict
from seston.concepts.extract.encyclopedia import SOURCE as ENCYCLOPEDIA
from seston.disk import write_text
from seston.explain.sentences import Sayings, page_text, sentence_at
from seston.graph.columnar.core import Core
from seston.graph.rdf.writing import write_nquads
from seston.pipeline.dictionary.answers import ANSWERS, TEXT_ASSERTIONS, TEXT_MATRIX, with_answers
from seston.pipeline.dictionary.attributes import attribute_assertions
from seston.pipeline.dictionary.candidates import candidate_content
from seston.pipeline.dictionary.naming import with_names
from seston.pipeline.dictionary.schemes import DECISIONS, scheme_of
from seston.pipeline.stages import Progress, Stage
from seston.pipeline.taxonomies import DEFECTS, REGISTERS, taxonomy_core
from seston.records import Passage
from seston.sources.descriptions import Article, read_descriptions
from seston.sources.wikimedia.passages import PASSAGES, read_passages
from seston.sources.worms.attributes import ATTRIBUTES
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


def build_taxonomy(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Read taxa and labels, bundled and imported, into the columnar core."""
    taxonomy_core(workspace, progress).save(workspace.path(CORE))
    return {}


def build_concepts(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Read what the descriptions state of form, and fill the taxon-concept matrix."""
    core, scheme = Core.load(workspace.path(CORE)), scheme_of(workspace)
    articles, harvested = read_articles(core), read_harvested(workspace, core)
    passages = [passage for article in articles for passage in article.passages]
    own = Extractor(scheme, _names(core, articles)).assertions(passages)
    others = Extractor(scheme, _titles(core, harvested)).assertions(harvested, ENCYCLOPEDIA) if harvested else ()
    held = attribute_assertions(workspace, core, scheme, progress)
    said = with_names(core, scheme, consolidate(chain(own, others, held), scheme), progress)
    said = with_answers(workspace, core, scheme, said, progress)
    matrix = concept_matrix(core, said.assertions, [concept.id for concept in scheme.concepts])
    write_assertions(workspace.path(ASSERTIONS), said.assertions)
    matrix.save(workspace.path(MATRIX))
    write_dictionary(workspace.path(DICTIONARY), scheme, matrix)
    conflicts = [_conflict(conflict) for conflict in said.conflicts]
    write_text(workspace.path(CONFLICTS), json.dumps(conflicts, indent=1) + "\n")
    overruled = sum("overruled" in conflict for conflict in conflicts)
    settled = len(conflicts) - overruled
    progress.note(f"{len(said.assertions)} assertions, {settled} contradictions settled as variable")
    if harvested:
        count = sum(assertion.evidence.source == ENCYCLOPEDIA for assertion in said.assertions)
        pages = len({passage.page for passage in harvested})
        progress.note(f"{count} of them from {pages} pages of Wikipedia, {overruled} overruled by our own words")
    return {}


def build_graph(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Write the graph as N-Quads."""
    core, scheme = Core.load(workspace.path(CORE)), scheme_of(workspace)
    assertions = read_assertions(workspace.path(ASSERTIONS))
    sentences = {
        assertion.evidence: sentence_at(page_text(assertion.evidence.page), assertion.evidence.start)
        for assertion in assertions
    }
    write_nquads(workspace.path(QUADS), core, scheme.concepts, assertions, sentences)
    return {}


def build_vectors(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Embed the wordings, and rank what the scheme lacks by support, distinctiveness and novelty."""
    from seston.encode.text import TextEncoder

    core, scheme = Core.load(workspace.path(CORE)), scheme_of(workspace)
    articles = read_articles(core)
    encoder = TextEncoder(cache=workspace.path(VECTORS))
    passages = [passage for article in articles for passage in article.passages]
    content = candidate_content(Extractor(scheme, _names(core, articles)), passages, encoder, core)
    write_text(workspace.path(CANDIDATES), json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    return {"model": encoder.fingerprint}


def read_articles(core: Core) -> list[Article]:
    """Return the bundled articles about nodes of the core."""
    articles = read_descriptions(folder("data") / "descriptions", core.categories())
    return [article for article in articles if article.id in core.hierarchy]


def read_harvested(workspace: Workspace, core: Core | None = None) -> list[Passage]:
    """Return the passages of Wikipedia that the workspace holds; with a core, those about its nodes."""
    passages = read_passages(workspace.path(PASSAGES))
    return [passage for passage in passages if core is None or passage.about in core.hierarchy]


def read_sayings(workspace: Workspace) -> Sayings:
    """Return what is said of each node, with the sentences."""
    matrix, assertions = ConceptMatrix.load(workspace.path(MATRIX)), read_assertions(workspace.path(ASSERTIONS))
    return Sayings(matrix, assertions, read_harvested(workspace))


def _conflict(conflict: Conflict) -> dict[str, str]:
    """Return a contradiction; with the text that our own words overruled, where one was."""
    sides = (conflict.present, conflict.absent)
    overruled = [side.evidence for side in sides if side.evidence.source == ENCYCLOPEDIA]
    told = {"about": conflict.about, "concept": conflict.concept}
    if len(overruled) == 1:
        told |= {"overruled": f"{overruled[0].page}#{overruled[0].start}-{overruled[0].end}"}
    return told


def _titles(core: Core, passages: Iterable[Passage]) -> dict[str, tuple[str, ...]]:
    """Return the name of each node that passages are about, with the titles of their pages."""
    names = dict(zip(core.hierarchy.ids, core.hierarchy.names, strict=True))
    titles: dict[str, dict[str, None]] = {}
    for passage in passages:
        title = unquote(passage.page.rpartition("/")[2]).replace("_", " ")
        titles.setdefault(passage.about, {})[title] = None
    return {node: (names[node], *found) for node, found in titles.items()}


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
        optional=(PASSAGES, ATTRIBUTES, ANSWERS, DECISIONS),
        makes=(TEXT_ASSERTIONS, TEXT_MATRIX),
    ),
    Stage(
        "graph",
        "everything to RDF, with evidence and inheritance",
        _TEXT,
        (*CORE_FILES, ASSERTIONS),
        (QUADS,),
        build_graph,
        optional=(DECISIONS,),
    ),
    Stage(
        "vectors",
        "wordings to text embeddings; what the scheme lacks",
        _TEXT,
        CORE_FILES,
        (VECTORS, CANDIDATES),
        build_vectors,
        optional=(DECISIONS,),
    ),
)
