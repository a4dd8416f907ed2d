"""The atlas of a few taxa: pages that link to each other, and sentences with the words that count marked."""

import html
import re
from dataclasses import replace
from functools import cache
from posixpath import dirname, join, normpath

from seston.bundled import folder
from seston.concepts import Extractor, concept_matrix, consolidate, load_scheme
from seston.graph.columnar.core import Core, build_core
from seston.pipeline.dictionary.atlas.gather import Gatherer, quote_of
from seston.pipeline.dictionary.atlas.publish import rendered
from seston.records import Assertion, Category, Evidence, Polarity, Taxon
from seston.sources.descriptions import read_descriptions

SCHEME = load_scheme()
NASTY = "<script>alert(1)</script>"
LABEL = Category("planktonset:copepod_calanoid_eggs", "copepod_calanoid_eggs", "worms:1100", "full_body", True)
SEEN = Evidence("curated/assertions.csv", "2026-01-31", "A. Nyone", 0, 1, "", "", "", "seen on images")
OTHERS = Evidence("https://en.wikipedia.org/wiki/X", "123456789012345", "", 0, 1, "", "CC BY-SA 4.0", "")


@cache
def atlas_core() -> Core:
    taxa = [("worms:1", "Biota", ""), ("worms:1080", "Copepoda", "worms:1"), ("worms:1100", NASTY, "worms:1080")]
    return build_core([Taxon(key, name, "class", parent) for key, name, parent in taxa], [LABEL])


@cache
def gatherer() -> Gatherer:
    core = atlas_core()
    articles = [a for a in read_descriptions(folder("data") / "descriptions", [LABEL]) if a.id in core.hierarchy]
    reader = Extractor(SCHEME, {a.id: (a.title,) for a in articles})
    said = list(reader.assertions(p for a in articles for p in a.passages))
    said.append(Assertion("worms:1100", "halo/present", Polarity.PRESENT, 0.95, SEEN))
    settled = consolidate(said, SCHEME).assertions
    matrix = concept_matrix(core, settled, [concept.id for concept in SCHEME.concepts])
    return Gatherer(core, SCHEME, matrix, settled, {"tail/fork": ["skos:relatedMatch PATO:0001784"]})


@cache
def pages() -> dict[str, str]:
    return dict(rendered(gatherer().atlas()))


def test_there_is_a_page_for_each_concept_and_each_described_taxon() -> None:
    assert sum(name.startswith("concept/") for name in pages()) == len(SCHEME)
    assert {"index.html", "taxon/worms-1080.html", "taxon/planktonset-copepod_calanoid_eggs.html"} <= pages().keys()


def test_every_link_leads_to_a_page_and_none_leaves_the_folder() -> None:
    for name, text in pages().items():
        for target in re.findall(r'(?:href|src)="([^"]*)"', text):
            path, _, anchor = target.partition("#")
            there = normpath(join(dirname(name), path)) if path else name
            assert there in pages(), (name, target)
            assert not anchor or f'id="{anchor}"' in pages()[there]


def test_the_evidence_is_marked_in_its_sentence() -> None:
    page = pages()["concept/tail-fork.html"]
    assert "PATO:0001784" in page
    own = [said for said in gatherer().assertions if said.evidence.page.startswith("data/")]
    forked = next(said for said in own if said.concept == "tail/fork" and said.evidence.method == "text")
    assert f"<mark>{quote_of(forked.evidence).marked}</mark>" in page
    for said in own:
        text = (folder("data") / said.evidence.page.removeprefix("data/")).read_text(encoding="utf-8")
        assert quote_of(said.evidence).marked == text[said.evidence.start : said.evidence.end]


def test_words_of_others_are_cited_and_not_shown() -> None:
    quote = quote_of(OTHERS)
    assert (quote.before, quote.marked, quote.after) == ("", "", "")
    assert quote.credit == "https://en.wikipedia.org/wiki/X, revision 123456789012, CC BY-SA 4.0"
    assert quote_of(SEEN).credit == "seen on images by A. Nyone, 2026-01-31"
    assert "seen on images by A. Nyone" in pages()["taxon/worms-1100.html"]


def test_names_are_escaped() -> None:
    page = pages()["taxon/worms-1100.html"]
    assert NASTY not in page
    assert html.escape(NASTY) in page


def test_a_label_shows_what_it_has_from_its_ancestors() -> None:
    page = pages()["taxon/planktonset-copepod_calanoid_eggs.html"]
    assert 'from <a href="../taxon/worms-1080.html">Copepoda</a>' in page
    inherited = page.partition("From its ancestors")[2]
    assert "<mark>" in inherited


def test_the_same_atlas_gives_the_same_pages() -> None:
    again = replace(gatherer(), assertions=tuple(gatherer().assertions))
    assert dict(rendered(again.atlas())) == pages()
