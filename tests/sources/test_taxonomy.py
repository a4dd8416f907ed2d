from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.errors import InvalidTaxonomy
from seston.records import Taxon
from seston.sources.taxonomy import LABEL_COLUMNS, TAXA_COLUMNS, check_tree, read_categories, read_taxa

from .shared import BUNDLED, write

ROOT_ROW = {"id": "worms:1", "name": "Biota", "rank": "superdomain", "status": "accepted"}


def row(number: int, parent: int, **cells: str) -> dict[str, str]:
    row = {"id": f"worms:{number}", "name": f"Taxon{number}", "rank": "genus", "parent": f"worms:{parent}"}
    return {**row, "status": "accepted", **cells}


def taxa(path: Path, *rows: Mapping[str, str]) -> Path:
    return write(path / "taxa.csv", TAXA_COLUMNS, [ROOT_ROW, *rows])


def test_a_taxon_with_its_ids_elsewhere(tmp_path: Path) -> None:
    cells = {"ecotaxa": "2367;9", "ncbi": "33208", "wikidata": "Q729", "authority": "Linnaeus, 1758", "sources": "a;b"}
    root, animal = read_taxa(taxa(tmp_path, row(2, 1, **cells)))
    assert root == Taxon("worms:1", "Biota", "superdomain", "")
    same = ("ecotaxa:2367", "ecotaxa:9", "ncbi:33208", "wikidata:Q729")
    expected = Taxon("worms:2", "Taxon2", "genus", "worms:1", "accepted", "Linnaeus, 1758", same, source="a;b")
    assert animal == expected


def test_all_faults_of_a_tree_are_listed_with_their_lines(tmp_path: Path) -> None:
    path = taxa(tmp_path, row(2, 9), row(3, 4), row(4, 5), row(5, 3), row(6, 8), row(7, 7), row(10, 4))
    with pytest.raises(InvalidTaxonomy) as caught:
        read_taxa(path)
    assert caught.value.problems == (
        "line 3: parent worms:9 of worms:2 is missing",
        "line 7: parent worms:8 of worms:6 is missing",
        "line 4: cycle worms:3 → worms:4 → worms:5 → worms:3",
        "line 8: cycle worms:7 → worms:7",
    )
    assert caught.value.exit_code == 1


def test_duplicate_ids_are_listed_with_their_lines(tmp_path: Path) -> None:
    path = taxa(tmp_path, row(2, 1), row(3, 1), row(2, 3), row(3, 1), row(3, 2))
    with pytest.raises(InvalidTaxonomy) as caught:
        read_taxa(path)
    assert caught.value.problems == ("duplicate id worms:2: lines 3, 5", "duplicate id worms:3: lines 4, 6, 7")


def test_a_second_root_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(InvalidTaxonomy, match="expected one root, found 2: worms:1, worms:2"):
        read_taxa(taxa(tmp_path, {**row(2, 1), "parent": ""}))


def test_no_taxa_at_all_have_no_root(tmp_path: Path) -> None:
    with pytest.raises(InvalidTaxonomy, match="found 0: none"):
        read_taxa(write(tmp_path / "taxa.csv", TAXA_COLUMNS, []))


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"name": ""}, "worms:2 has no name"),
        ({"rank": "", "status": " "}, "worms:2 has no rank and no status"),
        ({"id": ""}, "a taxon has no id"),
        ({"id": "Animalia"}, "id 'Animalia' is no CURIE"),
    ],
)
def test_a_row_that_lacks_something(tmp_path: Path, cells: dict[str, str], fault: str) -> None:
    with pytest.raises(InvalidTaxonomy, match=fault):
        read_taxa(taxa(tmp_path, {**row(2, 1), **cells}))


@st.composite
def parents(draw: st.DrawFn) -> list[int]:
    """Parents of 1 to n; 0 is the root, n + 1 is missing, and any number may be a cycle."""
    size = draw(st.integers(1, 12))
    return draw(st.lists(st.integers(0, size + 1), min_size=size, max_size=size))


@given(parents())
def test_a_tree_is_accepted_just_when_every_walk_ends_at_the_root(above: list[int]) -> None:
    tree = [Taxon("worms:0", "root", "kingdom", "")]
    tree += [Taxon(f"worms:{i}", "x", "genus", f"worms:{parent}") for i, parent in enumerate(above, 1)]

    def ends_at_root(node: int) -> bool:
        for _ in range(len(above) + 1):
            if node == 0:
                return True
            if node > len(above):
                return False
            node = above[node - 1]
        return False

    sound = all(ends_at_root(node) for node in range(len(above) + 1))
    if sound:
        check_tree(tree)
    else:
        with pytest.raises(InvalidTaxonomy) as caught:
            check_tree(tree)
        missing = {
            f"parent worms:{len(above) + 1} of worms:{i} is missing" for i, p in enumerate(above, 1) if p > len(above)
        }
        assert {problem for problem in caught.value.problems if "cycle" not in problem} == missing


def label(name: str, **cells: str) -> dict[str, str]:
    return {"label": name, "qualifier": "full_body", "placement": "living", **cells}


def labels(path: Path, *rows: Mapping[str, str]) -> Path:
    return write(path / "labels.csv", LABEL_COLUMNS, rows)


def test_a_label_leaves_the_ids_of_its_taxon_to_the_taxon(tmp_path: Path) -> None:
    path = labels(
        tmp_path,
        label("copepod", taxon="worms:1080", ncbi="6830"),
        label("detritus", qualifier="detritus", placement="not-living", ecotaxa="84963"),
    )
    copepod, detritus = read_categories(path)
    assert (copepod.id, copepod.of_taxon, copepod.living, copepod.same_as) == (
        "planktonset:copepod",
        "worms:1080",
        True,
        (),
    )
    assert (detritus.of_taxon, detritus.living, detritus.same_as) == ("", False, ("ecotaxa:84963",))


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"label": ""}, "a label without a name"),
        ({"qualifier": "whole"}, "qualifier 'whole' is none of full_body"),
        ({"placement": "dead"}, "placement 'dead' is neither"),
        ({"taxon": "worms:1", "placement": "not-living"}, "a label with a taxon stands under living"),
    ],
)
def test_a_label_that_cannot_stand(tmp_path: Path, cells: dict[str, str], fault: str) -> None:
    with pytest.raises(InvalidTaxonomy, match=fault):
        read_categories(labels(tmp_path, {**label("x"), **cells}))


def test_a_label_listed_twice(tmp_path: Path) -> None:
    with pytest.raises(InvalidTaxonomy, match="duplicate id planktonset:x: lines 2, 4"):
        read_categories(labels(tmp_path, label("x"), label("y"), label("x")))


def test_the_bundled_labels_hang_on_the_bundled_taxa() -> None:
    ids = {taxon.id for taxon in read_taxa(BUNDLED / "taxa.csv")}
    categories = read_categories(BUNDLED / "labels.csv")
    assert len(categories) == 121
    assert {category.of_taxon for category in categories} - ids == {""}
