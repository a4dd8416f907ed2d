"""The gold set: sentences of the bundled articles labelled by reading before the grammar was tuned.

`split` is by page: the grammar was tuned on "dev" only. A label ends in + (present), - (absent), ~ (variable); with a
question mark behind it either reading is right.
"""

import csv
from pathlib import Path

import pytest

from seston.concepts import Extractor, Scheme, load_scheme

SIGNS = {"+": "present", "-": "absent", "~": "variable"}


def rows(split: str) -> list[dict[str, str]]:
    path = Path(__file__).with_name("gold.tsv")
    with path.open(encoding="utf-8") as stream:
        return [r for r in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE) if r["split"] == split]


def expected(row: dict[str, str]) -> tuple[set[tuple[str, str]], set[str]]:
    labels = (row["expected"] or "").split()
    sure = {(label[:-1], SIGNS[label[-1]]) for label in labels if not label.endswith("?")}
    return sure, {label.rstrip("?").rstrip("+-~") for label in labels if label.endswith("?")}


def measure(scheme: Scheme, split: str) -> tuple[float, float]:
    """Return precision and recall; what a label implies is neither asked for nor counted against."""
    reader = Extractor(scheme)
    right = wrong = missed = 0
    for row in rows(split):
        stage = "larva" if row["section"] == "Life stages" else ""
        found = {
            (s.concept, s.polarity.value)
            for s in reader.read(row["sentence"], row["page"].replace("-", ":", 1), row["section"], stage)
            if s.subject == "self"
        }
        sure, either = expected(row)
        implied = {(target, "present") for c, p in sure if p == "present" for target in scheme.implies.get(c, ())}
        implied |= {(target, "present") for c in either for target in scheme.implies.get(c, ())}
        right += len(found & sure)
        wrong += len({f for f in found - sure - implied if f[0] not in either})
        missed += len(sure - found - implied)
    return right / (right + wrong), right / (right + missed)


@pytest.mark.parametrize("split", ["dev", "test"])
def test_precision_and_recall(split: str) -> None:
    precision, recall = measure(load_scheme(), split)
    assert precision >= 0.87, f"precision {precision:.3f}"
    assert recall >= 0.85, f"recall {recall:.3f}"


def test_the_gold_set_is_large_and_its_halves_share_no_page() -> None:
    dev, held_out = rows("dev"), rows("test")
    assert len(dev) + len(held_out) >= 100
    assert not {r["page"] for r in dev} & {r["page"] for r in held_out}


def test_gold_labels_are_concepts() -> None:
    scheme = load_scheme()
    for row in (*rows("dev"), *rows("test")):
        sure, either = expected(row)
        assert {c for c, _ in sure} | either <= set(scheme.index), row["sentence"]
