"""What a person's answers are worth, and what they are worth when the rows mean nothing.

Two readings of a control. A *person* answers by what the image shows: random and shuffled rows then take answers for
something else, and answers do harm. In *twenty questions* the answers come from the control's own rows: any rows that
differ tell labels apart, and random ones do it well. Only the first says something about meaning; both are reported.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.asking import RELIABILITY, Interview
from seston.bottleneck.decoding.calibration import temperature
from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.fit import Names
from seston.bottleneck.train import LabelledFeatures, strict_out_of_fold, train_strict
from seston.bottleneck.tree import Floats, Ints
from seston.evaluate.controls import random_rows, shuffled_rows

STEPS = 5
SHOWN = (1, 3, 5)


def questions(
    interview: Interview,
    posterior: Floats,
    truth: Ints,
    says: Floats,
    *,
    steps: int = STEPS,
    wrong: float = 0.0,
    seed: int = 0,
) -> NDArray[np.bool_]:
    """Ask the most informative question again and again.

    Parameters
    ----------
    interview
        What answers mean.
    posterior
        (n, n_labels) before the first.
    truth
        (n,) true labels.
    says
        (n_labels, n_concepts) what is answered for each true label; NaN and 0.5 are unsure.
    steps
        Questions an image.
    wrong
        Share of the answers that are turned round.
    seed
        Of the wrong answers.

    Returns
    -------
    numpy.ndarray
        (n, steps + 1) whether the likeliest label is right, before and after each answer.
    """
    rng = np.random.default_rng(seed)
    images = np.arange(len(truth))
    asked = np.zeros((len(truth), says.shape[1]), dtype=bool)
    right = [posterior.argmax(axis=1) == truth]
    for _ in range(steps):
        column = interview.best(posterior, asked)
        asked[images, column] = True
        answer = says[truth, column]
        answer = np.where(rng.random(len(truth)) < wrong, 1 - answer, answer)
        posterior = interview.updated(posterior, column, answer)
        right.append(posterior.argmax(axis=1) == truth)
    return np.stack(right, axis=1)


def intervention_figures(
    data: LabelledFeatures,
    rows: Floats,
    images: tuple[NDArray[np.floating], Ints],
    *,
    names: Names,
    seeds: Sequence[int] = (0,),
) -> dict[str, Any]:
    """Measure answers with the rows, random rows and shuffled rows.

    Parameters
    ----------
    data
        Labelled images; every arm chooses its settings inside.
    rows
        (n_labels, n_concepts) with NaN for unknown and 0.5 for left open; also what the person answers by.
    images
        Features (n, n_features) and true labels (n,) of the images to ask about.
    names
        Encoder, its fingerprint, labels and concepts.
    seeds
        Of the controls.

    Returns
    -------
    dict
        For ``rows``, and for ``random`` and ``shuffled`` with ``person`` and ``twenty_questions``: ``before`` and
        ``gain_1``, ``gain_3``, ``gain_5`` in top-1, each with ``_se`` over images; for the controls also
        ``lead_1`` and so on: by how much the rows gain more, paired by image.
    """
    own = _gains(data, rows, images, rows, names)
    figures: dict[str, Any] = {"rows": own[0]}
    for name, make in {"random": random_rows, "shuffled": shuffled_rows}.items():
        figures[name] = {}
        for kind in ("person", "twenty_questions"):
            arms = []
            for seed in seeds:
                control = make(rows, seed)
                says = rows if kind == "person" else control
                arms.append(_gains(data, control, images, says, names))
            figures[name][kind] = _mean([arm[0] | _lead(own[1], arm[1]) for arm in arms])
    return figures


def own_figures(
    data: LabelledFeatures,
    rows: Floats,
    images: tuple[NDArray[np.floating], Ints],
    *,
    names: Names,
    wrong: float,
) -> dict[str, float]:
    """Return what answers are worth with the rows alone, a share `wrong` of them being wrong; as in ``rows`` above."""
    return _gains(data, rows, images, rows, names, wrong)[0]


def _gains(
    data: LabelledFeatures,
    rows: Floats,
    images: tuple[NDArray[np.floating], Ints],
    says: Floats,
    names: Names,
    wrong: float = 0.0,
) -> tuple[dict[str, float], Floats]:
    head, settings = train_strict(data, rows, names)
    # Few images held out make a head too sure, which then listens to nobody: images out of fold are more.
    heat = temperature(strict_out_of_fold(data, rows, names, settings), data.codes)
    posterior = softmax(head.logits(head.scores(images[0])) / heat)
    interview = Interview(rows, names[3], RELIABILITY)
    right = questions(interview, posterior, images[1], says, wrong=wrong).astype(np.float64)
    gained = right - right[:, :1]
    figures = {"before": float(right[:, 0].mean())}
    for step in SHOWN:
        figures |= _with_se(f"gain_{step}", gained[:, step])
    return figures, gained


def _lead(own: Floats, control: Floats) -> dict[str, float]:
    found: dict[str, float] = {}
    for step in SHOWN:
        found |= _with_se(f"lead_{step}", own[:, step] - control[:, step])
    return found


def _with_se(name: str, values: Floats) -> dict[str, float]:
    return {name: float(values.mean()), f"{name}_se": float(values.std(ddof=1) / np.sqrt(len(values)))}


def _mean(arms: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {key: float(np.mean([arm[key] for arm in arms])) for key in arms[0]}
