"""What changed between two releases: taxa added, removed, moved, renamed, described anew."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, parse

from seston.errors import InvalidData, MissingStage
from seston.graph.vocabulary import compact, term

_FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
}
_NAME, _PARENT, _TYPE = (term(name)[1:-1] for name in ("skos:prefLabel", "skos:broader", "rdf:type"))
_KINDS = {term("dwc:Taxon")[1:-1]: "taxon", term("sst:MorphoCategory")[1:-1]: "category"}
_SIGNS = {
    term("sst:hasMorphology")[1:-1]: "+",
    term("sst:lacksMorphology")[1:-1]: "−",
    term("sst:variesInMorphology")[1:-1]: "±",
}
KINDS = ("added", "removed", "moved", "renamed", "described anew")


@dataclass(slots=True)
class Entry:
    """A node of a release: its name, the id of its parent, and what it says itself, such as ``+tail/forked``."""

    kind: str = ""
    name: str = ""
    parent: str = ""
    says: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``kind`` is one of `KINDS`, ``before`` and ``after`` say what it was and is."""

    kind: str
    node: str
    name: str
    before: str
    after: str


Release = dict[str, Entry]


def read_release(file: Path) -> Release:
    """Return the taxa and labels of a release, by id.

    Parameters
    ----------
    file
        N-Quads, N-Triples or Turtle that ``seston export`` wrote.

    Raises
    ------
    MissingStage
        There is no such file.
    InvalidData
        It does not parse, is of another kind, or holds no taxon of ours.
    """
    nodes, form = dict[str, Entry](), _format(file)
    try:
        for quad in parse(path=str(file), format=form):
            _read(nodes, quad)
    except FileNotFoundError as error:
        raise MissingStage(f"No release in {file}.", hint="Run 'seston build', or 'seston export nquads'.") from error
    except (SyntaxError, ValueError, OSError) as error:
        raise InvalidData(f"{file} does not parse: {error}.", hint="Give a file of 'seston export'.") from error
    release = {compact(iri): entry for iri, entry in nodes.items() if entry.kind}
    if not release:
        raise InvalidData(f"{file} holds no taxon.", hint="Give a file of 'seston export nquads' or 'export skos'.")
    return release


def compare(before: Release, after: Release) -> list[Change]:
    """Return all differences, by kind, then by id.

    Examples
    --------
    >>> compare({"worms:1": Entry("taxon", "Biota")}, {"worms:1": Entry("taxon", "Life")})
    [Change(kind='renamed', node='worms:1', name='Life', before='Biota', after='Life')]
    """
    found = [Change("added", node, after[node].name, "", _place(after, node)) for node in after.keys() - before.keys()]
    found += [
        Change("removed", node, before[node].name, _place(before, node), "") for node in before.keys() - after.keys()
    ]
    for node in before.keys() & after.keys():
        found += _changes(node, before, after)
    return sorted(found, key=lambda change: (KINDS.index(change.kind), change.node))


def _changes(node: str, before: Release, after: Release) -> Iterable[Change]:
    old, new = before[node], after[node]
    if old.parent != new.parent:
        yield Change("moved", node, new.name, _place(before, node), _place(after, node))
    if old.name != new.name:
        yield Change("renamed", node, new.name, old.name, new.name)
    if old.says != new.says:
        gone, come = (" ".join(sorted(part)) for part in (old.says - new.says, new.says - old.says))
        yield Change("described anew", node, new.name, gone, come)


def _place(release: Release, node: str) -> str:
    parent = release[node].parent
    return f"{release[parent].name} ({parent})" if parent in release else parent


def _read(nodes: dict[str, Entry], quad: Any) -> None:
    predicate, value = quad.predicate.value, quad.object.value if hasattr(quad.object, "value") else ""
    if predicate == _TYPE:
        if value in _KINDS:
            nodes.setdefault(quad.subject.value, Entry()).kind = _KINDS[value]
    elif predicate == _NAME:
        nodes.setdefault(quad.subject.value, Entry()).name = value
    elif predicate == _PARENT:
        nodes.setdefault(quad.subject.value, Entry()).parent = compact(value)
    elif sign := _SIGNS.get(predicate):
        nodes.setdefault(quad.subject.value, Entry()).says.add(sign + compact(value))


def _format(file: Path) -> RdfFormat:
    if file.suffix not in _FORMATS:
        raise InvalidData(f"{file} is no {', '.join(_FORMATS)}.", hint="Give a file of 'seston export nquads'.")
    return _FORMATS[file.suffix]
