from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.evaluate.report.anchors import concept_anchor, node_anchor, sentence_anchor
from seston.evaluate.report.articles import article, concept_labels, runs
from seston.evaluate.report.confusion import heat
from seston.evaluate.report.data import (
    Ancestor,
    Confusion,
    Mark,
    NodeConcept,
    NodePage,
    OperatingPoint,
    Sentence,
    TreeNode,
    Worked,
)
from seston.evaluate.report.figures import method_table, unseen_difference, unseen_plot
from seston.evaluate.report.operating import curve
from seston.evaluate.report.outline import ancestors, outline
from seston.evaluate.report.pictures import ink
from seston.evaluate.report.radial import wheel
from seston.evaluate.report.worked import Case, Reading
from seston.records import Explanation, Reason, Step

TREE = (
    TreeNode("r", "Everything", "", "", 10, 1.0),
    TreeNode("c", "Copepoda", "class", "r", 6, 0.9),
    TreeNode("o", "Oithona", "genus", "c", 6, 0.9),
    TreeNode("a", "adult", "", "o", 4, 0.8, True),
    TreeNode("e", "with eggs", "", "o", 2, 0.5, True),
    TreeNode("d", "detritus", "", "r", 4, None, True),
)


@given(st.lists(st.text(min_size=1), min_size=2, max_size=2, unique=True))
def test_distinct_nodes_have_distinct_anchors(nodes: list[str]) -> None:
    assert node_anchor(nodes[0]) != node_anchor(nodes[1])


def test_anchors_of_sentences_and_concepts_are_no_nodes() -> None:
    assert sentence_anchor("worms:1080", 2) == "taxon-worms-1080.s2"
    assert concept_anchor("worms:1080", "tail/forked") == "taxon-worms-1080.c.tail.forked"


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50), st.sampled_from("xyz")), max_size=6),
)
def test_runs_keep_the_text_and_mark_what_is_marked(text: str, spans: list[tuple[int, int, str]]) -> None:
    marks = tuple(Mark(start, end, concept, "present") for start, end, concept in spans)
    found = runs(Sentence(text, marks), "n", {"x"}, {"x": "ex"})
    assert "".join(run.text for run in found) == text
    marked = {i for start, end, _ in spans for i in range(max(start, 0), min(end, len(text)))}
    at = 0
    for run in found:
        assert all((i in marked) == bool(run.kind) for i in range(at, at + len(run.text)))
        at += len(run.text)


def test_overlapping_marks_name_both_concepts() -> None:
    sentence = Sentence("no forked tail", (Mark(0, 9, "f", "absent"), Mark(3, 14, "t", "variable")))
    plain, both, last = runs(sentence, "n", {"t"}, {"f": "forked", "t": "tail"})
    assert (plain.text, plain.kind, plain.title) == ("no ", "a", "no forked")
    assert (both.text, both.title, both.href) == ("forked", "no forked, sometimes tail", "node-n.c.t")
    assert (last.text, last.kind) == (" tail", "v")


def test_a_page_groups_what_it_inherits_nearest_first() -> None:
    parent = NodePage("p", "Parent", sentences=(Sentence("It has a tail."),))
    concepts = (
        NodeConcept("1", "tail", 1.0, "p", "Parent", 0),
        NodeConcept("2", "wing", 0.0, "q", "Grandparent", 0),
        NodeConcept("3", "eye", 0.5, "n", "Node", 7),
    )
    page = NodePage("n", "Node", lineage=(Ancestor("q", "Grandparent"), Ancestor("p", "Parent")), concepts=concepts)
    pages = {"n": page, "p": parent}
    shown = article(page, pages, concept_labels(list(pages.values())))
    assert [(name, [chip.text for chip in chips]) for _, name, chips in shown.inherited] == [
        ("Parent", ["tail"]),
        ("Grandparent", ["no wing"]),
    ]
    assert shown.inherited[0][2][0].href == "node-p.s0"
    assert shown.inherited[1][2][0].href == ""  # its page is not there
    assert (shown.own[0].text, shown.own[0].href) == ("sometimes eye", "")  # the seventh sentence is not there


