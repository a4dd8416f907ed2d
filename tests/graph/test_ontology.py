import json
import re
from pathlib import Path

import owlready2
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from seston.graph.vocabulary import PREFIXES, SST

ROOT = Path(__file__).parents[2]
TBOX = rdflib.Graph().parse(ROOT / "ontology" / "seston.ttl")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)
TERMS = {
    term for kind in KINDS for term in TBOX.subjects(RDF.type, kind) if isinstance(term, rdflib.URIRef) and SST in term
}


@pytest.mark.parametrize("term", sorted(TERMS))
def test_each_term_has_label_definition_and_example(term: rdflib.URIRef) -> None:
    for annotation in (RDFS.label, SKOS.definition, SKOS.example, RDFS.isDefinedBy):
        assert len(list(TBOX.objects(term, annotation))) == 1
    if not list(TBOX.objects(term, RDFS.domain)):
        assert set(TBOX.objects(term, RDF.type)) & {OWL.Class, OWL.NamedIndividual}


def test_every_term_in_use_is_defined_and_every_defined_term_is_used() -> None:
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "queries").glob("*.rq")]
    files += [ROOT / "ontology" / "morphology.ttl", ROOT / "ontology" / "shapes.ttl"]
    text = "\n".join(file.read_text() for file in files)
    used = set(re.findall(r"\bsst:([A-Za-z0-9]+)", text)) | set(re.findall(r"\{SST\}([A-Za-z0-9]+)", text))
    assert {str(term).removeprefix(SST) for term in TERMS} >= used
    assert {str(term).removeprefix(SST) for term in TERMS} - used <= {"Polarity"}


def test_it_has_a_version() -> None:
    ontology = rdflib.URIRef("https://w3id.org/seston/ontology")
    assert str(TBOX.value(ontology, OWL.versionIRI)).endswith(str(TBOX.value(ontology, OWL.versionInfo)))


def test_it_loads_in_owlready2(tmp_path: Path) -> None:
    TBOX.serialize(tmp_path / "seston.nt", format="nt", encoding="utf-8")
    world = owlready2.World()
    ontology = world.get_ontology((tmp_path / "seston.nt").as_uri()).load()
    names = {entity.iri for entity in (*ontology.classes(), *ontology.properties(), *ontology.individuals())}
    assert {str(term) for term in TERMS} <= names
    assert {item.name for item in world[SST + "Polarity"].instances()} == {"Present", "Absent", "Variable"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # until rdflib's JSON-LD stops
def test_the_context_reads_json_as_the_terms() -> None:
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text())
    taxon = {
        "@context": context["@context"],
        "@id": "https://w3id.org/seston/taxon/worms/1080",
        "@type": ["Taxon", "Concept"],
        "label": "Copepoda",
        "parent": "https://w3id.org/seston/taxon/worms/2",
        "shows": ["https://w3id.org/seston/morphology/antennae/long"],
        "depth": 3,
    }
    graph = rdflib.Graph().parse(data=json.dumps(taxon), format="json-ld")
    subject = rdflib.URIRef(taxon["@id"])
    assert str(graph.value(subject, SKOS.broader)).endswith("worms/2")
    assert str(graph.value(subject, rdflib.URIRef(SST + "effectiveMorphology"))).endswith("antennae/long")
    assert graph.value(subject, rdflib.URIRef(SST + "depth")) == rdflib.Literal(3)
    assert len(graph) == 6


def test_the_context_knows_our_prefixes_and_terms_only() -> None:
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text())["@context"]
    assert {key: value for key, value in context.items() if key in PREFIXES} == PREFIXES
    named = [value if isinstance(value, str) else value["@id"] for key, value in context.items() if key not in PREFIXES]
    own = {name.partition(":")[2] for name in named if name.startswith("sst:")}
    assert own <= {str(term).removeprefix(SST) for term in TERMS}
