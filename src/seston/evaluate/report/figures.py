"""The figures of ``metrics.json``: the labels never seen, and all methods side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from seston.evaluate.report.numbers import GLUE, as_number, percent

_CHANCE = 1 / 20

# Key of the figure: name, what it says, form, and which way is better.
_FIGURES = {
    "unseen_balanced_accuracy": (
        "Labels never seen, one of 20",
        "Twenty labels kept out of training and named from their descriptions alone.",
        "share",
        "more",
    ),
    "balanced_accuracy": (
        "Balanced accuracy",
        "Recall averaged over labels: a rare label counts as much as a common one.",
        "share",
        "more",
    ),
    "top1": ("Accuracy", "Share of test images that get their own label.", "share", "more"),
    "macro_f1": ("Macro F1", "Precision and recall together, averaged over labels.", "share", "more"),
    "hf1": ("Hierarchical F1", "Ancestors shared by answer and truth: a near miss costs less.", "share", "more"),
    "lca_distance": ("Tree distance", "Mean edges of the tree from the true label to the answer.", "plain", "less"),
    "mistake_severity": ("Severity of mistakes", "The same over wrong answers only.", "plain", "less"),
    "ece": ("Calibration error", "Gap between the stated probability and how often it holds.", "share", "less"),
    "concepts_per_decision": ("Concepts per decision", "How many concepts weigh in one decision.", "plain", ""),
    "residual_share": ("Residual share", "Share of the scores that no concept accounts for.", "share", "less"),
    "additive_residual": (
        "Additive residual",
        "Largest gap between a score and the sum of its printed reasons: rounding only.",
        "tiny",
        "less",
    ),
    "row_rank": ("Rank of the rows", "Independent directions that the concept rows span.", "whole", ""),
    "n": ("Test images", "Images that no fitting has seen.", "whole", ""),
}

# Where a method stands in the file: name and meaning.
_METHODS = {
    "heads.strict": ("Strict head", "the graph's own rows are the weights"),
    "heads.sparse": ("Sparse head", "learned weights on few concepts"),
    "heads.choquet": ("Choquet head", "learned weights on concepts and their pairs"),
    "baseline": ("Black box", "the same features, no concepts, no reasons"),
    "control_taxonomy": ("Taxonomy rows", "the lineage instead of concepts"),
    "control_shuffled": ("Shuffled rows", "our rows, each given to a wrong label"),
    "control_random": ("Random rows", "rows drawn by chance"),
}
_OWN = ("heads.strict", "heads.sparse", "heads.choquet")
# Rows of the dot plot of unseen labels, by their name under "unseen": name, meaning, kind.
_UNSEEN = {
    "rows": ("Our rows", "descriptions alone", "ours"),
    "rows_and_taxonomy": ("Our rows and taxonomy", "descriptions and lineage", "ours"),
    "seen_on_images": ("Rows after looking at images", "not text alone", "ours"),
    "taxonomy": ("Taxonomy", "lineage alone", "control"),
    "taxonomy_and_qualifier": ("Taxonomy and qualifier", "lineage and kind of label", "control"),
    "random": ("Random rows", "control", "control"),
    "shuffled": ("Shuffled rows", "control", "control"),
}
_NO_ROWS = "nothing"


@dataclass(frozen=True, slots=True)
class Dot:
    """A row of the dot plot; positions in percent of its width."""

    name: str
    meaning: str
    text: str
    at: float
    low: float
    high: float
    kind: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Rows, and ticks as (position in percent, text)."""

    rows: tuple[Dot, ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure over all methods: cells as (text, whether it is the best)."""

    name: str
    meaning: str
    better: str
    cells: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Methods as (name, meaning, kind) and a line for each figure that one of them has."""

    methods: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]


def unseen_plot(metrics: Mapping[str, Any]) -> Plot | None:
    """Return the dot plot of labels never seen, or None when it was not measured.

    Parameters
    ----------
    metrics
        With ``unseen``, a mapping of rows to ``balanced_accuracy`` and ``balanced_accuracy_se``; without it,
        ``unseen_balanced_accuracy`` of the methods is drawn.
    """
    figures = _unseen(metrics)
    order = [*_UNSEEN, *(name for name in figures if name not in _UNSEEN and name != _NO_ROWS)]
    found = [(*_about(name), *value) for name in order if (value := _with_error(figures, name, "balanced_accuracy"))]
    if not found:
        return None
    found.append(("Chance", "guessing", "chance", _CHANCE, None))
    top = _ceiling(max(value + (error or 0) for *_, value, error in found))
    rows = tuple(_dot(*row, top) for row in found)
    step = 0.1 if top <= 0.5 else 0.2
    ticks = tuple((100 * step * i / top, percent(step * i)) for i in range(int(top / step + 1e-9) + 1))
    return Plot(rows, ticks)


