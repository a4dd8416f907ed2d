"""``export sssom`` as a user runs it."""

import csv
from pathlib import Path

import pytest
import yaml

from seston.pipeline.harvesting.wikidata import save_links
from seston.sources.registry import Registered, register_table, write_register
from seston.sources.wikimedia.attach import Attachment
from seston.sources.wikimedia.items import Item
from seston.sources.wikimedia.links import Link
from seston.workspace import Workspace
from tests.command import done, seston

Rows = list[dict[str, str]]


def read(path: Path) -> tuple[dict[str, object], Rows]:
    lines = path.read_text().splitlines()
    head = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    return head, list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace with a register of EcoTaxa and one harvested item."""
    root = tmp_path / "work"
    nodes = [
        Registered("ecotaxa:45072", "Cyclopoida", "order", same_as=("worms:1101",)),
        Registered("ecotaxa:1", "Cyclopoidea", "", status="deprecated", renamed_to="ecotaxa:45072"),
    ]
    write_register(root / "sources" / "ecotaxa.parquet", register_table(nodes))
    item = Item("Q99", "Cyclopoida", "order", ("worms:1101", "ncbi:84329"))
    save_links(Workspace(root), [Link("worms:1101", item, (Attachment("wikidata:Q99", "worms:1101", "P850"),))])
    return root


def test_every_mapping_says_how_it_was_made(work: Path, tmp_path: Path) -> None:
    out = tmp_path / "taxa.sssom.tsv"
    ran = done("export", "sssom", out, workspace=work)
    head, rows = read(out)
    assert ran.out.startswith(f"{len(rows)} mappings written to {out}: ")
    assert {row["subject_id"].partition(":")[0] for row in rows} <= set(head["curie_map"])  # type: ignore[call-overload]
    assert {row["mapping_justification"].partition(":")[0] for row in rows} == {"semapv"}
    made = {(r["subject_id"], r["predicate_id"], r["object_id"]): r["mapping_justification"] for r in rows}
    assert made["worms:1101", "skos:exactMatch", "wikidata:Q99"] == "semapv:ManualMappingCuration"
    assert made["worms:1101", "skos:exactMatch", "ncbi:84329"] == "semapv:MappingChaining"
    assert made["worms:1101", "skos:exactMatch", "ecotaxa:45072"] == "semapv:ManualMappingCuration"
    assert made["ecotaxa:1", "dcterms:isReplacedBy", "ecotaxa:45072"] == "semapv:ManualMappingCuration"
    assert len(made) == len(rows)
    registers = {register.partition(":")[0] for _, _, register in made}
    assert registers >= {"worms", "ecotaxa", "wikidata", "ncbi"} - {"worms"}


def test_the_same_workspace_gives_the_same_bytes(work: Path, tmp_path: Path) -> None:
    for name in ("a.tsv", "b.tsv"):
        done("export", "sssom", tmp_path / name, workspace=work)
    assert (tmp_path / "a.tsv").read_bytes() == (tmp_path / "b.tsv").read_bytes()


def test_a_fresh_workspace_has_mappings_too(tmp_path: Path) -> None:
    done("export", "sssom", tmp_path / "a.tsv", workspace=tmp_path / "work")
    assert read(tmp_path / "a.tsv")[1]


def test_damaged_links_are_refused_all_at_once(work: Path, tmp_path: Path) -> None:
    (work / "harvest" / "links.jsonl").write_text("{\n[]\n")
    ran = seston("export", "sssom", tmp_path / "a.tsv", workspace=work)
    assert (ran.code, "line 1" in ran.err, "line 2" in ran.err) == (1, True, True)
    assert not (tmp_path / "a.tsv").exists()


def test_a_place_that_cannot_be_written_is_one_line(work: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = seston("export", "sssom", tmp_path / "file" / "a.tsv", workspace=work)
    assert ran.code == 1
    assert "Cannot write" in ran.err and "Traceback" not in ran.err
    assert seston("export", "sssom", tmp_path, workspace=work).code == 2
