from pathlib import Path

import pytest
from hypothesis import given

from seston.errors import InvalidData, InvalidTaxonomy
from seston.graph.columnar.core import Core, build_core
from seston.records import Category, Name, Taxon
from tests.graph.strategies import parent_links

BIOTA = Taxon("worms:1", "Biota", "Superdomain", "", source="worms")
COPEPODA = Taxon(
    "worms:1080",
    "Copepoda",
    "Class",
    "worms:1",
    authority="Milne Edwards, 1840",
    same_as=("ecotaxa:25828",),
    names=(Name("copepods", "vernacular", "en"), Name("Copépoda", "synonym")),
)
EGGS = Category("planktonset:copepod_eggs", "copepod with eggs", "worms:1080", "full_body", True)
EGG = Category("ecotaxa:1", "egg", "worms:1080", "egg", True, ("ecotaxa:2",))
LARVA = Category("planktonset:larva", "larva", "", "larvae", True)
DETRITUS = Category("planktonset:detritus", "detritus", "", "", False)
CATEGORIES = [EGGS, EGG, LARVA, DETRITUS]


def test_where_nodes_hang() -> None:
    tree = build_core([COPEPODA, BIOTA], CATEGORIES).hierarchy
    assert [(node, tree.ids[p] if p >= 0 else "") for node, p in zip(tree.ids, tree.parent, strict=True)] == [
        ("seston:root", ""),
        ("seston:not-living", "seston:root"),
        ("planktonset:detritus", "seston:not-living"),
        ("worms:1", "seston:root"),
        ("planktonset:larva", "worms:1"),
        ("worms:1080", "worms:1"),
        ("ecotaxa:1", "worms:1080"),
        ("planktonset:copepod_eggs", "worms:1080"),
    ]


def test_what_inherits_nothing() -> None:
    core = build_core([COPEPODA, BIOTA], CATEGORIES)
    assert [core.hierarchy.ids[i] for i in core.blocked.nonzero()[0]] == ["planktonset:larva", "ecotaxa:1"]


@pytest.mark.parametrize(
    ("blocked", "qualifiers"),
    [
        (False, ("", "full_body", "mix")),
        (True, ("larvae", "young", "part", "part_tentacle", "egg", "like", "detritus", "unheard-of")),
    ],
)
def test_the_qualifier_alone_says_who_inherits(blocked: bool, qualifiers: tuple[str, ...]) -> None:
    for qualifier in qualifiers:
        core = build_core([BIOTA], [Category("planktonset:x_larva", "x_larva", "worms:1", qualifier, living=True)])
        assert bool(core.blocked[core.hierarchy.index("planktonset:x_larva")]) is blocked


def test_names_synonyms_and_foreign_ids_are_found() -> None:
    tree = build_core([BIOTA, COPEPODA], CATEGORIES).hierarchy
    assert {tree.ids[tree.find(name)] for name in ("copepods", "COPEPODA", "ecotaxa:25828")} == {"worms:1080"}


def test_records_come_back_and_files_are_identical(tmp_path: Path) -> None:
    core = build_core([BIOTA, COPEPODA], CATEGORIES)
    assert core.taxa() == [BIOTA, COPEPODA]
    assert core.categories() == [DETRITUS, LARVA, EGG, EGGS]
    core.save(tmp_path / "one")
    loaded = Core.load(tmp_path / "one")
    assert (loaded.taxa(), loaded.categories()) == (core.taxa(), core.categories())
    build_core([COPEPODA, BIOTA], CATEGORIES[::-1]).save(tmp_path / "two")
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
    assert len(list((tmp_path / "one").iterdir())) == 2


def test_a_damaged_core_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="No core in"):
        Core.load(tmp_path)
    core = build_core([BIOTA])
    core.save(tmp_path)
    (tmp_path / "names.parquet").write_bytes((tmp_path / "nodes.parquet").read_bytes())
    with pytest.raises(InvalidData, match="another format"):
        Core.load(tmp_path)
    (tmp_path / "names.parquet").write_bytes(b"PAR1 nonsense")
    with pytest.raises(InvalidData, match="No core in"):
        Core.load(tmp_path)


def test_all_faults_of_records_and_links_at_once() -> None:
    taxa = [
        BIOTA,
        Taxon("worms:2", "", "Kingdom", "worms:1"),
        Taxon("3", "Plantae", "Kingdom", "worms:1"),
        Taxon("worms:4", "Fungi", "Kingdom", "worms:99"),
        Taxon("worms:5", "Chromista", "Kingdom", ""),
        Taxon("worms:6", "x", "Class", "worms:7"),
        Taxon("worms:7", "y", "Class", "worms:6"),
        Taxon("worms:8", "z", "Class", "planktonset:larva"),
    ]
    lost = Category("planktonset:lost", "lost", "worms:98", "", True)
    with pytest.raises(InvalidTaxonomy) as caught:
        build_core(taxa, [LARVA, LARVA, lost])
    assert caught.value.problems == (
        "3: its id is no CURIE",
        "worms:2: its name is empty",
        "worms:8: its parent planktonset:larva is a category, not a taxon",
        "2 roots: worms:1, worms:5",
        "planktonset:larva stands twice",
        "planktonset:lost: its parent worms:98 is not in the taxonomy",
        "worms:4: its parent worms:99 is not in the taxonomy",
        "cycle: worms:6 → worms:7 → worms:6",
    )


def test_text_that_was_not_utf8() -> None:
    with pytest.raises(InvalidTaxonomy) as caught:
        build_core([Taxon("worms:1", "Biota \udcff", "", "", names=(Name("x\udc80"),))], [DETRITUS])
    assert caught.value.problems == ("'worms:1': a text is not Unicode; read the file in its own encoding",)


def test_no_taxa() -> None:
    with pytest.raises(InvalidTaxonomy, match="no taxon at all"):
        build_core([], [DETRITUS])


@given(parent_links())
def test_the_order_of_the_records_does_not_matter(links: tuple[list[str], list[str]]) -> None:
    taxa = [Taxon(node, node.upper(), "", parent) for node, parent in zip(*links, strict=True)]
    core, other = build_core(taxa), build_core(sorted(taxa, key=lambda taxon: taxon.id))
    assert core.nodes.equals(other.nodes)
    assert sorted(core.taxa(), key=lambda taxon: taxon.id) == sorted(taxa, key=lambda taxon: taxon.id)
