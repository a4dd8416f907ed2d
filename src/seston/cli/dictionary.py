"""``concepts`` and ``candidates``: the dictionary, a look at a label, and decisions on what the scheme lacks."""

import getpass
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seston.cli.output import Progress, notice, print_json, print_table
from seston.cli.render import taxon_text
from seston.errors import UsageError
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.pipeline.dictionary.curating import Look

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_KEYS = {"p": "present", "a": "absent", "u": "unknown"}


@click.group(invoke_without_command=True)
@click.option("--search", metavar="TEXT", help="Find concepts by meaning.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def concepts(context: click.Context, search: str | None, as_json: bool) -> None:
    """Show the dictionary of morphological sub-concepts; review what a label shows; decide on candidates."""
    if context.invoked_subcommand is None:
        _found(context.obj, search, as_json) if search is not None else _listed(context.obj, as_json)


@concepts.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_concepts(workspace: Workspace, as_json: bool) -> None:
    """List every concept, and how many taxa and labels show or lack it."""
    _listed(workspace, as_json)


def _listed(workspace: Workspace, as_json: bool) -> None:
    from seston.pipeline.exploring.describing import concept_table, dictionary_of

    content = dictionary_of(workspace, Progress())
    if as_json:
        print_json(content)
    else:
        print_table(("concept", "label", "shown by", "lacked by", "definition"), concept_table(content))
        notice("Search by meaning with --search; print everything with --json.")


def _found(workspace: Workspace, text: str, as_json: bool) -> None:
    from seston.pipeline.exploring.describing import similar

    hits = similar(workspace, text)
    if as_json:
        print_json([{"concept": h.concept.id, "wording": h.wording, "score": round(h.score, 4)} for h in hits])
    else:
        rows = ((f"{h.score:.2f}", h.concept.id, h.concept.label, h.wording) for h in hits)
        print_table(("likeness", "concept", "label", "nearest wording"), rows)


@concepts.command("sample")
@click.option("-n", "most", default=100, show_default=True, type=click.IntRange(1), help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with pages and offsets.")
@click.pass_obj
def sample_assertions(workspace: Workspace, most: int, as_json: bool) -> None:
    """Print assertions drawn at random, each with the words it was read from, to look them over."""
    from seston.pipeline.dictionary.sampling import sample

    drawn = sample(workspace, most, Progress())
    if as_json:
        print_json(drawn)
        return
    keys = ("name", "label", "polarity", "quoted", "sentence")
    print_table(("about", "concept", "is", "read from", "sentence"), ([entry[key] for key in keys] for entry in drawn))


def signed(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say who decides, and when."""
    command = click.option("--by", metavar="NAME", help="Who says so; your login name when left out.")(command)
    return click.option("--date", "day", metavar="YYYY-MM-DD", help="When; today when left out.")(command)


@concepts.command()
@click.argument("label", required=False)
@click.option("--present", multiple=True, metavar="CONCEPT", help="The images show it.")
@click.option("--absent", multiple=True, metavar="CONCEPT", help="The images show that it is not there.")
@click.option("--unknown", multiple=True, metavar="CONCEPT", help="The images do not tell.")
@click.option(
    "--from", "table", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A table of answers."
)
@signed
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def review(
    workspace: Workspace,
    label: str | None,
    present: Sequence[str],
    absent: Sequence[str],
    unknown: Sequence[str],
    table: Path | None,
    by: str | None,
    day: str | None,
    as_json: bool,
) -> None:
    """Show the row of LABEL with its sentences and a contact sheet of ten train images, and take answers.

    Answers are kept in curated/assertions.csv of the workspace, apart from what texts say; 'seston build' lays them
    over it. On a terminal, without answers, they are asked for. With --from FILE (about,concept,answer,by,date) the
    answers of a table are taken instead; --by and --date fill in what it leaves out.
    """
    from seston.pipeline.dictionary.curating import keep_answers, look

    if table is not None:
        _take_table(workspace, table, by, day)
        return
    if label is None:
        raise UsageError("Which label?", hint="Give a label or a taxon, or a table with --from FILE.")
    seen = look(workspace, label, Progress())
    given = {"present": list(present), "absent": list(absent), "unknown": list(unknown)}
    if as_json:
        print_json(_plain(seen))
    elif not any(given.values()):
        _show(seen)
        if sys.stdin.isatty() and sys.stdout.isatty():
            given = _ask(workspace, seen)
    if any(given.values()):
        kept = keep_answers(workspace, seen, given, by or getpass.getuser(), _day(day))
        notice(f"{kept} answers kept in {workspace.path('curated/assertions.csv')}; 'seston build' uses them.")


def _plain(seen: "Look") -> dict[str, Any]:
    answers = [{"concept": a.concept, "answer": a.answer, "by": a.by, "date": a.date} for a in seen.answers]
    return {**seen.row, "answers": answers, "images": list(seen.images), "sheet": seen.sheet}


def _show(seen: "Look") -> None:
    click.echo(taxon_text(seen.row))
    if seen.answers:
        click.echo("\nanswers so far, the last first")
        for answer in seen.answers:
            click.echo(f"  {answer.answer:8} {answer.concept}  {answer.by}, {answer.date}")
    if seen.sheet:
        click.echo(f"\ncontact sheet of {len(seen.images)} train images: {seen.sheet}")
    notice(seen.hint or "Answer with --present, --absent and --unknown CONCEPT.")


def _ask(workspace: Workspace, seen: "Look") -> dict[str, list[str]]:
    """Ask for the concepts that the row leaves open, until the person has had enough."""
    from seston.pipeline.dictionary.curating import to_ask

    given: dict[str, list[str]] = {answer: [] for answer in _KEYS.values()}
    click.echo("\np present, a absent, u unknown, s skip, q quit")
    for concept, label, cue in to_ask(workspace, seen):
        text = f"{label} ({concept}). {cue}"
        key = click.prompt(text, type=click.Choice([*_KEYS, "s", "q"]), default="s", show_choices=False)
        if key == "q":
            break
        if key in _KEYS:
            given[_KEYS[key]].append(concept)
    return given


def _take_table(workspace: Workspace, table: Path, by: str | None, day: str | None) -> None:
    from seston.concepts.curation import read_answers
    from seston.pipeline.dictionary.curating import keep_all
    from seston.pipeline.exploring.describing import TAXONOMY_CONCEPTS
    from seston.pipeline.stages import bring_up_to_date

    bring_up_to_date(workspace, TAXONOMY_CONCEPTS, Progress(), missing_only=True)
    written = datetime.fromtimestamp(table.stat().st_mtime, UTC).date().isoformat()
    kept = keep_all(workspace, read_answers(table, by or getpass.getuser(), _day(day) if day else written))
    notice(f"{kept} answers kept in {workspace.path('curated/assertions.csv')}; 'seston build' uses them.")


def _day(text: str | None) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else datetime.now(UTC).date().isoformat()
    except ValueError as error:
        raise UsageError(f"--date takes YYYY-MM-DD, got '{text}'.") from error


@click.command()
@click.option("-n", "most", default=30, show_default=True, type=click.IntRange(1), help="How many to show.")
@click.option("--all", "everything", is_flag=True, help="Also those that were decided on.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with sentences and the taxa that use each.")
@click.pass_obj
def candidates(workspace: Workspace, most: int, everything: bool, as_json: bool) -> None:
    """Show what texts say of form and the dictionary lacks, best first.

    Ranked by how many use the phrase, how far it is from every known wording, and how few siblings share it. Decide
    with 'seston concepts accept', 'merge' or 'reject'.
    """
    from seston.pipeline.dictionary.candidates import open_candidates
    from seston.pipeline.knowledge import CANDIDATES, KNOWLEDGE
    from seston.pipeline.stages import bring_up_to_date, chosen

    bring_up_to_date(workspace, chosen(KNOWLEDGE, ["taxonomy", "vectors"]), Progress())
    found = open_candidates(workspace, CANDIDATES, everything=everything)[:most]
    if as_json:
        print_json(found)
        return
    columns = ("phrase", "used by", "novelty", "distinct", "nearest concept", "decision")
    keys = ("phrase", "support", "novelty", "distinct", "nearest", "decision")
    print_table(columns, ([entry[key] for key in keys] for entry in found))
    notice("Decide with: seston concepts accept|merge|reject PHRASE.")


@concepts.command()
@click.argument("phrase")
@click.option("--as", "concept", required=True, metavar="PART/VALUE", help="The id of the new concept.")
@click.option("--definition", required=True, metavar="TEXT", help="One sentence in your own words.")
@signed
@click.pass_obj
def accept(workspace: Workspace, phrase: str, concept: str, definition: str, by: str | None, day: str | None) -> None:
    """Accept PHRASE as a concept of its own in a part that there is."""
    _decide(workspace, "accept", phrase, concept, by, day, definition=definition)


@concepts.command()
@click.argument("phrase")
@click.argument("concept")
@signed
@click.pass_obj
def merge(workspace: Workspace, phrase: str, concept: str, by: str | None, day: str | None) -> None:
    """Merge PHRASE into CONCEPT, as one wording more."""
    from seston.pipeline.dictionary.schemes import scheme_of

    _decide(workspace, "merge", phrase, scheme_of(workspace).concept(concept).id, by, day)


@concepts.command()
@click.argument("phrase")
@click.option("--reason", default="", metavar="TEXT", help="Why it is no concept.")
@signed
@click.pass_obj
def reject(workspace: Workspace, phrase: str, reason: str, by: str | None, day: str | None) -> None:
    """Reject PHRASE: it is not shown again."""
    _decide(workspace, "reject", phrase, "", by, day, reason=reason)


def _decide(
    workspace: Workspace,
    kind: str,
    phrase: str,
    concept: str,
    by: str | None,
    day: str | None,
    *,
    definition: str = "",
    reason: str = "",
) -> None:
    from seston.concepts.curation import Decision
    from seston.pipeline.dictionary.candidates import decide

    who = by or getpass.getuser()
    decide(workspace, Decision(phrase, kind, concept, who, _day(day), definition, reason))
    notice(f"Kept in {workspace.path('curated/decisions.csv')}; 'seston build' uses it.")
