"""``import wikipedia``: local pages reach their taxa, or are rejected with the reason."""

import json
from pathlib import Path

import pytest

from seston.sources.wikimedia.passages import PASSAGES, REJECTED, read_attachments, read_passages
from tests.command import done, seston


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "Copepoda.md").write_text(
        "Copepoda is a class of Crustacea, in the phylum Arthropoda.\n\n\nForm\n\nA body."
    )
    (pages / "Sagitta.md").write_text("SAGITTA is a constellation near Animalia and Chaetognatha.")
    (pages / "notes.csv").write_text("no page")
    return pages


def test_a_page_is_attached_and_another_rejected(folder: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "work"
    ran = done("import", "wikipedia", folder, workspace=workspace)
    assert "1 page attached, 1 rejected." in ran.out
    assert "rejected Sagitta: Sagitta (worms:105410): the page states no rank, expected genus" in ran.err
    passages = read_passages(workspace / PASSAGES)
    assert {passage.about for passage in passages} == {"worms:1080"}
    text = (folder / "Copepoda.md").read_text()
    assert [text[p.start : p.start + len(p.text)] for p in passages] == [p.text for p in passages]
    assert json.loads((workspace / REJECTED).read_text())[0]["page"] == "Sagitta"


def test_reading_again_replaces_the_page(folder: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "work"
    done("import", "wikipedia", folder, workspace=workspace)
    before = (workspace / PASSAGES).read_bytes()
    done("import", "wikipedia", folder, "--json", workspace=workspace)
    assert (workspace / PASSAGES).read_bytes() == before
    (folder / "Copepoda.md").write_text("Copepoda is a radio play.")
    ran = done("import", "wikipedia", folder, "--json", workspace=workspace)
    assert {page["page"]: page["passages"] for page in ran.json} == {"Copepoda": 0, "Sagitta": 0}
    assert read_passages(workspace / PASSAGES) == []
    assert {made.taxon for made in read_attachments(workspace)} == {""}


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    ran = seston("import", "wikipedia", tmp_path, workspace=tmp_path / "work")
    assert ran.code == 1
    assert "holds no pages" in ran.err


def test_damaged_passages_are_refused(folder: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "work"
    done("import", "wikipedia", folder, workspace=workspace)
    (workspace / PASSAGES).write_bytes(b"PAR1")
    ran = seston("import", "wikipedia", folder, workspace=workspace)
    assert ran.code == 1
    assert "cannot be read" in ran.err
