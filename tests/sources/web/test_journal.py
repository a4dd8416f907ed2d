"""The journal: appended once, torn lines forgiven, damage named."""

import json
from pathlib import Path

import pytest

from seston.errors import WorkspaceError
from seston.sources.web.journal import Journal, journal_path

PAGES = {
    "page 1": {"a:1": {"name": "Oithona"}, "a:2": {"name": "Lütkenia"}},
    "page 2": {"a:2": {"name": "Lütkenia"}, "a:3": {"name": "Temora"}},
    "page 3": {},
}


def written(path: Path) -> Journal:
    with Journal(path, "a") as journal:
        for request, records in PAGES.items():
            journal.keep(request, records)
    return journal


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl")
    journal = Journal(tmp_path / "a.jsonl", "a").read()
    assert {request: journal.answer(request) for request in PAGES} == PAGES
    assert journal.answer("page 4") is None
    assert len(journal) == 3


def test_each_record_stands_once_with_source_time_and_hash(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl")
    written(tmp_path / "a.jsonl")
    records = [line for line in lines(tmp_path / "a.jsonl") if "record" in line]
    assert [line["record"] for line in records] == ["a:1", "a:2", "a:3"]
    for line in lines(tmp_path / "a.jsonl"):
        assert line["source"] == "a"
        assert str(line["time"]).endswith("Z")
        assert len(str(line["sha256"])) == 64


def test_a_changed_record_is_appended_and_holds(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl")
    with Journal(tmp_path / "a.jsonl", "a") as journal:
        journal.keep("page 4", {"a:1": {"name": "Oithona", "parent": 9}})
    journal = Journal(tmp_path / "a.jsonl", "a").read()
    assert journal.records["a:1"] == {"name": "Oithona", "parent": 9}
    assert list(journal.records) == ["a:1", "a:2", "a:3"]


def test_cut_anywhere_it_opens_and_goes_on(tmp_path: Path) -> None:
    whole = tmp_path / "whole.jsonl"
    written(whole)
    content = whole.read_bytes()
    for cut in range(len(content)):
        path = tmp_path / "cut.jsonl"
        path.write_bytes(content[:cut])
        with Journal(path, "a") as journal:
            kept = {request: journal.answer(request) for request in journal.requests()}
            assert all(PAGES[request] == records for request, records in kept.items())
            for request in PAGES:
                if request not in journal:
                    journal.keep(request, PAGES[request])
        assert [line.get("record") for line in lines(path) if "record" in line] == ["a:1", "a:2", "a:3"]
        assert Journal(path, "a").read().answer("page 2") == PAGES["page 2"]


def test_damage_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    written(path)
    path.write_text(path.read_text().replace("Oithona", "Oithonb"))
    with pytest.raises(WorkspaceError, match=r"line 1: the record a:1 does not have its SHA-256"):
        Journal(path, "a").read()
    path.write_text("[]\n")
    with pytest.raises(WorkspaceError, match="line 1"), Journal(path, "a"):
        pass


def test_two_harvests_of_one_source_keep_out_of_each_others_way(tmp_path: Path) -> None:
    path = journal_path(tmp_path, "a")
    with Journal(path, "a"), pytest.raises(WorkspaceError, match="Another harvest"), Journal(path, "a"):
        pass
    written(path)
