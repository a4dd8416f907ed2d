"""Write the parts of the documentation that are made from code, data and results.

Run it from a checkout in which Seston is installed::

    python docs/make_reference.py                       everything that is made from code: pages and parts of pages
    python docs/make_reference.py --check               change nothing; exit 1 when something is not current
    python docs/make_reference.py --metrics FILE        the tables of figures, from a metrics.json
    python docs/make_reference.py --workspace DIR       the examples with their output, run on a finished workspace

A part of a page stands between ``<!-- generated: NAME -->``, ``<!-- figures: NAME -->`` or ``<!-- output -->``, and
``<!-- end -->``. The tests hold that the parts made from code are current; figures and outputs need a workspace.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
ROWS = {
    "strict head": ("heads", "strict"),
    "sparse head": ("heads", "sparse"),
    "black box (ridge on the same features)": ("baseline",),
    "strict head on random rows": ("control_random",),
    "strict head on shuffled rows": ("control_shuffled",),
    "strict head on taxonomy only": ("control_taxonomy",),
}
VARIANTS = {
    "rows": "concept rows",
    "taxonomy": "taxonomy only",
    "taxonomy_and_qualifier": "taxonomy and qualifier",
    "rows_and_taxonomy": "concept rows and taxonomy",
    "random": "random rows",
    "shuffled": "shuffled rows",
    "nothing": "no rows (all twenty tie)",
}
Figures = Mapping[str, Any]


def made_from(what: str) -> str:
    """Return the line at the top of a generated page."""
    return f"<!-- Made by docs/make_reference.py from {what}. Do not edit. -->"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


# -------- pages and parts made from code


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield each command with its full name, groups before what they hold."""
    from seston.cli.app import cli

    def below(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        yield name, command
        if isinstance(command, click.Group):
            for child in sorted(command.commands):
                yield from below(f"{name} {child}", command.commands[child])

    return below("seston", cli)


def help_of(name: str, command: click.Command) -> str:
    """Return the help of a command as a terminal of 100 columns shows it."""
    context = click.Context(command, info_name=name, terminal_width=100, help_option_names=["-h", "--help"])
    return command.get_help(context)


def commands_page() -> str:
    """Return the page of all commands with their help."""
    parts = [
        made_from("the commands' own help"),
        "# Commands",
        "All act on a workspace, the folder `seston-work` unless `-w DIR` stands before the command. Results go to "
        "stdout; notices and progress go to stderr. A taxon, a label or a concept may be given by id or by name. "
        "[Errors](errors.md) lists the exit codes. `python -m seston` is the same command.",
    ]
    for name, command in commands():
        parts += [f"{'##' if name == 'seston' else '###'} `{name}`", f"```text\n{help_of(name, command)}\n```"]
    return "\n\n".join(parts) + "\n"


def queries_page() -> str:
    """Return the page of the named queries."""
    from seston.graph.querying.queries import list_queries

    parts = [
        made_from("the headers of queries/*.rq"),
        "# Named queries",
        "Each is a file of plain SPARQL in [`queries/`](../../queries) that runs as it stands, with its defaults, on "
        "any endpoint that holds the graph. `seston query NAME --param key=value` fills in a parameter; taxa and "
        "concepts may be given by id or by name, and the number before the name may be left out. "
        "[How to query the graph](../how-to/query-the-graph.md) shows more.",
    ]
    for query in list_queries():
        short = query.name.partition("-")[2]
        given = "".join(f" --param {p.name}={p.default}" for p in query.parameters)
        parts += [f"## {query.title}", query.question, f"```sh\nseston query {short}{given}\n```"]
        if query.parameters:
            rows = ((f"`{p.name}`", p.meaning, f"`{p.default}`") for p in query.parameters)
            parts.append(table(("parameter", "meaning", "default"), rows))
        columns = ", ".join(f"`{column}`" for column in query.columns)
        parts.append(
            f"Columns: {columns}.\n\nCost: {query.cost}.\n\nFile: [{query.name}.rq](../../queries/{query.name}.rq)."
        )
    return "\n\n".join(parts) + "\n"


def concepts_page() -> str:
    """Return the page of the dictionary: facet, part, value."""
    from seston.concepts.scheme import load_scheme

    scheme = load_scheme()
    values = {concept.id: concept for concept in scheme.concepts}
    parts = [
        made_from("ontology/morphology.ttl"),
        "# Concepts",
        f"The dictionary of morphology, version {scheme.version}: {len(scheme)} values of {len(scheme.parts)} parts in "
        f"{len(scheme.facets)} facets. A value is named `part/value`; that is the id to give to `--set`, to `--param` "
        "and in Python. The ontology file also holds the wordings by which the extractor knows each value. "
        "[How to add a concept](../how-to/add-a-concept.md) says how it grows.",
    ]
    for facet in scheme.facets:
        parts += [f"## {facet.label}", facet.definition]
        for part in (part for part in scheme.parts if part.facet == facet.id):
            alone = " A body has one of these values, or two neighbours." if part.exclusive else ""
            parts.append(f"### {part.label} (`{part.id}`)\n\n{part.definition}{alone}")
            rows = (
                (f"`{v}`", values[v].label, _meaning(values[v].definition, values[v].measurement))
                for v in part.concepts
            )
            parts.append(table(("concept", "label", "definition"), rows))
    return "\n\n".join(parts) + "\n"


def _meaning(definition: str, measurement: str) -> str:
    return f"{definition} Measured on the {measurement}." if measurement else definition


def checks_page() -> str:
    """Return the page of the numbered checks."""
    from seston.graph.checking.findings import TITLES, severity

    rows = ((f"`{code}`", severity(code), title) for code, title in sorted(TITLES.items()))
    return (
        "\n\n".join(
            [
                made_from("the titles of the checks"),
                "# Checks",
                "`seston check` groups its findings by code, with how many there are and a few of them: node, what is "
                "wrong, what to do. `--code CODE` lists all of one kind, `--json` everything. P codes are diagnostics "
                "of the content, R codes defects of the registers that were imported, S codes faults of form; "
                "[`ontology/shapes.ttl`](../../ontology/shapes.ttl) states the S codes in SHACL. Errors and warnings "
                "need a repair: the command then ends with exit code 3. What is informational may be as it should, "
                "such as a true exception, a homonym or a taxon that nobody has described yet; when nothing else is "
                "found, the command ends with 0.",
                table(("code", "severity", "what it finds"), rows),
            ]
        )
        + "\n"
    )


def terms_part() -> str:
    """Return the classes, properties and individuals of the ontology."""
    from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

    from seston.graph.vocabulary import SST

    graph = Graph().parse(ROOT / "ontology" / "seston.ttl")
    terms = sorted({s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(SST)})
    classes = [term for term in terms if (term, RDF.type, OWL.Class) in graph]
    individuals = [term for term in terms if (term, RDF.type, OWL.NamedIndividual) in graph]
    properties = [term for term in terms if term not in {*classes, *individuals}]

    def said(term: Any) -> tuple[str, str, str]:
        return (
            f"`sst:{term.removeprefix(SST)}`",
            str(graph.value(term, RDFS.label)),
            str(graph.value(term, SKOS.definition)),
        )

    def end(term: Any, predicate: Any) -> str:
        found = graph.value(term, predicate)
        union = graph.value(found, OWL.unionOf) if found is not None else None
        members = graph.items(union) if union is not None else [found] * (found is not None)
        return " or ".join(f"`{graph.namespace_manager.normalizeUri(str(member))}`" for member in members)

    ends = ((*said(term)[:2], end(term, RDFS.domain), end(term, RDFS.range), said(term)[2]) for term in properties)
    return "\n\n".join(
        [
            "### Classes",
            table(("class", "label", "definition"), map(said, classes)),
            "### Properties",
            table(("property", "label", "of", "value", "definition"), ends),
            "### Individuals",
            table(("individual", "label", "definition"), map(said, individuals)),
        ]
    )


def prefixes_part() -> str:
    """Return the prefixes of the graph."""
    from seston.graph.vocabulary import PREFIXES

    return table(("prefix", "namespace"), ((f"`{name}:`", f"`{iri}`") for name, iri in sorted(PREFIXES.items())))


def stages_part() -> str:
    """Return the stages with what they read and write."""
    from seston.pipeline.plan import ALL

    def files(names: tuple[str, ...]) -> str:
        return "<br>".join(f"`{name}`" for name in names)

    rows = (
        (f"`{s.name}`", s.summary, files((*s.bundled, *s.reads, *s.optional)), files(s.writes) or "`features/`")
        for s in ALL
    )
    return table(("stage", "what it makes", "reads", "writes"), rows)


def errors_part() -> str:
    """Return the error tree as a nested list."""
    from seston import errors

    def below(kind: type[errors.SestonError], depth: int) -> Iterator[str]:
        others = [base.__name__ for base in kind.__bases__ if not issubclass(base, errors.SestonError)]
        also = f", also a `{others[0]}`" if others and depth else ""
        meaning = (kind.__doc__ or "").strip().splitlines()[0]
        yield f"{'  ' * depth}- `{kind.__name__}`, exit code {kind.exit_code}{also}: {meaning}"
        for child in kind.__subclasses__():
            yield from below(child, depth + 1)

    return "\n".join(below(errors.SestonError, 0))


PAGES: Mapping[Path, Callable[[], str]] = {
    REFERENCE / "commands.md": commands_page,
    REFERENCE / "queries.md": queries_page,
    REFERENCE / "concepts.md": concepts_page,
    REFERENCE / "checks.md": checks_page,
}
PARTS: Mapping[str, Callable[[], str]] = {
    "terms": terms_part,
    "prefixes": prefixes_part,
    "stages": stages_part,
    "errors": errors_part,
}


# -------- tables of figures


def main_figures(metrics: Figures) -> str:
    """Return the small table of the README."""

    def line(name: str) -> tuple[str, ...]:
        found = group(metrics, name)
        return (
            name,
            _number(found, "top1"),
            _number(found, "balanced_accuracy"),
            _number(found, "unseen_balanced_accuracy"),
        )

    strict = metrics["heads"]["strict"]
    share = strict["balanced_accuracy"] / metrics["baseline"]["balanced_accuracy"]
    sparse = metrics["heads"]["sparse"]["balanced_accuracy"] / metrics["baseline"]["balanced_accuracy"]
    return "\n\n".join(
        [
            table(("", "accuracy", "balanced accuracy", "labels never seen"), (line(name) for name in ROWS)),
            f"{strict['n']} test images. Of the black box's balanced accuracy the strict head reaches {share:.2f}, the "
            f"sparse head {sparse:.2f}. On labels never seen, concept rows minus taxonomy: "
            f"{_number(strict, 'unseen_difference_to_taxonomy', sign=True)}, paired over ten draws.",
        ]
    )


def all_figures(metrics: Figures) -> str:
    """Return every figure of every head, baseline and control."""
    groups = [group(metrics, name) for name in ROWS]
    keys = [key for key in groups[0] if not key.endswith("_se")]
    names = tuple(name.partition(" (")[0].replace("strict head on ", "") for name in ROWS)
    return table(("", *names), ((f"`{key}`", *(_number(found, key) for found in groups)) for key in keys))


def unseen_figures(metrics: Figures) -> str:
    """Return the figures on labels never seen, for each kind of rows."""
    unseen = metrics["unseen"]
    rows = (
        (
            title,
            _number(unseen[name], "balanced_accuracy"),
            "" if name == "taxonomy" else _number(unseen[name], "difference_to_taxonomy", sign=True),
        )
        for name, title in VARIANTS.items()
        if name in unseen
    )
    return table(("rows", "balanced accuracy, 20 labels", "difference to taxonomy, paired"), rows)


def group(metrics: Figures, name: str) -> Figures:
    """Return the figures that a row of the tables shows."""
    found: Any = metrics
    for key in ROWS[name]:
        found = found[key]
    return dict(found)


def _number(found: Figures, key: str, *, sign: bool = False) -> str:
    if found.get(key) is None:
        return "–"
    value = found[key]
    if isinstance(value, int):
        return str(value)
    if 0 < abs(value) < 1e-6:
        return f"{value:.0e}"
    error = found.get(f"{key}_se")
    text = f"{value:+.3f}" if sign else f"{value:.3f}"
    return f"{text} ± {error:.3f}" if error and error > 5e-4 else text


FIGURES: Mapping[str, Callable[[Figures], str]] = {"main": main_figures, "all": all_figures, "unseen": unseen_figures}


# -------- examples with their output


def with_outputs(text: str, workspace: Path) -> str:
    """Return a page whose examples show what their commands print now."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "seston-work").symlink_to(workspace.resolve())
        return re.sub(
            r"(<!-- output -->\n```console\n)(.*?)(```\n<!-- end -->)",
            lambda found: found[1] + "".join(_run(line, folder) for line in _asked(found[2])) + found[3],
            text,
            flags=re.DOTALL,
        )


def _asked(block: str) -> list[str]:
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


def _run(line: str, folder: str) -> str:
    ran = subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True)  # noqa: S603, S607
    if not ran.stdout and ran.returncode:
        raise click.ClickException(f"{line}\n{ran.stderr}")
    return f"$ {line}\n" + "".join(f"{printed.rstrip()}\n" for printed in ran.stdout.splitlines())


# -------- the pages


def hand_written() -> list[Path]:
    """Return the pages that people write, parts of which may be generated."""
    written = (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    return sorted(path for path in written if path not in PAGES)


def with_parts(text: str, kind: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """Return a page with its parts of a kind made anew."""
    return re.sub(
        rf"(<!-- {kind}: (\S+) -->\n).*?(<!-- end -->)",
        lambda found: f"{found[1]}\n{parts[found[2]]()}\n\n{found[3]}",
        text,
        flags=re.DOTALL,
    )


def generated() -> dict[Path, str]:
    """Return what each page should hold as far as it is made from code."""
    pages = {path: page() for path, page in PAGES.items()}
    return pages | {path: with_parts(path.read_text(), "generated", PARTS) for path in hand_written()}


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when something is not current.")
@click.option("--metrics", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A metrics.json.")
@click.option("--workspace", type=click.Path(exists=True, file_okay=False, path_type=Path), help="After 'seston demo'.")
def main(check: bool, metrics: Path | None, workspace: Path | None) -> None:
    """Write the parts of the documentation that are made from code, data and results."""
    wanted = generated()
    if metrics is not None:
        figures = json.loads(metrics.read_text())
        makers = {name: (lambda maker=maker: maker(figures)) for name, maker in FIGURES.items()}
        wanted |= {path: with_parts(wanted[path], "figures", makers) for path in hand_written()}
    if workspace is not None:
        wanted |= {path: with_outputs(wanted[path], workspace) for path in hand_written()}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    for path in stale:
        click.echo(f"{'not current' if check else 'written'}: {path.relative_to(ROOT)}")
        if not check:
            path.write_text(wanted[path])
    sys.exit(int(check and bool(stale)))


if __name__ == "__main__":
    main()