def test_only_children_share_a_branch() -> None:
    (root,) = outline(TREE)
    assert [[node.name for node in branch.chain] for branch in root.walk()] == [
        ["Everything"],
        ["Copepoda", "Oithona"],
        ["adult"],
        ["with eggs"],
        ["detritus"],
    ]
    assert [node.id for node in ancestors(TREE)["e"]] == ["r", "c", "o", "e"]


def test_the_wheel_has_a_sector_a_branch_and_a_spoke_a_leaf() -> None:
    drawn = wheel(outline(TREE))
    assert drawn is not None
    assert [sector.id for sector in drawn.sectors] == ["r", "o", "a", "e", "d"]
    assert [(spoke.id, spoke.flipped) for spoke in drawn.spokes] == [("a", False), ("e", False), ("d", True)]
    assert drawn.sectors[-1].shade == "rn"
    assert drawn.sectors[1].title == "Copepoda › Oithona: recall 90\N{NO-BREAK SPACE}% of 6 images"
    assert wheel(()) is None


def test_long_names_keep_both_ends() -> None:
    names = [f"Siphonophore calycophoran rocketship {age}" for age in ("adult", "young")]
    leaves = [TreeNode(str(i), name, "", "r", 1, 1.0, True) for i, name in enumerate(names)]
    drawn = wheel(outline((TREE[0], *leaves)))
    assert drawn is not None
    assert [spoke.name for spoke in drawn.spokes] == ["Siphonop…rocketship adult", "Siphonop…rocketship young"]


def test_a_tree_of_one_leaf_can_be_drawn() -> None:
    drawn = wheel(outline(TREE[-1:]))
    assert drawn is not None
    assert len(drawn.spokes) == 1


def test_unseen_rows_stand_in_order_with_their_errors() -> None:
    metrics = {
        "unseen_balanced_accuracy": 0.4,
        "unseen_balanced_accuracy_se": 0.02,
        "control_random": {"unseen_balanced_accuracy": 0.05},
        "control_taxonomy": {"unseen_balanced_accuracy": 0.3, "unseen_balanced_accuracy_se": 0.01},
        "control_other": {"unseen_balanced_accuracy": 0.2},
        "baseline": {"unseen_balanced_accuracy": None},
    }
    plot = unseen_plot(metrics)
    assert plot is not None
    assert [row.name for row in plot.rows] == ["Our rows", "Taxonomy", "Random rows", "Other", "Chance"]
    ours = plot.rows[0]
    assert ours.text == "40.0 ± 2.0\N{NO-BREAK SPACE}%"
    assert ours.low < ours.at < ours.high <= 100
    assert plot.rows[-1].at == pytest.approx(100 * 0.05 / 0.5)
    assert unseen_plot({"top1": 0.5}) is None


def test_named_rows_of_unseen_labels_come_before_those_of_the_methods() -> None:
    metrics = {
        "unseen_balanced_accuracy": 0.9,
        "unseen": {
            "nothing": {"balanced_accuracy": 0.05},
            "taxonomy": {"balanced_accuracy": 0.3},
            "rows_and_taxonomy": {"balanced_accuracy": 0.5},
            "rows": {"balanced_accuracy": 0.4, "difference_to_taxonomy": 0.1},
        },
    }
    plot = unseen_plot(metrics)
    assert plot is not None
    assert [(row.name, row.kind) for row in plot.rows] == [
        ("Our rows", "ours"),
        ("Our rows and taxonomy", "ours"),
        ("Taxonomy", "control"),
        ("Chance", "chance"),
    ]
    assert plot.rows[0].text == "40.0\N{NO-BREAK SPACE}%"
    assert "10.0 points above" in unseen_difference(metrics)


