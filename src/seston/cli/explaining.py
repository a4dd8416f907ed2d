"""``explain``: why an image is named as it is, after a correction or answers too."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from seston.cli.output import Progress, notice, print_json
from seston.cli.render import explanation_text
from seston.errors import UsageError
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.concepts.scheme import Scheme
    from seston.pipeline.classifying.questioning import Answer, Question, Talk

HEADS = ("strict", "sparse", "choquet")
_KEYS = {"y": "yes", "n": "no", "u": "unsure"}


@click.command()
@click.argument("image")
@click.option("--set", "answers", multiple=True, metavar="CONCEPT=VALUE", help="Overrule a concept: 0 no, 1 yes.")
@click.option(
    "--ask",
    "most",
    type=click.IntRange(1),
    is_flag=False,
    flag_value=3,
    metavar="[N]",
    help="Ask for the N concepts that would tell most, 3 without a number.",
)
@click.option("--answer", "told", multiple=True, metavar="CONCEPT=yes|no|unsure", help="Answer such a question.")
@click.option("--head", type=click.Choice(HEADS), default="strict", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every contribution.")
@click.pass_obj
def explain(
    workspace: Workspace,
    image: str,
    answers: tuple[str, ...],
    most: int | None,
    told: tuple[str, ...],
    head: str,
    as_json: bool,
) -> None:
    """Explain the prediction for IMAGE: the id of an image of the workspace, or an image file.

    With --set, the explanation before and after the correction is shown. With --ask or --answer the answer is shown
    instead, before and after yours, which are evidence that a mistake does not ruin; on a terminal questions are then
    asked one by one.
    """
    if answers and (most or told):
        raise UsageError("Either --set, or --ask and --answer.", hint="--set overrules, an answer is weighed.")
    if most or told:
        _ask_about(workspace, image, head, (most or 0, [_told(text) for text in told]), as_json)
    else:
        _explain(workspace, image, head, answers, as_json)


def _explain(workspace: Workspace, image: str, head: str, answers: Sequence[str], as_json: bool) -> None:
    from seston.pipeline.classifying.carried import carried
    from seston.pipeline.classifying.explaining import explainer_of, features_of

    explainer = explainer_of(workspace, head, Progress())
    known = carried(workspace, head)
    if known.note:
        notice(known.note)
    asked = dict(_set(answer, explainer.scheme) for answer in answers)
    values = explainer.scheme.with_consequences(asked)
    name, features = features_of(workspace, image, explainer.head)
    before = explainer.explainer.explain(name, features)
    after = explainer.explainer.explain(name, features, values) if values else None
    if as_json:
        doubtful = {"doubtful": None if known.note else sorted(known.doubtful)}
        told = asdict(before) | doubtful
        print_json(asdict(after) | doubtful | {"before": told} if after else told)
        return
    click.echo(explanation_text(before, explainer.node_names, explainer.explainer.sure, known.doubtful))
    if after is not None:
        click.echo(f"\nWith {', '.join(f'{concept} = {value:g}' for concept, value in asked.items())}:\n")
        followed = sorted(values.keys() - asked.keys())
        if followed:
            click.echo(f"Hence also {', '.join(f'{concept} = {values[concept]:g}' for concept in followed)}.\n")
        click.echo(explanation_text(after, explainer.node_names, explainer.explainer.sure, known.doubtful))


def _set(text: str, scheme: "Scheme") -> tuple[str, float]:
    concept, sign, value = text.rpartition("=")
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not concept or not sign or not 0 <= number <= 1:
        raise UsageError(f"--set takes CONCEPT=VALUE with a value from 0 to 1, got '{text}'.")
    return scheme.concept(concept).id, number


def _told(text: str) -> tuple[str, str]:
    concept, _, answer = text.rpartition("=")
    if not concept or answer not in _KEYS.values():
        raise UsageError(f"--answer takes CONCEPT=yes, CONCEPT=no or CONCEPT=unsure, got '{text}'.")
    return concept, answer


def _ask_about(
    workspace: Workspace, image: str, head: str, asked: tuple[int, Sequence[tuple[str, str]]], as_json: bool
) -> None:
    """Ask about an image; `asked` is how much, and what was answered already."""
    from seston.pipeline.classifying.explaining import explainer_of, features_of
    from seston.pipeline.classifying.questioning import talk_about

    opened = explainer_of(workspace, head, Progress())
    name, features = features_of(workspace, image, opened.head)
    talk = talk_about(workspace, head, opened, features)
    before, (most, given) = talk.answer(), asked
    for concept, answer in given:
        talk = talk.told(concept, answer)
    if as_json:
        found = {"image": name, "before": asdict(before), "answers": dict(talk.given), "after": asdict(talk.answer())}
        print_json(found | {"questions": [asdict(question) for question in talk.questions(most)]})
        return
    click.echo(f"{name}: {_answer_text(before)}")
    if not given and sys.stdin.isatty() and sys.stdout.isatty():
        talk = _one_by_one(talk, most)
    if talk.given:
        said = ", ".join(f"{concept} = {answer}" for concept, answer in talk.given.items())
        click.echo(f"with {said}: {_answer_text(talk.answer())}")
    questions = talk.questions(most if len(talk.given) == len(given) else 0)
    for question in questions:
        click.echo(f"\n{_question_text(question)}\n  --answer {question.concept}=yes|no|unsure")
    if most and not questions and len(talk.given) == len(given):
        notice("No answer would tell more.")


def _one_by_one(talk: "Talk", most: int) -> "Talk":
    notice("y yes, n no, u unsure, q quit")
    for _ in range(most):
        for question in talk.questions(1):
            key = click.prompt(
                _question_text(question), type=click.Choice([*_KEYS, "q"]), default="u", show_choices=False
            )
            if key == "q":
                return talk
            talk = talk.told(question.concept, _KEYS[key])
    return talk


def _question_text(question: "Question") -> str:
    head = click.style(f"{question.label}?", bold=True)
    return f"{head} [{question.concept}] {question.cue} Likely {question.likely:.2f}, worth {question.worth:+.3f}."


def _answer_text(answer: "Answer") -> str:
    bold = click.style(f"{answer.prediction.name} ({answer.prediction.id})", bold=True)
    labels = ", ".join(f"{label.name} {label.probability:.2f}" for label in answer.labels)
    return f"{bold}, probability {answer.prediction.probability:.2f}; labels {labels}"
