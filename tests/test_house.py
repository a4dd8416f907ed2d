"""The house: its version, its layers, its rooms."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from seston import errors
from seston.version import VERSION

DOOR = ("seston.cli.serve", "seston.web.server")
"""Where one face starts the other."""
ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "seston").rglob("*.py"))
LAYERS = (
    ("cli", "web"),
    ("pipeline",),
    ("evaluate",),
    ("explain",),
    ("bottleneck",),
    ("concepts",),
    ("sources", "graph", "encode"),
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(module: str) -> int | None:
    part = module.split(".")[1] if "." in module else ""
    return next((layer for layer, rooms in enumerate(LAYERS) if part in rooms), None)


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_go_down_only(path: Path) -> None:
    mine = "seston." + ".".join(path.relative_to(ROOT / "src" / "seston").with_suffix("").parts)
    for module in imports_of(path):
        here, there = room_of(mine), room_of(module)
        if here is None or there is None or module.split(".")[0] != "seston":
            continue
        same_room = mine.split(".")[1] == module.split(".")[1]
        assert there > here or same_room or (mine, module) == DOOR, f"{mine} imports {module}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_is_no_longer_than_500_lines_and_says_what_it_is(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 500
    assert ast.get_docstring(ast.parse(text))
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text)


def test_every_room_of_tests_has_its_room_of_code() -> None:
    rooms = {path.name for path in (ROOT / "tests").iterdir() if (path / "__init__.py").exists()}
    code = {path.name for path in (ROOT / "src" / "seston").iterdir() if path.is_dir()}
    assert rooms - code <= {"contracts", "data", "docs", "golden", "standins", "ui"}


def test_the_error_tree_is_drawn_as_it_is() -> None:
    drawn = re.findall(r"^[ │├└─]*(\w+)(?: \((\w+)\))? +(?:(\d))?", errors.__doc__ or "", re.MULTILINE)
    codes = {name: int(code) for name, _, code in drawn if code}
    builtin = {name: base for name, base, _ in drawn if base}
    every = {
        name: kind
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.SestonError)
    }
    text = errors.__doc__ or ""
    for name, kind in every.items():
        assert re.search(rf"\b{name}\b", text), f"{name} is not drawn"
        assert codes.get(name, kind.exit_code) == kind.exit_code
        if name in builtin:
            assert builtin[name] in {base.__name__ for base in kind.__mro__}


def test_every_error_can_be_caught_as_one() -> None:
    error = errors.UnknownTaxon("Oithon", nearest=("Oithona", "Oithonidae"), hint="Look it up.")
    assert isinstance(error, LookupError)
    assert isinstance(error, errors.SestonError)
    assert str(error) == "No taxon 'Oithon'. Did you mean Oithona or Oithonidae?"
    assert (error.nearest, error.hint, error.exit_code) == (("Oithona", "Oithonidae"), "Look it up.", 1)
