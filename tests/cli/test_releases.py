"""``seston export`` of releases, and what changed between two."""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse

from tests.command import done, seston


@pytest.fixture(scope="module")
def released(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(small, tmp_path_factory.mktemp("released") / "w"))


@pytest.mark.parametrize(
    ("kind", "name", "form"),
    [
        ("owl", "a.ttl", RdfFormat.TURTLE),
        ("skos", "a.ttl", RdfFormat.TURTLE),
        ("nquads", "a.nq", RdfFormat.N_QUADS),
        ("ntriples", "a.nt", RdfFormat.N_TRIPLES),
    ],
)
def test_a_release_is_dated_and_the_same_each_time(
    released: Path, tmp_path: Path, kind: str, name: str, form: RdfFormat
) -> None:
    first, second = tmp_path / name, tmp_path / f"b{name}"
    for file in (first, second):
        done("export", kind, file, workspace=released)
    assert first.read_bytes() == second.read_bytes()
    versions = [q.object for q in parse(path=str(first), format=form) if q.predicate.value.endswith("#versionIRI")]
    assert re.fullmatch(r"<https://w3id\.org/seston/(owl|release)/\d{4}-\d\d-\d\d>", str(versions[0]))


def test_the_difference_names_each_change(released: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    done("export", "skos", old, workspace=released)
    assert done("export", "diff", old, old, "--json").json == []
    text = old.read_text().replace('skos:prefLabel "Oithona"', 'skos:prefLabel "Oithone"')
    new.write_text(text + 'worms:999 a dwc:Taxon ; skos:prefLabel "New" ; skos:broader worms:1080 .\n')
    found = [(change["kind"], change["node"]) for change in done("export", "diff", old, new, "--json").json]
    assert found == [("added", "worms:999"), ("renamed", "worms:106485")]
    assert seston("export", "diff", old, tmp_path).code == 1


def test_a_branch_is_drawn(released: Path, tmp_path: Path) -> None:
    done("export", "svg", tmp_path / "a.svg", "--root", "Oithona", workspace=released)
    drawn = ElementTree.parse(tmp_path / "a.svg")  # noqa: S314
    assert "Oithona" in "".join(drawn.getroot().itertext())
    assert seston("export", "svg", tmp_path / "b.svg", "--root", "Oithonna", workspace=released).code == 1
    assert not (tmp_path / "b.svg").exists()
