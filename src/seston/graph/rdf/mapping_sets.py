"""Mappings between registers as SSSOM: WoRMS, EcoTaxa, Wikidata, NCBI and whatever else taxa have ids of.

The format is SSSOM's TSV: a metadata block in comment lines, then one mapping a row, each with the justification that
SSSOM asks for.

References
----------
.. [1] Matentzoglu et al. (2022). A Simple Standard for Sharing Ontological Mappings (SSSOM). Database, baac035.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from seston.disk import write_text
from seston.graph.vocabulary import BASE, PREFIXES, node_iri
from seston.records import Taxon
from seston.version import VERSION

EXACT, REPLACED = "skos:exactMatch", "dcterms:isReplacedBy"
CURATED = "semapv:ManualMappingCuration"
COMPOSITE = "semapv:CompositeMatching"
CHAINED = "semapv:MappingChaining"
UNSPECIFIED = "semapv:UnspecifiedMatching"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SEMAPV = "https://w3id.org/semapv/vocab/"
PROVIDERS = {
    "worms": "https://www.marinespecies.org",
    "ecotaxa": "https://ecotaxa.obs-vlfr.fr",
    "wikidata": "https://www.wikidata.org",
}
"""Who keeps the links of each register's nodes."""


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A mapping; the fields are columns of SSSOM."""

    subject_id: str
    predicate_id: str
    object_id: str
    mapping_justification: str
    subject_label: str = ""
    object_label: str = ""
    mapping_provider: str = ""
    comment: str = ""


_COLUMNS = tuple(f.name for f in fields(Match))


def taxon_matches(taxa: Iterable[Taxon], renamed: Mapping[str, str], labels: Mapping[str, str]) -> list[Match]:
    """Return what taxa say of themselves in other registers.

    Parameters
    ----------
    taxa
        With their ids in other registers in ``same_as``.
    renamed
        Node by node that it was renamed to; such nodes are replaced, not the same.
    labels
        Names of the nodes of registers, where known.

    Returns
    -------
    list of Match
        ``skos:exactMatch`` to a register's own node, ``dcterms:isReplacedBy`` from a synonym's or a renamed node's id.
        A link that a register itself keeps is curated; one that came with a table of others is of unknown making.

    Examples
    --------
    >>> copepoda = Taxon("worms:1080", "Copepoda", "subclass", "worms:2", same_as=("ecotaxa:25828", "ncbi:6830"))
    >>> [(match.object_id, match.mapping_justification) for match in taxon_matches([copepoda], {}, {})]
    [('ecotaxa:25828', 'semapv:ManualMappingCuration'), ('ncbi:6830', 'semapv:UnspecifiedMatching')]
    """
    found = [_match(taxon, other, labels) for taxon in taxa for other in taxon.same_as if other not in renamed]
    moved = (
        Match(old, REPLACED, new, CURATED, labels.get(old, ""), labels.get(new, ""), _provider(old))
        for old, new in renamed.items()
    )
    return sorted({*found, *moved})


def _match(taxon: Taxon, other: str, labels: Mapping[str, str]) -> Match:
    if other.partition(":")[0] == taxon.id.partition(":")[0]:
        return Match(other, REPLACED, taxon.id, CURATED, labels.get(other, ""), taxon.name, _provider(other))
    kept = other.startswith("ecotaxa:")
    justification, provider = (CURATED, _provider(other)) if kept else (UNSPECIFIED, "")
    return Match(taxon.id, EXACT, other, justification, taxon.name, labels.get(other, ""), provider)


def _provider(curie: str) -> str:
    return PROVIDERS.get(curie.partition(":")[0], "")


def one_each(matches: Iterable[Match]) -> list[Match]:
    """Return one mapping for each subject, predicate and object: the one whose making is known best."""
    order = (CURATED, CHAINED, COMPOSITE, UNSPECIFIED)
    best: dict[tuple[str, str, str], Match] = {}
    for match in sorted(matches, key=lambda match: (order.index(match.mapping_justification), match)):
        best.setdefault((match.subject_id, match.predicate_id, match.object_id), match)
    return sorted(best.values())


def sssom_text(matches: Sequence[Match], *, name: str, description: str) -> str:
    """Return a mapping set as SSSOM TSV; columns without any value are left out.

    Parameters
    ----------
    matches
        In the order in which they are to stand.
    name
        Last part of the IRI of the set.
    description
        What the set holds.

    Returns
    -------
    str
        Metadata block, header and rows. The same mappings always give the same text.
    """
    used = [c for i, c in enumerate(_COLUMNS) if i < 4 or any(getattr(match, c) for match in matches)]
    stream = io.StringIO()
    stream.write("".join(f"#{line}\n" for line in _metadata(matches, name, description)))
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    writer.writerow(used)
    for match in matches:
        cells = dict(zip(_COLUMNS, astuple(match), strict=True))
        writer.writerow(" ".join(cells[column].split()) for column in used)
    return stream.getvalue()


def write_sssom(path: Path, matches: Sequence[Match], *, name: str, description: str) -> None:
    """Write what `sssom_text` returns."""
    write_text(path, sssom_text(matches, name=name, description=description))


def _metadata(matches: Sequence[Match], name: str, description: str) -> list[str]:
    registers = sorted({curie.partition(":")[0] for match in matches for curie in (match.subject_id, match.object_id)})
    curies = {register: node_iri(f"{register}:") for register in registers}
    curies |= {prefix: PREFIXES[prefix] for prefix in ("dcterms", "skos")} | {"semapv": SEMAPV}
    return [
        f"mapping_set_id: {BASE}mappings/{name}",
        f'mapping_set_version: "{VERSION}"',
        f"license: {LICENCE}",
        f'mapping_set_description: "{description}"',
        "mapping_tool: seston",
        f'mapping_tool_version: "{VERSION}"',
        "curie_map:",
        *(f'  {prefix}: "{iri}"' for prefix, iri in curies.items()),
    ]
