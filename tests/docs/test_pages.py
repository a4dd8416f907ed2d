"""Links lead somewhere, commands exist, and examples work."""

import ast
import datetime
import importlib
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from seston.bundled import folder
from seston.cli.app import cli
from seston.concepts import load_scheme
from seston.sources.descriptions import read_article
from seston.version import VERSION
from tests.docs.pages import PAGES, ROOT, blocks, maker, name_of

every_page = pytest.mark.parametrize("path", PAGES, ids=name_of)


def anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@every_page
def test_relative_links_resolve(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL)
    for link in re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{name_of(path)} links to {link}"
        assert not anchor or anchor in anchors(target), f"{name_of(path)} links to {link}"


@every_page
def test_no_page_names_a_place_on_somebodys_machine(path: Path) -> None:
    assert not re.search(r"(?<![\w.\-])/(?:tmp|home|root|work|opt|Users)/", path.read_text())


def calls(path: Path) -> list[list[str]]:
    """The words of every call of seston in the examples of a page."""
    lines = [line for block in blocks(path, "console") for line in block.splitlines() if line.startswith("$ ")]
    lines += [line for block in blocks(path, "sh") for line in block.splitlines()]
    parts = [part.strip() for line in lines for part in re.split(r"\s\|\s|&&", line.removeprefix("$ "))]
    return [shlex.split(part, comments=True) for part in parts if part.startswith("seston ")]


def refused(words: list[str]) -> str:
    """Why the command line would not know these words, or nothing."""
    command: click.Command = cli
    known = {option for parameter in cli.params for option in (*parameter.opts, *parameter.secondary_opts)}
    for number, word in enumerate(words[1:], start=1):
        if (
            isinstance(command, click.Group)
            and not word.startswith("-")
            and words[number - 1] not in _taking_a_value(command)
        ):
            if word not in command.commands:
                return f"no command {word}"
            command = command.commands[word]
            known = {option for parameter in command.params for option in parameter.opts}
        elif word.startswith("--") and word not in known | {"--help"}:
            return f"no option {word}"
    waits = isinstance(command, click.Group) and not command.invoke_without_command
    return "no command" if waits and "--help" not in words else ""


def _taking_a_value(command: click.Command) -> set[str]:
    """Return the options that the next word belongs to."""
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    return {name for option in options if not option.is_flag for name in option.opts}


@every_page
def test_every_command_in_an_example_exists(path: Path) -> None:
    for words in calls(path):
        assert not refused(words), f"{name_of(path)}: {shlex.join(words)}: {refused(words)}"


def test_a_command_that_does_not_exist_is_noticed() -> None:
    assert refused(["seston", "-w", "mine", "train", "--labels", "x.csv"]) == ""
    assert refused(["seston", "trane"]) == "no command trane"
    assert refused(["seston", "train", "--label", "x.csv"]) == "no option --label"


def test_the_readme_shows_the_main_commands() -> None:
    shown = {words[1] for words in calls(ROOT / "README.md")}
    assert {"demo", "explain", "query"} <= shown


def test_the_readme_installs_as_the_makefile_does() -> None:
    readme, makefile = (ROOT / "README.md").read_text(), (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", readme, flags=re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)
    pinned = re.findall(r"torch==[\d.]+\d", readme)
    assert pinned and set(pinned) == set(re.findall(r"torch==[\d.]+\d", makefile))


@every_page
def test_python_examples_import_what_exists(path: Path) -> None:
    for code in blocks(path, "python"):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.ImportFrom):
                module = importlib.import_module(node.module or "")
                assert all(hasattr(module, alias.name) for alias in node.names)


@pytest.mark.parametrize("page", ["README.md", "docs/how-to/own-images.md"])
def test_python_examples_run(
    page: str, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("seston-work", "mine"):
        (tmp_path / name).symlink_to(small)
    monkeypatch.chdir(tmp_path)
    (code,) = blocks(ROOT / page, "python")
    exec(compile(code, page, "exec"), {})  # noqa: S102 - our own example
    assert capsys.readouterr().out.strip()


def test_the_example_of_a_description_can_be_read(tmp_path: Path) -> None:
    (example,) = blocks(ROOT / "docs/how-to/add-a-description.md", "markdown")
    path = tmp_path / "worms-104082.md"
    path.write_text(example)
    assert read_article(path).title == "Clausocalanidae"


def test_the_example_of_a_concept_can_be_read(tmp_path: Path) -> None:
    (example,) = blocks(ROOT / "docs/how-to/add-a-concept.md", "turtle")
    path = tmp_path / "morphology.ttl"
    path.write_text((folder("ontology") / "morphology.ttl").read_text() + example)
    assert load_scheme(path).concept("hooked tail").id == "tail/hooked"


def test_outputs_are_what_the_commands_print(tmp_path: Path) -> None:
    page = "<!-- output -->\n```console\n$ echo one\nold\n$ ls\n```\n<!-- end -->\n"
    made = maker().with_outputs(page, tmp_path)
    assert made == "<!-- output -->\n```console\n$ echo one\none\n$ ls\nseston-work\n```\n<!-- end -->\n"


def test_a_failing_example_is_refused(tmp_path: Path) -> None:
    page = "<!-- output -->\n```console\n$ false\n```\n<!-- end -->\n"
    with pytest.raises(click.ClickException):
        maker().with_outputs(page, tmp_path)


@every_page
def test_outputs_and_figures_are_filled_in(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<!-- figures: \w+ -->\s*<!-- end -->", text)
    for block in re.findall(r"<!-- output -->\n```console\n(.*?)```", text, flags=re.DOTALL):
        assert [line for line in block.splitlines() if not line.startswith("$ ")], block
    opened = len(re.findall(r"^<!-- (?:generated: \w+|figures: \w+|output) -->$", text, flags=re.MULTILINE))
    assert opened == len(re.findall(r"^<!-- end -->$", text, flags=re.MULTILINE))


def test_version_and_date_agree() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    released = citation["date-released"]
    assert isinstance(released, datetime.date)
    assert citation["version"] == project["version"] == VERSION
    assert citation["license"] == project["license"]
    assert f"## {VERSION} ({released.isoformat()})" in (ROOT / "CHANGELOG.md").read_text()
