"""The report of a workspace: what it counts, which images it explains, and that it is the same each time."""

import gzip
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from seston.bottleneck.tree import DecisionTree
from seston.errors import InvalidData
from seston.evaluate.curves import confusion_at, node_recall, operating_curve
from seston.evaluate.report.data import NodePage, ReportData
from seston.pipeline.classifying.dataset import load_dataset
from seston.pipeline.classifying.explaining import explainer_of
from seston.pipeline.classifying.images import INDEX, read_index
from seston.pipeline.classifying.learning import load_predictions
from seston.pipeline.report.cases import vignettes, worked_images
from seston.pipeline.report.writing import REPORT, REPORTING, gather, write_report
from seston.pipeline.stages import why_stale
from seston.workspace import Workspace
from tests.command import done
from tests.drawings import SHAPES
from tests.quiet import Quiet

EGGS = "planktonset:copepod_calanoid_eggs"
# root → copepods (phylum) → three labels; root → worms (phylum) → one label; root → one label
TREE = DecisionTree(
    ("root", "copepods", "worms", "a", "b", "c", "d", "e"),
    (-1, 0, 0, 1, 1, 1, 2, 0),
    ("a", "b", "c", "d", "e"),
)
RANKS = ("", "phylum", "phylum", *["label"] * 5)
CLADES = (1, 1, 1, 2, 0)


@pytest.fixture(scope="module")
def data(small: Path) -> ReportData:
    workspace = Workspace(small)
    opened = explainer_of(workspace, "strict", Quiet())
    return gather(workspace, opened, load_dataset(workspace), load_predictions(workspace))


def page_of(data: ReportData, node: str) -> NodePage:
    return next(page for page in data.pages if page.id == node)


def test_the_figures_are_those_of_the_predictions(small: Path, data: ReportData) -> None:
    _, leaves, truth = load_predictions(Workspace(small))
    right = leaves.argmax(axis=1) == truth
    root = next(node for node in data.tree if not node.parent)
    labels = [node for node in data.tree if node.is_label]
    assert (root.n_test, root.recall) == (len(truth), 1.0)
    assert sum(node.n_test for node in labels) == len(truth) == data.counts["test_images"]
    assert sum(node.n_test * (node.recall or 0.0) for node in labels) == pytest.approx(right.sum())
    assert data.operating[0].accuracy == pytest.approx(right.mean())
    assert data.confusions[0].rank == "label"
    assert np.trace(np.array(data.confusions[0].counts)) == right.sum()
    assert all(sum(point.answered.values()) == pytest.approx(1) for point in data.operating)


def test_every_node_has_a_page(data: ReportData) -> None:
    assert [page.id for page in data.pages] == [node.id for node in data.tree]
    copepods = page_of(data, "worms:1080")
    assert (copepods.name, copepods.rank, copepods.key) == ("Copepoda", "class", "")
    assert [ancestor.name for ancestor in copepods.lineage][-1] == "Multicrustacea"
    assert page_of(data, EGGS).key == "copepod_calanoid_eggs"


def test_marks_lie_on_the_words_that_say_it(data: ReportData) -> None:
    page = page_of(data, EGGS)
    marked = [(s.text[m.start : m.end], m.concept) for s in page.sentences for m in s.marks]
    assert any("eggs" in words and concept == "eggs/attached" for words, concept in marked)
    assert all(0 <= m.start < m.end <= len(s.text) for p in data.pages for s in p.sentences for m in s.marks)


def test_concepts_lead_to_a_sentence_of_their_origin(data: ReportData) -> None:
    own = {concept.id: concept for concept in page_of(data, EGGS).concepts}
    eggs = own["eggs/attached"]
    assert (eggs.origin, eggs.value > 0.5) == (EGGS, True)
    assert eggs.sentence is not None
    assert "eggs" in page_of(data, EGGS).sentences[eggs.sentence].text
    assert any(concept.origin != EGGS for concept in own.values())
    pages = {page.id: page for page in data.pages}
    for page in data.pages:
        for concept in page.concepts:
            if concept.sentence is not None and concept.origin in pages:
                assert concept.sentence < len(pages[concept.origin].sentences)


def test_the_first_case_is_corrected(data: ReportData) -> None:
    first, *others = data.worked
    assert first.true_label == EGGS
    assert first.after is not None
    assert first.after.interventions == (("eggs/attached", 0.0),)
    before, after = (
        next(reason for reason in told.steps[-1].reasons if reason.concept == "eggs/attached")
        for told in (first.explanation, first.after)
    )
    assert after.value == 0.0
    assert after.contribution < before.contribution
    assert all(worked.after is None for worked in others)
    assert first.true_name == "Calanoid copepod carrying eggs" == first.explanation.steps[-1].chosen_label


