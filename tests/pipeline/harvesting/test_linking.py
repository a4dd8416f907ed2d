"""Labels of eight image data sets against the real trees, and both eras of EcoTaxa's lineages."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from seston.graph.columnar.core import Core
from seston.graph.linking import ABSENT, RESOLVED, Linker
from seston.pipeline.exploring.describing import register_findings
from seston.pipeline.knowledge import CORE, KNOWLEDGE
from seston.pipeline.stages import bring_up_to_date
from seston.pipeline.taxonomies import DEFECTS, lineages
from seston.sources.ecotaxa.tree import EcotaxaNode, read_ecotaxa_tree
from seston.workspace import Workspace
from tests.quiet import Quiet

from ...command import done, seston
from ...sources.shared import shared
from .agreement import VERDICTS, WRONG, compare, precision, recall, with_tables

HOMONYMS = (
    *("Ctenophora", "Siphonophora", "Helix", "Favella", "Navicula", "Odontella", "Actinocyclus"),
    *("Sagitta", "Atlanta", "Disco", "Lucifer", "Octopus"),
)
#: What each homonym may be: the taxon of the plankton, or nothing where two bear the name or none is in the trees.
MEANT = {
    "Favella": "worms:172431",
    "Navicula": "worms:149142",
    "Odontella": "worms:148963",
    "Actinocyclus": "worms:148944",
    "Sagitta": "worms:105410",
    "Atlanta": "worms:137687",
    "Disco": "worms:104168",
    "Lucifer": "worms:106827",
    "Octopus": "worms:138268",
    "Siphonophora": "worms:1371",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return with_tables(tmp_path_factory.mktemp("linking"))


@pytest.fixture(scope="module")
def linker(workspace: Workspace) -> Linker:
    bring_up_to_date(workspace, KNOWLEDGE[:1], Quiet())
    return Linker(Core.load(workspace.path(CORE)), lineages(workspace))


def test_labels_of_eight_data_sets_agree_with_the_judged_table(workspace: Workspace) -> None:
    found = compare(workspace)
    assert [item.link.label for item in found if item.verdict == "not judged"] == []
    assert precision(found) >= 0.98
    assert recall(found) >= 0.90
    assert sum(item.verdict in WRONG for item in found) <= 1


def test_every_verdict_gives_its_reason() -> None:
    with VERDICTS.open(newline="", encoding="utf-8") as stream:
        assert all(row["verdict"] and row["reason"] for row in csv.DictReader(stream))


@pytest.mark.parametrize("name", HOMONYMS)
def test_no_homonym_is_taken_for_another(linker: Linker, name: str) -> None:
    assert linker.link(name).taxon == MEANT.get(name)
    assert linker.link(f"{name}<not-living").taxon in (None, MEANT.get(name))


def test_homonyms_are_settled_by_their_lineage(linker: Linker) -> None:
    assert linker.link("Ctenophora<Animalia").taxon == "worms:1248"
    assert linker.link("Ctenophora<Fragilariaceae").taxon == "worms:163921"
    diatom = "living>Eukaryota>Harosa>Stramenopiles>Ochrophyta>Bacillariophyta>Ctenophora"
    assert linker.link(diatom).taxon == "worms:163921"


def test_both_eras_of_ecotaxa_lead_to_the_same_taxa(linker: Linker, workspace: Workspace) -> None:
    before, after = (
        {node.id: node for node in read_ecotaxa_tree(shared(f"ecotaxa/taxonomy_{era}_worms.tsv"))}
        for era in ("before", "after")
    )
    core = Core.load(workspace.path(CORE))
    accepted = {other: core.hierarchy.ids[i] for i, them in enumerate(core.column("same_as")) for other in them}
    wrong = []
    for number, node in after.items():
        if node.aphia_id is None or number not in before:
            continue
        taxon = accepted.get(f"worms:{node.aphia_id}", f"worms:{node.aphia_id}")
        found = [linker.link(path_of(tree, number)) for tree in (before, after)]
        if any(link.taxon != taxon for link in found):
            wrong.append((node.name, taxon, [link.taxon for link in found]))
    # Renamed with the move: nothing in a path of the old era, which is one name long, tells of the new name.
    assert wrong == [("Cydippidae", "worms:1697324", ["worms:106324", "worms:1697324"])]


def path_of(tree: dict[int, EcotaxaNode], number: int) -> str:
    names, at = [], tree.get(number)
    while at is not None:
        names.append(at.name)
        at = tree.get(at.parent or -1)
    return ">".join(reversed(names))


def test_the_defects_of_the_real_tables_are_listed(linker: Linker, workspace: Workspace) -> None:
    defects = json.loads(workspace.path(DEFECTS).read_text())
    counts = Counter((row["register"], row["what"]) for row in defects)
    # 231 rows of the zooplankton name a parent that is not in the table: 216 taxa, since some stand there twice.
    assert sum(n for (register, _), n in counts.items() if register == "zooplankton_worms") == 216
    assert counts["zooplankton_worms", "parent elsewhere"] == 89
    assert counts["taxonomy_after_worms", "parent unknown"] == 1374
    found = list(register_findings(defects))
    assert len(found) == len(defects)
    assert {finding.code for finding in found} == {"R001", "R002"}
    core = Core.load(workspace.path(CORE))
    assert all(row["hung"] in core.hierarchy for row in defects if row["hung"])


def test_the_command_answers_each_row_in_order(tmp_path: Path, workspace: Workspace) -> None:
    table = tmp_path / "labels.csv"
    table.write_text("n,label\n1,Copepoda\n2,detritus\n3,Copepoda\n4,\n")
    ran = done("link", table, "--column", "label", "--json", workspace=workspace.root)
    assert [row["label"] for row in ran.json] == ["Copepoda", "detritus", "Copepoda", ""]
    assert [row["status"] for row in ran.json] == [RESOLVED, ABSENT, RESOLVED, ABSENT]
    assert set(ran.json[0]) == {"label", "taxon", "name", "qualifier", "confidence", "status", "rule"}
    assert (ran.json[0]["taxon"], ran.json[0]["name"]) == ("worms:1080", "Copepoda")


def test_without_any_import_the_bundled_taxa_are_linked(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("label\tn\ncopepod_eggs\t1\n")
    ran = done("link", tmp_path / "t.tsv", "--column", "label", "--json", workspace=tmp_path / "w")
    assert (ran.json[0]["taxon"], ran.json[0]["qualifier"]) == ("worms:1080", "egg")


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    ran = seston("link", tmp_path / "t.csv", "--column", "label", workspace=tmp_path / "w")
    assert ran.code == 1
    assert "no column 'label'" in ran.err
    assert "a, b" in ran.err


def test_a_table_of_another_form(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    ran = seston("import", "table", tmp_path / "t.csv", workspace=tmp_path / "w")
    assert ran.code == 1
    assert "WoRMS zooplankton" in ran.err


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    table = shared("ecotaxa/taxonomy_after_worms.tsv")
    for _ in range(2):
        ran = done("import", "table", table, workspace=tmp_path)
    assert "EcoTaxa tree: 8227 names imported" in ran.out
    assert [path.name for path in (tmp_path / "sources").iterdir()] == ["taxonomy_after_worms.parquet"]
