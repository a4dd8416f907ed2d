import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import owlready2
import owlrl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from seston.graph.owl.reasoners import elk_is_there
from seston.graph.vocabulary import PREFIXES, SST
from tests.sources.shared import shared

ROOT = Path(__file__).parents[2]
FILE = ROOT / "ontology" / "seston.ttl"
TBOX = rdflib.Graph().parse(FILE)
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


@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java")
def test_the_owl_api_reads_it_and_hermit_finds_every_class_satisfiable() -> None:
    """The parsers of Protégé are those of the OWL API, which HermiT's jar holds."""
    jars = Path(owlready2.__file__).parent / "hermit"
    order = ["java", "-cp", f"{jars}:{jars / 'HermiT.jar'}", "org.semanticweb.HermiT.cli.CommandLine", "-U"]
    found = subprocess.run([*order, FILE.as_uri()], capture_output=True, text=True, check=True).stdout.split()
    assert found == ["Classes", "equivalent", "to", "'owl:Nothing':", "owl:Nothing"]


@pytest.mark.skipif(not elk_is_there(), reason="needs Java and the OWL API")
def test_it_is_owl_2_dl() -> None:
    order = [sys.executable, "-m", "tests.graph.owl.profiles", str(FILE), "OWL2DL"]
    [axioms] = subprocess.run(order, capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines()
    assert int(axioms.split()[0]) > 5 * len(TERMS)


@pytest.mark.parametrize("name", ["dcterms", "prov", "skos", "vann"])
def test_terms_of_standards_are_theirs(name: str) -> None:
    space = getattr(rdflib.namespace, name.upper())
    used = {term for triple in TBOX for term in triple if isinstance(term, rdflib.URIRef) and term.startswith(space)}
    assert used - {rdflib.URIRef(str(space))}
    assert all(term in space for term in used - {rdflib.URIRef(str(space))})


def test_terms_of_maregraph_and_obo_are_theirs() -> None:
    terms = {str(term) for triple in TBOX for term in triple if isinstance(term, rdflib.URIRef)}
    models = [rdflib.Graph().parse(file) for file in sorted(shared("ontologies").glob("maregraph_[at]*.ttl"))]
    theirs = {str(subject) for model in models for subject in model.subjects(RDF.type)}
    assert (used := {term for term in terms if term.startswith("https://aphia.org/")}) and used <= theirs
    obo = "".join((shared("ontologies") / name).read_text() for name in ("taxrank.obo", "pato.obo"))
    ids = {term.rpartition("/")[2].replace("_", ":") for term in terms if re.search("/(TAXRANK|PATO)_", term)}
    assert ids and all(f"\nid: {term}\n" in obo for term in ids)


def test_a_graph_in_the_terms_of_maregraph_reads_as_one_in_ours() -> None:
    """The alignment at work: what RDFS adds to a taxon as MareGraph writes it."""
    aphia = "https://aphia.org/ns/taxon-name/"
    data = rdflib.Graph().parse(
        data=f"""@prefix t: <{aphia}> . @prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
        <urn:t> a t:Taxon ; t:hasParent <urn:p> ; t:hasSynonymName <urn:n> . <urn:n> t:scientificName "Metridium" ."""
    )
    owlrl.DeductiveClosure(owlrl.RDFS_Semantics).expand(joined := TBOX + data)
    taxon, name = rdflib.URIRef("urn:t"), rdflib.URIRef("urn:n")
    xl = rdflib.Namespace("http://www.w3.org/2008/05/skos-xl#")
    assert (taxon, RDF.type, rdflib.URIRef("http://rs.tdwg.org/dwc/terms/Taxon")) in joined
    assert (taxon, SKOS.broaderTransitive, rdflib.URIRef("urn:p")) in joined
    assert (taxon, xl.altLabel, name) in joined and (name, RDF.type, xl.Label) in joined
    assert (name, xl.literalForm, rdflib.Literal("Metridium")) in joined


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