@pytest.mark.parametrize(
    ("difference", "error", "words"),
    [
        (0.08, 0.01, "8.0 ± 1.0 points above the taxonomy"),
        (-0.08, 0.01, "8.0 ± 1.0 points below the taxonomy"),
        (0.01, 0.01, "no difference is shown"),
        (0.01, None, "1.0 points above"),
    ],
)
def test_the_difference_is_told_with_its_error(difference: float, error: float | None, words: str) -> None:
    metrics = {"unseen_difference_to_taxonomy": difference, "unseen_difference_to_taxonomy_se": error}
    assert words in unseen_difference(metrics)


def test_the_table_shows_what_is_known_and_marks_the_best() -> None:
    metrics = {
        "top1": 0.7,
        "top1_se": 0.01,
        "ece": 0.02,
        "additive_residual": 3e-14,
        "heads": {"sparse": {"top1": 0.71, "ece": 0.03}},
        "baseline": {"top1": float("nan"), "ece": 0.04},
    }
    table = method_table(metrics)
    assert table is not None
    assert [name for name, *_ in table.methods] == ["Strict head", "Sparse head", "Black box"]
    lines = {line.name: line.cells for line in table.lines}
    assert lines["Accuracy"] == (("70.0 ± 1.0", False), ("71.0", True), ("", False))
    assert lines["Calibration error"][0] == ("2.0", True)
    assert lines["Additive residual"] == (("3 × 10⁻¹⁴", False), ("", False), ("", False))
    assert method_table({}) is None


def test_ranks_are_folded_and_fill_the_whole() -> None:
    points = [
        OperatingPoint(0.9, 0.95, 3.0, {"label": 0.2, "suborder": 0.3, "order": 0.3, "superdomain": 0.2}),
        OperatingPoint(0.1, 0.75, 5.0, {"label": 1.0}),
    ]
    drawn = curve(points, sure=0.8)
    assert drawn is not None
    assert drawn.ranks == ("label", "order", "above")
    assert drawn.rows == ((0.1, 0.75, 5.0, (1.0, 0.0, 0.0)), (0.9, 0.95, 3.0, (0.2, 0.6, 0.2)))
    assert drawn.start == 1
    assert drawn.points[0].x > drawn.points[1].x  # deeper
    assert drawn.points[0].y > drawn.points[1].y  # less accurate, hence lower
    assert curve(points[:1], None) is None


def test_a_matrix_follows_the_tree_and_names_the_worst_first() -> None:
    counts = ((2, 0, 0), (1, 5, 3), (0, 0, 0))
    drawn = heat(Confusion("label", ("d", "a", "e"), counts), ancestors(TREE))
    assert drawn is not None
    assert drawn.names == ("adult", "with eggs", "detritus")
    assert drawn.cells == ((0, 0, 5), (0, 1, 3), (0, 2, 1), (2, 2, 2))
    assert [(pair.truth_name, pair.answer_name, pair.images, pair.of) for pair in drawn.pairs] == [
        ("adult", "with eggs", "3", "9"),
        ("adult", "detritus", "1", "9"),
    ]
    assert heat(Confusion("label", ("a",), ((0,),)), {}) is None


def explanation(prediction: str, contributions: tuple[float, ...] = (2.0, -1.0)) -> Explanation:
    reasons = tuple(
        Reason(f"c/{i}", f"concept {i}", 1.0, amount, 1.0, amount, "c", "It has a tail.")
        for i, amount in enumerate(contributions)
    )
    sure = {"a": 0.6, "r": 1.0}.get(prediction, 0.9)
    steps = (
        Step("r", "c", "Copepoda", 0.9, "d", "detritus", 0.1, 0.5, 0.0, reasons),
        Step("c", "o", "Oithona", 0.9, "", "", 0.0, 0.0, 0.0, ()),
        Step("o", "a", "adult", 0.6, "e", "with eggs", 0.3, 0.0, 0.0, ()),
    )
    return Explanation("x.jpg", prediction, "?", sure, "a", 0.6, steps)


