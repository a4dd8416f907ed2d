"""Everything that a user can name is documented, and the generated parts are current."""

from pathlib import Path
from typing import Any

import click
import numpy as np
import pytest
from rdflib import Graph

from seston import errors
from seston.bottleneck.train import LabelledFeatures, train_sparse, train_strict
from seston.bottleneck.tree import DecisionTree
from seston.cli.app import INTERRUPTED, cli
from seston.concepts import load_scheme
from seston.evaluate.figures import Data, all_figures
from seston.graph.checking.findings import TITLES
from seston.graph.vocabulary import GRAPHS, SST
from seston.pipeline.plan import ALL
from tests.docs.pages import ROOT, first_cells, maker, name_of, reference

COMMANDS = list(maker().commands())


@pytest.mark.parametrize(("path", "text"), maker().generated().items(), ids=lambda value: "")
def test_what_is_made_from_code_is_current(path: Path, text: str) -> None:
    assert path.read_text() == text, f"{name_of(path)} is not current: run 'python docs/make_reference.py'"


def test_the_walk_reaches_every_command() -> None:
    groups = {name: command.commands for name, command in cli.commands.items() if isinstance(command, click.Group)}
    below = {f"seston {name}" for name in cli.commands}
    below |= {f"seston {group} {name}" for group, commands in groups.items() for name in commands}
    assert {"import", "export", "harvest"} <= groups.keys()
    assert {"seston", *below} == {name for name, _ in COMMANDS}


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    page = reference("commands")
    assert f" `{name}`\n" in page
    section = page.partition(f" `{name}`\n")[2].partition("\n#")[0]
    for option in (opt for parameter in command.params for opt in parameter.opts if opt.startswith("--")):
        assert option in section


@pytest.mark.parametrize("path", sorted((ROOT / "queries").glob("*.rq")), ids=lambda path: path.stem)
def test_every_query_is_documented(path: Path) -> None:
    page = reference("queries")
    header = [line[2:].partition(": ") for line in path.read_text().splitlines() if line.startswith("# ")]
    said = {key: text for key, _, text in header}
    section = page.partition(f"## {said['title']}\n")[2].partition("\n## ")[0]
    assert said["question"] in section
    for key, _, text in header:
        if key == "param":
            assert f"| `{text.split()[0]}` |" in section
    for column in said["columns"].split():
        assert f"`{column}`" in section


def test_every_concept_is_documented_with_its_definition() -> None:
    page = reference("concepts")
    lines = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    assert set(lines) == {concept.id for concept in load_scheme().concepts}
    for concept in load_scheme().concepts:
        assert concept.definition in lines[concept.id]


def test_every_part_and_facet_is_documented() -> None:
    page = reference("concepts")
    for facet in load_scheme().facets:
        assert f"## {facet.label}\n\n{facet.definition}" in page
    for part in load_scheme().parts:
        assert f"### {part.label} (`{part.id}`)\n\n{part.definition}" in page


def test_every_term_of_the_ontology_is_documented() -> None:
    graph = Graph().parse(ROOT / "ontology" / "seston.ttl")
    subjects = {str(subject) for subject in graph.subjects()}
    terms = {f"sst:{subject.removeprefix(SST)}" for subject in subjects if subject.startswith(SST)}
    assert len(terms) > 20
    assert terms <= first_cells(reference("graph"))


def test_every_named_graph_is_documented() -> None:
    assert set(GRAPHS) <= first_cells(reference("graph"))


def all_errors(kind: type[errors.SestonError] = errors.SestonError) -> list[type[errors.SestonError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in all_errors(child))]


def test_every_exit_code_is_documented() -> None:
    table = [line for line in reference("errors").splitlines() if line.startswith("| ")]
    codes = {int(cell) for line in table if (cell := line.split("|")[1].strip()).isdecimal()}
    usage = click.UsageError("").exit_code
    assert codes == {0, usage, INTERRUPTED, *(kind.exit_code for kind in all_errors())}


def test_every_error_is_documented() -> None:
    for kind in all_errors():
        assert f"- `{kind.__name__}`, exit code {kind.exit_code}" in reference("errors")


def test_every_check_is_documented() -> None:
    assert first_cells(reference("checks")) == set(TITLES)


@pytest.mark.parametrize("stage", ALL, ids=lambda stage: stage.name)
def test_every_stage_and_every_file_that_it_writes_is_documented(stage: object) -> None:
    name, writes = getattr(stage, "name", ""), getattr(stage, "writes", ())
    described = first_cells(reference("workspace"))
    assert name in described
    assert set(writes) <= described


def test_every_key_of_the_metrics_is_documented() -> None:
    documented = first_cells(reference("metrics"))
    figures = made_up_figures()
    groups = [figures, figures["baseline"], *figures["heads"].values(), *figures["unseen"].values()]
    keys = {key.removesuffix("_se") for found in groups for key in found}
    assert keys <= documented
    assert all(f"`{name}`" in reference("metrics") for name in (*figures["unseen"], *figures["heads"]))


def test_the_table_of_figures_has_every_key() -> None:
    figures = made_up_figures()
    shown = first_cells(str(maker().all_figures(figures)))
    assert shown == {key for key in figures["heads"]["strict"] if not key.endswith("_se")}


def test_tables_of_figures_show_a_gap_where_there_are_too_few_labels() -> None:
    figures = made_up_figures()
    for found in (*figures["heads"].values(), figures["baseline"]):
        found["unseen_balanced_accuracy"] = found["unseen_balanced_accuracy_se"] = None
    figures["unseen"] = {}
    assert "| strict head |" in maker().main_figures(figures)
    assert maker().unseen_figures(figures).count("\n") == 1


def made_up_figures() -> dict[str, Any]:
    """The content of a ``metrics.json``, of 45 labels without meaning."""
    random = np.random.default_rng(0)
    labels = tuple(f"planktonset:label_{number:02}" for number in range(45))
    codes = np.repeat(np.arange(45), 8)
    means = random.normal(size=(45, 6)) * 3
    train, test = (means[codes] + random.normal(size=(len(codes), 6)) for _ in range(2))
    rows = (random.random((45, 12)) < 0.5).astype(np.float64)
    nodes = ("seston:root", "seston:living", "seston:not-living", *labels)
    tree = DecisionTree(nodes, (-1, 0, 0, *(1 + code % 2 for code in range(45))), labels)
    names = "made up", "0", labels, tuple(f"part/value_{number}" for number in range(12))
    learned = LabelledFeatures.of(train, codes, 45)
    heads = {"strict": train_strict(learned, rows, names)[0], "sparse": train_sparse(learned, rows, names)[0]}
    split = train.astype(np.float32), codes, test.astype(np.float32), codes
    return all_figures(Data(tree, rows, names, ("full_body",) * 45, *split), heads)
