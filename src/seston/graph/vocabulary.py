"""IRIs: prefixes, named graphs, and the way from a CURIE to an IRI and back."""

from functools import cache
from urllib.parse import quote, unquote

BASE = "https://w3id.org/seston/"
SST = BASE + "ontology#"
PREFIXES = {
    "sst": SST,
    "dcterms": "http://purl.org/dc/terms/",
    "dwc": "http://rs.tdwg.org/dwc/terms/",
    "obo": "http://purl.obolibrary.org/obo/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

GRAPHS = ("taxonomy", "scheme", "descriptions", "curated", "closure", "inherited", "provenance")
"""Named graphs by the end of their IRI; of "taxonomy" there is one for each source, such as ``taxonomy/worms``."""

DERIVED = ("closure", "inherited", "provenance")
"""Those that can be dropped and rebuilt."""

_REGISTERS = ("worms", "ecotaxa", "gbif", "itis", "dwca")
_ELSEWHERE = {
    "bold": "https://identifiers.org/bold.taxonomy:",
    "ncbi": PREFIXES["obo"] + "NCBITaxon_",
    "wikidata": "http://www.wikidata.org/entity/",
}
_MORPHOLOGY = BASE + "morphology/"
_SAFE = "-._~!$&'()*+,;=:@/"
_RANKS = {
    "phylum": 1, "phylum (division)": 1, "class": 2, "order": 3, "family": 4, "genus": 5, "species": 6,
    "subclass": 7, "subphylum": 8, "subphylum (subdivision)": 8, "subgenus": 9, "infraorder": 13, "suborder": 14,
    "superclass": 15, "variety": 16, "kingdom": 17, "superfamily": 18, "infraclass": 19, "superorder": 20,
    "parvorder": 21, "subspecies": 23, "subfamily": 24, "tribe": 25, "forma": 26, "superphylum": 27, "subtribe": 28,
    "subkingdom": 29, "section": 30, "series": 31, "domain": 37, "infraphylum": 40, "infrakingdom": 44,
    "subvariety": 51, "subsection": 53, "supertribe": 57, "subforma": 59, "clade": 1004, "cohort": 1010,
}  # fmt: skip


@cache
def term(name: str) -> str:
    """Return the IRI of a prefixed name such as ``skos:broader``, in angle brackets.

    Examples
    --------
    >>> term("skos:broader")
    '<http://www.w3.org/2004/02/skos/core#broader>'
    """
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def node_iri(node: str) -> str:
    """Return the IRI of a taxon, a category or a group.

    Parameters
    ----------
    node
        A CURIE.

    Returns
    -------
    str
        Its IRI; what an IRI may not hold is percent-encoded.

    Examples
    --------
    >>> node_iri("worms:1080"), node_iri("planktonset:fecal_pellet")
    ('https://w3id.org/seston/taxon/worms/1080', 'https://w3id.org/seston/category/planktonset/fecal_pellet')
    """
    prefix, _, local = node.partition(":")
    name = quote(local, safe=_SAFE)
    if prefix in _ELSEWHERE:
        return _ELSEWHERE[prefix] + name
    if prefix == "seston":
        return f"{BASE}group/{name}"
    kind = "taxon" if prefix in _REGISTERS else "category"
    return f"{BASE}{kind}/{quote(prefix, safe='')}/{name}"


def concept_iri(concept: str) -> str:
    """Return the IRI of a concept or of its part.

    Examples
    --------
    >>> concept_iri("tail/forked")
    'https://w3id.org/seston/morphology/tail/forked'
    """
    return _MORPHOLOGY + quote(concept, safe=_SAFE)


def compact(iri: str) -> str:
    """Return the CURIE or concept id of an IRI of ours, a prefixed name of a known one, else the IRI.

    Examples
    --------
    >>> compact("https://w3id.org/seston/taxon/worms/1080"), compact("https://w3id.org/seston/morphology/tail/forked")
    ('worms:1080', 'tail/forked')
    >>> compact("http://www.w3.org/ns/prov#Entity")
    'prov:Entity'
    """
    if iri.startswith(_MORPHOLOGY):
        return unquote(iri.removeprefix(_MORPHOLOGY))
    if iri.startswith(BASE + "group/"):
        return "seston:" + unquote(iri.removeprefix(BASE + "group/"))
    for kind in ("taxon/", "category/"):
        if iri.startswith(BASE + kind):
            prefix, _, local = iri.removeprefix(BASE + kind).partition("/")
            return f"{unquote(prefix)}:{unquote(local)}"
    for prefix, start in (*_ELSEWHERE.items(), *PREFIXES.items()):
        if iri.startswith(start):
            return f"{prefix}:{unquote(iri.removeprefix(start))}"
    return iri


def rank_iri(rank: str) -> str:
    """Return the IRI of a rank in TAXRANK, or nothing for a rank that it lacks."""
    number = _RANKS.get(rank.strip().lower())
    return f"{PREFIXES['obo']}TAXRANK_{number:07}" if number else ""


def graph_iri(name: str) -> str:
    """Return the IRI of one of `GRAPHS`."""
    return f"{BASE}graph/{name}"
