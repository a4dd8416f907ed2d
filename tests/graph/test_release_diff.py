from dataclasses import replace
from pathlib import Path

import pytest

from seston.errors import InvalidData, MissingStage
from seston.graph.columnar.core import build_core
from seston.graph.rdf.writing import write_nquads
from seston.graph.release_diff import KINDS, compare, read_release
from seston.records import Polarity, Taxon
from tests.graph.sample import ASSERTIONS, CATEGORIES, CONCEPTS, TAXA, says


def test_every_kind_of_change_is_told_with_what_it_was_and_is(sample_nquads: Path, tmp_path: Path) -> None:
    moved = {"worms:104190": replace(TAXA[5], parent="worms:1101"), "worms:106485": replace(TAXA[7], name="Oithone")}
    taxa = [moved.get(taxon.id, taxon) for taxon in TAXA if taxon.id != "worms:128690"]
    said = [a for a in ASSERTIONS if a.about != "worms:128690"] + [says("worms:1248", "tail/forked", Polarity.ABSENT)]
    added = Taxon("worms:9", "Salpida", "order", "worms:2")
    write_nquads(tmp_path / "new.nq", build_core([*taxa, added], CATEGORIES), CONCEPTS, said)
    changes = compare(read_release(sample_nquads), read_release(tmp_path / "new.nq"))
    assert [(c.kind, c.node, c.before, c.after) for c in changes] == [
        ("added", "worms:9", "", "Animalia (worms:2)"),
        ("removed", "worms:128690", "Cyclopoida (worms:1101)", ""),
        ("moved", "worms:104190", "Calanoida (worms:1100)", "Cyclopoida (worms:1101)"),
        ("renamed", "worms:106485", "Oithona", "Oithone"),
        ("described anew", "worms:1248", "", "−tail/forked"),
    ]
    assert tuple(c.kind for c in changes) == KINDS


def test_files_that_are_no_releases(sample_nquads: Path, tmp_path: Path) -> None:
    for name, text, message in (
        ("a.svg", "<svg/>", "is no .nq, .nt, .ttl"),
        ("a.nq", "<urn:s> <urn:p> .", "does not parse"),
        ("a.ttl", "<urn:s> <urn:p> <urn:o> .", "holds no taxon"),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(InvalidData, match=message):
            read_release(tmp_path / name)
    with pytest.raises(MissingStage):
        read_release(tmp_path / "nothing.nq")
