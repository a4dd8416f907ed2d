"""EcoTaxa's tables: in and out without the loss of a character; what EcoTaxa refuses is found before."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.pipeline.classifying.images import read_index
from seston.pipeline.harvesting.ecotaxa_tables import export_ecotaxa, import_ecotaxa
from seston.sources.ecotaxa.dialect import Dialect, read_dialect
from seston.sources.ecotaxa.tables import read_batches, write_table
from seston.workspace import Workspace
from tests.quiet import Quiet

from ...command import done, seston
from ..shared import shared


def through(content: bytes) -> bytes:
    """Read a table and write it again."""
    dialect = read_dialect(lambda: io.BytesIO(content), "t.tsv")
    out = io.BytesIO()
    write_table(out, dialect, read_batches(lambda: io.BytesIO(content), dialect))
    return out.getvalue()


@pytest.mark.parametrize("name", ["general_export.tsv", "import.tsv"])
def test_real_tables_come_out_as_they_went_in(name: str, tmp_path: Path) -> None:
    original = shared(f"ecotaxa/{name}")
    done("import", "ecotaxa", original, workspace=tmp_path / "w")
    done("export", "ecotaxa", tmp_path / name, workspace=tmp_path / "w")
    assert (tmp_path / name).read_bytes() == original.read_bytes()


def test_a_real_export_with_images_comes_out_as_it_went_in(tmp_path: Path) -> None:
    original = shared("ecotaxa/export_with_images.zip")
    ran = done("import", "ecotaxa", original, workspace=tmp_path / "w")
    assert "437 objects of 1 table imported, 437 images, 0 images left out." in ran.out
    done("export", "ecotaxa", tmp_path / "out.zip", workspace=tmp_path / "w")
    assert members(tmp_path / "out.zip") == members(original)
    labels = {item.record.label for item in read_index(Workspace(tmp_path / "w"))}
    assert "fiber<detritus" in labels


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {item.filename: archive.read(item) for item in archive.infolist() if not item.is_dir()}


CELLS = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", "nan", "0,5", '"', 'a"b', "a\tb", "a\nb", "é", " x ", "[t]"]
)
HEADERS = st.lists(
    st.text("abcxyz0189_%.é", min_size=1, max_size=8).map(lambda text: f"object_{text}"),
    min_size=1,
    max_size=5,
    unique_by=lambda text: text.lower().strip(),
)


@given(st.data())
def test_generated_tables_keep_every_value(data: st.DataObject) -> None:
    header = data.draw(HEADERS)
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), min_size=1, max_size=6))
    types = [["[t]"] * len(header)] if data.draw(st.booleans()) else []
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "latin-1"]))
    quoting: Any = data.draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter="\t", quoting=quoting, lineterminator=data.draw(st.sampled_from(["\n", "\r\n"]))
    )
    writer.writerows([header, *types, *rows])
    content = text.getvalue().encode(encoding, errors="replace")
    assert rows_of(through(content)) == rows_of(content)


def rows_of(content: bytes) -> list[list[str]]:
    dialect = read_dialect(lambda: io.BytesIO(content), "t.tsv")
    text = content.decode(dialect.encoding)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    return [row or [""] for row in rows]  # of a table of one column, a blank line is an empty cell


def imported(tmp_path: Path, text: str, encoding: str = "utf-8") -> Workspace:
    (tmp_path / "t.tsv").write_bytes(text.encode(encoding))
    workspace = Workspace(tmp_path / "w")
    import_ecotaxa(workspace, tmp_path / "t.tsv", Quiet())
    return workspace


def test_a_category_without_a_status_is_refused_as_ecotaxa_would(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text(
        "img_file_name\tobject_id\tobject_annotation_category\tobject_annotation_status\n"
        "a.png\t1\tCopepoda\tvalidated\nb.png\t2\tCopepoda\t\nc.png\t3\t\tvalidated\nd.png\t4\tX\tsure\n"
    )
    ran = seston("import", "ecotaxa", tmp_path / "t.tsv", workspace=tmp_path / "w")
    assert ran.code == 1
    assert "line 3: category 'Copepoda' without a status" in ran.err
    assert "line 4: status without a category" in ran.err
    assert "line 5: status 'sure'" in ran.err
    assert not (tmp_path / "w" / "ecotaxa").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("a\tA\n1\t2\n", "repeats a"),
        ("a\tb\n1\t2\t3\n4\t5\n6\n", "line 2: 3 fields where the header has 2"),
        ('a\tb\n"1\n2"\t3\n\n4\n', "line 5: 1 fields where the header has 2"),
        ("a\tb\n1\t\0\n", "line 2: a NUL byte"),
    ],
)
def test_broken_tables_are_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "t.tsv").write_text(text)
    ran = seston("import", "ecotaxa", tmp_path / "t.tsv", workspace=tmp_path / "w")
    assert (ran.code, said in ran.err) == (1, True), ran.err


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("object_id\n1\n")
    ran = seston("import", "ecotaxa", tmp_path / "t.csv", workspace=tmp_path / "w")
    assert (ran.code, "t.csv is no table of EcoTaxa" in ran.err) == (1, True)


def test_an_archive_that_reaches_outside_itself_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("../ecotaxa.tsv", "object_id\n1\n")
    ran = seston("import", "ecotaxa", tmp_path / "t.zip", workspace=tmp_path / "w")
    assert ran.code == 1
    assert "../ecotaxa.tsv" in ran.err


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ecotaxa.tsv", "object_id\n1\n")
        archive.writestr("bomb.png", bytes(2**24))
    ran = seston("import", "ecotaxa", tmp_path / "t.zip", workspace=tmp_path / "w")
    assert ran.code == 1
    assert "bomb.png: unpacks" in ran.err


def test_an_image_that_is_named_and_not_there_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("ecotaxa.tsv", "object_id\timg_file_name\n1\tgone.png\n")
    ran = done("import", "ecotaxa", tmp_path / "t.zip", workspace=tmp_path / "w")
    assert "gone.png: named in the table, not there" in ran.err


def test_what_ecotaxa_would_refuse_is_told_at_export(tmp_path: Path) -> None:
    workspace = imported(
        tmp_path, "object_id\tobject_lat\tobject_area\tobject_date\n[t]\t[f]\t[f]\t[t]\n1\t91\tbig\tMay\n"
    )
    _, _, faults = export_ecotaxa(workspace, tmp_path / "out.tsv")
    assert any("no column img_file_name" in fault for fault in faults)
    assert {"line 3: object_lat is '91'", "line 3: object_area is 'big'", "line 3: object_date is 'May'"} <= {
        fault.removeprefix("t.tsv: ") for fault in faults
    }


def test_too_many_free_columns_are_told(tmp_path: Path) -> None:
    names = [f"acq_{number}" for number in range(31)]
    workspace = imported(
        tmp_path, "\t".join(["img_file_name", "object_id", *names]) + "\n" + "\t".join("1" * 33) + "\n"
    )
    assert any("31 free columns acq_*" in fault for fault in export_ecotaxa(workspace, tmp_path / "o.tsv")[2])


def test_latin_1_and_a_byte_order_mark_are_kept(tmp_path: Path) -> None:
    for number, encoding in enumerate(("latin-1", "utf-8-sig")):
        folder = tmp_path / str(number)
        folder.mkdir()
        workspace = imported(folder, "object_id\tobject_note\n1\tété\n", encoding)
        export_ecotaxa(workspace, folder / "o.tsv")
        assert (folder / "o.tsv").read_bytes() == "object_id\tobject_note\n1\tété\n".encode(encoding)


def test_which_table_is_meant_must_be_said(tmp_path: Path) -> None:
    workspace = imported(tmp_path, "object_id\n1\n")
    (tmp_path / "u.tsv").write_text("object_id\n2\n")
    import_ecotaxa(workspace, tmp_path / "u.tsv", Quiet())
    ran = seston("export", "ecotaxa", tmp_path / "o.tsv", workspace=workspace.root)
    assert (ran.code, "t, u" in ran.err) == (2, True)
    done("export", "ecotaxa", tmp_path / "o.tsv", "--from", "u", workspace=workspace.root)
    assert (tmp_path / "o.tsv").read_text() == "object_id\n2\n"


def test_a_fault_is_told_with_its_line_whatever_the_rows_before_hold(tmp_path: Path) -> None:
    text = (
        "object_id\tobject_annotation_category\tobject_annotation_status\n[t]\t[t]\t[t]\n"
        '"two\nlines"\tCopepoda\tvalidated\n\n\n"a\n\nb"\tCopepoda\t\nx\t\tvalidated\n'
    )
    (tmp_path / "t.tsv").write_text(text)
    ran = seston("import", "ecotaxa", tmp_path / "t.tsv", workspace=tmp_path / "w")
    assert ran.code == 1
    assert "line 7: category 'Copepoda' without a status" in ran.err
    assert "line 10: status without a category" in ran.err
    assert text.splitlines()[6:7] == ['"a']


def test_a_fault_at_export_is_told_with_the_line_of_the_written_file(tmp_path: Path) -> None:
    workspace = imported(tmp_path, 'object_id\tobject_lat\n"a\nb"\t1\n\n"c"\t91\n')
    out = tmp_path / "out.tsv"
    faults = export_ecotaxa(workspace, out)[2]
    assert "t.tsv: line 4: object_lat is '91'" in faults
    assert "91" in out.read_text().splitlines()[3]


@pytest.mark.parametrize("content", [b"object_id\n1\n\n2\n\n", b"object_id\r\n\r\n1\r\n", b'"object_id"\n""\n"1"\n'])
def test_blank_lines_of_a_table_of_one_column_are_cells(content: bytes) -> None:
    assert through(content) == content


def test_a_cell_of_any_length_is_kept(tmp_path: Path) -> None:
    content = b"object_id\tobject_note\n1\t" + b"x" * 300_000 + b"\n"
    assert through(content) == content


def test_a_dialect_finds_its_columns_whatever_their_case() -> None:
    dialect = Dialect("t", ("Object_ID", "x"), (), "utf-8", "all", "\n")
    assert (dialect.column("object_id"), dialect.column("nothing")) == (0, -1)
