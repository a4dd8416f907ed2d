"""The Choquet head from the command line: fitted on request, then judged and explained as the others are."""

import json
from pathlib import Path

import pytest

from seston.workspace import Workspace
from tests.command import done, seston


@pytest.fixture(scope="module")
def fitted(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    import shutil

    own = Path(shutil.copytree(small, tmp_path_factory.mktemp("choquet") / "own"))
    done("train", "--head", "choquet", workspace=own)
    return own


def test_it_is_not_fitted_unless_asked_for(small: Path) -> None:
    assert "choquet" not in json.loads((small / "metrics.json").read_text())["heads"]
    assert "choquet" not in done("status", workspace=small).out
    ran = seston("explain", "detritus_blob/00.png", "--head", "choquet", workspace=small)
    assert ran.code == 1
    assert "seston train --head choquet" in ran.err


def test_its_card_says_what_was_fitted(fitted: Path) -> None:
    ran = done("train", "--head", "choquet", workspace=fitted)
    assert "up to date" in ran.err
    assert ran.json["choquet"]["terms"] > 0
    assert "strict" not in ran.json
    assert "choquet" in Workspace(fitted).records()


def test_it_is_judged_beside_the_others(fitted: Path) -> None:
    metrics = done("evaluate", "--json", workspace=fitted).json
    assert list(metrics["heads"]) == ["strict", "sparse", "choquet"]
    assert metrics["heads"]["choquet"].keys() == metrics["heads"]["sparse"].keys()
    assert metrics["heads"]["choquet"]["additive_residual"] < 1e-9
    assert metrics["heads"]["choquet"]["top1"] > 0.8
    assert "choquet head" in done("evaluate", workspace=fitted).out


def test_its_reasons_add_up_to_the_log_odds(fitted: Path) -> None:
    import math

    ran = done("explain", "copepod_calanoid/00.png", "--head", "choquet", "--json", workspace=fitted)
    checked = 0
    for step in ran.json["steps"]:
        total = step["bias"] + sum(reason["contribution"] for reason in step["reasons"])
        if min(step["probability"], step["runner_up_probability"]) > 1e-200:
            odds = math.log(step["probability"]) - math.log(step["runner_up_probability"])
            assert total == pytest.approx(odds, abs=1e-6)
            checked += 1
    assert checked
    assert "probability" in done("explain", "copepod_calanoid/00.png", "--head", "choquet", workspace=fitted).out
