"""The images of a workspace: the index, labels, splits, finding one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.errors import InvalidData, UnknownImage
from seston.pipeline.classifying.images import (
    INDEX,
    Listed,
    add_images,
    apply_labels,
    bundled_images,
    find_image,
    read_index,
    use_bundled_images,
    with_splits,
    write_index,
)
from seston.records import ImageRecord
from seston.workspace import Workspace


def record(name: str, label: str = "", split: str = "") -> ImageRecord:
    return ImageRecord(name, name, 40, 30, "0" * 64, label, split)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w")


text = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)


@given(st.lists(st.builds(record, text, st.just('a,"b'), st.sampled_from(["", "train"])), unique_by=lambda r: r.id))
def test_the_index_comes_back_sorted(tmp_path_factory: pytest.TempPathFactory, records: list[ImageRecord]) -> None:
    workspace = Workspace(tmp_path_factory.mktemp("w"))
    write_index(workspace, [Listed(r, "/images") for r in records])
    again = read_index(workspace)
    assert [item.record for item in again] == sorted(records, key=lambda r: r.id)
    content = workspace.path(INDEX).read_bytes()
    write_index(workspace, reversed(again))
    assert workspace.path(INDEX).read_bytes() == content


def test_images_imported_again_keep_what_is_known(workspace: Workspace, tmp_path: Path) -> None:
    write_index(workspace, [Listed(record("a", "copepod", "test"))])
    assert add_images(workspace, [record("a"), record("b", "medusa")], tmp_path) == 2
    first, second = read_index(workspace)
    assert (first.record.label, first.record.split, first.root) == ("copepod", "test", str(tmp_path))
    assert second.record.label == "medusa"


def test_bundled_images_go_beside_those_imported(workspace: Workspace, tmp_path: Path) -> None:
    name = bundled_images()[0].record.id
    add_images(workspace, [record("mine.png"), record(name)], tmp_path)
    use_bundled_images(workspace)
    roots = {item.record.id: item.root for item in read_index(workspace)}
    assert len(roots) == len(bundled_images()) + 1
    assert roots[name] == roots["mine.png"] == str(tmp_path)


def test_an_image_is_found_by_its_id_or_the_end_of_it(workspace: Workspace, tmp_path: Path) -> None:
    add_images(workspace, [record("a/1.png"), record("b/1.png"), record("b/2.png")], tmp_path)
    assert find_image(workspace, "a/1.png") == read_index(workspace)[0]
    assert find_image(workspace, "2.png") == read_index(workspace)[2]
    with pytest.raises(UnknownImage) as caught:
        find_image(workspace, "1.png")
    assert caught.value.nearest == ("a/1.png", "b/1.png")
    with pytest.raises(UnknownImage, match=r"Did you mean b/2\.png"):
        find_image(workspace, "b/2.pmg")
    (tmp_path / "new.png").write_bytes(b"")
    assert find_image(workspace, str(tmp_path / "new.png")) is None


def table(tmp_path: Path, content: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "labels.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_labels_of_a_table_replace_those_of_the_folders(tmp_path: Path, encoding: str) -> None:
    path = table(tmp_path, "file,label,split\na,medusa,test\nother,x,train\n", encoding)
    found = apply_labels([Listed(record("a", "copepod")), Listed(record("b", "copepod"))], path)
    assert [(item.record.label, item.record.split) for item in found] == [("medusa", "test"), ("", "")]


@pytest.mark.parametrize("content", ["label,split\na,test\n", "file;label\na;b\n", "\n"])
def test_a_table_without_its_columns(tmp_path: Path, content: str) -> None:
    with pytest.raises(InvalidData, match="has no columns file and label"):
        apply_labels([Listed(record("a"))], table(tmp_path, content))


def test_a_table_in_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="Cannot read"):
        apply_labels([Listed(record("a"))], table(tmp_path, "file,label\na,méduse\n", "latin-1"))


def test_a_table_may_have_rows_that_are_too_short(tmp_path: Path) -> None:
    found = apply_labels([Listed(record("a")), Listed(record("b"))], table(tmp_path, "file,label,split\na,x\nb\n"))
    assert [(item.record.label, item.record.split) for item in found] == [("x", ""), ("", "")]


def test_a_quarter_is_for_testing_and_always_the_same() -> None:
    listed = [Listed(record(f"{number}.png", "a")) for number in range(2000)]
    splits = [item.record.split for item in with_splits(listed)]
    assert set(splits) == {"train", "test"}
    assert 0.22 < splits.count("test") / len(splits) < 0.28
    assert splits == [item.record.split for item in with_splits(listed)]
    assert [item.record.split for item in with_splits(listed[:10])] == splits[:10]


def test_splits_that_are_given_are_kept_and_the_others_left_out() -> None:
    listed = [Listed(record("a", "x", "train")), Listed(record("b", "x"))]
    assert with_splits(listed) == listed[:1]
