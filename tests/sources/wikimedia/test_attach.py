"""A page reaches a taxon by identifier or by lineage, never by name alone."""

import pytest

from seston.records import Name, Taxon
from seston.sources.taxonomy import read_taxa
from seston.sources.wikimedia.attach import Attachment, attach_page, contradiction
from seston.sources.wikimedia.definition import read_definition
from seston.sources.wikimedia.items import Item, choose
from seston.sources.wikimedia.lineages import Lineages, is_english_for
from seston.sources.wikimedia.pages import read_page
from tests.sources.shared import BUNDLED, shared
from tests.sources.wikimedia.trees import every_table

# Judged by reading every page and the taxonomies: what the page is about, where the page itself says enough of it.
ABOUT = {
    "Bryozoa": "Bryozoa",
    "Chromulina": "Chromulina",
    "Chrysochromulina_elegans": "Chrysochromulina elegans",
    "Chrysococcus": "Chrysococcus",
    "Closterium_setaceum": "Closterium setaceum",
    "Cnidaria": "Cnidaria",
    "Cocconeis": "Cocconeis",
    "Conchoecia": "Conchoecia",
    "Cyclopinodes_elegans": "Cyclopinodes elegans",
    "Discoconchoecia_elegans": "Discoconchoecia elegans",
    "Peneroplidae": "Peneroplidae",
    "Proteobacteria": "Proteobacteria",
    "Surirellaceae": "Surirellaceae",
    "Tripos_(dinoflagellate)": "Tripos",
}
# About a taxon, but no sentence of theirs names an ancestor in words that the taxonomies know.
UNPLACED = {"Chlorophyceae", "Chlorophyta", "Climacosphenia", "Euglenozoa", "Flatworm", "Osteichthyes"} | {
    *("Perciformes", "Percolozoa", "Surirellales"),
}
OFF_TOPIC = {"Algae", "Beetle", "Cell_wall", "Cretaceous", "Dinosterane", "Disco", "Endosymbiont", "Flagellate"} | {
    *("Metamorphosis", "Modulus", "Octopus", "Plankton", "Plankton_net", "Red_tide", "Sagitta"),
}


def test_no_page_is_forgotten() -> None:
    assert {page.stem for page in shared("wikipedia").glob("*.md")} == ABOUT.keys() | UNPLACED | OFF_TOPIC


BIOTA = Taxon("w:1", "Biota", "superdomain", "")
ANIMALIA = Taxon("w:2", "Animalia", "kingdom", "w:1")
CHROMISTA = Taxon("w:7", "Chromista", "kingdom", "w:1")
OCHROPHYTA = Taxon("w:8", "Ochrophyta", "phylum", "w:7")
DIATOMS = Taxon("w:9", "Bacillariophyceae", "class", "w:8", names=(Name("diatom", "vernacular", "en"),))
COMB_JELLIES = Taxon("w:1248", "Ctenophora", "phylum", "w:2")
DIATOM = Taxon("w:149", "Ctenophora", "genus", "w:9")
CNIDARIA = Taxon("w:3", "Cnidaria", "phylum", "w:2")
HYDROZOA = Taxon("w:4", "Hydrozoa", "class", "w:3")
SIPHONOPHORES = Taxon("w:5", "Siphonophorae", "order", "w:4", names=(Name("Siphonophora", "synonym"),))
MOLLUSCA = Taxon("w:20", "Mollusca", "phylum", "w:2")
CEPHALOPODA = Taxon("w:21", "Cephalopoda", "class", "w:20")
OCTOPODA = Taxon("w:22", "Octopoda", "order", "w:21")
OCTOPUS = Taxon("w:23", "Octopus", "genus", "w:22")
TREE = Lineages(
    [
        *(BIOTA, ANIMALIA, CHROMISTA, OCHROPHYTA, DIATOMS, COMB_JELLIES, DIATOM, CNIDARIA, HYDROZOA, SIPHONOPHORES),
        *(MOLLUSCA, CEPHALOPODA, OCTOPODA, OCTOPUS),
    ]
)


def attached(title: str, text: str, categories: tuple[str, ...] = ()) -> Attachment:
    return attach_page(title, read_definition(title, text, categories), TREE)


@pytest.mark.parametrize("page", sorted(ABOUT.keys() | UNPLACED | OFF_TOPIC))
def test_every_page_of_2019_goes_where_a_reader_would_put_it(page: str) -> None:
    tree = every_table()
    text = shared(f"wikipedia/{page}.md").read_text()
    made = attach_page(page, read_definition(page, text), tree)
    assert page in ABOUT.keys() | UNPLACED | OFF_TOPIC
    assert (tree.taxa[made.taxon].name if made.taxon else None) == ABOUT.get(page), made
    assert bool(made.reason) != bool(made.taxon)


@pytest.mark.parametrize("page", sorted(OFF_TOPIC))
def test_off_topic_pages_reach_none_of_the_bundled_taxa(page: str) -> None:
    text = shared(f"wikipedia/{page}.md").read_text()
    tree = Lineages(read_taxa(BUNDLED / "taxa.csv"))
    assert attach_page(page, read_definition(page, text), tree).reason


@pytest.mark.parametrize("page", sorted(ABOUT))
def test_every_passage_says_where_it_stands(page: str) -> None:
    text = shared(f"wikipedia/{page}.md").read_text()
    taxon = attach_page(page, read_definition(page, text), every_table()).taxon
    passages = read_page(text, about=taxon, page=page)
    assert passages
    for passage in passages:
        assert passage.about == taxon
        assert passage.page == page
        assert len(passage.revision) == 64
        assert text[passage.start : passage.start + len(passage.text)] == passage.text


