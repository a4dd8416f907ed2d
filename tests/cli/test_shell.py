"""The command as a shell sees it: exit codes, streams, start-up."""

import os
import re
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import seston
from tests.command import done
from tests.command import seston as run

HEAVY = (
    "torch",
    "numpy",
    "pyarrow",
    "sklearn",
    "scipy",
    "matplotlib",
    "owlready2",
    "sentence_transformers",
    "openvino",
)
COMMANDS = [
    "build",
    "candidates",
    "check",
    "concepts",
    "demo",
    "evaluate",
    "explain",
    "export",
    "extract",
    "features",
    "harvest",
    "import",
    "link",
    "predict",
    "query",
    "serve",
    "status",
    "taxon",
    "train",
]


def python(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *map(str, arguments)], capture_output=True, text=True, check=False)


def test_python_m() -> None:
    ran = python("-m", "seston", "--version")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"seston, version {seston_version()}\n", "")


def seston_version() -> str:
    from seston.version import VERSION

    return VERSION


def test_help_imports_nothing_heavy() -> None:
    code = f"""
import sys, seston.cli
sys.argv = ["seston", "--help"]
try:
    seston.cli.main()
except SystemExit:
    print([name for name in {HEAVY!r} if name in sys.modules])
"""
    ran = python("-c", code)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_help_starts_within_a_third_of_a_second() -> None:
    def seconds() -> float:
        # The processor's time: a test that other tests run beside says nothing by the clock on the wall.
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert python("-m", "seston", "--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(5)) < 0.3


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    ran = done(command, "--help")
    assert f"Usage: seston {command}" in ran.out
    assert ran.err == ""


def test_the_commands_are_those_of_the_design() -> None:
    listed = done("--help").out.partition("Commands:")[2]
    assert re.findall(r"^  (\w+)", listed, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing",),
        ("--nothing",),
        ("taxon",),
        ("taxon", "Oithona", "Calanus"),
        ("build", "nothing"),
        ("query",),
        ("query", "01-lineage", "--param", "taxon"),
        ("explain", "a.png", "--head", "nothing"),
        ("train", "--head", "nothing"),
        ("import", "images", "no/such/folder"),
        ("import",),
        ("train", "--labels", "no/such/file.csv"),
        (),
    ],
)
def test_a_call_that_makes_no_sense_ends_with_2(small: Path, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments, workspace=small)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err


def test_an_unknown_stage_lists_the_stages(small: Path) -> None:
    assert "The stages are: taxonomy, concepts, graph" in run("build", "nothing", workspace=small).err


def test_an_unknown_query_names_the_nearest(small: Path) -> None:
    ran = run("query", "01-linage", workspace=small)
    assert ran.code == 1
    assert "Did you mean 01-lineage" in ran.err


def test_check_groups_what_it_finds_and_the_bundled_data_need_no_repair(small: Path) -> None:
    ran, as_json = run("check", workspace=small), run("check", "--json", workspace=small)
    assert {"code", "node", "message", "hint", "severity"} <= as_json.json[0].keys()
    assert f"{len(as_json.json)} findings: " in ran.err
    counts = Counter(row["code"] for row in as_json.json)
    heads = [line.split() for line in ran.out.splitlines() if not line.startswith(" ")]
    assert {code: int(count) for code, _, count, *_ in heads} == counts
    assert len(ran.out.splitlines()) <= 5 * len(counts)
    assert (ran.code, as_json.code) == (0, 0)
    assert {row["severity"] for row in as_json.json} == {"info"}


def test_check_ends_with_0_when_what_it_finds_is_informational(small: Path) -> None:
    ran = run("check", "--code", "P001", workspace=small)
    assert ran.code == 0
    assert ran.out.startswith("P001  info  ")
    assert len(ran.out.splitlines()) == 1 + int(ran.out.split()[2])
    assert "nothing needs a repair" in ran.err
    assert run("check", "--code", "P999", workspace=small).code == 2


def test_a_reader_that_stops_early_is_no_error(small: Path) -> None:
    order = f"{sys.executable} -m seston -w {small} concepts --json | head -c 100"
    ran = subprocess.run(["bash", "-o", "pipefail", "-c", order], capture_output=True, text=True, check=False)
    assert len(ran.stdout) == 100
    assert ran.stderr == ""


def test_output_without_a_terminal_has_no_colours(small: Path) -> None:
    ran = python("-m", "seston", "-w", small, "taxon", "Oithona")
    assert ran.returncode == 0
    assert "\x1b" not in ran.stdout + ran.stderr


def test_text_that_the_locale_cannot_write_is_no_crash(small: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "seston", "-w", small, "taxon", "Oithona"],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert b"Oithona" in ran.stdout


def test_the_workspace_may_be_named_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done("build", "taxonomy")
    assert (tmp_path / "seston-work" / "workspace.json").exists()


def test_the_public_names() -> None:
    names = seston.__all__
    assert names == sorted(names)
    assert len(names) <= 15
    assert names == dir(seston)
    assert all(getattr(seston, name).__doc__ for name in names)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = seston.Nothing
