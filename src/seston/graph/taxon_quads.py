"""Taxa, categories and groups as descriptions, straight from the columns of the core."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

from seston.graph.core import Core
from seston.graph.nquads import Description, iri, literal, typed
from seston.graph.vocabulary import BASE, node_iri, rank_iri, term

_TYPE = term("rdf:type")
_CLASSES = {
    "taxon": (term("dwc:Taxon"), term("skos:Concept")),
    "category": (term("sst:MorphoCategory"), term("skos:Concept")),
    "group": (term("sst:Group"), term("skos:Concept")),
}
_TEXTS = {
    "rank": term("dwc:taxonRank"),
    "status": term("dwc:taxonomicStatus"),
    "authority": term("dwc:scientificNameAuthorship"),
    "source": term("dcterms:source"),
    "qualifier": term("sst:qualifier"),
}
_LSID = "urn:lsid:marinespecies.org:taxname:"


def subjects(core: Core) -> list[str]:
    """Return each node's IRI in angle brackets, (n,)."""
    return [iri(node_iri(node)) for node in core.hierarchy.ids]


def taxonomy(core: Core) -> Iterator[Description]:
    """Yield the descriptions of all nodes, of their further names and of the schemes, sorted by IRI."""
    node = subjects(core)
    names = core.names.to_pylist()
    shared = shared_ids(core)
    labels = _label_subjects([node[name["node"]] for name in names])
    columns = {name: core.column(name) for name in core.nodes.column_names}
    labels_of: dict[int, list[int]] = {}
    for place, name in enumerate(names):
        labels_of.setdefault(name["node"], []).append(place)

    def of_node(i: int) -> list[tuple[str, str]]:
        pairs = _node_pairs({name: values[i] for name, values in columns.items()}, node, bool(core.blocked[i]))
        pairs += [(_match(core.kind[i], other in shared), iri(node_iri(other))) for other in columns["same_as"][i]]
        for place in labels_of.get(i, ()):
            pairs.append((term("skosxl:altLabel"), labels[place]))
            pairs.append((term("skos:altLabel"), literal(names[place]["text"], names[place]["language"])))
        return pairs

    schemes = sorted({name.partition(":")[0] for name in core.hierarchy.ids})
    entries = [(subject, 0, i) for i, subject in enumerate(node)]
    entries += [(subject, 1, place) for place, subject in enumerate(labels)]
    entries += [(_scheme(prefix), 2, place) for place, prefix in enumerate(schemes)]
    makers = (of_node, lambda place: _name_pairs(names[place]), lambda place: _scheme_pairs(schemes[place]))
    for subject, kind, number in sorted(entries):
        yield subject, makers[kind](number)


def shared_ids(core: Core) -> set[str]:
    """Return the ids of other sources that several nodes name: wider than each label that names them."""
    counts = Counter(chain.from_iterable(core.column("same_as")))
    return {other for other, count in counts.items() if count > 1}


def _match(kind: str, shared: bool) -> str:
    """Return the relation to an id of another source; two labels that share one are not the same as each other."""
    return term("skos:broadMatch" if shared and kind == "category" else "skos:exactMatch")


def _label_subjects(owners: list[str]) -> list[str]:
    """Return the IRIs of names, numbered within their node; ``owners`` are the nodes' IRIs, grouped."""
    counter: dict[str, int] = {}
    found = []
    for owner in owners:
        counter[owner] = counter.get(owner, -1) + 1
        found.append(f"{owner[:-1]}/name/{counter[owner]:04}>")
    return found


def _node_pairs(row: dict[str, Any], subject: list[str], blocked: bool) -> list[tuple[str, str]]:
    pairs = [*_common(row), *_specific(row, subject)]
    if row["parent"] >= 0:
        pairs.append((term("skos:broader"), subject[row["parent"]]))
    if blocked:
        pairs.append((term("sst:inheritsMorphology"), typed(False)))
    return pairs


def _scheme_pairs(prefix: str) -> list[tuple[str, str]]:
    return [(_TYPE, term("skos:ConceptScheme")), (term("skos:prefLabel"), literal(f"Nodes of {prefix}", "en"))]


def _scheme(prefix: str) -> str:
    return f"<{BASE}scheme/{prefix}>"


def _common(row: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = [(_TYPE, kind) for kind in _CLASSES[row["kind"]]]
    pairs += [
        (term("dcterms:identifier"), literal(row["id"])),
        (term("skos:prefLabel"), literal(row["name"])),
        (term("skos:inScheme"), _scheme(row["id"].partition(":")[0])),
    ]
    return pairs + [(predicate, literal(row[column])) for column, predicate in _TEXTS.items() if row[column]]


def _specific(row: dict[str, Any], subject: list[str]) -> list[tuple[str, str]]:
    if row["kind"] == "taxon":
        prefix, _, local = row["id"].partition(":")
        pairs = [(term("dwc:scientificName"), literal(row["name"]))]
        if rank := rank_iri(row["rank"]):
            pairs.append((term("sst:rank"), iri(rank)))
        if prefix == "worms":
            pairs.append((term("dwc:taxonID"), literal(_LSID + local)))
        return pairs
    if row["kind"] == "category":
        pairs = [(term("sst:living"), typed(row["living"]))]
        return pairs + ([(term("sst:ofTaxon"), subject[row["of_taxon"]])] if row["of_taxon"] >= 0 else [])
    return []


def _name_pairs(name: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = [
        (_TYPE, term("skosxl:Label")),
        (term("skosxl:literalForm"), literal(name["text"], name["language"])),
        (term("sst:nameKind"), literal(name["kind"])),
    ]
    for column, predicate in (("language", "dcterms:language"), ("authority", "dwc:scientificNameAuthorship")):
        if name[column]:
            pairs.append((term(predicate), literal(name[column])))
    return pairs
