"""A look at a label: its row, its train images, and answers that the next build lays over text."""

import csv
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from seston.concepts import ConceptMatrix
from seston.pipeline.classifying.images import Listed, read_index
from seston.pipeline.dictionary.answers import ANSWERS, TEXT_MATRIX, load_rows, rows_in_use, use_rows
from seston.pipeline.dictionary.contact import chosen_images, write_sheet
from seston.pipeline.dictionary.curating import keep_answers, look, to_ask
from seston.pipeline.knowledge import MATRIX
from seston.records import ImageRecord
from seston.workspace import Workspace
from tests.command import done, seston
from tests.quiet import Quiet

LABEL = "copepod_calanoid_eggs"
NODE = f"planktonset:{LABEL}"
SIGNED = ("--by", "A. Nyone", "--date", "2026-01-31")


def listed(*names: str) -> list[Listed]:
    return [Listed(ImageRecord(name, name, 1, 1, ""), "/somewhere") for name in names]


def test_at_most_ten_images_are_chosen_evenly_and_always_the_same() -> None:
    many = listed(*(f"{n:03}.png" for n in range(95)))
    chosen = [item.record.id for item in chosen_images(many)]
    assert len(chosen) == 10
    assert (chosen[0], chosen[-1]) == ("000.png", "094.png")
    assert chosen == [item.record.id for item in chosen_images(many[::-1])]
    assert chosen_images([Listed(ImageRecord("a.png", "", 1, 1, ""))]) == []


def test_the_sheet_is_a_picture_of_the_images(tmp_path: Path) -> None:
    pixels = np.full((30, 60), 250, np.uint8)
    pixels[10:20, 20:40] = 0
    Image.fromarray(pixels).save(tmp_path / "a.png")
    item = Listed(ImageRecord("a.png", "a.png", 60, 30, ""), str(tmp_path))
    write_sheet(tmp_path / "sheet.png", [item] * 7)
    with Image.open(tmp_path / "sheet.png") as sheet:
        drawn = np.asarray(sheet)
    assert drawn.shape == (8 + 2 * 244, 8 + 5 * 228)
    assert (drawn[:240, :220] < 50).sum() > 1000


def test_a_look_shows_the_row_and_train_images_only(own: Path) -> None:
    workspace = Workspace(own)
    seen = look(workspace, LABEL, Quiet())
    splits = {item.record.id: item.record.split for item in read_index(workspace)}
    assert seen.row["id"] == NODE
    assert 0 < len(seen.images) <= 10
    assert all(splits[image] in ("train", "") for image in seen.images)
    assert Path(seen.sheet).is_file()
    assert not seen.hint
    known = {concept["id"] for concept in seen.row["concepts"]}
    asked = [concept for concept, _, cue in to_ask(workspace, seen, 5) if cue]
    assert len(asked) == 5
    assert not known & set(asked)


def test_answers_are_kept_apart_and_laid_over_text_by_the_next_build(own: Path) -> None:
    workspace = Workspace(own)
    before = ConceptMatrix.load(workspace.path(MATRIX))
    column = before.concepts.index("antennae/long")
    assert before.value[before.row(NODE), column] == 1
    told = ("--absent", "long antennae", "--present", "halo/present", "--unknown", "eggs/attached")
    done("concepts", "review", LABEL, *told, *SIGNED, workspace=own)
    with workspace.path(ANSWERS).open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(r["concept"], r["answer"], r["by"], r["date"]) for r in rows] == [
        ("halo/present", "present", "A. Nyone", "2026-01-31"),
        ("antennae/long", "absent", "A. Nyone", "2026-01-31"),
        ("eggs/attached", "unknown", "A. Nyone", "2026-01-31"),
    ]
    assert len(rows[0]["images"].split(";")) <= 10
    done("build", "concepts", workspace=own)
    after, text = ConceptMatrix.load(workspace.path(MATRIX)), ConceptMatrix.load(workspace.path(TEXT_MATRIX))
    assert after.value[after.row(NODE), column] == 0
    assert after.value[after.row(NODE), after.concepts.index("halo/present")] == 1
    assert np.isnan(after.value[after.row(NODE), after.concepts.index("eggs/attached")])
    assert np.array_equal(text.value, before.value, equal_nan=True)
    shown = done("taxon", LABEL, workspace=own).out
    assert "− long antennae [antennae/long], 0.95  seen on images by A. Nyone, 2026-01-31" in shown
    assert np.array_equal(load_rows(workspace, MATRIX, "text").value, text.value, equal_nan=True)
    assert np.array_equal(load_rows(workspace, MATRIX, rows_in_use(workspace)).value, after.value, equal_nan=True)
    use_rows(workspace, "text")
    assert rows_in_use(workspace) == "text"
    workspace.path(ANSWERS).unlink()
    done("build", "concepts", workspace=own)
    assert not workspace.path(TEXT_MATRIX).exists()
    assert np.array_equal(ConceptMatrix.load(workspace.path(MATRIX)).value, before.value, equal_nan=True)


