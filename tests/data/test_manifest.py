"""data/MANIFEST.json tells the truth, and what it tells of a change."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_manifest", DATA / "make" / "manifest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(make: ModuleType, tmp_path: Path) -> Path:
    (tmp_path / "make").mkdir()
    (tmp_path / "make" / "x.py").write_text("pass")
    (tmp_path / "descriptions").mkdir()
    (tmp_path / "descriptions" / "worms-1.md").write_text("one")
    (tmp_path / "descriptions" / "worms-2.md").write_text("two")
    (tmp_path / "taxa.csv").write_text("id")
    make.write_manifest(tmp_path, "2026-01-01")
    return tmp_path


def test_the_bundled_manifest(make: ModuleType) -> None:
    assert make.check_manifest(DATA) == [], "run data/make/manifest.py"


def test_every_entry_says_whose_it_is_and_how_it_was_made(make: ModuleType) -> None:
    entries = json.loads((DATA / make.MANIFEST).read_text(encoding="utf-8"))["entries"]
    assert {"taxa.csv", "labels.csv", "mends.csv", "descriptions"} <= {entry["path"] for entry in entries}
    for entry in entries:
        assert len(entry["sha256"]) == 64
        assert all(entry[key] for key in ("bytes", "files", "licence", "source", "date", "made"))


def test_a_folder_as_it_was_written(make: ModuleType, folder: Path) -> None:
    assert make.check_manifest(folder) == []
    entries = json.loads((folder / make.MANIFEST).read_text())["entries"]
    assert [(entry["path"], entry["files"], entry["bytes"]) for entry in entries] == [
        ("descriptions", 2, 6),
        ("taxa.csv", 1, 2),
    ]


def test_what_changed_is_told(make: ModuleType, folder: Path) -> None:
    (folder / "descriptions" / "worms-2.md").write_text("too")
    (folder / "taxa.csv").unlink()
    (folder / "labels.csv").write_text("label")
    faults = make.check_manifest(folder)
    assert faults[:2] == ["labels.csv: not in the manifest", "taxa.csv: in the manifest but not in the folder"]
    assert faults[2].startswith("descriptions: date is ''")
    assert faults[3].startswith("descriptions: sha256 is")


def test_an_article_renamed_changes_the_hash_of_the_folder(make: ModuleType, folder: Path) -> None:
    (folder / "descriptions" / "worms-2.md").rename(folder / "descriptions" / "worms-3.md")
    assert any(fault.startswith("descriptions: sha256") for fault in make.check_manifest(folder))


def test_a_file_that_nobody_owns_is_named(make: ModuleType, folder: Path) -> None:
    (folder / "stray.bin").write_text("x")
    assert make.check_manifest(folder) == ["add to ORIGINS in data/make/manifest.py: stray.bin"]
    with pytest.raises(ValueError, match=r"stray\.bin"):
        make.write_manifest(folder, "2026-01-02")


def test_a_date_stays_as_long_as_the_file_does(make: ModuleType, folder: Path) -> None:
    (folder / "taxa.csv").write_text("id,name")
    make.write_manifest(folder, "2026-02-02")
    dates = {entry["path"]: entry["date"] for entry in json.loads((folder / make.MANIFEST).read_text())["entries"]}
    assert dates == {"descriptions": "2026-01-01", "taxa.csv": "2026-02-02"}
