"""Taxa, categories and groups as columns of terms, straight from those of the core."""

from collections import Counter
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seston.graph.columnar.core import Core
from seston.graph.rdf.columns import Columns, grouped, literals, mapped, stacked
from seston.graph.rdf.nquads import iri, language_tag, literal, typed
from seston.graph.vocabulary import BASE, node_iri, rank_iri, term

_TYPE = term("rdf:type")
_CLASSES = {
    "taxon": ("dwc:Taxon", "skos:Concept"),
    "category": ("sst:MorphoCategory", "skos:Concept"),
    "group": ("sst:Group", "skos:Concept"),
}
_TEXTS = {
    "rank": "dwc:taxonRank",
    "status": "dwc:taxonomicStatus",
    "authority": "dwc:scientificNameAuthorship",
    "source": "dcterms:source",
    "qualifier": "sst:qualifier",
}
_LSID = "urn:lsid:marinespecies.org:taxname:"
_PLAIN = "^[a-z]+:[A-Za-z0-9._~-]+$"


def subjects(core: Core) -> Any:
    """Return each node's IRI in angle brackets, (n,) strings; only an odd id is looked at alone."""
    ids, (prefix, local) = _column(core, "id"), _parts(core)
    stems = mapped(prefix, lambda name: f"<{node_iri(name + ':')}")
    terms = pc.binary_join_element_wise(stems, local, ">", "")
    odd = pc.invert(pc.match_substring_regex(ids, _PLAIN))
    written = [iri(node_iri(node)) for node in ids.filter(odd).to_pylist()]
    return pc.replace_with_mask(terms, odd, pa.array(written, pa.string()))


def taxonomy(core: Core) -> Columns:
    """Return what is said of all nodes, of their further names and of the schemes."""
    node = subjects(core)
    label = _label_subjects(core, node)
    return stacked([_nodes(core, node, label), _names(core, label), _schemes(core)])


def taxonomies(core: Core) -> dict[str, Columns]:
    """Return `taxonomy` source by source: the prefix of the ids, such as "worms", with what is said of its nodes."""
    prefix, columns = _parts(core)[0], taxonomy(core)
    sources = sorted(set(prefix.to_pylist()))
    source = pa.concat_arrays([prefix, prefix.take(core.names["node"].combine_chunks()), pa.array(sources)])
    return {name: columns.filter(pc.equal(source, name)) for name in sources}


def shared_ids(core: Core) -> set[str]:
    """Return the ids of other sources that several nodes name: wider than each label that names them."""
    counts = Counter(chain.from_iterable(core.column("same_as")))
    return {other for other, count in counts.items() if count > 1}


def _nodes(core: Core, node: Any, label: Any) -> Columns:
    kind, parent = _column(core, "kind"), _column(core, "parent")
    taxon, of_taxon = pc.equal(kind, "taxon"), _column(core, "of_taxon")
    prefix, local = _parts(core)
    name = literals(_column(core, "name"))
    types = grouped(3, [0, 0, 1, 1, 2, 2], pa.array([term(c) for classes in _CLASSES.values() for c in classes]))
    lsid = pc.binary_join_element_wise(_LSID, local, "")
    said = {
        "rdf:type": types.take(pc.index_in(kind, pa.array(_CLASSES))),
        "dcterms:identifier": literals(_column(core, "id")),
        "skos:prefLabel": name,
        "skos:inScheme": mapped(prefix, _scheme),
        "dwc:scientificName": _where(taxon, name),
        "sst:rank": mapped(_column(core, "rank"), lambda rank: iri(found) if (found := rank_iri(rank)) else None),
        "dwc:taxonID": _where(pc.and_(taxon, pc.equal(prefix, "worms")), literals(lsid)),
        "sst:living": mapped(_column(core, "living"), typed),
        "sst:ofTaxon": node.take(_where(pc.greater_equal(of_taxon, 0), of_taxon)),
        "skos:broader": node.take(_where(pc.greater_equal(parent, 0), parent)),
        "sst:inheritsMorphology": _where(pa.array(core.blocked), typed(False)),
        "skosxl:altLabel": grouped(len(core), core.names["node"], label),
        "skos:altLabel": grouped(len(core), core.names["node"], _forms(core)),
    }
    said |= {predicate: literals(_filled(_column(core, name))) for name, predicate in _TEXTS.items()}
    return Columns(node, {term(predicate): column for predicate, column in (said | _matches(core)).items()})


