from pathlib import Path

import pytest

from seston.errors import InvalidTaxonomy
from seston.sources.ecotaxa.tree import EcotaxaNode, read_ecotaxa_tree

from ..shared import shared, write

COLUMNS = [
    "id",
    "parent_id",
    "name",
    "display_name",
    "taxotype",
    "taxostatus",
    "rank",
    "id_source",
    "rename_to",
    "source_url",
    "nbrobj",
    "nbrobjcum",
]
COPEPODA = {
    "id": "25828",
    "parent_id": "100016",
    "name": "Copepoda",
    "display_name": "Copepoda",
    "taxotype": "P",
    "taxostatus": "A",
    "rank": "Class",
    "id_source": "1080",
    "source_url": "https://www.marinespecies.org/aphia.php?p=taxdetails&id=1080",
    "nbrobj": "5",
    "nbrobjcum": "9",
}
EGG = {"id": "7", "parent_id": "25828", "name": "egg", "display_name": "egg<Copepoda", "taxotype": "M"}


def tree(path: Path, *rows: dict[str, str]) -> Path:
    return write(path / "t.tsv", COLUMNS, rows, delimiter="\t")


def test_a_taxon_and_a_morphological_node(tmp_path: Path) -> None:
    egg = {**EGG, "taxostatus": "D", "id_source": "m129", "rename_to": "25828"}
    taxon, morph = read_ecotaxa_tree(tree(tmp_path, COPEPODA, egg))
    assert taxon == EcotaxaNode(25828, 100016, "Copepoda", "Copepoda", False, "active", "class", 1080, None, 9)
    assert morph == EcotaxaNode(7, 25828, "egg", "egg<Copepoda", True, "deprecated", "", None, 25828, 0)


def test_before_the_move_no_node_has_an_aphia_id(tmp_path: Path) -> None:
    (node,) = read_ecotaxa_tree(tree(tmp_path, {**COPEPODA, "id_source": "48740", "source_url": ""}))
    assert node.aphia_id is None


def test_all_faults_are_listed(tmp_path: Path) -> None:
    rows = ({**COPEPODA, "taxotype": "X"}, {**COPEPODA, "taxostatus": "?"}, {**COPEPODA, "id": "a"})
    with pytest.raises(InvalidTaxonomy) as caught:
        read_ecotaxa_tree(tree(tmp_path, *rows))
    assert caught.value.problems == (
        "line 2: taxotype 'X' is neither P nor M",
        "line 3: taxostatus '?' is none of A, N, D",
        "line 4: id 'a' is no positive whole number",
    )


def test_a_node_listed_twice(tmp_path: Path) -> None:
    with pytest.raises(InvalidTaxonomy, match="duplicate id 25828: lines 2, 3"):
        read_ecotaxa_tree(tree(tmp_path, COPEPODA, COPEPODA))


@pytest.mark.parametrize(("era", "size", "linked"), [("before", 7678, 0), ("after", 8227, 805)])
def test_the_real_trees(era: str, size: int, linked: int) -> None:
    nodes = read_ecotaxa_tree(shared(f"ecotaxa/taxonomy_{era}_worms.tsv"))
    assert len(nodes) == size
    assert sum(node.aphia_id is not None for node in nodes) == linked
