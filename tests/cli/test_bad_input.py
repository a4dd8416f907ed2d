"""Bad input: named, explained in one line, never a traceback; what is sound goes on."""

import errno
import io
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from seston.encode import FeatureSet
from tests.command import Ran, done, seston
from tests.drawings import drawing


def refused(ran: Ran, code: int = 1) -> str:
    """The message of a command that failed as it should."""
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err
    assert ran.err.count("Error: ") == 1
    return ran.err


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """Ten sound images of two labels, and one each that is empty, broken, cut off and of one colour."""
    root = tmp_path / "spoilt"
    for label in ("copepod_calanoid", "detritus_blob"):
        (root / label).mkdir(parents=True)
        for number in range(5):
            Image.fromarray(drawing(label, number)).save(root / label / f"{number}.png")
    whole = io.BytesIO()
    Image.fromarray(drawing("copepod_calanoid", 9)).save(whole, "PNG")
    (root / "copepod_calanoid" / "empty.png").write_bytes(b"")
    (root / "copepod_calanoid" / "broken.png").write_bytes(b"this is text")
    (root / "copepod_calanoid" / "cut.png").write_bytes(whole.getvalue()[:200])
    Image.new("L", (20, 20), 128).save(root / "copepod_calanoid" / "grey.png")
    return root


def test_bad_images_are_named_and_counted_and_the_rest_goes_on(spoilt: Path, tmp_path: Path) -> None:
    ran = done("import", "images", spoilt, workspace=tmp_path / "w")
    assert ran.out == "10 images of 2 labels imported, 4 left out; the workspace lists 10.\n"
    assert "left out: copepod_calanoid/empty.png: the file has 0 bytes" in ran.err
    assert "left out: copepod_calanoid/broken.png: the image is broken" in ran.err
    assert "left out: copepod_calanoid/cut.png: the image is broken" in ran.err
    assert "left out: copepod_calanoid/grey.png: the image has one colour only (128)" in ran.err


def test_images_that_break_after_the_import_are_left_out_of_the_features(spoilt: Path, tmp_path: Path) -> None:
    at = tmp_path / "w"
    done("import", "images", spoilt, workspace=at)
    (spoilt / "copepod_calanoid" / "0.png").write_bytes(b"")
    (spoilt / "copepod_calanoid" / "1.png").unlink()
    ran = done("features", workspace=at)
    assert "left out: copepod_calanoid/0.png: the file has 0 bytes" in ran.err
    assert "left out: copepod_calanoid/1.png: there is no file copepod_calanoid/1.png" in ran.err
    assert "8 images measured, 2 left out" in ran.err


def test_a_folder_without_images(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert "holds no images that can be used" in refused(
        seston("import", "images", tmp_path / "nothing", workspace=tmp_path / "w")
    )
    assert not (tmp_path / "w").exists()


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no archive")
    message = refused(seston("import", "images", tmp_path / "notes.txt", workspace=tmp_path / "w"))
    assert "is neither a folder nor a zip archive" in message


def test_features_without_images(tmp_path: Path) -> None:
    assert "seston import images PATH" in refused(seston("features", workspace=tmp_path / "w"))


def feature_file(workspace: Path) -> Path:
    return next(workspace.glob("features/efficientnet-lite0-*.safetensors"))


def rewritten(path: Path, **changes: object) -> None:
    """Write other features in the place of `path`."""
    old = FeatureSet.load(path)
    made = {"encoder": old.encoder, "fingerprint": old.fingerprint, "ids": old.ids, "values": old.values} | changes
    FeatureSet(**made).save(path)  # type: ignore[arg-type]


def test_features_of_another_encoder_are_refused(own: Path) -> None:
    rewritten(feature_file(own), encoder="bioclip", fingerprint="abc")
    message = refused(seston("explain", "detritus_blob/00.png", workspace=own))
    assert "The features are of bioclip+morphometry abc+" in message
    assert "the strict head reads efficientnet-lite0+morphometry" in message
    assert "The features are of bioclip+morphometry" in refused(seston("build", "evaluate", workspace=own))


def test_features_of_another_width_are_refused(own: Path) -> None:
    rewritten(feature_file(own), values=FeatureSet.load(feature_file(own)).values[:, :7])
    message = refused(seston("explain", "detritus_blob/00.png", workspace=own))
    width = 7 + FeatureSet.load(next(own.glob("features/morphometry-*.safetensors"))).width
    assert f"Features of shape (1, {width})" in message


def test_features_with_nan_are_refused(own: Path) -> None:
    from seston.encode.tensors import read_tensors, write_tensors

    path = feature_file(own)
    tensors, about = read_tensors(path, "features")
    tensors["scale"] = np.full_like(tensors["scale"], np.nan)
    write_tensors(path, tensors, about)
    for command in (("explain", "detritus_blob/00.png"), ("build", "train")):
        message = refused(seston(*command, workspace=own))
        assert "The features of 72 images are no numbers, such as chaetognath_sagitta/00.png." in message
        assert "… and 52 more" in message


def test_damaged_features_are_refused_by_name(own: Path) -> None:
    path = feature_file(own)
    path.write_bytes(path.read_bytes()[:100])
    assert f"{path} holds no features that can be read" in refused(seston("build", "train", workspace=own))


def test_features_that_are_gone_or_damaged_are_made_again(own: Path) -> None:
    path = feature_file(own)
    content = path.read_bytes()
    path.write_bytes(b"rubbish")
    done("features", workspace=own)
    assert path.read_bytes() == content
    path.unlink()
    done("features", workspace=own)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("image,class\na.png,b\n", "has no columns file and label"),
        ("", "has no columns file and label"),
        ("file,label\nother.png,detritus_blob\n", "names no image of the workspace"),
    ],
)
def test_a_table_of_labels_that_fits_nothing_leaves_the_workspace_alone(
    own: Path, tmp_path: Path, table: str, message: str
) -> None:
    (tmp_path / "labels.csv").write_text(table)
    assert message in refused(seston("train", "--labels", tmp_path / "labels.csv", workspace=own))
    assert "The model is up to date." in done("train", workspace=own).err


