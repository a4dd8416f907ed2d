"""``seston extract``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from seston.cli.extract import extract
from seston.errors import InvalidData
from seston.pipeline.dictionary.extracting import answered, extract_lines

GOOD = json.dumps({"id": "a", "taxon": "Aus", "text": "The gills are red. It has no shell."})


def test_bad_lines_are_told_by_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(f"{GOOD}\nnot json\n[1]\n{GOOD}\n", encoding="utf-8")
    result = CliRunner().invoke(extract, [str(file), "--json"])
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 3
    assert [answer["id"] for answer in answers] == ["a", "a"]
    assert "line 2" in result.stderr and "line 3" in result.stderr


def test_two_workers_answer_as_one() -> None:
    lines = [GOOD.replace('"a"', f'"{n}"') for n in range(30)]
    assert list(extract_lines(lines, 2)) == list(extract_lines(lines))


def test_one_line_in_one_line_out() -> None:
    def endless() -> object:
        yield GOOD
        raise AssertionError("the second line was read before the first was answered")

    number, answer, problem = next(extract_lines(endless()))  # type: ignore[arg-type]
    statement = json.loads(answer)["statements"][0]
    assert (number, problem, statement["span"]) == (1, "", [4, 17])


def test_a_missing_key_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(
        '{"id": "a"}\n{"text": "The gills are red."}\n{"id": 1, "text": "", "taxon": 3}\n', encoding="utf-8"
    )
    result = CliRunner().invoke(extract, [str(file), "--json"])
    assert result.exit_code == 3 and result.stdout == ""
    assert all(f"line {n}: expected id, and taxon and text as strings" in result.stderr for n in (1, 2, 3))


def test_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    lines = [GOOD.replace('"a"', f'"{n}"') for n in range(5)]
    file, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    whole = [answer for _, answer, _ in extract_lines(lines)]
    out.write_text("\n".join([whole[0], whole[1], whole[2][:20]]), encoding="utf-8")
    assert CliRunner().invoke(extract, [str(file), "--out", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8").splitlines() == whole


def test_answers_of_another_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("[1]\n", encoding="utf-8")
    with pytest.raises(InvalidData, match="line 1 has no id"):
        answered(tmp_path / "out")
