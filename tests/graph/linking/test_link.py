"""Labels as people write them, against a small tree that holds the usual traps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.graph.columnar.core import build_core
from seston.graph.linking import ABSENT, RESOLVED, UNDECIDED, Linker
from seston.records import Category, Name, Taxon

LINEAGE = """
worms:1 Biota superdomain
worms:2 Animalia kingdom worms:1
worms:7 Chromista kingdom worms:1
worms:1248 Ctenophora phylum worms:2
worms:1065 Arthropoda phylum worms:2
worms:1066 Crustacea subphylum worms:1065
worms:1080 Copepoda class worms:1066
worms:1100 Calanoida order worms:1080
worms:104079 Calanidae family worms:1100
worms:104152 Calanus genus worms:104079
worms:104464 Calanus_finmarchicus species worms:104152
worms:1101 Cyclopoida order worms:1080
worms:106485 Oithona genus worms:1101
worms:106656 Oithona_similis species worms:106485
worms:148899 Bacillariophyceae class worms:7
worms:148952 Fragilariaceae family worms:148899
worms:163921 Ctenophora genus worms:148952
worms:149111 Guinardia genus worms:148899
worms:149112 Guinardia_delicatula species worms:149111
worms:148967 Biddulphia genus worms:148899
worms:1267 Cnidaria phylum worms:2
worms:1337 Hydrozoa class worms:1267
worms:1371 Siphonophorae order worms:1337
worms:135335 Physonectae suborder worms:1371
worms:1128 Euphausiacea order worms:1066
worms:110671 Euphausiidae family worms:1128
worms:1082 Cirripedia subclass worms:1066
worms:494057 Tripos genus worms:7
ecotaxa:77 Odd genus worms:104079
"""


def tree() -> list[Taxon]:
    taxa = []
    for line in LINEAGE.split("\n")[1:-1]:
        node, name, rank, *parent = line.split()
        taxa.append(Taxon(node, name.replace("_", " "), rank, parent[0] if parent else ""))
    synonym = Name("Ceratium furca", "synonym")
    return [*taxa, Taxon("worms:840627", "Tripos furca", "species", "worms:494057", names=(synonym,))]


@pytest.fixture(scope="module")
def linker() -> Linker:
    parts = [
        Category("ecotaxa:84997", "nauplii<Cirripedia", "worms:1082", "nauplii", living=True),
        Category("ecotaxa:92", "bizarre", "worms:1267", "bizarre", living=True),
    ]
    return Linker(build_core(tree(), parts), {"worms:104152": frozenset({"maxillopoda"})})


@pytest.mark.parametrize(
    ("label", "taxon", "qualifier"),
    [
        ("Oithona similis", "worms:106656", ""),
        ("  oithona_SIMILIS ", "worms:106656", ""),
        ("copepod_cyclopoid_oithona_eggs", "worms:106485", "egg"),
        ("spiky<Copepoda", "worms:1080", "spiky"),
        ("nauplii<Cirripedia", "worms:1082", "nauplius"),
        ("Part (Copepoda)", "worms:1080", "part"),
        ("living>Eukaryota>Maxillopoda>Copepoda>nauplii", "worms:1080", "nauplius"),
        ("Ctenophora<Animalia", "worms:1248", ""),
        ("Ctenophora<Bacillariophyceae", "worms:163921", ""),
        ("ctenophores", "worms:1248", ""),
        ("LClass_siphonophora", "worms:1371", ""),
        ("siphonophore_physonect_young", "worms:135335", "young"),
        ("euphausiids", "worms:1128", ""),
        ("Bidulphia", "worms:148967", ""),
        ("Calanus finmarchius", "worms:104464", ""),
        ("Calanidae finmarchicus", "worms:104464", ""),
        ("G_delicatula_parasite", "worms:149112", "parasite"),
        ("Ceratium furca", "worms:840627", ""),
        ("Neoceratium furca_Neoceratium", "worms:840627", ""),
        ("copepoda-cut", "worms:1080", "cut"),
        ("dead<bizarre", "worms:1267", "dead"),
        ("Copepoda__25828/", "worms:1080", ""),
        ("worms:1080", "worms:1080", ""),
        ("Calanus<Maxillopoda", "worms:104152", ""),
        ("copepod_non_calanus", "worms:1080", ""),
        ("oithona_or_calanus", "worms:1080", ""),
    ],
)
def test_resolved(linker: Linker, label: str, taxon: str, qualifier: str) -> None:
    link = linker.link(label)
    assert (link.taxon, link.status) == (taxon, RESOLVED), link.rule
    assert link.qualifier == qualifier
    assert 0 < link.confidence <= 1
    assert link.label == label


@pytest.mark.parametrize("label", ["Ctenophora", "part_Ctenophora", "Ctenophora<living"])
def test_homonyms_without_a_lineage_are_left_undecided(linker: Linker, label: str) -> None:
    link = linker.link(label)
    assert (link.status, link.taxon) == (UNDECIDED, None)
    assert "worms:1248" in link.rule
    assert "worms:163921" in link.rule


@pytest.mark.parametrize(
    "label", ["", "detritus", "other<living", "Helix", "t004", "not-living>detritus>fiber", "<", ">"]
)
def test_absent(linker: Linker, label: str) -> None:
    assert linker.link(label).status == ABSENT


def test_a_homonym_that_the_tree_lacks_is_not_taken_for_the_one_that_it_has(linker: Linker) -> None:
    assert linker.link("Oithona<Bacillariophyceae").status == UNDECIDED


def test_a_species_that_is_not_known_stays_at_its_genus(linker: Linker) -> None:
    link = linker.link("Oithona nana")
    assert (link.taxon, link.status) == ("worms:106485", RESOLVED)
    assert link.confidence < 0.7


def test_an_epithet_of_another_genus_is_not_guessed(linker: Linker) -> None:
    assert linker.link("Oithona finmarchica").status == UNDECIDED


def test_a_family_is_no_misspelled_suborder(linker: Linker) -> None:
    assert linker.link("Euphausiidea").status == ABSENT


def test_what_only_ecotaxa_has_goes_to_the_taxon_above(linker: Linker) -> None:
    link = linker.link("Odd")
    assert (link.taxon, link.confidence) == ("worms:104079", 0.6)


def test_an_unknown_child_of_a_family_goes_to_the_order(linker: Linker) -> None:
    assert linker.link("Fooella_Calanidae").taxon == "worms:1100"


@given(st.text(max_size=60))
def test_no_label_breaks_it(label: str) -> None:
    linker = _ANY
    link = linker.link(label)
    assert link.label == label
    assert (link.taxon is None) == (link.status != RESOLVED)


_ANY = Linker(build_core(tree()))