def test_images_at_hand_are_shown(data: ReportData) -> None:
    assert data.worked
    assert all(worked.vignette_png and worked.vignette_png.startswith(b"\x89PNG") for worked in data.worked)
    assert {portrait.label for worked in data.worked for portrait in worked.silhouettes} <= set(data.silhouettes)


def test_images_that_are_gone_are_left_out(small: Path, tmp_path: Path) -> None:
    one, two = read_index(Workspace(small))[:2]
    folder = tmp_path / "images"
    for item in (one, two):
        (folder / item.record.path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(one.root) / one.record.path, folder / one.record.path)
    (folder / two.record.path).write_bytes(b"no image")
    here = [type(one)(item.record, str(folder)) for item in (one, two)]
    kept, broken, gone, none = vignettes([*here, type(one)(one.record, str(tmp_path / "x")), type(one)(one.record)])
    assert kept is not None
    assert (broken, gone, none) == (None, None, None)


def test_the_report_is_written_by_its_stage_and_always_the_same(own: Path) -> None:
    done("build", "report", workspace=own)
    workspace = Workspace(own)
    first = workspace.path(REPORT).read_bytes()
    assert why_stale(workspace, REPORTING[0]) == ""
    write_report(workspace, Quiet())
    assert workspace.path(REPORT).read_bytes() == first
    assert len(first) < 5_000_000
    html = first.decode()
    assert all(f"label-{label}" in html for label in SHAPES)
    assert str(own) not in html
    assert not re.search(r"(src|href)=\"(https?:)?//", html)


def test_predictions_of_images_that_left_are_refused(own: Path) -> None:
    workspace = Workspace(own)
    lost = load_predictions(workspace)[0][0]
    rows = gzip.decompress(workspace.path(INDEX).read_bytes()).decode().splitlines(keepends=True)
    kept = "".join(row for row in rows if not row.startswith(f"{lost},"))
    workspace.path(INDEX).write_bytes(gzip.compress(kept.encode()))
    with pytest.raises(InvalidData, match="no longer in the workspace"):
        write_report(workspace, Quiet())


def leaves_of(*rows: tuple[int, float]) -> np.ndarray:
    """Return probabilities whose best column and its value are given; the rest is shared."""
    table = np.empty((len(rows), 5))
    for row, (column, value) in zip(table, rows, strict=True):
        row[:] = (1 - value) / 4
        row[column] = value
    return table


def test_recall_of_a_node_counts_what_lies_under_it() -> None:
    counts, recall = node_recall(TREE, np.array([0, 0, 1, 3]), np.array([0, 1, 4, 3]))
    assert counts.tolist() == [4, 3, 1, 2, 1, 0, 1, 0]
    assert recall[:5].tolist() == [1.0, 2 / 3, 1.0, 0.5, 0.0]
    assert np.isnan(recall[5])


def test_an_answer_outside_every_node_of_a_rank_is_wrong() -> None:
    drawn = confusion_at(TREE, RANKS, "phylum", np.array([0, 1, 3, 0, 4]), np.array([1, 3, 3, 4, 0]))
    assert drawn.labels == ("copepods", "worms", "no phylum")
    assert drawn.counts == ((1, 1, 1), (0, 1, 0), (0, 0, 0))


def test_certainty_makes_answers_coarser_and_righter() -> None:
    truth = np.array([0, 1, 3])
    points = operating_curve(TREE, RANKS, truth, leaves_of((0, 0.9), (0, 0.6), (3, 0.9)))
    loose, strict = points[0], next(point for point in points if point.sure > 0.7)
    assert loose.accuracy == pytest.approx(2 / 3)
    assert loose.mean_depth == 2.0
    assert strict.accuracy == 1.0
    assert strict.answered == pytest.approx({"label": 2 / 3, "phylum": 1 / 3})


def test_images_are_chosen_by_rule() -> None:
    truth = np.array([0, 0, 0, 1, 1, 3, 2, 4, 4])
    leaves = leaves_of(
        *[(0, 0.80), (0, 0.90), (0, 0.99)],  # right, of the most images: the median is the second
        *[(1, 0.95), (1, 0.96)],
        (3, 0.9),  # right, of another phylum, hence before label b
        (0, 0.6),  # the truth is c: copepods is right, at a coarser rank
        *[(0, 0.9), (4, 0.3)],  # wrong; and sure of nothing but the root
    )
    assert worked_images(TREE, leaves, truth, 0.7, clades=CLADES) == (None, [1, 5, 4, 6, 7])
    corrected, others = worked_images(TREE, leaves, truth, 0.7, clades=CLADES, corrected=[2, 0])
    assert corrected == 1  # no image of c was answered rightly
    assert others == [4, 5, 6, 7]
