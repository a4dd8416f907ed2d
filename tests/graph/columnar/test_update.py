"""A core brought up to date is the core that a full build makes, to the byte."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seston.errors import InvalidTaxonomy
from seston.graph.columnar.core import Core, build_core
from seston.graph.columnar.update import updated_core
from seston.records import Category, Name, Taxon
from tests.graph.sample import CATEGORIES, TAXA
from tests.graph.strategies import parent_links


def files(core: Core) -> list[bytes]:
    with TemporaryDirectory() as place:
        core.save(Path(place))
        return [file.read_bytes() for file in sorted(Path(place).iterdir())]


def outcome(build: object) -> object:
    try:
        return files(build())  # type: ignore[operator]
    except InvalidTaxonomy as error:
        return sorted(set(error.problems))


NAMES = st.sampled_from([(), (Name("x"), Name("a"))])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Taxon], list[Category], list[Taxon], set[str]]:
    ids, parents = draw(parent_links(16))
    links = zip(ids, parents, strict=True)
    taxa = [Taxon(node, f"name of {node}", "genus", parent, names=draw(NAMES)) for node, parent in links]
    some = st.sampled_from([*ids, "n:98", "n:99", "label:0"])
    of = st.sampled_from(["", *ids])
    labels = [Category(f"label:{i}", "x", draw(of), "egg", draw(st.booleans())) for i in (0, 1)]
    touched = draw(st.lists(some, max_size=4, unique=True))
    text = st.sampled_from(["new", "new", ""])
    changed = [Taxon(node, draw(text), "species", draw(some), names=draw(NAMES)) for node in touched]
    return taxa, labels, changed, set(draw(st.lists(some, max_size=2))) - set(touched)


@settings(max_examples=300, deadline=None)
@given(worlds())
def test_an_update_is_a_full_build(world: tuple[list[Taxon], list[Category], list[Taxon], set[str]]) -> None:
    taxa, labels, changed, removed = world
    old = build_core(taxa, labels)
    touched = {taxon.id for taxon in changed} | removed
    new = [*(taxon for taxon in taxa if taxon.id not in touched), *changed]
    assert outcome(lambda: updated_core(old, changed, removed)) == outcome(lambda: build_core(new, labels))


def test_what_was_not_touched_keeps_its_links() -> None:
    old = build_core(TAXA, CATEGORIES)
    moved = replace(TAXA[5], parent="worms:1101", names=(Name("Metridia longa", "synonym"),))
    new = updated_core(old, [moved, Taxon("worms:7", "Centropages", "genus", "worms:1100")], {"worms:1248"})
    rest = [taxon for taxon in TAXA if taxon.id not in ("worms:1248", moved.id)]
    full = build_core([*rest, moved, Taxon("worms:7", "Centropages", "genus", "worms:1100")], CATEGORIES)
    assert files(new) == files(full)
    assert [c.of_taxon for c in new.categories()] == [c.of_taxon for c in full.categories()]


def test_nothing_changed_changes_nothing() -> None:
    old = build_core(TAXA, CATEGORIES)
    assert files(updated_core(old, [])) == files(old)


def test_a_removed_parent_is_told_with_every_child() -> None:
    with pytest.raises(InvalidTaxonomy) as caught:
        updated_core(build_core(TAXA, CATEGORIES), [], {"worms:1101"})
    assert [line.partition(":")[2][:7] for line in caught.value.problems] == ["106485:", "128690:"]
