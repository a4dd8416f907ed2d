"""A small graph that every query and check has something to say about."""

import hashlib

from seston.graph.columnar.core import Core, build_core
from seston.records import Assertion, Category, Concept, Evidence, Name, Polarity, Taxon

PAGE = "data/descriptions/worms-{}.md"

TAXA = [
    Taxon("worms:1", "Biota", "superdomain", "", source="worms"),
    Taxon("worms:2", "Animalia", "kingdom", "worms:1", source="worms"),
    Taxon("worms:1080", "Copepoda", "class", "worms:2", "accepted", "Milne Edwards, 1840", ("ecotaxa:25828",),
          (Name("copepods", "vernacular", "en"),), "worms"),
    Taxon("worms:1100", "Calanoida", "order", "worms:1080", source="worms"),
    Taxon("worms:104152", "Calanus", "genus", "worms:1100", source="worms", same_as=("ecotaxa:45074", "wikidata:Q1")),
    Taxon("worms:104190", "Metridia", "genus", "worms:1100", source="worms",
          names=(Name("Metridium", "synonym", "", "Someone, 1900"),)),
    Taxon("worms:1101", "Cyclopoida", "order", "worms:1080", source="worms"),
    Taxon("worms:106485", "Oithona", "genus", "worms:1101", source="worms"),
    Taxon("worms:128690", "Oncaea", "genus", "worms:1101", source="worms"),
    Taxon("worms:1248", "Ctenophora", "phylum", "worms:2", source="worms"),
]  # fmt: skip
CATEGORIES = [
    Category("planktonset:copepod_calanoid", "calanoid copepod", "worms:1100", "full_body", True, (), "planktonset"),
    Category("planktonset:copepod_calanoid_eggs", "calanoid copepod with eggs", "worms:1100", "full_body", True),
    Category("planktonset:copepod_calanoid_large", "large calanoid", "worms:1100", "full_body", True),
    Category("ecotaxa:85185", "egg", "worms:1080", "egg", True),
    Category("planktonset:fecal_pellet", "faecal pellet", "", "", False, ("ecotaxa:84963",)),
    Category("planktonset:detritus_other", "other detritus", "", "", False, ("ecotaxa:84963",)),
]
CONCEPTS = [
    Concept("antennae/long", "long antennae", "Antennae longer than the body.", "antennae", ("long antenna",)),
    Concept("body-shape/torpedo", "torpedo-shaped body", "A body widest in front.", "body-shape",
            ("fusiform", "torpedo-shaped"), True, instruments=("ISIIS", "UVP")),
    Concept("body-shape/sphere", "spherical body", "A ball.", "body-shape", ("spherical",), True, "circularity"),
    Concept("eggs/carried", "eggs carried outside", "Eggs in a sac on the body.", "eggs", ("egg sac",)),
    Concept("tail/forked", "forked tail", "A tail that ends in two branches.", "tail", ("forked tail",)),
    Concept("surface/smooth", "smooth outline", "No hairs, no spines.", "surface", ("smooth",)),
]  # fmt: skip


def says(
    about: str, concept: str, polarity: Polarity = Polarity.PRESENT, confidence: float = 1.0, stage: str = ""
) -> Assertion:
    """Return an assertion with evidence of its own."""
    quote = hashlib.sha256(f"{about} {concept}".encode()).hexdigest()
    page = PAGE.format(about.partition(":")[2])
    source = "general" if confidence < 1 else "Bryozoa, 2019"
    evidence = Evidence(page, "1", "Description", 10, 40, quote, "CC-BY-4.0", source)
    return Assertion(about, concept, polarity, confidence, evidence, stage)


ASSERTIONS = [
    says("worms:1080", "antennae/long", confidence=0.7),
    says("worms:1080", "body-shape/torpedo"),
    says("worms:1080", "tail/forked"),
    says("worms:1080", "eggs/carried", Polarity.VARIABLE),
    says("worms:1101", "antennae/long", Polarity.ABSENT),
    says("worms:104152", "eggs/carried", Polarity.ABSENT),
    says("worms:104190", "eggs/carried"),
    says("worms:106485", "antennae/long"),
    says("worms:106485", "surface/smooth"),
    says("worms:128690", "surface/smooth", Polarity.ABSENT),
    says("worms:1248", "body-shape/sphere"),
    says("worms:1248", "antennae/long", Polarity.ABSENT, 0.7),
    says("planktonset:copepod_calanoid", "eggs/carried", Polarity.ABSENT),
    says("planktonset:copepod_calanoid_eggs", "eggs/carried"),
    says("planktonset:fecal_pellet", "surface/smooth"),
    says("worms:1080", "body-shape/sphere", stage="nauplius"),
]
SENTENCES = {a.evidence: f"Sentence about {a.about} and {a.concept}." for a in ASSERTIONS}


def sample_core() -> Core:
    """Return the core of the sample."""
    return build_core(TAXA, CATEGORIES)
