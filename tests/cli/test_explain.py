"""``seston explain``: what it prints adds up, and a correction can be undone."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.command import done, seston
from tests.drawings import drawing

EGGS = "copepod_calanoid_eggs/00.png"


@pytest.fixture(scope="module")
def before(small: Path) -> Any:
    return done("explain", EGGS, "--json", workspace=small).json


@pytest.mark.parametrize("head", ["strict", "sparse"])
def test_contributions_add_up_to_the_log_odds(small: Path, head: str) -> None:
    found = done("explain", "hydromedusae_solmaris/03.png", "--head", head, "--json", workspace=small).json
    for step in found["steps"]:
        total = step["bias"] + step["residual"] + sum(reason["contribution"] for reason in step["reasons"])
        assert step["residual"] == 0
        if step["runner_up_probability"] > 1e-300:
            odds = np.log(step["probability"]) - np.log(step["runner_up_probability"])
            assert total == pytest.approx(odds, abs=1e-6, rel=1e-9)
        for reason in step["reasons"]:
            assert reason["contribution"] == pytest.approx(reason["weight"] * reason["score"], rel=1e-12)


def test_steps_lead_from_the_root_to_the_leaf(before: Any) -> None:
    probabilities = [step["probability"] for step in before["steps"]]
    assert before["steps"][0]["node"] == "seston:root"
    assert before["steps"][-1]["chosen"] == before["leaf"]
    assert probabilities == sorted(probabilities, reverse=True)
    assert before["leaf_probability"] == pytest.approx(probabilities[-1])


def test_three_reasons_in_four_of_the_strict_head_have_an_origin_and_each_of_these_its_sentence(before: Any) -> None:
    reasons = [reason for step in before["steps"] for reason in step["reasons"]]
    said = [reason for reason in reasons if reason["origin"]]
    assert len(said) > 0.75 * len(reasons)
    assert all(reason["sentence"] and reason["page"].startswith("data/descriptions/") for reason in said)


def test_a_correction_changes_the_path_and_can_be_undone(small: Path, before: Any) -> None:
    corrected = done("explain", EGGS, "--set", "eggs/attached=0", "--json", workspace=small).json
    assert corrected["before"] == before
    assert ["eggs/attached", 0.0] in corrected["interventions"]
    assert ["eggs/sac-single", 0.0] in corrected["interventions"]
    changed = corrected["steps"][-1]
    assert [s for s in corrected["steps"] if s not in before["steps"]], changed
    assert done("explain", EGGS, "--json", workspace=small).json == before


def test_setting_what_the_image_shows_already_changes_nothing(small: Path, before: Any) -> None:
    from seston.bottleneck.head import ConceptHead
    from seston.pipeline.classifying.measuring import load_features
    from seston.workspace import Workspace

    head = ConceptHead.load(small / "model" / "strict.safetensors")
    scores = head.scores(load_features(Workspace(small)).select([EGGS]).values)
    column = head.concepts.index("eggs/attached")
    width = head.present[column] - head.absent[column]
    value = float((scores[0, column] - head.absent[column]) / width)
    changed = head.intervene(scores, {"eggs/attached": value})
    assert changed[0] == pytest.approx(scores[0], abs=1e-9)


def test_the_text_shows_both_sides_of_a_correction(small: Path) -> None:
    text = done("explain", EGGS, "--set", "eggs carried on the body=0", workspace=small).out
    assert "With eggs/attached = 0:" in text
    first, _, second = text.partition("With eggs/attached = 0:")
    assert first.strip() != second.strip()
    denied = "has eggs carried on the body, seen 0.00"
    assert denied not in first
    assert all("against" in line for line in second.splitlines() if denied in line)
    assert denied in second


def test_an_image_file_outside_the_workspace(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.png"
    Image.fromarray(drawing("copepod_calanoid_eggs", 0)).save(path)
    inside = done("explain", EGGS, "--json", workspace=small).json
    outside = done("explain", path, "--json", workspace=small).json
    assert outside["prediction"] == inside["prediction"]
    assert outside["leaf_probability"] == pytest.approx(inside["leaf_probability"], abs=0.02)


def test_an_unknown_image_names_the_nearest(small: Path) -> None:
    ran = seston("explain", "copepod_calanoid_egs/00.png", workspace=small)
    assert (ran.code, ran.out) == (1, "")
    assert "No image 'copepod_calanoid_egs/00.png'. Did you mean copepod_calanoid_eggs/0" in ran.err


def test_nothing_alike_is_no_suggestion(small: Path) -> None:
    ran = seston("explain", "zebra.jpg", workspace=small)
    assert ran.code == 1
    assert "No image 'zebra.jpg'.\n" in ran.err


def test_a_name_that_several_images_end_in(small: Path) -> None:
    ran = seston("explain", "00.png", workspace=small)
    assert ran.code == 1
    assert "6 images end so; give more of the path." in ran.err


def test_an_unknown_concept_names_the_nearest(small: Path) -> None:
    ran = seston("explain", EGGS, "--set", "egs/attached=0", workspace=small)
    assert (ran.code, ran.out) == (1, "")
    assert "No concept 'egs/attached'. Did you mean" in ran.err
    assert "eggs/attached" in ran.err


@pytest.mark.parametrize("answer", ["eggs/attached", "eggs/attached=2", "eggs/attached=yes", "eggs/attached=nan", "=1"])
def test_a_value_outside_of_its_range_is_a_usage_error(small: Path, answer: str) -> None:
    ran = seston("explain", EGGS, "--set", answer, workspace=small)
    assert (ran.code, ran.out) == (2, "")
    assert f"--set takes CONCEPT=VALUE with a value from 0 to 1, got '{answer}'." in ran.err


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "the file has 0 bytes"), (b"no image at all", "the image is broken")],
)
def test_a_broken_image_file(small: Path, tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(content)
    ran = seston("explain", path, workspace=small)
    assert (ran.code, ran.out) == (1, "")
    assert reason in ran.err
    assert "Traceback" not in ran.err


def test_a_workspace_without_a_model(tmp_path: Path) -> None:
    ran = seston("explain", EGGS, workspace=tmp_path)
    assert ran.code == 1
    assert "No model in" in ran.err
    assert "seston train" in ran.err
