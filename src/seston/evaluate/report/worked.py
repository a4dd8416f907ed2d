"""Worked explanations: the way down the tree, and the reasons at every branching as bars."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from seston.evaluate.report.anchors import node_anchor, sentence_anchor
from seston.evaluate.report.data import NodePage, Portrait, TreeNode, Worked
from seston.evaluate.report.numbers import percent, signed
from seston.records import Explanation, Reason, Step

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """A reason: from the middle to the right when it speaks for the choice; ``start`` and ``width`` in percent."""

    label: str
    href: str
    title: str
    amount: str
    start: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Way:
    """A step as it is printed. ``skipped`` names the only children passed on the way to ``node``.

    ``sure`` says whether it lies at or above the prediction, ``parts`` whether an intervention first leads another way
    here.
    """

    node: str
    name: str
    runner_up: str
    runner_up_name: str
    probability: str
    runner_up_probability: str
    width: float
    runner_up_width: float
    skipped: tuple[str, ...]
    bars: tuple[Bar, ...]
    rest: str
    sums: str
    sure: bool
    parts: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A worked explanation as it is printed; ``verdict`` is "right", "right so far", "unsure" or "wrong"."""

    number: int
    image: str
    vignette: str
    true_label: str
    true_name: str
    prediction: str
    prediction_name: str
    probability: str
    leaf: str
    leaf_name: str
    leaf_probability: str
    verdict: str
    ways: tuple[Way, ...]
    portraits: tuple[Portrait, ...]
    after: "Case | None"
    changes: tuple[str, ...]


