"""The bundled taxonomy: complete, acyclic, its lineages plausible, its mends real, and what the script makes."""

import csv
import importlib.util
import os
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from seston.errors import CheckFailed
from seston.records import Category, Taxon
from seston.sources.taxonomy import QUALIFIERS, read_categories, read_taxa

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SHARED = Path(os.environ.get("SESTON_SHARED", ROOT.parent / "shared")) / "data"
RANKS = [
    "superdomain",
    "kingdom",
    "subkingdom",
    "infrakingdom",
    "superphylum",
    "phylum",
    "subphylum",
    "infraphylum",
    "parvphylum",
    "gigaclass",
    "superclass",
    "class",
    "subclass",
    "infraclass",
    "subterclass",
    "superorder",
    "order",
    "suborder",
    "infraorder",
    "parvorder",
    "superfamily",
    "family",
    "subfamily",
    "tribe",
    "genus",
    "subgenus",
    "species",
]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"make_{name}", DATA / "make" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def taxa() -> dict[str, Taxon]:
    return {taxon.id: taxon for taxon in read_taxa(DATA / "taxa.csv")}


@pytest.fixture(scope="module")
def labels() -> dict[str, Category]:
    return {category.name: category for category in read_categories(DATA / "labels.csv")}


@pytest.fixture(scope="module")
def make() -> ModuleType:
    return load("taxa")


def lineage(taxa: dict[str, Taxon], node: str) -> list[str]:
    names = []
    while node:
        names.append(taxa[node].name)
        node = taxa[node].parent
    return names


def test_there_are_the_labels_taxa_and_150_more(taxa: dict[str, Taxon], labels: dict[str, Category]) -> None:
    named = {category.of_taxon for category in labels.values()} - {""}
    assert named <= set(taxa)
    assert len(set(taxa) - named) >= 150


def test_ids_are_aphia_ids(taxa: dict[str, Taxon]) -> None:
    assert all(node.startswith("worms:") and node[6:].isdecimal() for node in taxa)


def test_ranks_go_down_the_tree(taxa: dict[str, Taxon]) -> None:
    known = {taxon.id: RANKS.index(taxon.rank) for taxon in taxa.values() if taxon.rank != "unranked"}
    assert len(known) >= len(taxa) - 5
    wrong = [
        taxon.name
        for taxon in taxa.values()
        if taxon.parent in known and taxon.id in known and known[taxon.id] <= known[taxon.parent]
    ]
    assert wrong == []


def test_no_two_taxa_share_a_name(taxa: dict[str, Taxon]) -> None:
    assert [name for name, times in Counter(taxon.name for taxon in taxa.values()).items() if times > 1] == []


@pytest.mark.parametrize(
    ("node", "above"),
    [
        ("worms:106485", ["Oithona", "Oithonidae", "Cyclopoida", "Copepoda", "Crustacea", "Arthropoda", "Animalia"]),
        ("worms:1248", ["Ctenophora", "Animalia", "Biota"]),
        ("worms:13703", ["Thecosomata", "Pteropoda", "Gastropoda", "Mollusca"]),
        ("worms:106266", ["Penilia", "Branchiopoda", "Crustacea"]),
        ("worms:163780", ["Tintinnopsis", "Ciliophora", "Chromista"]),
        ("worms:177604", ["Trichodesmium", "Cyanobacteria", "Bacteria", "Biota"]),
    ],
)
def test_lineages(taxa: dict[str, Taxon], node: str, above: list[str]) -> None:
    names = lineage(taxa, node)
    assert [name for name in names if name in above] == above
    assert names[-1] == "Biota"


def test_every_label_is_placed(labels: dict[str, Category]) -> None:
    assert len(labels) == 121
    without = {name for name, category in labels.items() if not category.of_taxon}
    unplaced = {name for name in without if labels[name].living}
    assert unplaced == {"invertebrate_larvae_other_A", "invertebrate_larvae_other_B"}
    assert {labels[name].qualifier for name in without - unplaced} == {"detritus", "artefact", "unknown"}
    assert {category.qualifier for category in labels.values()} <= set(QUALIFIERS)


@pytest.mark.parametrize(
    ("label", "taxon", "qualifier"),
    [
        ("tunicate_partial", "worms:146420", "part"),
        ("echinopluteus", "worms:123082", "larvae"),
        ("ephyra", "worms:135220", "young"),
        ("shrimp_zoea", "worms:1130", "larvae"),
        ("fish_larvae_leptocephali", "worms:293496", "larvae"),
        ("crustacean_other", "worms:1066", "full_body"),
        ("copepod_calanoid_eggs", "worms:1100", "full_body"),
    ],
)
def test_mended_labels(labels: dict[str, Category], label: str, taxon: str, qualifier: str) -> None:
    assert (labels[label].of_taxon, labels[label].qualifier) == (taxon, qualifier)


def test_every_mend_says_what_why_and_on_what_evidence() -> None:
    with (DATA / "mends.csv").open(encoding="utf-8", newline="") as handle:
        mends = list(csv.DictReader(handle))
    for mend in mends:
        assert None not in mend.values()
        assert mend["table"] and mend["label"] and mend["field"] and mend["reason"] and mend["evidence"]
        assert mend["was"] != mend["now"]
    homonyms = {mend["label"].rpartition(":")[2] for mend in mends if "homonym" in mend["reason"]}
    assert homonyms == {"Ctenophora", "part_Ctenophora", "Favella", "Ephemera"}


def test_every_article_on_a_taxon_has_its_taxon(taxa: dict[str, Taxon], make: ModuleType) -> None:
    mends = make.read_mends(DATA / "make" / "mends.csv")
    renamed = {mend.label: mend.now for mend in mends if mend.field == "id"}
    articles = {path.stem.replace("-", ":", 1) for path in (DATA / "descriptions").glob("worms-*.md")}
    assert {renamed.get(article, article) for article in articles} <= set(taxa)


def test_the_script_makes_the_bundled_tables(make: ModuleType, tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"the shared tables are not at {SHARED}; set SESTON_SHARED")
    make.build(SHARED, tmp_path)
    for name in ("taxa.csv", "labels.csv", "mends.csv"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), f"run data/make/taxa.py to renew {name}"


def test_a_mend_that_no_longer_fits_stops_the_build(make: ModuleType) -> None:
    stale = make.Mend(make.PLANKTONSET, "ephyra", "qualifier", "larvae", "young", "why", "where")
    with pytest.raises(CheckFailed) as caught:
        make.mend_labels([], make.PLANKTONSET, [stale])
    assert caught.value.problems == ("planktonset/labels.csv, ephyra: qualifier is not 'larvae'",)
