"""More labelled sentences to develop on: of other pages' sentences by their place, and invented ones in full.

``python -m tests.golden.extraction.more [--errors invented]`` scores the extractor on them.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from seston.pipeline.dictionary.extracting import extract_lines
from tests.golden.extraction.gold import HERE, Label
from tests.golden.extraction.matching import same
from tests.golden.extraction.pages import FOLDERS, read
from tests.golden.extraction.score import brief, score

SETS = ("wikipedia", "invented")


@dataclass(frozen=True)
class Passage:
    """A sentence with its labels; of Wikipedia, where it stands and the digest of its text."""

    id: str
    taxon: str
    text: str
    statements: tuple[Label, ...]
    sha256: str = ""


def passages(name: str) -> list[Passage]:
    """Return the sentences of a set; none where the pages are not there."""
    if name == "wikipedia" and not FOLDERS[name].is_dir():
        return []
    lines = (HERE / "more" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_passage(json.loads(line)) for line in lines]


def _passage(record: dict[str, Any]) -> Passage:
    text = record.get("text") or read("wikipedia", record["file"])[record["start"] : record["end"]]
    statements = tuple(Label.of(one) for one in record["statements"])
    return Passage(record["id"], record["taxon"], text, statements, record.get("sha256", ""))


def found(chosen: Sequence[Passage]) -> dict[str, list[Label]]:
    """Return what ``seston extract`` finds in each sentence."""
    lines = [json.dumps({"id": one.id, "taxon": one.taxon, "text": one.text}) for one in chosen]
    records = [json.loads(answer) for _, answer, _ in extract_lines(lines)]
    return {record["id"]: [Label.of(one) for one in record["statements"]] for record in records}


def report(name: str, *, errors: bool) -> Iterable[str]:
    """Yield the figures of a set and, if asked for, its errors."""
    chosen = passages(name)
    answers = found(chosen)
    gold = {one.id: list(one.statements) for one in chosen}
    figures = score(gold, answers, gold)
    yield f"{name:10} gold {figures.gold} found {figures.found} right {figures.right}" + (
        f" precision {figures.precision:.3f} recall {figures.recall:.3f}"
    )
    for one in chosen if errors else ():
        missed = [label for label in one.statements if not any(same(label, other) for other in answers[one.id])]
        false = [label for label in answers[one.id] if not any(same(label, other) for other in one.statements)]
        if missed or false:
            yield f"{one.id} {one.taxon}: {one.text}"
            yield from (f"    - {brief(label)}" for label in missed)
            yield from (f"    + {brief(label)}" for label in false)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--errors", choices=SETS, help="also list the errors of this set")
    given = parser.parse_args()
    for name in SETS:
        sys.stdout.writelines(line + "\n" for line in report(name, errors=given.errors == name))


if __name__ == "__main__":
    main()
