"""Score the extractor, or a second pass, against the gold set.

``python -m tests.golden.extraction.score [--gold pass_one] [--errors dev]``, ``… --agreement pass_one pass_two``.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from seston.pipeline.dictionary.extracting import extract_lines
from tests.golden.extraction.gold import HERE, Label, Place, labels, places, text_of
from tests.golden.extraction.matching import matched, same

Labels = Mapping[str, Sequence[Label]]


@dataclass(frozen=True)
class Score:
    """Statements in the gold set, statements found, and those that are the same."""

    gold: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0


def score(gold: Labels, found: Labels, ids: Iterable[str]) -> Score:
    """Count, sentence by sentence; wrong polarity or subject is both a miss and a false statement."""
    pairs = [(gold[key], found[key]) for key in ids]
    return Score(
        gold=sum(len(one) for one, _ in pairs),
        found=sum(len(other) for _, other in pairs),
        right=sum(matched(one, other) for one, other in pairs),
    )


def kappa(gold: Labels, found: Labels) -> float:
    """Return Cohen's kappa on whether a sentence has a statement.

    Examples
    --------
    >>> kappa({"a": ["x"], "b": []}, {"a": ["y"], "b": []})
    1.0
    """
    answers = [(bool(gold[key]), bool(found[key])) for key in gold]
    observed = sum(one == other for one, other in answers) / len(answers)
    yes, also_yes = (sum(side) / len(answers) for side in zip(*answers, strict=True))
    chance = yes * also_yes + (1 - yes) * (1 - also_yes)
    return (observed - chance) / (1 - chance) if chance < 1 else 1.0


def extracted(chosen: Sequence[Place]) -> dict[str, list[Label]]:
    """Return what ``seston extract`` finds in each sentence, given the page's taxon."""
    lines = [json.dumps({"id": one.id, "taxon": one.taxon, "text": text_of(one)}) for one in chosen]
    records = [json.loads(answer) for _, answer, _ in extract_lines(lines)]
    return {record["id"]: [Label.of(one) for one in record["statements"]] for record in records}


def table(gold: Labels, found: Labels) -> str:
    """Return the figures by source and half, as fixed-width text."""
    rows = [f"{'source':14}{'half':6}{'gold':>6}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}{'F1':>7}"]
    for source in ("wikipedia", "descriptions", "both"):
        for half in ("dev", "test", "both"):
            ids = [one.id for one in places() if source in (one.source, "both") and half in (one.split, "both")]
            rows.append(_row(source, half, score(gold, found, ids)))
    return "\n".join(rows)


def _row(source: str, half: str, one: Score) -> str:
    counts = f"{one.gold:6}{one.found:7}{one.right:7}"
    return f"{source:14}{half:6}{counts}{one.precision:11.3f}{one.recall:8.3f}{one.f1:7.3f}"


def errors(gold: Labels, found: Labels, half: str) -> Iterable[str]:
    """Yield the missed (-) and the false (+) statements of a half, below their sentence."""
    for place in (one for one in places() if one.split == half):
        missed = [one for one in gold[place.id] if not any(same(one, other) for other in found[place.id])]
        false = [one for one in found[place.id] if not any(same(one, other) for other in gold[place.id])]
        if missed or false:
            yield f"{place.id} {place.taxon}: {text_of(place)}"
            yield from (f"    - {brief(one)}" for one in missed)
            yield from (f"    + {brief(one)}" for one in false)


def brief(one: Label) -> str:
    return " | ".join([one.entity, one.quality, one.polarity, one.subject, one.stage or ""])


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    default = "adjudicated" if (HERE / "adjudicated.jsonl").exists() else "pass_one"
    parser.add_argument("--gold", default=default, help="labels to score against")
    parser.add_argument("--errors", choices=["dev", "test"], help="also list the errors of this half")
    parser.add_argument("--agreement", nargs=2, metavar=("ONE", "TWO"), help="compare two passes instead")
    given = parser.parse_args()
    gold = labels(given.agreement[0] if given.agreement else given.gold)
    found = labels(given.agreement[1]) if given.agreement else extracted(places())
    sys.stdout.write(table(gold, found) + "\n")
    if given.agreement:
        sys.stdout.write(f"Cohen's kappa on having a statement: {kappa(gold, found):.3f}\n")
    if given.errors:
        sys.stdout.writelines(line + "\n" for line in errors(gold, found, given.errors))


if __name__ == "__main__":
    main()