@pytest.mark.parametrize(
    ("title", "text", "taxon"),
    [
        ("Ctenophora", "Ctenophora is a phylum of marine animals, commonly known as comb jellies.", "w:1248"),
        ("Ctenophora", "Ctenophora is a genus of diatoms in the class Bacillariophyceae.", "w:149"),
        ("Ctenophora (alga)", "Ctenophora (Grunow, 1990) is a genus of Ochrophyta.", "w:149"),
        ("Ctenophora (fly)", "Ctenophora is a genus of true crane flies.", ""),
        ("Siphonophora", "Siphonophora is a genus of millipedes in the family Siphonophoridae.", ""),
        ("Siphonophorae", "Siphonophorae is an order of Hydrozoa, a class of Cnidaria.", "w:5"),
        ("Octopus", "The octopus is a soft-bodied mollusc of the order Octopoda.", ""),
        ("Octopus (genus)", "Octopus is a genus of cephalopods.", "w:23"),
        ("Octopus", "Octopus is an album of progressive rock about Cephalopoda and Mollusca.", ""),
        ("Octopus", "Octopus may refer to the following: a genus of cephalopods.", ""),
        ("Octopus", "Octopus is a genus of moths found on Animalia.", ""),
        ("Octopus", "", ""),
        ("Octopus", "Beautiful!", ""),
    ],
)
def test_homonyms_are_told_apart_by_rank_and_lineage(title: str, text: str, taxon: str) -> None:
    made = attached(title, text)
    assert made.taxon == taxon, made
    assert made.rule == ("lineage" if taxon else "")


def test_categories_place_a_page_too() -> None:
    assert attached("Octopus", "Octopus is a genus.").reason.endswith("1 needed")
    made = attached("Octopus", "Octopus is a genus.", ("Octopoda", "Cephalopod genera"))
    assert made.evidence == ("Octopoda", "Cephalopoda")


def test_two_that_agree_are_undecided() -> None:
    twin = Taxon("w:24", "Octopus", "genus", "w:21")
    made = attach_page(
        "Octopus",
        read_definition("Octopus", "Octopus is a genus of cephalopods."),
        Lineages([*TREE.taxa.values(), twin]),
    )
    assert made.reason == "undecided between Octopus (w:23), Octopus (w:24)"


@pytest.mark.parametrize(
    ("word", "name"),
    [("copepods", "Copepoda"), ("haptophyte", "Haptophyta"), ("animals", "Animalia"), ("molluscs", "Mollusca")],
)
def test_english_forms(word: str, name: str) -> None:
    assert is_english_for(word, name)


@pytest.mark.parametrize(("word", "name"), [("octopus", "Octopoda"), ("salp", "Salpida"), ("calanoid", "Calanidae")])
def test_what_is_no_english_form(word: str, name: str) -> None:
    assert not is_english_for(word, name)


def test_an_item_with_the_id_is_refused_when_its_parents_lie_elsewhere() -> None:
    wrong = Item("Q1", "Ctenophora", "genus", ("w:1248",), ("Fragilariaceae", "Bacillariophyceae", "Ochrophyta"))
    chosen, made = choose(COMB_JELLIES, [wrong], TREE)
    assert chosen is None
    assert made[0].reason == "it carries w:1248 but stands under Bacillariophyceae, elsewhere in the tree"


def test_of_two_items_with_the_id_the_one_of_the_accepted_name_is_taken() -> None:
    accepted = Item("Q2", "Siphonophorae", "order", ("worms:5",), ("Hydrozoa",))
    synonym = Item("Q1", "Siphonophora", "order", ("worms:5",), ("Hydrozoa",))
    taxon = Taxon("worms:5", "Siphonophorae", "order", "w:4", names=SIPHONOPHORES.names)
    tree = Lineages([*TREE.taxa.values(), taxon])
    chosen, made = choose(taxon, [synonym, accepted], tree)
    assert chosen == accepted
    assert {a.page: a.reason for a in made} == {"wikidata:Q1": "Q2 agrees better", "wikidata:Q2": ""}
    twins = [Item("Q3", "Siphonophorae", "order", ("worms:5",)), accepted]
    chosen, made = choose(taxon, twins, tree)
    assert chosen is None
    assert {a.reason for a in made} == {"undecided between Q2, Q3"}


def test_an_item_without_the_id_needs_name_and_two_ancestors() -> None:
    item = Item("Q4", "Octopus", "genus", (), ("Octopodidae", "Octopoda", "Cephalopoda"))
    chosen, made = choose(OCTOPUS, [item], TREE)
    assert chosen == item
    assert (made[0].rule, made[0].evidence) == ("lineage", ("Octopoda", "Cephalopoda"))
    assert choose(OCTOPUS, [Item("Q5", "Octopus", "genus", (), ("Octopoda",))], TREE)[0] is None
    assert choose(OCTOPUS, [Item("Q6", "Sepia", "genus", (), ("Octopoda", "Cephalopoda"))], TREE)[0] is None


def test_parents_that_the_tree_does_not_know_contradict_nothing() -> None:
    assert contradiction("w:1248", ["Eumetazoa", "Opisthokonta"], TREE) == ""
    assert contradiction("w:1248", ["Ochrophyta", "Animalia"], TREE) == ""
