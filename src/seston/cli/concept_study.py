"""What ``evaluate --concepts`` prints."""

from collections.abc import Mapping
from typing import Any

from seston.cli.output import Progress, print_json, print_table
from seston.workspace import Workspace

_DELETED = {
    "named": "three reasons",
    "random": "three at random",
    "difference": "difference",
    "over_random": "over random rows",
    "over_shuffled": "over shuffled rows",
}
_IMPURITY = ("rows", "random rows", "shuffled rows")
_KINDS = ("concepts", "seen", "clade", "inside", "concepts_inside")


def print_concept_study(workspace: Workspace, as_json: bool) -> None:
    """Judge concepts, and print the figures as tables or as JSON."""
    from seston.pipeline.classifying.concept_studies import judge_concepts

    figures = judge_concepts(workspace, Progress())
    if as_json:
        print_json(figures)
        return
    rows = [
        (
            f"{name} rows",
            detector,
            detectors[detector].get("detector", ""),
            *map(_text, map(detectors[detector].get, _KINDS)),
        )
        for name, detectors in figures["transfer"].items()
        for detector in ("strict", "sparse", "chosen")
    ]
    print_table(("median AUC", "detectors", "which", *_KINDS), rows)
    print_table(("concepts of", "judged", "carry over", "of random rows"), _verdicts(figures["verdicts"]))
    print_table(("decisions changed", *_DELETED.values()), _deletion(figures["deletion"]))
    impurity = [(name, *(_text(found[kind]) for kind in _IMPURITY)) for name, found in figures["impurity"].items()]
    print_table(("impurity", *_IMPURITY), impurity)
    for name, found in figures["selective"].items():
        keys = [key for key in next(iter(found.values()))["tree"] if key != "sure"]
        told = [
            (risk, kind, *(_text(own[kind][key]) for key in keys))
            for risk, own in found.items()
            for kind in own
            if kind != "difference"
        ]
        print_table((f"{name}, risk", "", *keys), told)


def _verdicts(verdicts: Mapping[str, Any]) -> list[tuple[object, ...]]:
    return [
        (f"{name} head", len(found), sum(verdict["carries"] for verdict in found.values()), _text(share))
        for name, share in verdicts["random_passing"].items()
        for found in [verdicts[name]]
    ]


def _deletion(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> list[tuple[object, ...]]:
    return [
        (f"{name} head, {kind}", *(_with_error(found, key) for key in _DELETED))
        for name, kinds in figures.items()
        for kind, found in kinds.items()
    ]


def _with_error(found: Mapping[str, float], key: str) -> str:
    if key not in found:
        return ""
    return f"{found[key]:.3f} ± {found[f'{key}_se']:.3f}"


def _text(value: float | int | None) -> str:
    return "–" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"
