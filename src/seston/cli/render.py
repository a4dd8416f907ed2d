"""Explanations and taxa as text for a terminal."""

from collections.abc import Mapping
from typing import Any

import click

from seston.records import Explanation, Reason, Step

SHOWN = 4
_WIDTH = 96


def explanation_text(explanation: Explanation, names: Mapping[str, str], sure: float) -> str:
    """Return an explanation as text: the answer, then each step with its reasons and their sentences."""
    bold = click.style(f"{explanation.prediction_label} ({explanation.prediction})", bold=True)
    lines = [f"{explanation.image}: {bold}, probability {explanation.probability:.2f}"]
    if explanation.leaf != explanation.prediction:
        leaf = names.get(explanation.leaf, explanation.leaf)
        lines.append(
            f"below that unsure (less than {sure:g}); the likeliest label is {leaf}, {explanation.leaf_probability:.2f}"
        )
    for number, step in enumerate(explanation.steps, start=1):
        lines += ["", *_step(number, step, names, sure)]
    return "\n".join(lines)


def _step(number: int, step: Step, names: Mapping[str, str], sure: float) -> list[str]:
    mark = "" if step.probability >= sure else click.style("  not sure", fg="yellow")
    lines = [
        f"{number}. {names.get(step.node, step.node)} → {click.style(step.chosen_label, bold=True)} "
        f"{step.probability:.2f}, runner-up {step.runner_up_label} {step.runner_up_probability:.2f}{mark}"
    ]
    for title, colour, reasons in (
        ("for", "green", [r for r in step.reasons if r.contribution > 0]),
        ("against", "red", [r for r in step.reasons if r.contribution < 0]),
    ):
        lines += [_reason(title, colour, reason, names) for reason in reasons[:SHOWN]]
    rest = sum(r.contribution for r in step.reasons) - sum(r.contribution for r in _shown(step))
    lines.append(f"     other concepts {rest:+.2f}, bias {step.bias:+.2f}")
    return lines


def _shown(step: Step) -> list[Reason]:
    positive = [r for r in step.reasons if r.contribution > 0][:SHOWN]
    return positive + [r for r in step.reasons if r.contribution < 0][:SHOWN]


def _reason(title: str, colour: str, reason: Reason, names: Mapping[str, str]) -> str:
    head = click.style(f"{title:>8}", fg=colour)
    said = f"  “{reason.sentence}” ({names.get(reason.origin, reason.origin)})" if reason.sentence else ""
    line = f"{reason.contribution:+6.2f}  {reason.label}, seen {reason.value:.2f}"
    return f"{head} {line}{said}"


def taxon_text(taxon: Mapping[str, Any]) -> str:
    """Return what `seston taxon --json` prints, as text."""
    lines = [click.style(f"{taxon['name']} ({taxon['id']})", bold=True) + f"  {taxon['rank']}".rstrip()]
    if taxon["status"] not in ("", "accepted"):
        lines[0] += f"  [{taxon['status']}]"
    lines.append(" › ".join(f"{node['name']} ({node['id']})" for node in taxon["lineage"][:-1]))
    if taxon["same_as"]:
        lines.append(f"also {', '.join(taxon['same_as'])}")
    if taxon["children"]:
        lines.append(f"holds {', '.join(node['name'] for node in taxon['children'])}")
    for title, group in (("own", True), ("inherited", False)):
        concepts = [concept for concept in taxon["concepts"] if concept["own"] is group]
        if concepts:
            lines += ["", f"{title} concepts"]
            lines += [_concept(concept, own=group) for concept in concepts]
    return "\n".join(lines)


def _concept(concept: Mapping[str, Any], *, own: bool) -> str:
    sign = {"present": "+", "absent": "−"}[concept["value"]]
    origin = "" if own else f" from {concept['origin_name']}"
    return f"  {sign} {concept['label']}{origin}, {concept['confidence']:.2f}  “{concept['sentence']}”"