def unseen_difference(metrics: Mapping[str, Any]) -> str:
    """Return a sentence about the paired difference of our rows to the taxonomy, or nothing."""
    found = _with_error(_unseen(metrics), "rows", "difference_to_taxonomy")
    if found is None:
        return ""
    difference, error = found
    spread = "" if error is None else f" ± {100 * error:.1f}"
    side = "above" if difference >= 0 else "below"
    text = f"Our rows stand {100 * abs(difference):.1f}{spread} points {side} the taxonomy, paired over the same draws."
    if error is not None and abs(difference) < 2 * error:
        text += " That is within two standard errors: no difference is shown."
    return text


def method_table(metrics: Mapping[str, Any]) -> Table | None:
    """Return every method beside every figure that was measured, or None when there is none."""
    methods = [(key, figures) for key in (*_METHODS, *_others(metrics)) if (figures := _figures(metrics, key))]
    lines = tuple(line for key in _FIGURES if (line := _line(key, [figures for _, figures in methods])))
    if not lines:
        return None
    return Table(tuple(_method(key) for key, _ in methods), lines)


def _unseen(metrics: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """Return the figures on unseen labels by rows."""
    if isinstance(found := metrics.get("unseen"), Mapping):
        return {name: figures for name, figures in found.items() if isinstance(figures, Mapping)}
    controls = {key: figures for key, figures in metrics.items() if key.startswith("control_")}
    methods = {"rows": metrics, **{key.removeprefix("control_"): figures for key, figures in controls.items()}}
    return {
        name: {key.removeprefix("unseen_"): value for key, value in figures.items() if key.startswith("unseen_")}
        for name, figures in methods.items()
        if isinstance(figures, Mapping)
    }


def _with_error(figures: Mapping[str, Mapping[str, Any]], name: str, key: str) -> tuple[float, float | None] | None:
    value = as_number(figures.get(name, {}).get(key))
    return None if value is None else (value, as_number(figures[name].get(f"{key}_se")))


def _about(name: str) -> tuple[str, str, str]:
    return _UNSEEN.get(name, (name.replace("_", " ").capitalize(), "", "control"))


def _ceiling(value: float) -> float:
    return next((top for top in (0.2, 0.4, 0.5, 0.6, 0.8) if value <= top), 1.0)


def _dot(name: str, meaning: str, kind: str, value: float, error: float | None, top: float) -> Dot:
    spread = 0.0 if error is None else error
    text = f"{100 * value:.1f}" + ("" if error is None else f" ± {100 * error:.1f}") + f"{GLUE}%"
    at, begin, end = (round(100 * x / top, 2) for x in (value, max(value - spread, 0.0), value + spread))
    return Dot(name, meaning, text, at, begin, end, kind)


def _others(metrics: Mapping[str, Any]) -> Iterator[str]:
    heads = metrics.get("heads", {})
    known = set(_METHODS)
    yield from (key for name in heads if (key := f"heads.{name}") not in known)
    yield from (key for key in metrics if key.startswith("control_") and key not in known)


def _figures(metrics: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found: Any = metrics
    for part in key.split("."):
        found = found.get(part, {}) if isinstance(found, Mapping) else {}
    figures = found if isinstance(found, Mapping) else {}
    if key == "heads.strict":
        # The top level is the strict head; heads.strict may repeat it or hold a part.
        return {**{k: v for k, v in metrics.items() if k.removesuffix("_se") in _FIGURES}, **figures}
    return figures


def _method(key: str) -> tuple[str, str, str]:
    fallback = key.removeprefix("heads.").removeprefix("control_").replace("_", " ").capitalize()
    name, meaning = _METHODS.get(key, (fallback, ""))
    kind = "ours" if key in _OWN or key.startswith("heads.") else "box" if key == "baseline" else "control"
    return name, meaning, kind


def _line(key: str, methods: list[Mapping[str, Any]]) -> Line | None:
    name, meaning, form, better = _FIGURES[key]
    values = [as_number(figures.get(key)) for figures in methods]
    known = [value for value in values if value is not None]
    if not known:
        return None
    differ = len(set(known)) > 1 and form != "tiny"
    best = {"more": max(known), "less": min(known)}.get(better) if differ else None
    cells = tuple(
        (_cell(value, as_number(figures.get(f"{key}_se")), form), value is not None and value == best)
        for value, figures in zip(values, methods, strict=True)
    )
    return Line(name, meaning, better, cells)


def _cell(value: float | None, error: float | None, form: str) -> str:
    if value is None:
        return ""
    scale, digits = {"share": (100, 1), "plain": (1, 2), "whole": (1, 0), "tiny": (1, 0)}[form]
    if form == "tiny":
        return _tiny(value)
    text = f"{scale * value:,.{digits}f}"
    if error is not None:
        text += f" ± {scale * error:,.{digits}f}"
    return text


def _tiny(value: float) -> str:
    if not value:
        return "0"
    digits, exponent = f"{value:.0e}".split("e")
    return f"{digits} × 10{str(int(exponent)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
