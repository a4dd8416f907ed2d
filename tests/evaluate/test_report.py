import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from seston.evaluate.report import ReportData, render
from seston.evaluate.report.data import (
    Ancestor,
    Confusion,
    Credit,
    Mark,
    MistakenFor,
    NodeConcept,
    NodePage,
    Portrait,
    Sentence,
    TreeNode,
    Worked,
)
from seston.records import Explanation, Reason, Step
from tests.evaluate.report_sample import EGGS, Sample

VOID = {"meta", "br", "img", "input", "link", "hr"}
BLOCK = {"p", "div", "ul", "ol", "dl", "table", "figure", "section", "article", "details", "header", "h2", "h3", "h4"}
MEGABYTE = 1_000_000
NASTY = "<script>alert('1')</script>\"&</title>"


class Page(HTMLParser):
    """Reads a page and notes what is not well formed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problems: list[str] = []
        self.ids: list[str] = []
        self.references: set[str] = set()
        self.addresses: set[str] = set()
        self.tags: dict[str, int] = {}
        self.text: list[str] = []
        self.json: dict[str, str] = {}
        self._json = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._json = ""
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.open[-3:]} at {self.getpos()}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._json:
            self.json[self._json] = self.json.get(self._json, "") + data

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags[tag] = self.tags.get(tag, 0) + 1
        if len(values) < len(attrs):
            self.problems.append(f"an attribute twice at {self.getpos()}")
        if tag in BLOCK and "p" in self.open:
            self.problems.append(f"<{tag}> in a <p> at {self.getpos()}")
        if tag == "a" and "a" in self.open:
            self.problems.append(f"<a> in an <a> at {self.getpos()}")
        if any(name.startswith("on") for name in values):
            self.problems.append(f"a handler at {self.getpos()}")
        if "id" in values:
            self.ids.append(values["id"])
        if values.get("type") == "application/json":
            self._json = values["id"]
        self.addresses |= {values[name] for name in ("href", "src", "action", "data", "poster") if name in values}
        self.references |= {values[name] for name in ("for", "aria-labelledby") if name in values}


@pytest.fixture(scope="module")
def data() -> ReportData:
    return Sample().report()


@pytest.fixture(scope="module")
def html(data: ReportData) -> str:
    return render(data)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_it_is_well_formed(page: Page) -> None:
    assert page.problems == []
    assert page.open == []


def test_every_id_is_there_once_and_every_link_leads_to_one(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    wanted = {address[1:] for address in page.addresses if address.startswith("#")} | page.references
    assert wanted
    assert wanted <= set(page.ids)


def test_it_reaches_for_nothing_outside(page: Page, html: str) -> None:
    outside = {address for address in page.addresses if not address.startswith(("#", "data:image/png;base64,"))}
    assert outside == set()
    assert re.findall(r"url\(|@import|https?://|//[a-z]+\.", html) == []
    assert "default-src 'none'" in html


def test_it_is_small_enough(html: str) -> None:
    assert len(html.encode()) < 5 * MEGABYTE


def test_it_holds_every_part(page: Page) -> None:
    parts = {"figures", "tree", "operating", "confusion", "worked", "pages", "about"}
    assert parts <= set(page.ids)
    assert {"label-copepod_calanoid_eggs", "taxon-worms-1080", "worked-10"} <= set(page.ids)


def test_its_numbers_for_the_script_are_json(page: Page, data: ReportData) -> None:
    rows = json.loads(page.json["operating-data"])["rows"]
    assert len(rows) == len(data.operating)
    heat = json.loads(page.json["heat-1"])
    assert len(heat["names"]) == 121
    assert sum(n for *_, n in heat["cells"]) == sum(heat["totals"])


def test_the_same_data_in_another_order_give_the_same_bytes(data: ReportData, html: str) -> None:
    turned = replace(data, tree=data.tree[::-1], pages=data.pages[::-1], operating=data.operating[::-1])
    assert render(turned) == html


def test_the_hash_seed_changes_nothing(html: str) -> None:
    script = (
        "import sys; from tests.evaluate.report_sample import Sample; from seston.evaluate.report import render;"
        "sys.stdout.buffer.write(render(Sample().report()).encode())"
    )
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    other = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert other.stdout.decode() == html


@pytest.mark.parametrize(
    ("part", "empty", "anchor"),
    [
        ("metrics", {}, "figures"),
        ("tree", (), "tree"),
        ("operating", (), "operating"),
        ("confusions", (), "confusion"),
        ("worked", (), "worked"),
        ("pages", (), "pages"),
    ],
)
def test_a_missing_part_is_left_out(data: ReportData, part: str, empty: object, anchor: str) -> None:
    page = Page(render(replace(data, **{part: empty})))  # type: ignore[arg-type]
    assert page.problems == []
    assert anchor not in page.ids
    wanted = {address[1:] for address in page.addresses if address.startswith("#")}
    assert wanted <= set(page.ids)


def test_nothing_but_a_title() -> None:
    page = Page(render(ReportData("Plankton", "0.1.0")))
    assert page.problems == []
    assert {"figures", "tree", "operating", "confusion", "worked", "pages"} & set(page.ids) == set()


def test_nasty_names_stay_text() -> None:
    nasty = nasty_report()
    page = Page(render(nasty))
    assert page.problems == []
    assert page.tags["title"] == 2  # the page's own, and one in the picture of the tree
    assert page.tags["script"] == 2  # the page's own, and the numbers of the only matrix
    assert NASTY in "".join(page.text)
    assert json.loads(page.json["heat-1"])["names"] == [NASTY]
    wanted = {address[1:] for address in page.addresses if address.startswith("#")}
    assert wanted <= set(page.ids)
    assert not any(re.search(r"[\s<>\"'&]", anchor) for anchor in page.ids)


def test_vignettes_and_interventions_are_shown(data: ReportData) -> None:
    first = data.worked[0]
    assert first.after is not None
    html = render(replace(data, worked=(replace(first, vignette_png=b"\x89PNG"),)))
    assert "data:image/png;base64,iVBORw==" in html
    assert "What if?" in html
    assert "egg/carried set to 0" in html
    assert html.count("another way") == 1


def nasty_report() -> ReportData:
    step = Step(
        NASTY, NASTY, NASTY, 0.9, EGGS, NASTY, 0.1, 0.0, 0.1, (Reason(NASTY, NASTY, 1.0, 1.0, 1.0, 1.0, NASTY, NASTY),)
    )
    told = Explanation(NASTY, NASTY, NASTY, 0.9, NASTY, 0.9, (step,), ((NASTY, 0.0),))
    concept = NodeConcept(NASTY, NASTY, 1.0, NASTY, NASTY, 0)
    sentence = Sentence(NASTY, (Mark(0, 8, NASTY, "present"),), NASTY, NASTY)
    return ReportData(
        NASTY,
        NASTY,
        counts={NASTY: 1},
        metrics={"heads": {NASTY: {"top1": 0.5}}, f"control_{NASTY}": {"unseen_balanced_accuracy": 0.5}},
        tree=(TreeNode(NASTY, NASTY, NASTY, "", 3, 0.5, True),),
        confusions=(Confusion(NASTY, (NASTY,), ((3,),)),),
        pages=(
            NodePage(
                NASTY,
                NASTY,
                NASTY,
                NASTY + "!",
                (Ancestor(EGGS, NASTY),),
                (sentence,),
                (concept,),
                0.5,
                3,
                (MistakenFor(EGGS, NASTY, 0.5),),
            ),
        ),
        worked=(Worked(told, NASTY, NASTY, None, (Portrait(NASTY, NASTY, NASTY),), told),),
        provenance={NASTY: NASTY},
        credits=(Credit(NASTY, NASTY, NASTY),),
        limits=(NASTY,),
    )