def case(prediction: str, truth: str = "a", contributions: tuple[float, ...] = (2.0, -1.0)) -> Case:
    pages = {"c": NodePage("c", "Copepoda", sentences=(Sentence("First."), Sentence("It has a tail.")))}
    return Reading(pages, ancestors(TREE)).case(1, Worked(explanation(prediction, contributions), truth, "adult"))


@pytest.mark.parametrize(
    ("prediction", "verdict"), [("a", "right"), ("o", "right so far"), ("r", "unsure"), ("d", "wrong"), ("e", "wrong")]
)
def test_the_verdict_knows_the_tree(prediction: str, verdict: str) -> None:
    assert case(prediction).verdict == verdict


def test_bars_lead_to_the_sentence_and_add_up() -> None:
    first, last = case("o").ways
    pro, contra = first.bars
    assert (pro.kind, pro.start, pro.width, pro.href) == ("for", 50.0, 50.0, "node-c.s1")
    assert (contra.kind, contra.start, contra.width) == ("against", 25.0, 25.0)
    assert first.sums == "start +0.50; all together +1.50"
    assert last.skipped == ("Oithona",)
    assert (first.sure, last.sure) == (True, False)


@pytest.mark.parametrize(("prediction", "sure"), [("a", [True, True]), ("o", [True, False]), ("r", [False, False])])
def test_steps_below_the_prediction_are_guesses(prediction: str, sure: list[bool]) -> None:
    assert [way.sure for way in case(prediction).ways] == sure


def test_small_reasons_are_summed() -> None:
    first, _ = case("o", contributions=(9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 0.25, -0.75)).ways
    assert len(first.bars) == 6
    assert first.rest == "2 more concepts together −0.50"


def test_a_doubtful_concept_is_no_reason_and_counts_among_the_others() -> None:
    told = explanation("o", (9.0, 8.0))
    shown, kept_back = (
        Reading({}, ancestors(TREE), doubtful).case(1, Worked(told, "a", "adult")).ways[0]
        for doubtful in (frozenset[str](), frozenset({"c/0"}))
    )
    assert [bar.label for bar in shown.bars] == ["concept 0", "concept 1"]
    assert [bar.label for bar in kept_back.bars] == ["concept 1"]
    assert kept_back.rest == "1 more concepts together +9.00"
    assert kept_back.sums == shown.sums


def test_a_reason_that_is_not_seen_is_not_called_by_its_name_alone() -> None:
    told = explanation("o", (9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, -0.75))
    step = told.steps[0]
    lacking = replace(step.reasons[0], score=-9.0, weight=-1.0)
    told = replace(
        told, steps=(replace(step, reasons=(lacking, *step.reasons[1:])),), interventions=(("c/7", 0.0), ("c/1", 0.0))
    )
    bars = Reading({}, ancestors(TREE)).case(1, Worked(told, "a", "adult")).ways[0].bars
    assert [bar.label for bar in bars][:2] == ["not seen: concept 0", "concept 1, set to 0"]
    assert [bar.label for bar in bars][6:] == ["concept 7, set to 0"]  # overruled, hence shown however weak


def test_a_silhouette_becomes_ink_of_its_opacity() -> None:
    import base64
    import io

    from PIL import Image

    grey = np.zeros((64, 64), dtype=np.uint8)
    grey[10:20, 10:20] = 60
    uri = ink(grey)
    image = Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2]))).convert("RGBA")
    assert image.size == (64, 64)
    assert image.getpixel((15, 15)) == (0, 0, 0, 255)
    assert image.getpixel((40, 40)) == (0, 0, 0, 0)
    assert ink(np.zeros((64, 64), dtype=np.uint8)).startswith("data:image/png")