def _matches(core: Core) -> dict[str, Any]:
    """Return the relations to ids of other sources; two labels that share one are not the same as each other."""
    same_as, shared = _column(core, "same_as"), shared_ids(core)
    owner, others = pc.list_parent_indices(same_as).to_numpy(), same_as.flatten()
    label = np.asarray(core.kind == "category")[owner]
    wide = label & np.array([other in shared for other in others.to_pylist()], dtype=bool)
    terms = pa.array([iri(node_iri(other)) for other in others.to_pylist()], pa.string())
    chosen = {"skos:broadMatch": wide, "skos:exactMatch": ~wide}
    return {name: grouped(len(core), owner[rows], terms.filter(pa.array(rows))) for name, rows in chosen.items()}


def _names(core: Core, label: Any) -> Columns:
    columns = {name: core.names[name].combine_chunks() for name in ("kind", "language", "authority")}
    said = {
        "rdf:type": pa.repeat(term("skosxl:Label"), len(label)),
        "skosxl:literalForm": _forms(core),
        "sst:nameKind": literals(columns["kind"]),
        "dcterms:language": literals(_filled(columns["language"])),
        "dwc:scientificNameAuthorship": literals(_filled(columns["authority"])),
    }
    return Columns(label, {term(predicate): column for predicate, column in said.items()})


def _schemes(core: Core) -> Columns:
    prefixes = sorted(set(_parts(core)[0].to_pylist()))
    said = {
        "rdf:type": pa.repeat(term("skos:ConceptScheme"), len(prefixes)),
        "skos:prefLabel": pa.array([literal(f"Nodes of {prefix}", "en") for prefix in prefixes]),
    }
    return Columns(pa.array(map(_scheme, prefixes)), {term(predicate): column for predicate, column in said.items()})


def _scheme(prefix: str) -> str:
    return f"<{BASE}scheme/{prefix}>"


def _forms(core: Core) -> Any:
    """Return (m,) the further names as literals in their languages."""
    tags = mapped(core.names["language"].combine_chunks(), language_tag)
    return pc.binary_join_element_wise(literals(core.names["text"].combine_chunks()), tags, "")


def _label_subjects(core: Core, node: Any) -> Any:
    """Return (m,) IRIs of names, numbered within their node."""
    owner = core.names["node"].to_numpy()
    number = np.arange(len(owner)) - np.searchsorted(owner, owner)
    ends = pa.array([f"/name/{place:04}>" for place in number.tolist()], pa.string())
    return pc.binary_join_element_wise(pc.utf8_slice_codeunits(node.take(pa.array(owner)), 0, -1), ends, "")


def _subjects(core: Core) -> Any:
    """Return (n,) terms; only an id with a character that IRIs lack is looked at alone."""
    ids, (prefix, local) = _column(core, "id"), _parts(core)
    stems = mapped(prefix, lambda name: f"<{node_iri(name + ':')}")
    terms = pc.binary_join_element_wise(stems, local, ">", "")
    odd = pc.invert(pc.match_substring_regex(ids, _PLAIN))
    written = [iri(node_iri(node)) for node in ids.filter(odd).to_pylist()]
    return pc.replace_with_mask(terms, odd, pa.array(written, pa.string()))


def _parts(core: Core) -> tuple[Any, Any]:
    """Return (n,) what stands before and after the colon of each id."""
    halves = pc.split_pattern(_column(core, "id"), ":", max_splits=1)
    return pc.list_element(halves, 0), pc.list_element(halves, 1)


def _column(core: Core, name: str) -> Any:
    return core.nodes[name].combine_chunks()


def _where(chosen: Any, values: Any) -> Any:
    """Return values where they are chosen, else null."""
    return pc.if_else(chosen, values, None)


def _filled(texts: Any) -> Any:
    return _where(pc.not_equal(texts, ""), texts)
