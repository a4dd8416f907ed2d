"""Explanations and taxa as text for a terminal."""

import textwrap
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

import click

from seston.graph.checking.findings import TITLES, Finding, severity
from seston.records import Explanation, Reason, Step

CLEAR = 0.99
SHOWN, SHOWN_WHEN_CLEAR = 4, 1
_WIDTH = 96
EXAMPLES = 3
OURS = "data/"
"""Where the pages lie that are ours, and need no credit."""
_DERIVED = ("exclusive", "implied")


def findings_text(findings: Sequence[Finding], most: int) -> str:
    """Return findings, sorted by code, as text: a paragraph a code, with at most ``most`` of its findings."""
    lines = []
    for code, group in groupby(findings, lambda finding: finding.code):
        rows = list(group)
        lines.append(f"{code}  {severity(code)}  {len(rows)} × {TITLES[code]}")
        lines += [f"  {row.node}: {row.message} {row.hint}" for row in islice(rows, most)]
        lines += [f"  … {len(rows) - most} more: seston check --code {code}"] if len(rows) > most else []
    return "".join(f"{line}\n" for line in lines)


def explanation_text(
    explanation: Explanation, names: Mapping[str, str], sure: float, doubtful: Collection[str] = ()
) -> str:
    """Return an explanation as text: the answer, then each step with its reasons and their sentences.

    Concepts that are `doubtful` are no reasons: they count among the others, and stand in a last line.
    """
    bold = click.style(f"{explanation.prediction_label} ({explanation.prediction})", bold=True)
    lines = [f"{explanation.image}: {bold}, probability {explanation.probability:.2f}"]
    if explanation.leaf != explanation.prediction:
        leaf = names.get(explanation.leaf, explanation.leaf)
        lines.append(
            f"below that unsure (less than {sure:g}); the likeliest label is {leaf}, {explanation.leaf_probability:.2f}"
        )
    for number, step in enumerate(explanation.steps, start=1):
        lines += ["", *_step(number, step, names, sure, doubtful)]
    kept_back = dict.fromkeys(
        reason.label for step in explanation.steps for reason in _weightiest(step, ()) if reason.concept in doubtful
    )
    if kept_back:
        lines += ["", f"no reasons, for they do not carry over to labels never seen: {', '.join(kept_back)}"]
    return "\n".join(lines)


def _step(number: int, step: Step, names: Mapping[str, str], sure: float, doubtful: Collection[str]) -> list[str]:
    mark = "" if step.probability >= sure else click.style("  not sure", fg="yellow")
    lines = [
        f"{number}. {names.get(step.node, step.node)} → {click.style(step.chosen_label, bold=True)} "
        f"{step.probability:.2f}, runner-up {step.runner_up_label} {step.runner_up_probability:.2f}{mark}"
    ]
    reasons = _weightiest(step, doubtful)
    lines += [_reason("for", "green", reason, names) for reason in reasons if reason.contribution > 0]
    lines += [_reason("against", "red", reason, names) for reason in reasons if reason.contribution < 0]
    shown = {reason.concept for reason in reasons}
    rest = sum(reason.contribution for reason in step.reasons if reason.concept not in shown)
    lines.append(f"         {rest:+6.2f}  other concepts\n         {step.bias:+6.2f}  bias")
    return lines


def _weightiest(step: Step, doubtful: Collection[str]) -> list[Reason]:
    """Return the weightiest reasons for and against, few of a step that nobody doubts, none that print as nothing."""
    most = SHOWN if step.probability < CLEAR else SHOWN_WHEN_CLEAR
    weighty = [r for r in step.reasons if abs(r.contribution) >= 0.005 and r.concept not in doubtful]
    favouring = [reason for reason in weighty if reason.contribution > 0][:most]
    return favouring + [reason for reason in weighty if reason.contribution < 0][:most]


def _reason(title: str, colour: str, reason: Reason, names: Mapping[str, str]) -> str:
    """Say whether the choice has the concept or the runner-up, how far the image shows it, and who says so."""
    head = click.style(f"{title:>8}", fg=colour)
    verb = "has" if reason.weight > 0 else "lacks"
    ours = not reason.page or reason.page.startswith(OURS)
    said = f"  {names.get(reason.origin, reason.origin)}: “{_short(reason.sentence)}”" if reason.sentence else ""
    said += f" ({reason.page})" if said and not ours else ""
    return f"{head} {reason.contribution:+6.2f}  {verb} {reason.label}, seen {reason.value:.2f}{said}"


def _short(sentence: str) -> str:
    return textwrap.shorten(sentence, _WIDTH, placeholder=" …")


def taxon_text(taxon: Mapping[str, Any]) -> str:
    """Return what `seston taxon --json` prints, as text; what follows from other values is counted only."""
    kind = taxon["rank"] or {"category": "label"}.get(taxon["kind"], taxon["kind"])
    lines = [click.style(f"{taxon['name']} ({taxon['id']})", bold=True) + f"  {kind}".rstrip()]
    if taxon["status"] not in (None, "", "accepted"):
        lines[0] += f"  [{taxon['status']}]"
    if taxon["lineage"][:-1]:
        lines.append(" › ".join(f"{node['name']} ({node['id']})" for node in taxon["lineage"][:-1]))
    if taxon["same_as"]:
        lines.append(f"also {', '.join(taxon['same_as'])}")
    if taxon["children"]:
        lines.append(f"holds {', '.join(node['name'] for node in taxon['children'])}")
    if taxon["objects"]:
        told = (f"{o['objects']} of {o['category']} in {o['table']}" for o in taxon["objects"])
        lines.append(f"objects of EcoTaxa: {', '.join(told)}")
    for title, group in (("own", True), ("inherited", False)):
        lines += _concepts(title, [concept for concept in taxon["concepts"] if concept["own"] is group])
    if not taxon["concepts"]:
        lines += ["", "Nothing is said of its form: it has no description, and inherits none."]
    return "\n".join(lines)


def _concepts(title: str, concepts: list[Mapping[str, Any]]) -> list[str]:
    stated = [concept for concept in concepts if concept["method"] not in _DERIVED]
    lines = ["", f"{title} concepts"] if concepts else []
    lines += [_concept(concept) for concept in stated]
    if len(stated) < len(concepts):
        lines.append(f"  and {len(concepts) - len(stated)} that follow from these; see --json")
    return lines


def _concept(concept: Mapping[str, Any]) -> str:
    sign = {"present": "+", "absent": "−"}[concept["value"]]
    origin = "" if concept["own"] else f" from {concept['origin_name']}"
    said = f"  “{concept['sentence']}”{_credit(concept['evidence'])}" if concept["sentence"] else _looked(concept)
    return f"  {sign} {concept['label']} [{concept['id']}]{origin}, {concept['confidence']:.2f}{said}"


def _looked(concept: Mapping[str, Any]) -> str:
    """Return who saw it on images and when, which attribute says so, or that the name does; nothing where none does."""
    evidence = concept["evidence"]
    if concept["method"] == "attribute":
        return f"  {evidence['section']} ({_short(evidence['source'])}, {evidence['revision']})"
    if concept["method"] == "label":
        return "  its name says so"
    if not evidence or not evidence["page"].startswith("curated/"):
        return ""
    return f"  seen on images by {evidence['section']}, {evidence['revision']}"


def _credit(evidence: Mapping[str, Any]) -> str:
    """Return where the words of others come from, as their licence asks; our own need no credit."""
    ours = evidence["page"].startswith(OURS)
    return "" if ours else f" ({evidence['page']}, revision {evidence['revision'][:12]}, {evidence['licence']})"