def test_nothing_is_kept_when_one_answer_cannot_be_used(own: Path) -> None:
    ran = seston("concepts", "review", LABEL, "--present", "tail/fork", "--absent", "tail/forkd", workspace=own)
    assert ran.code == 1
    assert "Did you mean tail/fork" in ran.err
    ran = seston("concepts", "review", LABEL, "--present", "tail/fork", "--absent", "forked tail", workspace=own)
    assert "tail/fork is said to be present and absent" in ran.err
    assert not Workspace(own).path(ANSWERS).exists()


def test_a_table_of_answers_is_taken_with_its_date(own: Path, tmp_path: Path) -> None:
    table = tmp_path / "answers.csv"
    table.write_text(f"about,concept,answer,by\n{NODE},tail/fork,absent,B\n", encoding="utf-8")
    done("concepts", "review", "--from", table, "--date", "2026-02-01", workspace=own)
    assert "2026-02-01" in Workspace(own).path(ANSWERS).read_text()
    table.write_text("about,concept,answer,by\nplanktonset:no,tail/forkd,absent,B\n", encoding="utf-8")
    ran = seston("concepts", "review", "--from", table, workspace=own)
    assert (
        ran.code,
        "no concept tail/forkd; did you mean tail/fork" in ran.err,
        "no taxon or label planktonset:no" in ran.err,
    ) == (
        1,
        True,
        True,
    )


def test_without_images_it_says_how_to_import_them(own: Path) -> None:
    seen = look(Workspace(own), "Sagitta", Quiet())
    assert (seen.images, seen.sheet) == ((), "")
    assert "seston import images" in seen.hint


def test_a_later_answer_is_kept_behind_the_earlier(own: Path) -> None:
    workspace = Workspace(own)
    seen = look(workspace, LABEL, Quiet())
    keep_answers(workspace, seen, {"present": ["tail/fork"]}, "A", "2026-01-30")
    keep_answers(workspace, seen, {"absent": ["tail/fork"]}, "A", "2026-01-31")
    kept = look(workspace, LABEL, Quiet()).answers
    assert [answer.answer for answer in kept] == ["absent", "present"]


def test_on_a_terminal_it_asks_until_one_has_had_enough(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["p", "s", "a", "q"])
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(typed))
    monkeypatch.setattr("seston.cli.dictionary.sys", SimpleNamespace(stdin=terminal, stdout=terminal))
    asked = [concept for concept, _, _ in to_ask(Workspace(own), look(Workspace(own), LABEL, Quiet()), 3)]
    done("concepts", "review", LABEL, *SIGNED, workspace=own)
    kept = look(Workspace(own), LABEL, Quiet()).answers
    assert {(a.concept, a.answer) for a in kept} == {(asked[0], "present"), (asked[2], "absent")}


@pytest.mark.parametrize("arguments", [(), (LABEL, "--date", "tomorrow", "--present", "tail/fork")])
def test_a_call_that_makes_no_sense_is_told_so(own: Path, arguments: tuple[str, ...]) -> None:
    assert seston("concepts", "review", *arguments, workspace=own).code == 2
