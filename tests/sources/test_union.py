"""Registers joined with a tree: identifiers join, names never do; what hangs loose is hung by its lineage."""

from hypothesis import given
from hypothesis import strategies as st

from seston.graph.columnar.core import build_core
from seston.records import Taxon
from seston.sources.registry import Registered
from seston.sources.union import Defect, Union, join

BIOTA = Taxon("worms:1", "Biota", "superdomain", "")
ANIMALIA = Taxon("worms:2", "Animalia", "kingdom", "worms:1")


def joined(*rows: Registered) -> Union:
    union = join([BIOTA, ANIMALIA], [("register", rows)])
    build_core(union.taxa, union.categories)
    return union


def parents(union: Union) -> dict[str, str]:
    return {taxon.id: taxon.parent for taxon in union.taxa}


def test_a_synonym_becomes_a_name_of_the_accepted_taxon() -> None:
    union = joined(
        Registered("worms:5", "Tripos", "genus", "worms:2", "worms:5"),
        Registered("worms:6", "Neoceratium", "genus", "worms:2", "worms:5", "unaccepted"),
    )
    [tripos] = [taxon for taxon in union.taxa if taxon.id == "worms:5"]
    assert [name.text for name in tripos.names] == ["Neoceratium"]
    assert tripos.same_as == ("worms:6",)
    assert "worms:6" not in parents(union)


def test_an_accepted_name_that_only_its_synonym_gives_is_a_taxon() -> None:
    union = joined(
        Registered("worms:6", "Neoceratium", "genus", "worms:2", "worms:5", "unaccepted", accepted_name="Tripos")
    )
    assert [taxon.name for taxon in union.taxa if taxon.id == "worms:5"] == ["Tripos"]


def test_a_node_of_ecotaxa_with_an_aphia_id_is_the_taxon_of_worms() -> None:
    union = joined(
        Registered("ecotaxa:1", "living", same_as=("worms:1",)),
        Registered("ecotaxa:9", "Metazoa", parent="ecotaxa:1", same_as=("worms:2",)),
        Registered("ecotaxa:10", "Copepoda", "class", "ecotaxa:9", same_as=("worms:1080",)),
        Registered("ecotaxa:11", "Odd", "", "ecotaxa:10"),
        Registered("ecotaxa:12", "part<Odd", "", "ecotaxa:11", morphological=True),
        Registered("ecotaxa:13", "detritus", "", "ecotaxa:99", morphological=True),
    )
    assert parents(union)["worms:1080"] == "worms:2"
    assert parents(union)["ecotaxa:11"] == "worms:1080"
    assert [(c.id, c.of_taxon, c.living) for c in union.categories] == [
        ("ecotaxa:12", "ecotaxa:11", True),
        ("ecotaxa:13", "", False),
    ]
    [animals] = [taxon for taxon in union.taxa if taxon.id == "worms:2"]
    assert [name.text for name in animals.names] == ["Metazoa"]


def test_a_renamed_node_leads_to_what_took_its_place() -> None:
    union = joined(
        Registered("ecotaxa:1", "Old", renamed_to="ecotaxa:2"),
        Registered("ecotaxa:2", "New", same_as=("worms:2",)),
        Registered("ecotaxa:3", "child", parent="ecotaxa:1"),
    )
    assert "ecotaxa:1" not in parents(union)
    assert parents(union)["ecotaxa:3"] == "worms:2"


def test_names_alone_join_nothing() -> None:
    union = joined(Registered("ecotaxa:7", "Animalia", parent="ecotaxa:404"))
    assert parents(union)["ecotaxa:7"] == "worms:1"
    assert union.defects == [Defect("parent unknown", "register", "ecotaxa:7", "Animalia", "ecotaxa:404", "worms:1")]


def test_a_missing_parent_is_replaced_by_the_lowest_known_taxon_of_the_lineage() -> None:
    union = joined(
        Registered("worms:8", "Thing", "genus", "worms:404", lineage=(("kingdom", "Animalia"), ("family", "Thingidae")))
    )
    assert parents(union)["worms:8"] == "worms:2"


def test_a_parent_of_another_table_is_no_loss() -> None:
    rows = [Registered("worms:8", "Thing", "genus", "worms:9")], [Registered("worms:9", "Things", "family", "worms:2")]
    union = join([BIOTA, ANIMALIA], [("first", rows[0]), ("second", rows[1])])
    assert [(d.what, d.register, d.node, d.hung) for d in union.defects] == [
        ("parent elsewhere", "first", "worms:8", "worms:9"),
        ("parent elsewhere", "second", "worms:9", "worms:2"),
    ]


def test_a_cycle_is_cut_and_told() -> None:
    union = joined(Registered("worms:8", "A", parent="worms:9"), Registered("worms:9", "B", parent="worms:8"))
    assert parents(union)["worms:8"] == "worms:1"
    [cycle] = union.defects
    assert (cycle.what, cycle.node, cycle.hung) == ("cycle", "worms:8", "worms:1")
    assert cycle.parent == "worms:8 → worms:9 → worms:8"


IDS = st.sampled_from([f"{prefix}:{n}" for prefix in ("worms", "ecotaxa") for n in range(2, 9)])
ROWS = st.builds(
    Registered,
    IDS,
    st.sampled_from(["A", "B", "C"]),
    parent=IDS | st.just(""),
    accepted=IDS | st.just(""),
    morphological=st.booleans(),
    same_as=st.just(()) | st.builds(lambda n: (f"worms:{n}",), st.integers(1, 9)),
    renamed_to=IDS | st.just(""),
)


@given(st.lists(ROWS, max_size=12))
def test_any_registers_make_one_tree(rows: list[Registered]) -> None:
    rows = [r for r in rows if r.id.startswith("ecotaxa") or not (r.morphological or r.same_as or r.renamed_to)]
    union = join([BIOTA, ANIMALIA], [("register", rows)])
    build_core(union.taxa, union.categories)
