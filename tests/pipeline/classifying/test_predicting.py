"""``seston predict``: a line an image, whatever happens to the one before."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from seston.bottleneck.decoding.calibrated import Calibration
from seston.pipeline.classifying.learning import CALIBRATIONS, OUTSIDE, load_predictions
from seston.workspace import Workspace
from tests.command import done, seston
from tests.drawings import PER_LABEL, SHAPES


def test_without_images_all_that_have_features_are_named(small: Path) -> None:
    ran = done("predict", "--json", workspace=small)
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert len(found) == PER_LABEL * len(SHAPES)
    right = [one["label"]["id"] == "planktonset:" + one["image"].partition("/")[0] for one in found]
    assert sum(right) > 0.9 * len(right)
    assert all(one["runner_up"]["id"] != one["label"]["id"] and one["reasons_for"] for one in found)


def test_it_says_what_evaluate_judged(small: Path) -> None:
    ids, leaves, _ = load_predictions(Workspace(small))
    ran = done("predict", *ids[:3], "--json", workspace=small)
    for line, row in zip(ran.out.splitlines(), leaves[:3], strict=True):
        assert json.loads(line)["label"]["probability"] == pytest.approx(row.max(), abs=1e-5)


def test_broken_images_are_named_and_the_rest_goes_on(small: Path, drawings: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"no image")
    images: list[str | Path] = [
        drawings / "detritus_blob" / "00.png",
        tmp_path / "broken.png",
        "nowhere.png",
        "detritus_blob/01.png",
    ]
    ran = seston("predict", *images, workspace=small)
    assert ran.code == 1
    assert len(ran.out.splitlines()) == 2
    assert "broken.png" in ran.err
    assert "No image 'nowhere.png'" in ran.err
    assert "2 of 4 images left out" in ran.err


def test_a_table_at_a_rank(small: Path) -> None:
    ran = done("predict", "copepod_calanoid/00.png", "--tsv", "--rank", "class", "--coverage", "0.8", workspace=small)
    (row,) = csv.DictReader(io.StringIO(ran.out), delimiter="\t")
    assert (row["name"], row["rank"]) == ("Copepoda", "class")
    assert row["id"] in row["set"].split("; ")
    assert float(row["probability"]) >= float(row["label_probability"]) - 1e-6


def test_what_no_label_stands_for_is_outside(small: Path, tmp_path: Path) -> None:
    stripes = np.tile(np.array([[40, 250], [250, 40]], dtype=np.uint8), (40, 40))
    Image.fromarray(stripes).save(tmp_path / "stripes.png")
    images = ("detritus_blob/00.png", "copepod_calanoid/03.png", "hydromedusae_solmaris/02.png")
    ran = done("predict", *images, tmp_path / "stripes.png", "--tsv", workspace=small)
    shares = [float(row["outside"]) for row in csv.DictReader(io.StringIO(ran.out), delimiter="\t")]
    assert shares[-1] == 1 > max(shares[:-1])
    assert " | outside 1.00" in done("predict", tmp_path / "stripes.png", workspace=small).out


def test_a_model_from_before_has_no_such_share(own: Path) -> None:
    (own / OUTSIDE).unlink()
    ran = done("predict", "detritus_blob/00.png", "--json", workspace=own)
    assert json.loads(ran.out)["outside"] is None
    (row,) = csv.DictReader(
        io.StringIO(done("predict", "detritus_blob/00.png", "--tsv", workspace=own).out), delimiter="\t"
    )
    assert row["outside"] == ""


@pytest.mark.parametrize("decode", ["leaf", "climb", "cost"])
@pytest.mark.parametrize("head", ["strict", "sparse"])
def test_every_way_to_decide(small: Path, decode: str, head: str) -> None:
    ran = done("predict", "detritus_blob/00.png", "--decode", decode, "--head", head, workspace=small)
    assert ran.out.startswith("detritus_blob/00.png: ")
    assert "runner-up" in ran.out


def test_features_instead_of_images(small: Path, tmp_path: Path) -> None:
    from seston.pipeline.classifying.measuring import load_features

    some = load_features(Workspace(small)).select(["detritus_blob/00.png"])
    some.save(tmp_path / "some.safetensors")
    ran = done("predict", "--features", tmp_path / "some.safetensors", "--json", workspace=small)
    assert json.loads(ran.out)["image"] == "detritus_blob/00.png"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--json", "--tsv"), 2, "Either --json or --tsv"),
        (("--coverage", "1.5"), 2, "A coverage lies between 0 and 1, got 1.5"),
        (("--coverage", "0"), 2, "A coverage lies between 0 and 1"),
        (("--rank", "tribe"), 2, "tribe"),
        (("--head", "choquet"), 1, "No choquet head"),
    ],
)
def test_calls_that_make_no_sense(small: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    ran = seston("predict", *arguments, workspace=small)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err


def test_without_a_model(tmp_path: Path) -> None:
    ran = seston("predict", "a.png", workspace=tmp_path)
    assert ran.code == 1
    assert "Run 'seston train'" in ran.err


def test_the_calibration_comes_back_as_it_was_saved(small: Path, tmp_path: Path) -> None:
    calibration = Calibration.load(small / CALIBRATIONS["strict"])
    calibration.save(tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (small / CALIBRATIONS["strict"]).read_bytes()
