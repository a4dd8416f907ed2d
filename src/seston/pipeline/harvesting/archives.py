"""The taxa of a workspace as a Darwin Core archive: accepted names, synonyms, and the concepts that hold for each."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from seston.explain.sentences import Sayings
from seston.graph.columnar.core import Core
from seston.graph.vocabulary import concept_iri
from seston.pipeline.dictionary.schemes import scheme_of
from seston.pipeline.exploring.describing import TAXONOMY_CONCEPTS
from seston.pipeline.exploring.releasing import version_of
from seston.pipeline.knowledge import CORE, read_sayings
from seston.pipeline.stages import Progress, bring_up_to_date
from seston.pipeline.taxonomies import REGISTERS
from seston.records import Name, Taxon
from seston.sources.darwincore.extensions import PROFILE as HABITATS
from seston.sources.darwincore.writing import DCTERMS, DWC, GBIF, OBIS, About, Sheet, taxon_id, write_archive
from seston.sources.registry import PROFILE, Registered, read_register
from seston.workspace import Workspace

_CORE = tuple(
    DWC + word
    for word in (
        "acceptedNameUsageID",
        "parentNameUsageID",
        "scientificName",
        "acceptedNameUsage",
        "taxonRank",
        "scientificNameAuthorship",
        "taxonomicStatus",
        "datasetName",
    )
)
_VERNACULAR = (DWC + "vernacularName", DCTERMS + "language")
_PROFILE = tuple(GBIF + HABITATS[name] for name in PROFILE)
_FACT = (
    OBIS + "measurementTypeID",
    *(DWC + word for word in ("measurementType", "measurementValue", "measurementMethod", "measurementRemarks")),
    *(DCTERMS + word for word in ("source", "license")),
)
_TITLE = "Seston: taxa and forms of plankton"
_LICENCE = "Creative Commons Attribution 4.0; facts are under the licence that stands beside each"
_ABSTRACT = (
    "Taxa of plankton with their synonyms, and the morphological concepts that hold for each, its own and those that it"
    " inherits from taxa above it, with the passages that say so."
)


def release_dwca(workspace: Workspace, path: Path, progress: Progress) -> tuple[int, int, int]:
    """Write the taxa of a workspace as a Darwin Core archive, byte-identical from the same data.

    Returns
    -------
    tuple of int
        How many taxa, synonyms and facts were written.
    """
    bring_up_to_date(workspace, TAXONOMY_CONCEPTS, progress)
    taxa = Core.load(workspace.path(CORE)).taxa()
    rows = [row for register in sorted(workspace.root.glob(REGISTERS)) for row in read_register(register)]
    labels = {concept.id: concept.label for concept in scheme_of(workspace).concepts}
    synonyms, facts = list(_synonyms(taxa, rows)), list(_facts(taxa, read_sayings(workspace), labels))
    core = Sheet(DWC + "Taxon", "taxon.txt", _CORE, [*map(_accepted, taxa), *synonyms])
    extensions = (
        Sheet(GBIF + "VernacularName", "vernacularname.txt", _VERNACULAR, _vernaculars(taxa)),
        Sheet(GBIF + "SpeciesProfile", "speciesprofile.txt", _PROFILE, _profiles(taxa, rows)),
        Sheet(GBIF + "Identifier", "identifier.txt", (DCTERMS + "identifier",), _identifiers(taxa)),
        Sheet(DWC + "MeasurementOrFact", "measurementorfact.txt", _FACT, facts),
    )
    write_archive(path, core, extensions, _about(version_of(workspace)))
    return len(taxa), len(synonyms), len(facts)


def _about(version: str) -> About:
    licence = "Creative Commons Attribution 4.0; facts are under the licence that stands beside each"
    return About(
        "Seston: taxa and forms of plankton", _ABSTRACT, "The Seston developers", licence, version[:10], version
    )


def _accepted(taxon: Taxon) -> tuple[str, ...]:
    own, parent = taxon_id(taxon.id), taxon_id(taxon.parent)
    return (own, own, parent, taxon.name, taxon.name, taxon.rank, taxon.authority, taxon.status, taxon.source)


def _synonyms(taxa: Sequence[Taxon], rows: Sequence[Registered]) -> Iterator[tuple[str, ...]]:
    registered = {(row.accepted, row.name): row for row in rows if row.accepted not in ("", row.id)}
    for taxon in taxa:
        own, parent = taxon_id(taxon.id), taxon_id(taxon.parent)
        for name in taxon.names:
            if name.kind == "vernacular":
                continue
            row = registered.get((taxon.id, name.text))
            key = row.id if row else _made_id(taxon, name)
            rank, status = (row.rank, row.status) if row else (taxon.rank, "synonym")
            yield taxon_id(key), own, parent, name.text, taxon.name, rank, name.authority, status, taxon.source


def _made_id(taxon: Taxon, name: Name) -> str:
    """Return an id for a synonym that no register gives one."""
    return f"seston:synonym-{hashlib.sha256(f'{taxon.id} {name.text}'.encode()).hexdigest()[:12]}"


def _vernaculars(taxa: Sequence[Taxon]) -> Iterator[tuple[str, str, str]]:
    for taxon in taxa:
        yield from ((taxon_id(taxon.id), name.text, name.language) for name in taxon.names if name.kind == "vernacular")


def _profiles(taxa: Sequence[Taxon], rows: Sequence[Registered]) -> Iterator[tuple[str, ...]]:
    every = ((row.id, [getattr(row, name) for name in PROFILE]) for row in rows)
    known = {node: said for node, said in every if any(flag is not None for flag in said)}
    for taxon in taxa:
        if taxon.id in known:
            yield taxon_id(taxon.id), *("" if flag is None else str(int(flag)) for flag in known[taxon.id])


def _identifiers(taxa: Sequence[Taxon]) -> Iterator[tuple[str, str]]:
    return ((taxon_id(taxon.id), other) for taxon in taxa for other in taxon.same_as)


def _facts(taxa: Sequence[Taxon], sayings: Sayings, labels: dict[str, str]) -> Iterator[tuple[str, ...]]:
    matrix, names = sayings.matrix, {taxon.id: taxon.name for taxon in taxa}
    for taxon in taxa:
        for column in np.flatnonzero(np.isfinite(matrix.value[matrix.index[taxon.id]])):
            concept = matrix.concepts[column]
            said = sayings.of(taxon.id, concept)
            inherited = f"inherited from {names.get(said.origin, said.origin)} ({said.origin})"
            yield (
                taxon_id(taxon.id),
                concept_iri(concept),
                labels.get(concept, concept),
                "present" if said.value > 0.5 else "absent",
                said.method,
                "own" if said.origin == taxon.id else inherited,
                f"{said.page} ({said.evidence.revision})" if said.evidence else "",
                said.evidence.licence if said.evidence else "",
            )