class Reading:
    """What is needed to print explanations.

    Parameters
    ----------
    pages
        Pages by id, for the links of the bars.
    lines
        From `outline.ancestors`, for the verdict.
    doubtful
        Concepts that are no reasons: they count among the others.
    """

    def __init__(
        self,
        pages: Mapping[str, NodePage],
        lines: Mapping[str, tuple[TreeNode, ...]],
        doubtful: frozenset[str] = frozenset(),
    ) -> None:
        self._pages = pages
        self._lines = lines
        self._doubtful = doubtful

    def case(self, number: int, worked: Worked) -> Case:
        """Return a worked explanation as it is printed."""
        after = None
        if worked.after is not None:
            after = self._case(
                number, Worked(worked.after, worked.true_label, worked.true_name), old=worked.explanation
            )
        vignette = b64encode(worked.vignette_png).decode("ascii") if worked.vignette_png else ""
        return self._case(number, worked, vignette, after)

    def _case(
        self,
        number: int,
        worked: Worked,
        vignette: str = "",
        after: Case | None = None,
        old: Explanation | None = None,
    ) -> Case:
        told, overruled = worked.explanation, worked.after or worked.explanation
        last = [node.name for node in self._lines.get(told.leaf, ())[-1:]]
        return Case(
            number,
            told.image,
            vignette,
            worked.true_label,
            worked.true_name,
            told.prediction,
            told.prediction_label,
            percent(told.probability),
            told.leaf,
            last[0] if last else told.steps[-1].chosen_label if told.steps else told.leaf,
            percent(told.leaf_probability),
            self._verdict(worked.true_label, told),
            tuple(self._ways(told, old or told, frozenset(concept for concept, _ in overruled.interventions))),
            worked.silhouettes,
            after,
            tuple(f"{self._concept(concept, told)} set to {value:g}" for concept, value in told.interventions),
        )

    def _concept(self, concept: str, told: Explanation) -> str:
        reasons = (reason for step in told.steps for reason in step.reasons)
        return next((reason.label for reason in reasons if reason.concept == concept), concept)

    def _verdict(self, truth: str, told: Explanation) -> str:
        if told.prediction == truth:
            return "right"
        line = [node.id for node in self._lines.get(truth, ())]
        if line[:1] == [told.prediction]:
            return "unsure"
        return "right so far" if told.prediction in line else "wrong"

    def _ways(self, told: Explanation, old: Explanation, overruled: frozenset[str]) -> Iterator[Way]:
        known = {step.chosen for step in old.steps}
        shown = {step.chosen: _strongest(step, overruled, self._doubtful) for step in told.steps}
        scale = max((abs(r.contribution) for reasons in shown.values() for r in reasons), default=0.0) or 1.0
        skipped: list[str] = []
        parted = False
        for step in told.steps:
            if not step.runner_up:
                skipped.append(step.chosen_label)
                continue
            parts = step.chosen not in known and not parted
            # What lies below the prediction is less probable than it, or it would have been the prediction.
            sure = step.probability >= told.probability
            bars = tuple(self._bar(reason, scale, dict(told.interventions)) for reason in shown[step.chosen])
            yield self._way(step, shown[step.chosen], bars, tuple(skipped), sure=sure, parts=parts)
            skipped, parted = [], parted or parts

    def _way(
        self,
        step: Step,
        shown: list[Reason],
        bars: tuple[Bar, ...],
        skipped: tuple[str, ...],
        *,
        sure: bool,
        parts: bool,
    ) -> Way:
        hidden = [reason for reason in step.reasons if reason not in shown]
        rest = f"{len(hidden)} more concepts together {signed(sum(r.contribution for r in hidden))}" if hidden else ""
        total = step.bias + step.residual + sum(reason.contribution for reason in step.reasons)
        sums = f"start {signed(step.bias)}"
        sums += f", beyond concepts {signed(step.residual)}" if step.residual else ""
        return Way(
            step.chosen,
            step.chosen_label,
            step.runner_up,
            step.runner_up_label,
            percent(step.probability),
            percent(step.runner_up_probability),
            round(100 * step.probability, 1),
            round(100 * step.runner_up_probability, 1),
            skipped,
            bars,
            rest,
            f"{sums}; all together {signed(total)}",
            sure,
            parts,
        )

    def _bar(self, reason: Reason, scale: float, answers: Mapping[str, float]) -> Bar:
        width = round(50 * abs(reason.contribution) / scale, 2)
        pro = reason.contribution >= 0
        title = f"{reason.value:.2f} on a scale from absent (0) to present (1), weight {signed(reason.weight)}"
        if reason.sentence:
            title += f" · “{reason.sentence}”"
        start = 50.0 if pro else round(50 - width, 2)
        return Bar(
            _says(reason, answers),
            self._href(reason),
            title,
            signed(reason.contribution),
            start,
            max(width, 0.6),
            "for" if pro else "against",
        )

    def _href(self, reason: Reason) -> str:
        page = self._pages.get(reason.origin)
        if page is None:
            return ""
        if reason.sentence:
            for position, sentence in enumerate(page.sentences):
                if reason.sentence.strip() == sentence.text.strip():
                    return sentence_anchor(page.id, position)
        said = next((c.sentence for c in page.concepts if c.id == reason.concept and c.origin == page.id), None)
        if said is not None and 0 <= said < len(page.sentences):
            return sentence_anchor(page.id, said)
        return node_anchor(page.id)


def _says(reason: Reason, answers: Mapping[str, float]) -> str:
    """Return the concept as the image shows it: that it lacks spines is no reason called "spines"."""
    if reason.concept in answers:
        return f"{reason.label}, set to {answers[reason.concept]:g}"
    return reason.label if reason.score >= 0 else f"not seen: {reason.label}"


def _strongest(step: Step, overruled: frozenset[str], doubtful: frozenset[str]) -> list[Reason]:
    """Return the strongest reasons that nobody doubts, and those that a person overruled, however weak."""
    fit = [reason for reason in step.reasons if reason.concept not in doubtful - overruled]
    ordered = sorted(fit, key=lambda reason: (-abs(reason.contribution), reason.concept))
    shown = [*ordered[:_SHOWN], *(reason for reason in ordered[_SHOWN:] if reason.concept in overruled)]
    return sorted(shown, key=lambda reason: (-reason.contribution, reason.concept))
