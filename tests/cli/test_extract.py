"""``seston extract``."""

import json
from pathlib import Path

from click.testing import CliRunner

from seston.cli.extract import extract
from seston.pipeline.extracting import extract_lines

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
