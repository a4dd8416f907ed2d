"""Categories of imported EcoTaxa tables, linked to taxa with their lineage, in both eras."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from seston.pipeline.classifying.images import read_index
from seston.pipeline.harvesting.ecotaxa_categories import CATEGORIES, display_names, objects_of
from seston.sources.registry import Registered, register_table, write_register
from seston.workspace import Workspace
from tests.command import done
from tests.drawings import draw_folder
from tests.sources.shared import shared

OLD = "living>Eukaryota>Opisthokonta>Holozoa>Metazoa>Arthropoda>Crustacea>Maxillopoda>Copepoda"
NEW = "Biota>Animalia>Arthropoda>Crustacea>Multicrustacea>Copepoda"
COLUMNS = ("object_id", "object_annotation_category", "object_annotation_hierarchy", "object_annotation_status")


def table(path: Path, *rows: tuple[str, str, str]) -> Path:
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", quoting=csv.QUOTE_ALL)
        writer.writerow(COLUMNS)
        writer.writerows((number, *row) for number, row in enumerate(rows))
    return path


def stages(workspace: Path) -> dict[str, str]:
    return {row["stage"]: row["stale"] for row in done("status", "--json", workspace=workspace).json}


def test_both_eras_lead_to_the_same_taxon_with_its_lineage(tmp_path: Path) -> None:
    work = tmp_path / "work"
    path = table(
        tmp_path / "t.tsv",
        ("Calanoida", f"{OLD}>Calanoida", "validated"),
        ("Calanoida", f"{NEW}>Calanoida", "predicted"),
        ("badfocus", f"{OLD}>badfocus", "validated"),
        ("badfocus", "not-living>artefact>badfocus", "validated"),
        ("egg", f"{NEW}>egg", "dubious"),
    )
    ran = done("import", "ecotaxa", path, workspace=work)
    assert ran.out.splitlines()[1] == "5 categories of EcoTaxa: 4 linked to a taxon, 0 undecided, 1 of no taxon"
    rows = {(row["category"], row["hierarchy"]): row for row in json.loads((work / CATEGORIES).read_text())}
    old, new = (rows["Calanoida", f"{era}>Calanoida"] for era in (OLD, NEW))
    assert old["taxon"] == new["taxon"] == "worms:1100"
    assert (old["objects"], old["validated"], new["validated"]) == (1, 1, 0)
    assert old["lineage"] == new["lineage"]
    assert old["lineage"][0]["name"] == "Biota" and {"id": "worms:1080", "name": "Copepoda"} in old["lineage"]
    assert rows["badfocus", f"{OLD}>badfocus"]["taxon"] == rows["egg", f"{NEW}>egg"]["taxon"] == "worms:1080"
    assert rows["badfocus", "not-living>artefact>badfocus"]["status"] == "absent"
    printed = done("import", "ecotaxa", path, "--json", workspace=work).json
    assert printed == list(rows.values())


def test_status_and_taxon_know_them_and_a_new_tree_makes_them_stale(tmp_path: Path) -> None:
    work = tmp_path / "work"
    assert "categories" not in stages(work)
    done("import", "ecotaxa", table(tmp_path / "t.tsv", ("egg", f"{OLD}>egg", "validated")), workspace=work)
    assert stages(work)["categories"] == ""
    told = done("taxon", "Copepoda", "--json", workspace=work).json["objects"]
    assert told == [{"table": "t", "category": "egg", "qualifier": "egg", "objects": 1, "validated": 1}]
    assert "objects of EcoTaxa: 1 of egg in t" in done("taxon", "Copepoda", workspace=work).out
    node = Registered("ecotaxa:9", "Copepoda", "class", same_as=("worms:1080",))
    write_register(work / "sources" / "ecotaxa.parquet", register_table([node]))
    assert stages(work)["categories"] == "sources/ecotaxa.parquet is new"


def test_the_id_goes_before_the_name(tmp_path: Path) -> None:
    work = tmp_path / "work"
    nodes = [
        Registered("ecotaxa:9", "Copepoda", "class", same_as=("worms:1080",)),
        Registered("ecotaxa:10", "egg<Copepoda", parent="ecotaxa:9", morphological=True),
        Registered("ecotaxa:11", "dust<other", morphological=True),
    ]
    write_register(work / "sources" / "ecotaxa.parquet", register_table(nodes))
    (tmp_path / "t.tsv").write_text(
        "object_id\tobject_annotation_category_id\tobject_annotation_category\tobject_annotation_status\n"
        "[t]\t[f]\t[t]\t[t]\n1\t9\tCalanoida\tvalidated\n2\t10\t\tvalidated\n3\t11\t\tP\n4\t777\tCalanoida\tV\n"
    )
    rows = {
        row["category_id"]: row for row in done("import", "ecotaxa", tmp_path / "t.tsv", "--json", workspace=work).json
    }
    assert {number: row["taxon"] for number, row in rows.items()} == {
        "9": "worms:1080",
        "10": "worms:1080",
        "11": None,
        "777": "worms:1100",
    }
    assert rows["10"]["rule"].startswith("category of EcoTaxa: egg<Copepoda (ecotaxa:10)")
    assert objects_of(rows.values(), "worms:1080")[0]["objects"] == 1


def test_images_of_a_category_that_stands_twice_get_its_parent_in_their_label(tmp_path: Path) -> None:
    drawings = sorted(draw_folder(tmp_path / "drawn").rglob("*.png"))[:3]
    rows = [
        ("badfocus", f"{OLD}>badfocus"),
        ("badfocus", "not-living>artefact>badfocus"),
        ("fiber", "not-living>fiber"),
    ]
    header = ("img_file_name", *COLUMNS)
    lines = ["\t".join(header), *(f"{n}.png\t{n}\t{c}\t{h}\tvalidated" for n, (c, h) in enumerate(rows))]
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("ecotaxa.tsv", "\n".join(lines) + "\n")
        for number, drawing in enumerate(drawings):
            archive.write(drawing, f"{number}.png")
    work = tmp_path / "work"
    done("import", "ecotaxa", tmp_path / "t.zip", workspace=work)
    labels = {item.record.id: item.record.label for item in read_index(Workspace(work))}
    assert labels == {"0.png": "badfocus<Copepoda", "1.png": "badfocus<artefact", "2.png": "fiber"}
    assert display_names(work / "ecotaxa" / "t" / "0.parquet")["fiber", "not-living>fiber"] == "fiber"


@pytest.mark.parametrize("name", ["import.tsv", "general_export.tsv", "export_with_images.zip"])
def test_real_tables_have_their_categories_linked(name: str, tmp_path: Path) -> None:
    rows = done("import", "ecotaxa", shared(f"ecotaxa/{name}"), "--json", workspace=tmp_path / "w").json
    linked = {row["category"]: row["name"] for row in rows if row["taxon"]}
    expected = {
        "import.tsv": {},
        "general_export.tsv": {"Calanidae": "Calanidae", "badfocus": "Copepoda"},
        "export_with_images.zip": {
            **{name: name for name in ("Calanoida", "Euchaetidae", "Evadne", "Phaeodaria", "Salpida")},
            **{f"{part}<Diphyidae": "Diphyidae" for part in ("bract", "gonophore", "nectophore")},
        },
    }[name]
    noctiluca = {label: found for label, found in linked.items() if label.startswith("Noctiluca")}
    assert {label: found for label, found in linked.items() if label not in noctiluca} == expected
    assert all(found.startswith("Noctiluca") for found in noctiluca.values())
