"""How far the bundled texts fill the bundled scheme: figures that were promised, printed with ``pytest -s``."""

import sys
from functools import cache

import numpy as np

from seston.bundled import folder
from seston.concepts import ConceptMatrix, Extractor, concept_matrix, consolidate, label_rows, load_scheme
from seston.graph.checking.checks import check
from seston.graph.columnar.core import Core, build_core
from seston.records import Assertion, Category
from seston.sources.descriptions import read_descriptions
from seston.sources.taxonomy import read_categories, read_taxa

SCHEME = load_scheme()
SHARED_BY, OF_ALL, PER_LABEL = 3, 0.6, 8


@cache
def bundled() -> tuple[Core, tuple[Assertion, ...], ConceptMatrix]:
    data = folder("data")
    core = build_core(read_taxa(data / "taxa.csv"), read_categories(data / "labels.csv"))
    articles = [a for a in read_descriptions(data / "descriptions", core.categories()) if a.id in core.hierarchy]
    extractor = Extractor(SCHEME, {article.id: (article.title,) for article in articles})
    said = consolidate(extractor.assertions(p for a in articles for p in a.passages), SCHEME).assertions
    return core, said, concept_matrix(core, said, [concept.id for concept in SCHEME.concepts])


def tell(figure: str) -> None:
    sys.stdout.write(f"{figure}\n")


def living() -> list[Category]:
    return [category for category in bundled()[0].categories() if category.living]


def test_every_living_label_has_eight_concepts_own_and_inherited() -> None:
    rows = label_rows(bundled()[2], [category.id for category in living()])
    known = np.isfinite(rows.value).sum(axis=1)
    shown = (rows.value == 1).sum(axis=1)
    tell(f"{len(known)} living labels; known: least {known.min()}, median {np.median(known):g}")
    tell(f"present: least {shown.min()}, median {np.median(shown):g}")
    assert known.min() >= PER_LABEL
    assert (shown >= PER_LABEL).mean() >= 0.95, [c.id for c, n in zip(living(), shown, strict=True) if n < PER_LABEL]


def test_no_siblings_are_alike_unless_they_are_listed() -> None:
    core, said, matrix = bundled()
    values = np.where(np.isfinite(matrix.value), matrix.value, -1).astype(np.int8)
    listed = {f.node for f in check(core, SCHEME.concepts, said, values) if f.code == "P003"}
    families: dict[tuple[str, bytes], list[str]] = {}
    for category in living():
        row = values[core.hierarchy.index(category.id)]
        families.setdefault((category.of_taxon, row.tobytes()), []).append(category.id)
    alike = [group for group in families.values() if len(group) > 1]
    tell(f"siblings alike: {alike or 'none'}; listed under P003: {sorted(listed) or 'none'}")
    assert all(set(group) & listed for group in alike)


def test_three_fifths_of_the_concepts_are_shared_by_three_taxa() -> None:
    core, said, matrix = bundled()
    taxa = (matrix.value[core.kind != "group"] == 1).sum(axis=0)
    own = [len({a.about for a in said if a.concept == c.id and a.polarity == "present"}) for c in SCHEME.concepts]
    for name, used in (("taxa and labels, inherited ones too", taxa), ("own texts", np.array(own))):
        share = (used >= SHARED_BY).mean()
        tell(f"shown by three {name}: {(used >= SHARED_BY).sum()} of {len(SCHEME)}, {share:.0%}")
        assert share >= OF_ALL
