"""Settle what the two passes dispute: ``python -m tests.golden.extraction.adjudicate`` writes ``adjudicated.jsonl``.

Statements in both passes keep the words of pass one. Where the passes differ, ``decisions.jsonl`` says by sentence
which hold: those taken from pass ``one`` or ``two``, those common ones to ``drop`` for another wording, and ``why``.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache

from tests.golden.extraction.gold import HERE, Label, labels, places
from tests.golden.extraction.matching import matched, same

Named = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Decision:
    """Statements of a sentence by entity and quality, and the convention that settles them."""

    id: str
    why: str
    one: Named = ()
    two: Named = ()
    drop: Named = ()


@cache
def decisions() -> Mapping[str, Decision]:
    records = map(json.loads, (HERE / "decisions.jsonl").read_text(encoding="utf-8").splitlines())
    return {record["id"]: Decision(**record) for record in records}


def disputed(key: str) -> bool:
    """Whether a statement of either pass has no partner in the other."""
    one, two = labels("pass_one")[key], labels("pass_two")[key]
    return not len(one) == len(two) == matched(one, two)


def adjudicated(key: str) -> list[Label]:
    """Return the statements of a sentence that hold, in reading order."""
    one, two = labels("pass_one")[key], labels("pass_two")[key]
    decision = decisions().get(key, Decision(key, "the passes agree"))
    agreed = [label for label in one if any(same(label, other) for other in two)]
    kept = [label for label in agreed if not _among(label, decision.drop)]
    kept += [label for label in one if label not in agreed and _among(label, decision.one)]
    kept += [label for label in two if _among(label, decision.two)]
    return sorted(kept, key=lambda label: label.span)


def _among(label: Label, named: Named) -> bool:
    return [label.entity, label.quality] in [list(pair) for pair in named]


def lines() -> Iterable[str]:
    for place in places():
        statements = [asdict(label) for label in adjudicated(place.id)]
        yield json.dumps({"id": place.id, "statements": statements}, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (HERE / "adjudicated.jsonl").write_text("".join(lines()), encoding="utf-8")