def test_labels_that_the_graph_does_not_know(own: Path, tmp_path: Path) -> None:
    lines = ["file,label", *(f"detritus_blob/{number:02d}.png,gizmo" for number in range(12))]
    (tmp_path / "labels.csv").write_text("\n".join(lines))
    message = refused(seston("train", "--labels", tmp_path / "labels.csv", workspace=own))
    assert "None of 1 labels is known to the graph." in message
    assert "  gizmo" in message


def test_one_label_is_no_classifier(own: Path, tmp_path: Path) -> None:
    lines = ["file,label,split", *(f"detritus_blob/{number:02d}.png,detritus_blob,train" for number in range(12))]
    (tmp_path / "labels.csv").write_text("\n".join(lines))
    message = refused(seston("train", "--labels", tmp_path / "labels.csv", workspace=own))
    assert "a classifier needs two or more" in message


@pytest.mark.parametrize(("asked", "nearest"), [("Oithon", "Oithona (worms:"), ("copepod_calanoid_egs", "eggs")])
def test_an_unknown_taxon_names_the_nearest(small: Path, asked: str, nearest: str) -> None:
    ran = seston("taxon", asked, workspace=small)
    assert ran.out == ""
    assert f"No taxon '{asked}'. Did you mean " in refused(ran)
    assert nearest in ran.err


def test_the_animal_ctenophora_is_not_the_diatom(small: Path) -> None:
    lineage = [node["name"] for node in done("taxon", "Ctenophora", "--json", workspace=small).json["lineage"]]
    assert lineage == ["Biota", "Animalia", "Ctenophora"]


def test_a_damaged_manifest_is_one_clear_line(own: Path) -> None:
    for content in ("{", "[]", '{"format": 1}', '{"format": 1, "stages": {"train": {"what": 1}}}'):
        (own / "workspace.json").write_text(content)
        assert "cannot be read as the manifest" in refused(seston("status", workspace=own))
    (own / "workspace.json").write_text(json.dumps({"format": 99, "stages": {}}))
    assert "has format 99, this Seston reads format 1" in refused(seston("status", workspace=own))


def test_a_file_where_the_workspace_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert seston("status", workspace=tmp_path / "file").code == 2
    assert "Cannot write" in refused(seston("build", "taxonomy", workspace=tmp_path / "file" / "below"))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def fail(self: Path, target: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", fail)
    ran = seston("build", "taxonomy", workspace=tmp_path / "w")
    message = refused(ran)
    assert os.strerror(number) in message
    assert "-w" in message
    assert not [path for path in (tmp_path / "w").rglob("*") if path.is_file()]


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1.2 MB; only an administrator can make one."""
    small = tmp_path / "disk"
    small.mkdir()
    order = ["mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", str(small)]
    if os.geteuid() or subprocess.run(order, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield small
    subprocess.run(["umount", small], check=True)


def test_a_full_disk(mounted: Path, drawings: Path) -> None:
    message = refused(seston("build", workspace=mounted / "w"))
    assert "No space left on device" in message
    assert "Free some space" in message
    assert not list(mounted.rglob("*.part"))
    done("status", workspace=mounted / "w")


def test_a_full_disk_while_images_are_measured(mounted: Path, drawings: Path) -> None:
    done("import", "images", drawings, workspace=mounted / "w")
    (mounted / "ballast").write_bytes(bytes(1_100_000))
    assert "No space left on device" in refused(seston("features", workspace=mounted / "w"))
    (mounted / "ballast").unlink()
    assert "72 images measured" in done("features", workspace=mounted / "w").err


def test_a_disk_that_is_read_only(mounted: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", mounted], check=True)
    assert "Read-only file system" in refused(seston("build", "taxonomy", workspace=mounted / "w"))
